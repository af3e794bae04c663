"""Rows of what one side asked the other, of reports, and of what only a person can settle.

`EnquiryRow` and `Alarm` are work queues that may be updated; `Report` and `UnusableMessage` are append-only.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from keruen.store.rows import Direction, Row


class EnquiryState(StrEnum):
    """Where an enquiry stands, on the side that asks and on the side that is asked."""

    PLANNED = "planned"
    """It will be asked when its time comes."""
    ASKED = "asked"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    """No reply came to the reminder: a person was told."""
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    """What was asked for came by itself."""


OPEN = (EnquiryState.ASKED, EnquiryState.REMINDED, EnquiryState.ESCALATED)
"""States in which a reply is awaited."""


class EnquiryRow(Row, frozen=True):
    """One enquiry, asked by this node or by the other side.

    Attributes:
        direction: out where this node asks.
        question: a code of the message's; `subject`: what it is about, in a few words: a reference, a number.
        message_id: the enquiry's message, or its last reminder; empty while it is planned.
        raised: when it was planned or came; `settled`: when it was answered or withdrawn.
        next_step: domain time of what follows where no reply comes; None where nothing does.
        outcome: of the reply; `reply_id`: its message.
    """

    corridor: str
    enquiry_id: str
    direction: Direction
    partner: str
    question: str
    subject: str
    state: EnquiryState
    stage: str
    mode: str
    message_id: str
    raised: datetime
    consignment_id: str | None = None
    next_step: datetime | None = None
    outcome: str | None = None
    reply_id: str | None = None
    settled: datetime | None = None


class Alarm(Row, frozen=True):
    """Something that a person must know, until it is settled; raised once for each subject.

    Attributes:
        code: a finding code; `text`: the case in English.
        subject: what it is about: an id, a country, a period.
        next_look: domain time when the node looks whether it has settled itself; None where it never does.
    """

    corridor: str
    code: str
    subject: str
    raised: datetime
    text: str
    consignment_id: str | None = None
    message_id: str | None = None
    next_look: datetime | None = None
    settled: datetime | None = None


class Report(Row, frozen=True):
    """A status report that was made here, or came. Append-only.

    Attributes:
        regular: one by the clock; the next one begins where it ends.
        digest: of the agreement of the side that made it.
    """

    corridor: str
    message_id: str
    direction: Direction
    since: datetime
    until: datetime
    regular: bool
    digest: str


class UnusableMessage(Row, frozen=True):
    """A message that was received and receipted, and whose content could not be used. Its sender was told.

    It is no `Message`, as nothing became of it; it counts as received, as its sender counts it as sent.

    Attributes:
        kind: as its sender named it, by its AS4 action.
        digest: SHA-256 of its content.
        code: why it could not be used.
    """

    corridor: str
    message_id: str
    kind: str
    created: datetime
    digest: bytes
    code: str
