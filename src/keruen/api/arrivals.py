"""Arrivals at this country's posts: registered, judged before that, and those that were registered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Country, Id, OneMessage
from keruen.api.posts import require_post
from keruen.api.problems import REFUSED, missing, problem
from keruen.border import Arrival, ArrivalRegistered, register_arrival
from keruen.border.arrival import mistakes
from keruen.border.judge import judge
from keruen.border.register import CAUSE
from keruen.border.withdraw import standing, withdraw_arrival
from keruen.customs import Discrepancy, Finding, Struct
from keruen.exchange.kept import content
from keruen.messages import ArrivalInformation
from keruen.store import Message, Transaction
from keruen.store.pages import Place

ARRIVALS: dict[str, Any] = {"tag": "Arrivals", "act": Act.REGISTER_ARRIVAL}
NOT_HERE = {404: ("post-unknown",), REFUSED: ("arrival-invalid",)}


class Registration(Struct, frozen=True, forbid_unknown_fields=True):
    """An arrival, and files that travel with what the other side is told.

    Attributes:
        attachments: ids that uploading gave.
    """

    arrival: Arrival
    attachments: Annotated[tuple[Id, ...], Meta(max_length=100)] = ()


class Foreseen(Struct, frozen=True):
    """One consignment that would come with an arrival, and what differs."""

    corridor: str
    consignment_id: str
    reference: str
    discrepancies: tuple[Discrepancy, ...] = ()


class Outlook(Struct, frozen=True):
    """What would come of an arrival.

    Attributes:
        refused: whether nothing would be registered.
        unannounced: whether nobody announced it.
        findings: errors refuse it, warnings travel along.
    """

    refused: bool
    unannounced: bool
    consignments: tuple[Foreseen, ...] = ()
    findings: tuple[Finding, ...] = ()


class WantedArrivals(Paged, frozen=True, forbid_unknown_fields=True):
    """Which arrivals.

    Attributes:
        partner: country of the other side.
        consignment_id: of the consignment that came.
    """

    partner: Country | None = None
    consignment_id: Id | None = None


class ArrivalTold(Struct, frozen=True):
    """An arrival and the message that tells of it.

    Attributes:
        arrival: left out where retention has removed it.
        stored: when it was registered here, or came.
    """

    corridor: str
    message_id: str
    direction: str
    partner: str
    stored: datetime
    arrival: ArrivalInformation | None = None


@operation("GET", "/arrivals", id="listArrivals", audited=True, **ARRIVALS)
def listed(call: Call, query: WantedArrivals) -> Page[ArrivalTold]:
    """Arrivals that either side registered, the last first."""
    equal = {
        "kind": ArrivalInformation.__name__,
        "partner": query.partner,
        "consignment_id": query.consignment_id,
    }
    found = call.gate.store.read(
        lambda reader: reader.message_page(
            call.caller.narrowed,
            equal=equal,
            after=place_of(query.cursor, Place),
            limit=query.limit + 1,
        )
    )
    return page(found, query.limit, lambda one: (one.stored, one.message_id), _told)


def _told(row: Message) -> ArrivalTold:
    said = content(row)
    return ArrivalTold(
        corridor=row.corridor,
        message_id=row.message_id,
        direction=row.direction,
        partner=row.partner,
        stored=row.stored,
        arrival=said if isinstance(said, ArrivalInformation) else None,
    )


@operation(
    "POST", "/arrivals/outlook", id="judgeArrival", audited=False, codes=NOT_HERE, **ARRIVALS
)
def outlook(call: Call, body: Arrival) -> Outlook:
    """Say what would come of an arrival, without registering it.

    Which consignments it would be, and what differs from what was announced. Nothing is written, so that no key
    is needed.
    """
    _possible(call, body)
    found = call.gate.store.read(lambda reader: judge(reader, call.gate.context, body))
    return Outlook(
        refused=found.refused,
        unannounced=found.agreement is not None,
        findings=found.findings,
        consignments=tuple(
            Foreseen(
                corridor=one.candidate.consignment.corridor,
                consignment_id=one.candidate.consignment.consignment_id,
                reference=one.candidate.consignment.reference,
                discrepancies=one.discrepancies,
            )
            for one in found.parts
        ),
    )


def _possible(call: Call, arrival: Arrival) -> None:
    """That it can be at all, at a post of this country and of the caller's."""
    wrong = tuple(mistakes(arrival))
    if wrong:
        raise problem(REFUSED, wrong[0].code, wrong[0].text, findings=wrong)
    require_post(call, arrival.post)


def _refuse(answer: tuple[ArrivalRegistered, ...]) -> None:
    """An arrival of which nothing was registered is a problem."""
    if not any(one.arrival_id for one in answer):
        findings = tuple(finding for one in answer for finding in one.findings)
        detail = "The arrival was refused; nothing was written."
        raise problem(REFUSED, "arrival-refused", detail, findings=findings)


@operation(
    "POST",
    "/arrivals",
    id="registerArrival",
    judge=_refuse,
    codes={
        404: ("post-unknown", "attachment-unknown"),
        REFUSED: (
            "arrival-invalid",
            "arrival-refused",
            "attachments-not-agreed",
            "attachments-too-many",
        ),
    },
    **ARRIVALS,
)
def register(call: Call, body: Registration, tx: Transaction) -> tuple[ArrivalRegistered, ...]:
    """Register an arrival; the other side is told.

    What was found of an item is compared with what was announced; differences beyond the agreement's tolerances
    are coded and travel along. The answer has an element for each consignment that came.
    """
    _possible(call, body.arrival)
    # They stay remembered: a transaction may be run again, and a draft that was used is one no more.
    attached = call.gate.uploads.of(call.caller.token.token_id, body.attachments)
    return tuple(register_arrival(tx, call.gate.context, body.arrival, attached))


class TakenBack(Struct, frozen=True):
    """An arrival that was taken back: what the other side is told, or why it cannot be."""

    arrival: ArrivalInformation | None = None
    refusal: Finding | None = None


def _refuse_taking_back(answer: TakenBack) -> None:
    if answer.refusal is not None:
        raise problem(
            REFUSED, "arrival-not-withdrawn", answer.refusal.text, findings=(answer.refusal,)
        )


@operation(
    "POST",
    "/arrivals/{corridor}/{message_id}/withdrawal",
    id="withdrawArrival",
    judge=_refuse_taking_back,
    codes={404: ("arrival-unknown",), REFUSED: ("arrival-not-withdrawn",)},
    **ARRIVALS,
)
def withdraw(call: Call, place: OneMessage, tx: Transaction) -> TakenBack:
    """Take back an arrival that was registered by mistake.

    For as long as the agreement says, and as long as no import declaration rests on it. The other side is told;
    nothing is deleted.
    """
    context = call.gate.context
    found = standing(tx, context, place.corridor, place.message_id)
    if found is None or not _ours(call, place.corridor, found.message.post):
        raise missing("arrival-unknown", f"Nobody here told of an arrival by {place.message_id}.")
    told = withdraw_arrival(tx, context, place.corridor, place.message_id, cause=CAUSE)
    if isinstance(told, Finding):
        return TakenBack(refusal=told)
    return TakenBack(arrival=told)


def _ours(call: Call, corridor: str, post: str) -> bool:
    agreement = call.gate.context.agreement_of(corridor)
    partner = agreement.other(call.gate.context.country)
    return call.caller.sees_partner(partner) and call.caller.sees_post(post)


OPERATIONS = (listed, outlook, register, withdraw)
