"""Commands of the integrator: init, check, run."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import click

from keruen import telemetry
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.config import codelists, directory
from keruen.config.cards import PROFILES
from keruen.config.directory import NodeFiles
from keruen.config.settings import address_of
from keruen.errors import KeruenError
from keruen.node import Node
from keruen.store import Store

PROFILE = click.Choice(PROFILES)
PORT = click.IntRange(1, 65_535)


@click.command()
@DIRECTORY
@click.option("--country", required=True, help="ISO 3166 alpha-2 code of this administration: KZ.")
@click.option("--partner", help="The other country of the agreement; KZ and TJ know each other.")
@click.option(
    "--as4-port",
    default=8701,
    show_default=True,
    type=PORT,
    help="Where partners' messages come in.",
)
@click.option(
    "--console-port", default=8702, show_default=True, type=PORT, help="Where the console is."
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=PROFILE,
    help="AS4 profile that partners use; keys for edelivery-2.0 are always made.",
)
@click.option(
    "--tls-host",
    help="Make a TLS certificate for this name or address, and listen for partners with it.",
)
@AS_JSON
def init(
    root: Path,
    country: str,
    partner: str | None,
    as4_port: int,
    console_port: int,
    profiles: tuple[str, ...],
    tls_host: str | None,
    as_json: bool,
) -> None:
    """Make a node directory with keys, settings, a database and the agreement with the partner."""
    files = directory.init(
        root,
        country,
        partner=partner,
        as4_port=as4_port,
        console_port=console_port,
        profiles=profiles,
        tls_host=tls_host,
    )
    Store.open(files.database_url).close()
    other = files.agreements[0].other(country)
    if as_json:
        output.as_json(_made(files, other))
        return
    click.echo(
        f"Made the node of {country} in {root}, with the agreement {files.agreements[0].id}."
    )
    click.echo(f"Its signing certificate:       {files.keys.signing.certificate.fingerprint}")
    click.echo(f"Its key agreement certificate: {files.keys.decryption.certificate.fingerprint}")
    click.echo(f"Next: give {other} this node's card:  keruen card {root} > {country}.toml")
    click.echo(f"      and take theirs:              keruen card {root} --add {other}.toml")


def _made(files: NodeFiles, other: str) -> dict[str, str]:
    return {
        "country": files.settings.country,
        "partner": other,
        "directory": str(files.root),
        "agreement": files.agreements[0].id,
        "endpoint": files.settings.address,
        "signing": files.keys.signing.certificate.fingerprint,
        "key_agreement": files.keys.decryption.certificate.fingerprint,
    }


@click.command()
@DIRECTORY
@AS_JSON
def check(root: Path, as_json: bool) -> None:
    """Explain every mistake in a node directory by file, key and line."""
    found = list(directory.mistakes(root))
    if as_json:
        output.as_json([_explained(one) for one in found])
    else:
        for one in found:
            click.echo(f"{directory.severity(one)}: {one}")
        if all(directory.is_warning(one) for one in found):
            _print_summary(directory.load(root))
    sys.exit(1 if any(directory.severity(one) != "notice" for one in found) else 0)


def _explained(found: KeruenError) -> dict[str, str | int | None]:
    return {
        "severity": directory.severity(found),
        "code": found.code,
        "text": found.text,
        "file": found.path,
        "key": getattr(found, "key", None) or None,
        "line": found.line,
    }


def _print_summary(files: NodeFiles) -> None:
    agreements = ", ".join(agreement.id for agreement in files.agreements) or "none yet"
    partners = ", ".join(partner.country for partner in files.partners) or "nobody yet"
    click.echo(f"{files.root}: no mistakes; exchanges with {partners}; agreements: {agreements}.")
    for certificate in (files.keys.signing.certificate, files.keys.decryption.certificate):
        click.echo(f"  {certificate.subject} is valid until {certificate.not_after:%Y-%m-%d}")


@click.command()
@DIRECTORY
@click.option("--quiet", is_flag=True, help="Only warnings and errors in the log.")
def run(root: Path, quiet: bool) -> None:
    """Run the node until it is told to stop (Ctrl-C or SIGTERM)."""
    import uvloop

    telemetry.log_to_stderr(quiet=quiet)
    codelists.must_be_whole(root)
    node = Node.open(root)
    for one in directory.mistakes(root):  # what did not stop `open`: certificates that end
        click.echo(f"{directory.severity(one)}: {one}", err=True)
    try:
        uvloop.run(_run(node))
    finally:
        node.close()


async def _run(node: Node) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    from keruen.service import serving, settle

    async with serving(node):
        settings = node.files.settings
        click.echo(
            f"The node of {settings.country} runs. AS4: {settings.address}  "
            f"Console: {address_of(settings.console)}",
            err=True,
        )
        settle()
        await stop.wait()
