"""A received message before its handler sees it: read, named, and its header held against the agreement.

What is wrong with a header is wrong with the whole message: it is refused with all findings, and no
consignment begins or moves by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from keruen.agreement import Agreement, groundless
from keruen.customs import Finding
from keruen.errors import RemoteError
from keruen.exchange.context import Context
from keruen.messages import (
    STRUCTURE_VERSION,
    Acknowledgement,
    AnyMessage,
    EmptyVehicle,
    EnquiryReply,
    PreliminaryInformation,
    Stage,
    decode,
    kind_of,
    structure_of,
)

BEGINNERS = (PreliminaryInformation, EmptyVehicle)
"""Kinds of messages that begin a consignment."""
ANSWERS = (Acknowledgement, EnquiryReply)
"""Kinds of messages that begin nothing, whatever they are about."""


class Incoming(msgspec.Struct, frozen=True):
    """A received message with what is known about it from below.

    Attributes:
        partner: the country whose pinned certificate signed it.
        plain: the message as plain JSON, unknown members included.
    """

    message: AnyMessage
    partner: str
    plain: Mapping[str, Any]


class UnusableError(RemoteError):
    """A message cannot be used; the first finding gives code and text, all of them are answered."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        paths = ", ".join(finding.path for finding in findings)
        super().__init__(first.code, first.text, path=first.path or None, detail=paths)
        self.findings = findings


def read_incoming(data: bytes, action: str, partner: str) -> Incoming:
    """The message in a payload.

    Raises:
        RemoteError: ``message-invalid``; ``kind-mismatch`` when it was sent as another kind.
    """
    message = decode(data)
    if kind_of(message) != action:
        raise RemoteError(
            "kind-mismatch",
            f"The AS4 action is {action}; it must be the message's kind.",
            path="kind",
        )
    return Incoming(message, partner, msgspec.json.decode(data))


def check_header(context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """Check that a header fits its sender and the agreement.

    Raises:
        UnusableError: ``header-mismatch``, ``kind-not-agreed``, ``phase-differs``, ``instrument-not-in-force``.
    """
    findings = tuple(_header_findings(context, agreement, incoming))
    if findings:
        raise UnusableError(findings)


def _header_findings(
    context: Context, agreement: Agreement, incoming: Incoming
) -> Iterator[Finding]:
    header = incoming.message.header
    expected = {
        "header.sender.country": (header.sender.country, incoming.partner),
        "header.receiver.country": (header.receiver.country, context.country),
        "header.agreement": (header.agreement, agreement.id),
        "header.structure": (header.structure, structure_of(type(incoming.message))),
        "header.version": (_major(header.version), _major(STRUCTURE_VERSION)),
    }
    for path, (found, right) in expected.items():
        if found != right:
            yield Finding(
                code="header-mismatch", path=path, declared=found, text=f"It must be {right} here."
            )
    kind = kind_of(incoming.message)
    if not agreement.exchanges(kind):
        yield Finding(
            code="kind-not-agreed",
            path="kind",
            declared=kind,
            text=f"The agreement {agreement.id} has no data list for it, so it is not exchanged.",
        )
    stage = Stage(header.stage)
    mode = agreement.mode(stage, header.created)
    had = agreement.modes_until(stage, header.created)
    if header.mode is mode or not (_begins(incoming.message) or header.mode not in had):
        return
    yield from groundless(agreement, header.created, "header.agreement")
    if agreement.rests(header.created):
        yield Finding(
            code="phase-differs",
            path="header.mode",
            declared=header.mode,
            text=f"The agreement has the {stage} phase {mode or 'off'} "
            f"on {agreement.day(header.created)}.",
        )


def _begins(message: AnyMessage) -> bool:
    """Whether a message begins something; what answers or continues keeps the mode in which that began."""
    if isinstance(message, ANSWERS):
        return False
    return getattr(message, "consignment_id", None) is None or isinstance(message, BEGINNERS)


def _major(version: str) -> str:
    return version.partition(".")[0]
