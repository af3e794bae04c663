"""The command that shows what was agreed."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from keruen.agreement import Agreement, digest
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY, LANGUAGE
from keruen.config import directory
from keruen.errors import UsageError


@click.group()
def agreement() -> None:
    """Show what was agreed with a partner."""


@agreement.command()
@DIRECTORY
@click.option(
    "--partner", help="ISO 3166 alpha-2 code of the other country; all agreements without it."
)
@LANGUAGE
@AS_JSON
def show(root: Path, partner: str | None, language: str, as_json: bool) -> None:
    """Print agreements whole, article by article, for a lawyer."""
    found = _agreements(root, partner)
    if as_json:
        output.as_json(
            [{"digest": digest(one), **msgspec.to_builtins(one, str_keys=True)} for one in found]
        )
        return
    from keruen.console.texts import texts_in
    from keruen.console.treaty import document

    for one in found:
        click.echo(document(one, texts_in(language)))


def _agreements(root: Path, partner: str | None) -> list[Agreement]:
    agreements = directory.load(root).agreements
    found = [one for one in agreements if partner is None or partner.upper() in one.countries]
    if partner is not None and not found:
        partners = ", ".join(one.corridor for one in agreements) or "none"
        raise UsageError(
            "agreement-unknown", f"there is no agreement with {partner}; there are {partners}"
        )
    return found
