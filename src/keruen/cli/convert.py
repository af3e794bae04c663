"""Commands that need no node: convert, schema."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from keruen import formats, messages
from keruen.cli import output
from keruen.cli.output import AS_JSON, FILES
from keruen.errors import InputError, RemoteError, UsageError
from keruen.formats import FORMATS, JSON, Loss, Reading
from keruen.formats.documents import SIZE

SCHEMAS = ("Declaration", *messages.KINDS, "Arrival")


@click.command()
@FILES
@click.option(
    "--to",
    "to",
    type=click.Choice((*FORMATS, formats.ARRIVAL_CONFIRMATION)),
    default=JSON,
    show_default=True,
    help="Format to print.",
)
@click.option("--coverage", is_flag=True, help="Account for every leaf of the file instead.")
@click.option(
    "--declaration",
    metavar="NUMBER",
    help="For an arrival confirmation: number of the transit declaration or TIR carnet.",
)
@click.option("--officer", metavar="NAME", help="For an arrival confirmation: who confirms.")
@AS_JSON
def convert(
    files: tuple[str, ...],
    to: str,
    coverage: bool,
    declaration: str | None,
    officer: str | None,
    as_json: bool,
) -> None:
    """Read a declaration in any known format and print it in the project's JSON, or in another format.

    An arrival confirmation is made from an ArrivalInformation message in JSON.
    """
    if to == formats.ARRIVAL_CONFIRMATION:
        sys.exit(max(_confirm(path, declaration, officer) for path in files))
    sys.exit(max(_convert(path, to, coverage=coverage, as_json=as_json) for path in files))


def _convert(path: str, to: str, *, coverage: bool, as_json: bool) -> int:
    """Print one file in a format, or its account; gives the exit code."""
    try:
        reading = formats.read(output.read_file(path, SIZE))
    except InputError as error:
        _print_refusal(path, error)
        return error.exit_code
    loss = formats.loss(reading.declaration, to)
    if coverage:
        _print_account(path, reading, to, loss, as_json=as_json)
        return 0
    if reading.findings:
        click.echo(f"{path}:", err=True)
        output.findings(reading.findings, err=True)
    click.echo(formats.write(reading.declaration, to), nl=False)
    _print_loss(path, to, loss)
    return 1 if reading.findings or loss.missing else 0


def _confirm(path: str, declaration: str | None, officer: str | None) -> int:
    """Print the confirmation of an arrival; gives the exit code."""
    if declaration is None:
        text = "an arrival confirmation names the declaration; give its number with --declaration"
        raise UsageError("declaration-number", text)
    try:
        message = _arrival(output.read_file(path, SIZE))
    except (InputError, RemoteError) as error:
        _print_refusal(path, error)
        return error.exit_code
    click.echo(formats.arrival_confirmation(message, declaration, officer), nl=False)
    return 0


def _arrival(data: bytes) -> messages.ArrivalInformation:
    message = messages.decode(data)
    if isinstance(message, messages.ArrivalInformation):
        return message
    text = f"the file is no ArrivalInformation message but {messages.kind_of(message)}"
    raise InputError("message-invalid", text, path="kind")


def _print_loss(path: str, to: str, loss: Loss) -> None:
    """What the written file lacks, on standard error."""
    for place in loss.missing:
        text = (
            f"keruen: {path}: element-missing: {to} wants {place}; without it the file is not valid"
        )
        click.echo(text, err=True)
    if loss.lost:
        text = f"keruen: {path}: {len(loss.lost)} elements have no place in {to}; --coverage lists them"
        click.echo(text, err=True)


def _print_account(path: str, reading: Reading, to: str, loss: Loss, *, as_json: bool) -> None:
    account = formats.coverage(reading)
    if to != JSON:
        account["written"] = {"format": to, "lost": loss.lost, "missing": loss.missing}
    if as_json:
        output.as_json(account)
    else:
        _print_coverage(path, account)


def _print_refusal(path: str, error: InputError | RemoteError) -> None:
    inside = f" ({error.path})" if error.path and error.path != path else ""
    click.echo(f"keruen: {path}: {error.code}: {error.text}{inside}", err=True)


def _print_coverage(path: str, account: dict[str, Any]) -> None:
    click.echo(
        f"{path}: {account['format']}, {account['carried']} of {account['domain_leaves']} domain "
        f"leaves carried ({account['share']:.1%}), {account['unexplained']} unexplained"
    )
    for one in account["not_carried"]:
        click.echo(f"  {one['path']}: {one['reason']}")
    for name, places in account.get("written", {}).items():
        for place in places if name != "format" else ():
            click.echo(f"  {name} in {account['written']['format']}: {place}")


@click.command()
@click.argument("name", metavar="[NAME]", type=click.Choice(SCHEMAS), required=False)
@AS_JSON
def schema(name: str | None, as_json: bool) -> None:
    """Print the JSON Schema 2020-12 of a document; without a name, list the names."""
    if name is None:
        click.echo(json.dumps(SCHEMAS) if as_json else "\n".join(SCHEMAS))
        return
    click.echo(json.dumps(_schema(name), ensure_ascii=False, indent=2))


def _schema(name: str) -> dict[str, Any]:
    if name == "Declaration":
        return formats.declaration_schema()
    if name == "Arrival":
        from keruen.border import arrival_schema

        return arrival_schema()
    return messages.json_schema(name)
