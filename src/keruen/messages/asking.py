"""Messages by which one side asks the other, and by which both learn that they hold the same.

An enquiry is answered by a reply, a status report by nothing, unless the two sides' figures differ: then by a
report of the parts that differ. None of them is acknowledged.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from keruen.customs import Struct
from keruen.messages.header import Country, Id, Message, Name

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$(?!\\n)")]
"""SHA-256 in hexadecimal."""
Count = Annotated[int, Meta(ge=0)]


class Question(StrEnum):
    """What an enquiry asks."""

    ARRIVAL = "arrival"
    """Where is this consignment?"""
    DECLARATION = "declaration"
    """Is there a declaration of this number?"""
    MESSAGES = "messages"
    """These messages are not here: send them again."""


class EnquiryOutcome(StrEnum):
    """What the other side answers."""

    FOUND = "found"
    """It has arrived as announced; the reply says where and when."""
    OTHER_NUMBER = "other-number"
    """It has arrived and was registered under another number."""
    DIVERTED = "diverted"
    """It went to another post or country."""
    NOT_ARRIVED = "not-arrived"
    """It was looked for and has not come."""
    UNKNOWN = "unknown"
    """The other side was never told of such a consignment, or has no such message."""
    EXISTS = "exists"
    """There is such a declaration; the reply says what may be said of it."""
    ABSENT = "absent"
    """There is no such declaration."""
    SENT_AGAIN = "sent-again"
    """The messages named in the reply are on their way again."""


class Enquiry(Message, frozen=True):
    """A question to the other side.

    Attributes:
        enquiry_id: UUID, the same in a reminder.
        reminder: 0 for the enquiry itself, 1 for its first reminder.
        consignment_id: which consignment is asked for (``arrival``).
        expected: its ETA at the entry post, with offset.
        declaration_number: which declaration is asked for (``declaration``).
        message_ids: which messages are asked for (``messages``).
        remark: what a person should know.
    """

    enquiry_id: Id
    question: Question
    reminder: Count = 0
    consignment_id: Id | None = None
    expected: datetime | None = None
    declaration_number: Name | None = None
    message_ids: tuple[Id, ...] = ()
    remark: str | None = None


class DeclarationStatus(Struct, frozen=True):
    """What is said of a national declaration to those who ask for it by its number.

    Attributes:
        kind: export, transit or import.
        released: when it was released, where the declaration says so; with offset.
        office: code of its customs office.
        state: of the consignment that it announced, a code of the life cycle.
    """

    number: Name
    kind: Name
    released: datetime | None = None
    office: str | None = None
    state: str | None = None


class EnquiryReply(Message, frozen=True):
    """The answer to an enquiry. `header.refers_to` is the enquiry, or the reminder, that it answers.

    Attributes:
        consignment_id: as in the enquiry.
        arrival_id: the receiver's id of the arrival.
        post: code of the post where it arrived, or where it was sent on to.
        arrived: when, with offset.
        country: where it was diverted to, ISO 3166.
        number: the other number under which it was registered.
        message_ids: messages that are on their way again.
    """

    enquiry_id: Id
    outcome: EnquiryOutcome
    consignment_id: Id | None = None
    arrival_id: Id | None = None
    post: str | None = None
    arrived: datetime | None = None
    country: Country | None = None
    number: str | None = None
    declaration: DeclarationStatus | None = None
    message_ids: tuple[Id, ...] = ()
    remark: str | None = None


class Way(StrEnum):
    """Which way messages went, as the side says that reports them."""

    SENT = "sent"
    RECEIVED = "received"


class Tally(Struct, frozen=True):
    """Messages of one kind that went one way.

    Attributes:
        digest: over their ids and contents.
    """

    way: Way
    kind: Name
    count: Count
    digest: Digest


class Entry(Struct, frozen=True):
    """One message of a range. `digest`: SHA-256 of its JSON as it was sent."""

    message_id: Id
    digest: Digest


class Range(Struct, frozen=True):
    """Messages that went one way and were created in a time.

    Attributes:
        since: from then, `until`: before then; by the time of creation in their headers.
        digest: SHA-256 over a line for each message, in the order of the ids: id, space, its digest.
        entries: the messages one by one; None where they are only counted.
    """

    way: Way
    since: datetime
    until: datetime
    count: Count
    digest: Digest
    entries: tuple[Entry, ...] | None = None


class StatusReport(Message, frozen=True):
    """What one side sent and received in a period, so that both agree on what was exchanged.

    `header.refers_to` is the report that it answers, where the figures differ.

    Attributes:
        since: from then, `until`: before then; by the time of creation of the messages.
        agreement_version: version of the agreement file.
        agreement_digest: of what it says.
        tallies: by way and kind.
        ranges: the whole period; in an answer the parts that differ.
    """

    since: datetime
    until: datetime
    agreement_version: Name
    agreement_digest: Digest
    tallies: tuple[Tally, ...] = ()
    ranges: tuple[Range, ...] = ()


ASKING = frozenset(kind.__name__ for kind in (Enquiry, EnquiryReply, StatusReport))
"""Kinds of messages that no acknowledgement answers."""
