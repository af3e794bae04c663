"""Compares what one side says it sent and received with what the other side has; pure.

    whole period ─► differs? ─► parts ─► … ─► messages one by one ─► what is missing here

A range whose digest is the same is done with. One that differs is answered by the same range of this side:
in parts while it holds many messages, else message by message. So a difference is located in a few reports,
however many messages there are, and none of them is long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from keruen.messages import Entry, Range, Way

LISTED = 200
"""Messages of both sides together that are listed one by one."""
PARTS = 16
"""Parts that a range with more messages is divided into."""
FINEST = timedelta(milliseconds=16)
"""Shorter ranges are listed, however many messages they hold."""

Held = Callable[[Way, datetime, datetime], Sequence[Entry]]
"""Messages that this side sent or received and that were created in a time, in the order of their ids."""

OPPOSITE = {Way.SENT: Way.RECEIVED, Way.RECEIVED: Way.SENT}


@dataclass(slots=True)
class Comparison:
    """What comes of comparing ranges.

    Attributes:
        differing: whether anything differs.
        answers: ranges of this side by which the other one can go on comparing.
        missing: ids of messages that the other side sent and that are not here.
        altered: ids of messages that have another content there.
        unknown: ids of messages that the other side received from here and that this side does not know.
    """

    differing: bool = False
    answers: list[Range] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def digest_of(entries: Iterable[Entry]) -> str:
    """SHA-256 over the messages in the order of their ids, in hexadecimal."""
    ordered = sorted(entries, key=lambda one: one.message_id)
    lines = (f"{one.message_id} {one.digest}\n".encode() for one in ordered)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def counted(way: Way, since: datetime, until: datetime, entries: Sequence[Entry]) -> Range:
    """A range without its messages."""
    return Range(way, since, until, len(entries), digest_of(entries))


def listed(way: Way, since: datetime, until: datetime, entries: Sequence[Entry]) -> Range:
    """A range with its messages."""
    return Range(way, since, until, len(entries), digest_of(entries), tuple(entries))


def compare(theirs: Iterable[Range], held: Held) -> Comparison:
    """Compare what the other side says with what is held here."""
    found = Comparison()
    for one in theirs:
        way = OPPOSITE[one.way]
        here = held(way, one.since, one.until)
        if digest_of(here) == one.digest:
            continue
        found.differing = True
        if one.entries is None:
            found.answers += _closer(one, way, here, held)
        else:
            _one_by_one(found, one, way, here)
    return found


def _closer(one: Range, way: Way, here: Sequence[Entry], held: Held) -> list[Range]:
    """The same range of this side, listed, or in parts that are still only counted."""
    if len(here) + one.count <= LISTED or one.until - one.since <= FINEST:
        return [listed(way, one.since, one.until, here)]
    step = (one.until - one.since) / PARTS
    times = [one.since + step * number for number in range(PARTS)] + [one.until]
    return [counted(way, since, until, held(way, since, until)) for since, until in pairwise(times)]


def _one_by_one(found: Comparison, one: Range, way: Way, here: Sequence[Entry]) -> None:
    ours = {entry.message_id: entry.digest for entry in here}
    theirs = {entry.message_id: entry.digest for entry in one.entries or ()}
    found.altered += [key for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]]
    only_there = sorted(theirs.keys() - ours.keys())
    if one.way is Way.SENT:
        found.missing += only_there
        return
    found.unknown += only_there
    if (
        ours.keys() - theirs.keys()
    ):  # what was sent is listed once, and then asked for: it ends here
        found.answers.append(listed(way, one.since, one.until, here))
