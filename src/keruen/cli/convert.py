"""Commands that need no node: convert, schema."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from keruen import formats, messages
from keruen.cli import output
from keruen.cli.output import FILE

SCHEMAS = ("Declaration", *messages.KINDS, "Arrival")


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=FILE,
)
@click.option("--to", "to", type=click.Choice(["json"]), default="json", show_default=True)
@click.option("--coverage", is_flag=True, help="Account for every leaf of the file instead.")
@click.option("--json", "as_json", is_flag=True, help="Coverage as JSON.")
def convert(files: tuple[str, ...], to: str, coverage: bool, as_json: bool) -> None:
    """Read a declaration in any known format and print it in the project's JSON."""
    for path in files:
        reading = formats.read(output.read_file(path))
        if not coverage:
            click.echo(formats.write(reading.declaration, to), nl=False)
            continue
        account = formats.coverage(reading)
        if as_json:
            output.as_json(account)
        else:
            _print_coverage(path, account)


def _print_coverage(path: str, account: dict[str, Any]) -> None:
    click.echo(
        f"{path}: {account['format']}, {account['carried']} of {account['domain_leaves']} domain "
        f"leaves carried ({account['share']:.1%}), {account['unexplained']} unexplained"
    )
    for one in account["not_carried"]:
        click.echo(f"  {one['path']}: {one['reason']}")


@click.command()
@click.argument("name", type=click.Choice(SCHEMAS), required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema 2020-12 of a document; without a name, list the names."""
    if name is None:
        click.echo("\n".join(SCHEMAS))
        sys.exit(0)
    click.echo(json.dumps(_schema(name), ensure_ascii=False, indent=2))


def _schema(name: str) -> dict[str, Any]:
    if name == "Declaration":
        return formats.declaration_schema()
    if name == "Arrival":
        from keruen.border import arrival_schema

        return arrival_schema()
    return messages.json_schema(name)
