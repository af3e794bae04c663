"""Commands that need no node: convert, schema."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from keruen import formats, messages
from keruen.cli import output
from keruen.cli.output import AS_JSON, FILES
from keruen.errors import InputError
from keruen.formats import FORMATS, JSON
from keruen.formats.documents import SIZE

SCHEMAS = ("Declaration", *messages.KINDS, "Arrival")


@click.command()
@FILES
@click.option(
    "--to",
    "to",
    type=click.Choice(FORMATS),
    default=JSON,
    show_default=True,
    help="Format to print.",
)
@click.option("--coverage", is_flag=True, help="Account for every leaf of the file instead.")
@AS_JSON
def convert(files: tuple[str, ...], to: str, coverage: bool, as_json: bool) -> None:
    """Read a declaration in any known format and print it in the project's JSON, or in another format."""
    worst = 0
    for path in files:
        try:
            reading = formats.read(output.read_file(path, SIZE))
        except InputError as error:
            worst = 3
            _print_refusal(path, error)
            continue
        if reading.findings and not coverage:
            worst = max(worst, 1)
            click.echo(f"{path}:", err=True)
            output.findings(reading.findings, err=True)
        if not coverage:
            click.echo(formats.write(reading.declaration, to), nl=False)
        elif as_json:
            output.as_json(formats.coverage(reading))
        else:
            _print_coverage(path, formats.coverage(reading))
    sys.exit(worst)


def _print_refusal(path: str, error: InputError) -> None:
    line = f", line {error.line}" if error.line else ""
    inside = f" ({error.path})" if error.path and error.path != path else ""
    click.echo(f"keruen: {path}{line}: {error.code}: {error.text}{inside}", err=True)


def _print_coverage(path: str, account: dict[str, Any]) -> None:
    click.echo(
        f"{path}: {account['format']}, {account['carried']} of {account['domain_leaves']} domain "
        f"leaves carried ({account['share']:.1%}), {account['unexplained']} unexplained"
    )
    for one in account["not_carried"]:
        click.echo(f"  {one['path']}: {one['reason']}")


@click.command()
@click.argument("name", type=click.Choice(SCHEMAS), required=False)
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
