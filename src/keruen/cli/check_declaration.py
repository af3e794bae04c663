"""The command that checks a declaration file, as a node would that is handed it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from keruen import formats
from keruen.agreement import Agreement
from keruen.cli import output
from keruen.cli.output import AS_JSON, FILES
from keruen.customs import Declaration, DeclarationKind, Finding, check
from keruen.customs.wording import finding_of
from keruen.errors import InputError
from keruen.exchange import Context
from keruen.formats.documents import SIZE

LANGUAGES = ("kk", "ru", "tg", "en")
UNREADABLE = 3


@click.command("check-declaration")
@FILES
@click.option(
    "--node",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Node directory whose code lists and agreements count; without it the program's own lists do.",
)
@click.option(
    "--format",
    "format",
    type=click.Choice(formats.FORMATS),
    help="Format that the file must be in; recognised where left out.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of what is said.",
)
@AS_JSON
def check_declaration(
    files: tuple[str, ...], root: Path | None, format: str | None, language: str, as_json: bool
) -> None:
    """Check declarations and say of each finding where it is, what is declared and what would be right."""
    node = _context(root) if root else None
    worst, answers = 0, []
    for path in files:
        answer = _answer(path, format, node)
        worst = max(worst, UNREADABLE if answer["format"] is None else bool(answer["findings"]))
        answers.append(_said(answer, language))
        if not as_json:
            _show(answers[-1], language)
    if as_json:
        output.as_json(answers)
    sys.exit(worst)


def _context(root: Path) -> Context:
    """The agreements, code lists and clock of a node directory; its database is left alone."""
    from keruen.clock import Clock
    from keruen.config import codelists, directory

    files = directory.load(root)
    settings = files.settings
    return Context(
        country=settings.country,
        agreements=files.agreements,
        clock=Clock(settings.clock.settings() if settings.clock else None),
        lists=codelists.code_lists(root),
    )


def _answer(path: str, format: str | None, node: Context | None) -> dict[str, Any]:
    """What is found in one file; no format where it cannot be read."""
    try:
        reading = _read(path, format)
    except InputError as error:
        where = error.path if error.path and error.path != path else ""
        finding = replace(finding_of(error), path=where)
        return {"file": path, "format": None, "findings": [finding]}
    found = (*reading.findings, *_findings(reading.declaration, node))
    return {"file": path, "format": reading.format, "findings": found}


def _read(path: str, format: str | None) -> formats.Reading:
    reading = formats.read(output.read_file(path, SIZE))
    if format is not None and reading.format != format:
        raise formats.WORDING.error(InputError, "format-other", reading.format, format)
    return reading


def _findings(declaration: Declaration, node: Context | None) -> tuple[Finding, ...]:
    if node is None:
        return check(declaration, today=datetime.now(UTC).date())  # noqa: TID251 - there is no node's clock
    found = check(declaration, today=node.clock.now().date(), lists=node.lists)
    agreement = node.agreement_for(declaration)
    if agreement is None or declaration.kind is DeclarationKind.IMPORT:
        return found
    return (*found, *_disagreed(declaration, agreement, node))


def _disagreed(declaration: Declaration, agreement: Agreement, node: Context) -> Iterator[Finding]:
    """What the agreement does not allow in the preliminary information that would be sent of a declaration."""
    from keruen.agreement import agreed, with_entry
    from keruen.exchange.outgoing import new_header
    from keruen.messages import Mode, PreliminaryInformation, Stage

    office = declaration.office or declaration.office_of_departure
    header = new_header(
        node,
        agreement,
        PreliminaryInformation,
        stage=Stage(declaration.kind.value),
        mode=Mode.TEST,
        office=office.code if office else None,
    )
    items = tuple(
        item if item.hs_edition else replace(item, hs_edition=agreement.hs_edition)
        for item in declaration.items
    )
    completed = with_entry(declaration, agreement, agreement.other(node.country))
    message = PreliminaryInformation(
        header=header,
        consignment_id=header.message_id,
        declaration=replace(completed, items=items),
    )
    yield from agreed(message, agreement)


def _said(answer: dict[str, Any], language: str) -> dict[str, Any]:
    """The answer with each finding in the reader's language."""
    from keruen.console.texts import texts_in

    texts = texts_in(language)
    said = [
        {
            "code": one.code,
            "severity": one.severity,
            "path": one.path,
            "declared": one.declared,
            "wrong": texts.label(one.code, "finding"),
            "right": texts.right(one),
        }
        for one in answer["findings"]
    ]
    return {**answer, "findings": said}


def _show(answer: dict[str, Any], language: str) -> None:
    """One file's findings as a table."""
    from rich.console import Console
    from rich.table import Table

    from keruen.console.checked import heads
    from keruen.console.texts import texts_in

    texts, console = texts_in(language), Console()
    good = "" if answer["findings"] else " ✓"
    console.print(f"{answer['file']}: {answer['format'] or '–'}{good}", markup=False)
    if not answer["findings"]:
        return
    table = Table(*heads(texts), box=None, pad_edge=False)
    for one in answer["findings"]:
        where = f"{one['path'] or '–'}\n{texts.label(one['severity'], 'severity')}: {one['code']}"
        table.add_row(
            where, one["declared"] or "", f"{one['wrong']}.\n{one['right']}", end_section=True
        )
    console.print(table, markup=False)
