"""A package taken whole, and the answers as one for the way back: for a command, a page or a program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import IO

from keruen.exchange.packages.container import Manifest, Member, Package
from keruen.exchange.packages.packing import Packer
from keruen.exchange.packages.taking import Taken, Unpacker, check_addressed
from keruen.exchange.receiving import Receiver


async def take_all(
    receiver: Receiver,
    package: Package,
    answer: IO[bytes],
    each: Callable[[tuple[Member, ...]], Iterable[Member]] = iter,
) -> tuple[list[Taken], Manifest]:
    """Take every message of a package and write the answers as a package.

    Args:
        answer: where the package of answers is written, which may be one of none.
        each: goes through the members, and may tell somebody how far it is.

    Raises:
        UsageError: ``package-foreign``, ``card-missing``: nothing was taken.
    """
    context, line = receiver.context, receiver.line
    check_addressed(package.manifest, context, line)
    packer = Packer(receiver.store, context, line, package.manifest.sender, answer)
    unpacker = Unpacker(receiver, package, packer.answer)
    taken = [await unpacker.take(member) for member in each(package.manifest.members)]
    return taken, await asyncio.to_thread(packer.close)
