"""The command that sets both reporters of trade side by side, and writes the report of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON, FILE, TEXT_SIZE
from keruen.clock import Clock
from keruen.console.texts import LANGUAGES
from keruen.errors import UsageError
from keruen.mirror.turnover import (
    Choice,
    Length,
    Turnover,
    compared,
    import_series,
    narrowed,
    read_series,
    series_row,
    turnover_of,
)
from keruen.node import Node
from keruen.tomlfile import FileError

if TYPE_CHECKING:
    from keruen.console.turnover.sections import Section


FINDINGS = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Where figures come from: a node, a file, or both."""

    root: Path | None
    series: str | None


@click.command()
@click.argument("root", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--series", type=FILE, help="A published series (CSV), shown without keeping it.")
@click.option("--import", "imported", type=FILE, help="Keep a published series in the node.")
@click.option("--remove", metavar="ID", help="Forget a series that was imported.")
@click.option(
    "--by",
    "length",
    type=click.Choice([one.value for one in Length]),
    help="Only periods of this length; all if left out.",
)
@click.option("--flow", metavar="KZ-TJ", help="One direction; KZ+TJ is turnover.")
@click.option("--reporter", metavar="KZ", help="Only rows in which this country reports.")
@click.option("--from", "since", type=int, metavar="YEAR", help="First year.")
@click.option("--to", "until", type=int, metavar="YEAR", help="Last year.")
@click.option("--language", "languages", multiple=True, type=click.Choice(list(LANGUAGES)),
              help="Of the table (en if left out) and of the report (all four); several times.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              help="Write report (HTML, PDF), charts (SVG, PNG), XLSX, CSV and Parquet there.")  # fmt: skip
@AS_JSON
def turnover(  # noqa: PLR0913, PLR0917 - options
    root: Path | None,
    series: str | None,
    imported: str | None,
    remove: str | None,
    length: str | None,
    flow: str | None,
    reporter: str | None,
    since: int | None,
    until: int | None,
    languages: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Set both reporters of trade side by side: by period and direction, growth, difference, ratio.

    DIR is a node that counts what was declared and holds imported series; --series shows a file as well.
    """
    _must_be_whole(root, series, imported or remove)
    if root and (imported or remove):
        _change(root, imported, remove, as_json=as_json)
        return
    found, mistakes = _found(Asked(root, series))
    choice = Choice(
        length=Length(length) if length else None,
        flow=flow,
        reporter=reporter,
        since=since,
        until=until,
    )
    if out:
        _write(out, found, choice, languages or tuple(LANGUAGES))
    if as_json:
        output.as_json(_narrowed(found, choice, mistakes))
    else:
        _print(found, choice, next(iter(languages), "en"))
    for one in mistakes:
        click.echo(f"  {one}", err=True)
    if mistakes:
        raise click.exceptions.Exit(FINDINGS)


def _must_be_whole(root: Path | None, series: str | None, change: str | None) -> None:
    if change and not root:
        raise UsageError("node-unnamed", "say into which node: keruen turnover DIR --import FILE")
    if not (root or series):
        raise UsageError("nothing-asked", "name a node directory, --series FILE, or both")


def _change(root: Path, imported: str | None, remove: str | None, *, as_json: bool) -> None:
    """Keep a series, or forget one."""
    node = Node.open(root)
    try:
        if remove:
            if not node.store.write_now(lambda tx: tx.remove_series(remove)):
                raise UsageError("series-unknown", f"no series {remove} is here; see --json")
            click.echo("forgotten", err=True)
        if imported:
            content = output.read_file(imported, TEXT_SIZE)
            clock = node.context.clock
            name = "standard input" if imported == "-" else Path(imported).name
            row = series_row(clock.new_id(), name, content, clock.now())
            kept = node.store.write_now(lambda tx: import_series(tx, row))
            if as_json:
                output.as_json(kept)
            else:
                click.echo(f"{kept.name}: {kept.figures} figures are kept as {kept.series_id}")
    finally:
        node.close()


def _found(asked: Asked) -> tuple[Turnover, tuple[FileError, ...]]:
    """What the node has, and the series that is only shown."""
    found = _of_node(asked.root) if asked.root else Turnover()
    if asked.series is None:
        return found, ()
    series = read_series(output.read_text(asked.series), asked.series)
    figures = [
        figure
        for one in found.published
        for side in (one.first, one.second)
        for figure in side.figures
        if figure.series
    ]
    published = compared((*figures, *series.figures))
    return Turnover(
        own=found.own, published=published, series=found.series, withheld=found.withheld
    ), series.mistakes


def _of_node(root: Path) -> Turnover:
    from keruen.exchange.figures.period import today

    node = Node.open(root)
    try:
        context = node.context
        return node.store.read(lambda reader: turnover_of(reader, context.country, today(context)))
    finally:
        node.close()


def _narrowed(found: Turnover, choice: Choice, mistakes: Iterable[FileError]) -> dict[str, object]:
    return {
        "own": narrowed(found.own, choice),
        "withheld": found.withheld,
        "published": narrowed(found.published, choice),
        "series": found.series,
        "findings": [
            {
                "code": one.code,
                "path": one.path,
                "line": one.line,
                "column": one.key,
                "text": one.text,
            }
            for one in mistakes
        ],
    }


def _write(out: Path, found: Turnover, choice: Choice, languages: tuple[str, ...]) -> None:
    """All files, those of a language in a folder of its own."""
    from keruen.console.turnover.files import files, for_programs
    from keruen.console.turnover.languages import reading_in
    from keruen.console.turnover.parts import chosen, parts

    now, shown = Clock.wall(), chosen(found, choice)

    def made(language: str) -> Iterator[tuple[object, bytes]]:
        reading = reading_in(language)
        yield from files(shown, parts(found, choice, reading), reading, now)

    with output.bar() as bar:
        for language in bar.track(languages, description="Writing"):
            _put(out, made(language))
        _put(out, for_programs(shown))
    click.echo(f"written to {out}", err=True)


def _put(out: Path, made: Iterable[tuple[object, bytes]]) -> None:
    for name, octets in made:
        path = out / str(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(octets)
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise UsageError("directory-unwritable", reason, path=str(path)) from error


def _print(found: Turnover, choice: Choice, language: str) -> None:
    from rich.console import Console

    from keruen.console.turnover.languages import reading_in
    from keruen.console.turnover.parts import parts

    console = Console(highlight=False)
    shown = [part for part in parts(found, choice, reading_in(language)) if part.sections]
    for part in shown:
        console.print(part.title, style="bold")
        for remark in part.remarks:
            console.print(remark)
        for section in part.sections:
            _table(console.print, section)
    if not shown:
        click.echo("nothing is known of these periods; import a series with --import", err=True)


def _table(show: Callable[..., None], section: Section) -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, padding=0, title=section.title, title_justify="left")
    for number, head in enumerate(section.heads):
        table.add_column(head, justify="right" if number else "left")
    for row in section.rows:
        table.add_row(*row)
    show(table)
    for one in section.sources:
        mark = " !" if one.contradicts else ""
        parts = (one.period, one.reporter, one.value + mark, one.basis, one.source, one.note)
        show(escape(" · ".join(part for part in parts if part)), style="dim", soft_wrap=True)
