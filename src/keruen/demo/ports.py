"""Ports for nodes on one machine."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from keruen.clock import Clock

LOWEST, HIGHEST = 10_000, 32_000
"""Below what systems give to outgoing connections (RFC 6335 asks for 49152 on, Linux takes 32768 on), which
might take a port between the moment it was found free and the moment somebody listens on it."""


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on just now."""
    with ExitStack() as stack:
        return [_free(stack) for _ in range(count)]


def _free(stack: ExitStack) -> int:
    while True:
        port = LOWEST + int.from_bytes(Clock.entropy(4)) % (HIGHEST - LOWEST)
        try:
            stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
        except OSError:
            continue
        return port
