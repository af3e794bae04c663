"""Versions of a consignment: every declaration of it that was sent, none ever overwritten.

They are the messages themselves, in the order of their ordinals, each with what the receiver said to it.
The one that holds is the highest that was accepted; an accepted annulment ends them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from msgspec import to_builtins
from msgspec.structs import replace

from keruen.customs import Declaration, Finding, Struct
from keruen.exchange.kept import said
from keruen.exchange.outcomes import Standing
from keruen.messages import (
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    EmptyVehicle,
    Outcome,
    PreliminaryInformation,
    decode,
    kind_of,
)
from keruen.store import Direction, Message, Reader

VERSIONED = (PreliminaryInformation, Amendment, Annulment, EmptyVehicle)
KINDS = frozenset(kind.__name__ for kind in VERSIONED)
"""Kinds that say what comes, or that it does not."""
MOST = 1000
"""Messages of one consignment that are looked at, the newest."""


class Validity(StrEnum):
    """Whether a version counts."""

    HOLDS = "holds"
    """The highest one that was accepted."""
    REPLACED = "replaced"
    """Accepted, and another one holds."""
    WAITING = "waiting"
    """Not answered yet."""
    REJECTED = "rejected"


class Version(Struct, frozen=True):
    """One version of what was declared.

    Attributes:
        ordinal: 1 for the first.
        kind: of the message that states it.
        declaration: None for an annulment and for an empty vehicle.
        reason: why it was corrected or annulled.
        findings: what the receiver found in it.
    """

    ordinal: int
    kind: str
    message_id: str
    created: datetime
    validity: Validity
    declaration: Declaration | None = None
    reason: str | None = None
    findings: tuple[Finding, ...] = ()


class _Stated(NamedTuple):
    message: AnyMessage
    answer: Acknowledgement | None

    @property
    def accepted(self) -> bool:
        return self.answer is not None and self.answer.outcome is Outcome.ACCEPTED


def versions(reader: Reader, corridor: str, consignment_id: str) -> tuple[Version, ...]:
    """All versions of a consignment, in the order of their ordinals."""
    return in_order(_version(one) for one in _stated(reader, corridor, consignment_id))


def versions_among(stored: Sequence[Message]) -> tuple[Version, ...]:
    """The same of messages that are at hand, the first stored first, with the answers to them."""
    return in_order(_version(one) for one in _paired(stored, lambda _: None))


def standing_of(reader: Reader, corridor: str, message: AnyMessage) -> Standing:
    """How a message that states a version stands to those that came before it."""
    consignment_id = getattr(message, "consignment_id", "")
    own_id = message.header.message_id
    stated = _stated(reader, corridor, consignment_id)
    return standing(message, [one for one in stated if one.message.header.message_id != own_id])


def next_ordinal(reader: Reader, corridor: str, consignment_id: str) -> int:
    """The ordinal that the next version of a consignment has, whatever became of those before."""
    stated = _stated(reader, corridor, consignment_id)
    return 1 + max((ordinal_of(one.message) for one in stated), default=0)


def _stated(reader: Reader, corridor: str, consignment_id: str) -> list[_Stated]:
    """Messages that state versions, the first stored first, each with its answer."""
    stored = reader.messages(corridor=corridor, consignment_id=consignment_id, limit=MOST)[::-1]
    return _paired(stored, partial(_untied, reader))


def _paired(
    stored: Sequence[Message], otherwise: Callable[[Message], Message | None]
) -> list[_Stated]:
    answers = {row.refers_to: row for row in stored if row.kind == Acknowledgement.__name__}
    rows = [row for row in stored if row.kind in KINDS and row.removed is None]
    return [
        _Stated(decode(row.body), _answer(answers.get(row.message_id) or otherwise(row)))
        for row in rows
    ]


def _untied(reader: Reader, row: Message) -> Message | None:
    """The answer to a message of ours that was refused whole: it names no consignment."""
    ours = row.direction is Direction.OUT
    return reader.answer_to(row.corridor, row.message_id) if ours else None


def _answer(row: Message | None) -> Acknowledgement | None:
    answer = said(row)
    return answer if isinstance(answer, Acknowledgement) else None


def _version(one: _Stated) -> Version:
    message, answer = one
    validity = Validity.WAITING
    if answer is not None:
        validity = Validity.REPLACED if one.accepted else Validity.REJECTED
    return Version(
        ordinal=ordinal_of(message),
        kind=kind_of(message),
        message_id=message.header.message_id,
        created=message.header.created,
        validity=validity,
        declaration=getattr(message, "declaration", None),
        reason=getattr(message, "reason", None),
        findings=answer.findings if answer else (),
    )


def in_order(found: Iterable[Version]) -> tuple[Version, ...]:
    """Versions by ordinal, repetitions left out, the highest accepted one marked as the one that holds."""
    ordered = sorted(
        (one for one in found if not any(f.code == "version-known" for f in one.findings)),
        key=lambda one: (one.ordinal, one.validity is Validity.REJECTED),
    )
    accepted = [one for one in ordered if one.validity is Validity.REPLACED]
    annulled = [one for one in accepted if one.kind == Annulment.__name__]
    holds = next(reversed(annulled or accepted), None)
    return tuple(replace(one, validity=Validity.HOLDS) if one is holds else one for one in ordered)


def ordinal_of(message: AnyMessage) -> int:
    """The ordinal of a message that states a version; an empty vehicle has only one."""
    return getattr(message, "ordinal", 1)


def standing(message: AnyMessage, before: Sequence[_Stated]) -> Standing:
    """How a message stands to others of its consignment.

    What was rejected holds nothing; yet its ordinal was given, so the next one leaves no gap.
    """
    own = ordinal_of(message)
    held = [one.message for one in before if one.accepted]
    alike = [one for one in held if ordinal_of(one) == own]
    if alike:
        same = any(same_content(message, one) for one in alike)
        return Standing.SAME if same else Standing.OTHER
    if any(ordinal_of(one) > own for one in held):
        return Standing.LATE
    highest = max((ordinal_of(one.message) for one in before), default=own)
    return Standing.GAP if own > highest + 1 else Standing.NEXT


def same_content(one: AnyMessage, other: AnyMessage) -> bool:
    """Whether two messages say the same of a consignment: an amendment may be worded as information."""
    return _content(one) == _content(other)


def _content(message: AnyMessage) -> dict[str, object]:
    plain = to_builtins(message)
    left_out = {"kind", "header", *(("reason",) if "declaration" in plain else ())}
    return {name: value for name, value in plain.items() if name not in left_out}
