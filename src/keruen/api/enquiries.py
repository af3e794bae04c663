"""Enquiries: what each side asks the other; asked, answered, and declarations verified by number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call, agreement_with
from keruen.api.limits import VERIFICATIONS
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Code, Corridor, Country, Id, InCorridor, Words
from keruen.api.problems import REFUSED, missing
from keruen.api.shown import only
from keruen.customs import Struct
from keruen.exchange import enquiries as asking
from keruen.exchange import replies
from keruen.exchange.kept import content
from keruen.messages import EnquiryOutcome, EnquiryReply, Question
from keruen.store import Direction, EnquiryRow, EnquiryState, Reader, Transaction
from keruen.store.pages import Place

NOT_BLANK = r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"
UNKNOWN = {404: ("enquiry-unknown",)}
ENQUIRIES: dict[str, Any] = {"tag": "Enquiries", "act": Act.ENQUIRE}
Number = Annotated[str, Meta(min_length=1, max_length=100, pattern=NOT_BLANK)]
ByPerson = Literal["found", "not-arrived", "diverted", "other-number"]
"""What a person may answer about a consignment (`keruen.exchange.replies.BY_PERSON`)."""


class WantedEnquiries(Paged, frozen=True, forbid_unknown_fields=True):
    """Which enquiries.

    Attributes:
        direction: out where this node asks.
        state: one of these states; may be given several times.
        question: what is asked.
        partner: country of the other side.
        consignment_id: that is asked about.
    """

    direction: Direction | None = None
    state: Annotated[tuple[EnquiryState, ...], Meta(max_length=10)] = ()
    question: Question | None = None
    partner: Country | None = None
    consignment_id: Id | None = None


class OneEnquiry(InCorridor, frozen=True):
    """Which enquiry.

    Attributes:
        corridor: pair of countries, sorted.
        enquiry_id: its id.
    """

    enquiry_id: Id


class WholeEnquiry(Struct, frozen=True):
    """An enquiry and its reply, once it is there."""

    enquiry: EnquiryRow
    reply: EnquiryReply | None = None


class ArrivalQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a consignment is that this node announced.

    Attributes:
        corridor: pair of countries, sorted.
        consignment_id: of the consignment.
    """

    corridor: Corridor
    consignment_id: Id


class Verification(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the other side has a declaration.

    Attributes:
        number: of the declaration.
        partner: country that is asked.
    """

    number: Number
    partner: Country


class PersonsReply(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person answers.

    Attributes:
        outcome: what became of the consignment.
        post: code of the post where it is.
        arrived: when it arrived, with offset.
        country: that it was diverted to.
        number: under which it was registered instead.
        remark: what a person should know.
    """

    outcome: ByPerson
    post: Code | None = None
    arrived: Annotated[datetime, Meta(tz=True)] | None = None
    country: Country | None = None
    number: Code | None = None
    remark: Words | None = None


@operation("GET", "/enquiries", id="listEnquiries", **ENQUIRIES)
def listed(call: Call, query: WantedEnquiries) -> Page[EnquiryRow]:
    """Enquiries of both sides, the newest first."""
    equal = only(query, ("direction", "question", "partner", "consignment_id"))
    found = call.gate.store.read(
        lambda reader: reader.enquiry_page(
            call.caller.narrowed,
            states=query.state,
            equal=equal,
            after=place_of(query.cursor, Place),
            limit=query.limit + 1,
        )
    )
    return page(found, query.limit, lambda one: (one.raised, one.enquiry_id))


@operation(
    "GET",
    "/enquiries/{corridor}/{enquiry_id}",
    id="getEnquiry",
    audited=True,
    codes=UNKNOWN,
    **ENQUIRIES,
)
def one(call: Call, place: OneEnquiry) -> WholeEnquiry:
    """One enquiry, with its reply once it is there."""

    def look(reader: Reader) -> WholeEnquiry:
        found = _found(call, reader, place)
        row = reader.message(found.corridor, found.reply_id) if found.reply_id else None
        reply = content(row) if row else None
        return WholeEnquiry(enquiry=found, reply=reply if isinstance(reply, EnquiryReply) else None)

    return call.gate.store.read(look)


def _found(
    call: Call, reader: Reader, place: OneEnquiry, direction: Direction | None = None
) -> EnquiryRow:
    """The enquiry, if there is one of this direction that the caller may see."""
    found = reader.enquiry(place.corridor, place.enquiry_id)
    meant = found is not None and direction in (None, found.direction)
    if found is None or not meant or not _seen(call, reader, found):
        raise missing("enquiry-unknown", f"{place.corridor} has no enquiry {place.enquiry_id}.")
    return found


def _seen(call: Call, reader: Reader, one: EnquiryRow) -> bool:
    """What is about no consignment, but a number, is for whoever sees the partner."""
    if one.consignment_id is None:
        return call.caller.sees_partner(one.partner)
    return call.caller.sees_between(reader, one.partner, one.corridor, one.consignment_id)


@operation(
    "POST",
    "/enquiries",
    id="enquire",
    codes={404: ("consignment-unknown",), REFUSED: ("already-asked", "not-awaited")},
    **ENQUIRIES,
)
def enquire(call: Call, body: ArrivalQuestion, tx: Transaction) -> EnquiryRow:
    """Ask the other side where a consignment of ours is.

    The agreement's clock goes on from here: a reminder, then a person is told.
    """
    found = tx.consignment(body.corridor, body.consignment_id)
    if found is None or not call.caller.sees(found):
        raise missing(
            "consignment-unknown", f"{body.corridor} has no consignment {body.consignment_id}."
        )
    return asking.ask_for(tx, call.gate.context, found)


@operation(
    "POST",
    "/verifications",
    id="verifyDeclaration",
    bucket=VERIFICATIONS,
    codes={404: ("partner-unknown",), REFUSED: ("phase-off", "verification-limit")},
    **ENQUIRIES,
)
def verify(call: Call, body: Verification, tx: Transaction) -> EnquiryRow:
    """Ask the other side whether it has a declaration of this number.

    The reply is that of the enquiry. A limit of its own stands against trying numbers out.
    """
    agreement = agreement_with(call, body.partner)
    return asking.verify(tx, call.gate.context, agreement, body.number.strip())


@operation(
    "POST",
    "/enquiries/{corridor}/{enquiry_id}/reply",
    id="answerEnquiry",
    codes={404: ("enquiry-unknown",), REFUSED: ("enquiry-answered",)},
    **ENQUIRIES,
)
def answer(call: Call, place: OneEnquiry, body: PersonsReply, tx: Transaction) -> EnquiryReply:
    """Answer what the other side asks about a consignment.

    A later answer may better one that left open what became of it.
    """
    _found(call, tx, place, Direction.IN)
    return replies.answer(
        tx,
        call.gate.context,
        place.enquiry_id,
        EnquiryOutcome(body.outcome),
        **only(body, ("post", "arrived", "country", "number", "remark")),
    )


OPERATIONS = (listed, one, enquire, verify, answer)
