"""The command that tries the way to a partner: ping."""

from __future__ import annotations

from pathlib import Path

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY


@click.command()
@DIRECTORY
@click.argument("partner")
@AS_JSON
def ping(root: Path, partner: str, as_json: bool) -> None:
    """Try the way to a partner: a test message is sent, its receipt verified, nothing delivered."""
    import asyncio

    from keruen.exchange import Pong
    from keruen.exchange import ping as try_way
    from keruen.net import HttpTransport
    from keruen.node import Node
    from keruen.tlscontexts import partner_contexts

    node = Node.open(root)

    async def there_and_back() -> Pong:
        contexts = partner_contexts(node.files)
        async with HttpTransport(node.files.settings.retry.timeout, contexts) as transport:
            return await try_way(node.context, node.line, transport, partner.upper())

    try:
        pong = asyncio.run(there_and_back())
    finally:
        node.close()
    if as_json:
        facts = {name: getattr(pong, name) for name in Pong.__slots__}
        output.as_json({**facts, "receipt": pong.receipt_id})
        return
    click.echo(
        f"{pong.partner} answers at {pong.endpoint} in {pong.milliseconds:.0f} ms: receipt "
        f"{pong.receipt_id}, signed by {pong.signer}. Nothing was delivered."
    )
