"""Commands of the integrator: init, check, card, run."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import click

from keruen import directory, telemetry
from keruen.cli import output
from keruen.cli.output import DIRECTORY, FILE
from keruen.node import Node
from keruen.settings import read_card, write_card



@click.command()
@DIRECTORY
@click.option("--country", required=True, help="ISO 3166 alpha-2 code of this administration: KZ.")
@click.option("--partner", help="The other country of the agreement; KZ and TJ know each other.")
@click.option("--as4-port", default=8701, show_default=True, help="Port for partners.")
@click.option("--console-port", default=8702, show_default=True, help="Port for the console.")
def init(root: Path, country: str, partner: str | None, as4_port: int, console_port: int) -> None:
    """Make a node directory with keys, settings and the agreement with the partner."""
    files = directory.init(
        root, country, partner=partner, as4_port=as4_port, console_port=console_port
    )
    agreement = files.agreements[0]
    other = agreement.other(country)
    click.echo(f"Made the node of {country} in {root}, with the agreement {agreement.id}.")
    click.echo(f"Its signing certificate:       {files.keys.signing.certificate.fingerprint}")
    click.echo(f"Its key agreement certificate: {files.keys.decryption.certificate.fingerprint}")
    click.echo(f"Next: give {other} this node's card:  keruen card {root} > {country}.toml")
    click.echo(f"      and take theirs:              keruen card {root} --add {other}.toml")


@click.command()
@DIRECTORY
@click.option("--json", "as_json", is_flag=True, help="Print the mistakes as JSON.")
def check(root: Path, as_json: bool) -> None:
    """Explain every mistake in a node directory by file, key and line."""
    mistakes = list(directory.mistakes(root))
    if as_json:
        output.as_json(
            [{"code": m.code, "text": m.text, "file": m.path, "line": m.line} for m in mistakes]
        )
    else:
        for mistake in mistakes:
            click.echo(str(mistake))
        if not mistakes:
            files = directory.load(root)
            partners = ", ".join(p.country for p in files.partners) or "nobody yet"
            click.echo(f"{root}: no mistakes; exchanges with {partners}.")
    sys.exit(1 if mistakes else 0)


@click.command()
@DIRECTORY
@click.option("--add", type=FILE, help="A partner's card to add; - is standard input.")
@click.option("--yes", is_flag=True, help="Do not ask; the fingerprints were compared.")
def card(root: Path, add: str | None, yes: bool) -> None:
    """Print this node's card; with --add, add a partner's after showing its fingerprints."""
    if add is None:
        click.echo(write_card(directory.load(root).card), nl=False)
        return
    text = output.read_text(add)
    partner = read_card(text, name=add)
    click.echo(f"Card of {partner.country}, listening at {partner.endpoint}:")
    for certificate in partner.signing:
        click.echo(f"  signing        {certificate.fingerprint}")
    for certificate in partner.key_agreement:
        click.echo(f"  key agreement  {certificate.fingerprint}")
    if not yes:
        click.confirm(
            "Did the partner confirm these fingerprints over another channel?", abort=True
        )
    path = directory.add_card(root, text)
    click.echo(f"Added: {path}")


@click.command()
@DIRECTORY
@click.option("--quiet", is_flag=True, help="Only warnings and errors in the log.")
def run(root: Path, quiet: bool) -> None:
    """Run the node until it is told to stop (Ctrl-C or SIGTERM)."""
    telemetry.log_to_stderr(quiet=quiet)
    node = Node.open(root)
    try:
        asyncio.run(_run(node))
    finally:
        node.close()


async def _run(node: Node) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with node.running():
        settings = node.files.settings
        click.echo(
            f"The node of {settings.country} runs. AS4: {settings.address}  "
            f"Console: http://{settings.console.host}:{settings.console.port}/",
            err=True,
        )
        await stop.wait()
