"""The commands of code lists: what codes this node knows, and how an administration loads its own."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.cli import output
from keruen.cli.codelist_import import LIST, facts_of, import_, in_words, today
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.config import codelists as files
from keruen.config import codeliststore
from keruen.customs.codelists import BUILT_IN, CodeList, CodeLists, Entry, converted
from keruen.customs.model import HS_DIGITS
from keruen.errors import UsageError

LANGUAGES = ("kk", "ru", "tg", "en")


@click.group()
def codelists() -> None:
    """Show the code lists that a node knows, and load an administration's own."""


codelists.add_command(import_)


@codelists.command("list")
@DIRECTORY
@AS_JSON
def list_(root: Path, as_json: bool) -> None:
    """List the code lists: the program's own, and what was imported, in its versions."""
    today(root)
    lists = files.code_lists(root)
    facts = [_of_list(root, lists[list_id]) for list_id in lists.ids]
    if as_json:
        output.as_json(facts)
        return
    for one in facts:
        edition = f" {one['edition']}" if one["edition"] else ""
        click.echo(f"{one['list']}: {one['codes']} codes. {one['title']}{edition}. {one['source']}")
        for version in one["versions"]:
            click.echo(f"  {in_words(version)}")


def _of_list(root: Path, one: CodeList) -> dict[str, Any]:
    return {
        "list": one.id,
        "title": one.title,
        "edition": one.edition,
        "source": one.source,
        "codes": len(one),
        "built_in": BUILT_IN.known(one.id),
        "versions": [facts_of(version) for version in files.imported(root, one.id)],
    }


@codelists.command()
@DIRECTORY
@LIST
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--on", "day", type=DAY, help="The day that is asked about; today if left out.")
@click.option("--find", metavar="TEXT", help="Only codes with this text in code or name.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the names, where they are known in it.",
)
@AS_JSON
def show(
    root: Path,
    list_id: str,
    codes: tuple[str, ...],
    day: date | None,
    find: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Show codes of a list as they hold on a day: these codes, or all of them."""
    from keruen.console.naming import Names
    from keruen.console.texts import texts_in

    day = day or today(root)
    lists = files.code_lists(root)
    names = Names(lists, texts_in(language), day)
    chosen = _chosen(_list(lists, list_id), codes, day)
    shown = [_shown(one, names.name(list_id, one.code)) for one in chosen]
    if find:
        shown = [
            one for one in shown if find.casefold() in f"{one['code']} {one['name']}".casefold()
        ]
    if as_json:
        output.as_json({"list": list_id, "on": day, "codes": shown})
    else:
        for one in shown:
            click.echo(_line(one))
    missing = set(codes) - {one["code"] for one in shown}
    for code in sorted(missing):
        click.echo(f"{code} is not in {list_id} on {day}.", err=True)
    sys.exit(1 if missing else 0)


def _list(lists: CodeLists, list_id: str) -> CodeList:
    if not lists.known(list_id):
        text = f"there is no list {list_id}; there are {', '.join(lists.ids)}"
        raise UsageError("codelist-unknown", text)
    return lists[list_id]


def _chosen(one: CodeList, codes: Iterable[str], day: date) -> Iterator[Entry]:
    if not codes:
        yield from one.on(day)
    for code in codes:
        yield from (entry for entry in one.entries.get(code, ()) if entry.holds_on(day))


def _shown(entry: Entry, name: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(entry)
    return {"code": entry.code, "name": name, **facts}


def _line(one: dict[str, Any]) -> str:
    days = [
        f"{word} {one[key]}"
        for word, key in (("from", "valid_from"), ("until", "valid_until"))
        if one.get(key)
    ]
    facts = [f"{name} {value}" for name, value in one.get("facts", {}).items()]
    tail = ", ".join([*days, *facts])
    return f"{one['code']}  {one['name'] or ''}".rstrip() + (f"  ({tail})" if tail else "")


@codelists.command()
@DIRECTORY
@LIST
@click.option("--version", "number", type=int, help="Which version; the last one if left out.")
@AS_JSON
def remove(root: Path, list_id: str, number: int | None, as_json: bool) -> None:
    """Take an imported version of a list away; the version before it counts again."""
    today(root)
    gone = codeliststore.remove(root, list_id, number)
    if as_json:
        output.as_json({"list": list_id, "removed": gone.number})
    else:
        click.echo(f"{list_id}: version {gone.number} was taken away.")


@codelists.command()
@DIRECTORY
@click.argument("code")
@click.option("--from", "source", required=True, help="Edition in which the code is stated: 2017.")
@click.option("--to", "target", required=True, help="Edition in which it is asked for: 2022.")
@AS_JSON
def convert(root: Path, code: str, source: str, target: str, as_json: bool) -> None:
    """Say what a commodity code is in another edition of the HS, where it is one code and no other."""
    today(root)
    six = "".join(filter(str.isdigit, code))[:HS_DIGITS]
    found = converted(files.code_lists(root), six, source, target)
    if as_json:
        output.as_json({"code": six, "from": source, "to": target, "becomes": found})
    elif found:
        click.echo(found)
    else:
        click.echo(f"{six} has no one counterpart of {source} in {target}.", err=True)
    sys.exit(0 if found else 1)
