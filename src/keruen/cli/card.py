"""The commands by which two nodes come to know each other: card, keys."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from keruen.as4.curves import CURVES
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY, FILE
from keruen.config import directory, terms
from keruen.config.cards import PROFILE, PROFILES, Partner, write_card
from keruen.config.directory import Introduction
from keruen.config.keymaking import CURVE
from keruen.config.settings import TLS_TABLE
from keruen.config.tls import parsed
from keruen.errors import UsageError


@click.command()
@DIRECTORY
@click.option("--add", type=FILE, help="A partner's card to add; - is standard input.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=PROFILE,
    show_default=True,
    help="The profile by which the partner will exchange with this node.",
)
@click.option("--yes", is_flag=True, help="Do not ask: the fingerprints were compared.")
@click.option("--replace", is_flag=True, help="With --yes: a card of that country may be replaced.")
@AS_JSON
def card(
    root: Path, add: str | None, profile: str, yes: bool, replace: bool, as_json: bool
) -> None:
    """Print this node's card; with --add, add a partner's after showing its fingerprints and asking."""
    if add is None:
        if yes or replace:
            raise click.UsageError("--yes and --replace go with --add FILE")
        _write(directory.load(root).card_for(profile), as_json=as_json)
        return
    introduction = directory.introduce(root, output.read_text(add), name=add)
    _show(introduction, err=as_json)
    if not introduction.known:
        _ask(introduction, add, yes=yes, replace=replace)
        introduction.take()
    _say(introduction, as_json=as_json)


@click.command()
@DIRECTORY
@click.option(
    "--profile",
    type=click.Choice([name for name in PROFILES if name != PROFILE]),
    help="The profile whose keys are made.",
)
@click.option(
    "--curve",
    type=click.Choice(list(CURVES)),
    default=CURVE,
    show_default=True,
    help="Curve of the keys of edelivery-2.0-ec.",
)
@click.option("--tls-host", help="Make or renew the TLS certificate, for this name or address.")
@AS_JSON
def keys(root: Path, profile: str | None, curve: str, tls_host: str | None, as_json: bool) -> None:
    """Make this node's keys of a further AS4 profile, or its TLS certificate; print the card with them."""
    if profile is not None and tls_host is None:
        _write(directory.make_profile_keys(root, profile, curve), as_json=as_json)
    elif tls_host is not None and profile is None:
        _made_tls(directory.make_tls(root, tls_host), as_json=as_json)
    else:
        raise click.UsageError("say either --profile NAME or --tls-host HOST")


def _made_tls(own: Partner, *, as_json: bool) -> None:
    _write(own, as_json=as_json)
    if not own.tls.trust:
        click.echo(f"The listener does not use it yet. For node.toml:\n{TLS_TABLE}", err=True)
    click.echo("A node that is running reads its TLS certificate when it starts again.", err=True)


def _write(own: Partner, *, as_json: bool) -> None:
    if as_json:
        output.as_json(_facts(own))
    else:
        click.echo(write_card(own), nl=False)


def _facts(partner: Partner) -> dict[str, Any]:
    return {
        "country": partner.country,
        "party_id": partner.party.value,
        "party_type": partner.party.type,
        "endpoint": partner.endpoint,
        "profile": partner.profile,
        "signing": [certificate.fingerprint for certificate in partner.signing],
        "key_agreement": [certificate.fingerprint for certificate in partner.key_agreement],
        "tls": [certificate.fingerprint for certificate in partner.tls.anchors],
    }


def _show(introduction: Introduction, *, err: bool) -> None:
    """Print what a person has to compare."""
    _print(introduction.partner, "Card of", err=err)
    if introduction.known or not introduction.replaces:
        return
    if introduction.before is None:
        click.echo(
            f"It would replace {introduction.path}, which cannot be read as a card.", err=err
        )
    else:
        _print(introduction.before, f"It would replace {introduction.path}, the card of", err=err)


def _print(partner: Partner, opening: str, *, err: bool) -> None:
    click.echo(f"{opening} {partner.country}, listening at {partner.endpoint}:", err=err)
    for words, certificates in (
        ("signing      ", partner.signing),
        ("key agreement", partner.key_agreement),
        ("TLS server   ", partner.tls.anchors),
        ("TLS clients  ", parsed(partner.tls.clients)),
        ("authority    ", parsed(partner.trust.authorities)),
    ):
        for certificate in certificates:
            click.echo(
                f"  {words} {certificate.fingerprint}, until {certificate.not_after:%Y-%m-%d}",
                err=err,
            )
    if partner.tls.system:
        click.echo(
            "  TLS server    any certificate of an authority that this machine trusts", err=err
        )
    for place in (*partner.tls.crl, *partner.trust.crl):
        click.echo(f"  revocation list {place}", err=err)
    for name in partner.accept:
        click.echo(f"  may send {name}, which {partner.profile} does not have", err=err)
    for line in "".join(terms.written(partner.terms)).splitlines():
        if line:
            click.echo(f"  {line}", err=err)


def _ask(introduction: Introduction, source: str, *, yes: bool, replace: bool) -> None:
    """Return if the card may be taken; leaves the program if not."""
    country = introduction.partner.country
    if yes:
        if introduction.replaces and not replace:
            raise UsageError(
                "card-exists",
                f"{country} has another card already; to replace it without being asked: --yes --replace",
                path=str(introduction.path),
            )
        return
    if source == "-":
        raise UsageError(
            "cannot-ask",
            "the card comes from standard input, so nobody can be asked; compare the fingerprints, then "
            "add --yes",
        )
    questions = ["Did the partner confirm these fingerprints over another channel?"]
    if introduction.replaces:
        questions.append(f"Replace the card of {country}?")
    for question in questions:
        if not click.confirm(question, err=True):
            click.echo("Nothing was changed.", err=True)
            sys.exit(3)


def _say(introduction: Introduction, *, as_json: bool) -> None:
    replaced = introduction.replaces and not introduction.known
    if as_json:
        output.as_json(
            {
                **_facts(introduction.partner),
                "file": str(introduction.path),
                "added": not introduction.known,
                "replaced": replaced,
            }
        )
    elif introduction.known:
        click.echo(f"This very card is there already: {introduction.path}")
    else:
        click.echo(f"{'Replaced' if replaced else 'Added'}: {introduction.path}")
    if not introduction.known:
        click.echo(
            "A node that is running reads its partners' cards when it starts again.", err=True
        )
