"""What is sent: declarations of the simulated traffic, brought to a size that can be named."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache

import msgspec

from keruen.config.packaged import packaged_agreement
from keruen.customs import DeclarationKind
from keruen.formats import read
from keruen.simulate import Submission, simulate

DECLARATION_SIZE = 4096
"""Octets of JSON for one declaration."""
START = datetime(2026, 11, 23, 12, tzinfo=UTC)

_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")


@cache
def declarations() -> tuple[bytes, ...]:
    """Export and transit declarations as JSON, none larger than `DECLARATION_SIZE`."""
    traffic = simulate(packaged_agreement(), seed=7, consignments=100, start=START)
    found = []
    for step in traffic.steps:
        if isinstance(step, Submission):
            declaration = read(step.data).declaration
            octets = _encoder.encode(declaration)
            if declaration.kind is not DeclarationKind.IMPORT and len(octets) < DECLARATION_SIZE:
                found.append(octets)
    return tuple(found)


def content(number: int, count: int) -> bytes:
    """The content of one message: `count` declarations in exactly as many times `DECLARATION_SIZE` octets.

    Each has its own filling of hexadecimal digits, so that gzip finds no two alike.
    """
    known = declarations()
    some = (known[(number * count + index) % len(known)] for index in range(count))
    return b"[" + b",".join(_filled(one, number, index) for index, one in enumerate(some)) + b"]"


def _filled(declaration: bytes, number: int, index: int) -> bytes:
    """One declaration with its comma or bracket: `DECLARATION_SIZE` octets, the first one less by a bracket."""
    room = DECLARATION_SIZE - len(declaration) - len(b'{"declaration":,"note":""}') - 1
    size = max(0, room - (index == 0))
    filling = hashlib.shake_128(f"{number} {index}".encode()).hexdigest(size // 2 + 1)[:size]
    return b'{"declaration":' + declaration + b',"note":"' + filling.encode() + b'"}'
