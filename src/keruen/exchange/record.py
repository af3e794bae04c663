"""Events in, projections out: the one way in which the state of a consignment changes.

`record` appends an event and applies it; `rebuild` throws the projections away and applies all events again.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.exchange.cases.following import followed, recased
from keruen.exchange.context import Context
from keruen.exchange.facts import Stating, begun, counts, restated, with_facts
from keruen.exchange.figures.counting import recounted
from keruen.exchange.identifiers import identifiers
from keruen.exchange.kept import said
from keruen.exchange.lifecycle import WITHDRAWN, Happening, State, after
from keruen.exchange.quality import recount
from keruen.exchange.traded import traded
from keruen.messages import (
    Acknowledgement,
    Amendment,
    AnyMessage,
    ArrivalInformation,
    EnquiryReply,
    ImportInformation,
    PreliminaryInformation,
)
from keruen.store import (
    Consignment,
    DiscrepancyRow,
    Event,
    ImportMatch,
    Store,
    Transaction,
)
from keruen.store.figured import FigureRow
from keruen.store.trade import TradedRow

_NOT_MISSING = (
    Happening.ARRIVED,
    Happening.PARTLY_ARRIVED,
    Happening.FOUND,
    Happening.DIVERTED,
    Happening.ANNULLED,
)


class EventData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an event knows that no message says.

    Attributes:
        code: of the ebMS error that the line reports to the administration; `reason`: its cause in words.
        left: what is left of the consignment whose content was removed; it stands for all events before.
        figures: under what it is counted from then on; `traded`: what each side declared of it.
    """

    declaration_id: str | None = None
    registration_number: str | None = None
    declared: str | None = None
    tolerance: str | None = None
    code: str | None = None
    reason: str | None = None
    left: Consignment | None = None
    figures: tuple[FigureRow, ...] = ()
    traded: tuple[TradedRow, ...] = ()


def record(  # noqa: PLR0913 - an event has this many facts
    tx: Transaction,
    context: Context,
    corridor: str,
    consignment_id: str,
    happening: Happening,
    *,
    at: datetime | None = None,
    cause: str,
    message: AnyMessage | None = None,
    data: EventData | None = None,
) -> Event:
    """Append an event of a consignment and bring its projections up to date.

    Args:
        at: when it happened; None for now.
        cause: who or what brought it about.
        message: the message that says it; already stored.
        data: what no message says.
    """
    now = context.clock.now()
    event = Event(
        corridor=corridor,
        event_id=context.clock.new_id(),
        consignment_id=consignment_id,
        name=happening.value,
        at=at or now,
        recorded=now,
        cause=cause,
        message_id=message.header.message_id if message else None,
        data=msgspec.json.encode(data or EventData()),
    )
    tx.add_event(event)
    apply(tx, context, event, message)
    return event


def rebuild(store: Store, context: Context) -> int:
    """Throw all projections away and apply every event again; gives the number of events."""

    def again(tx: Transaction) -> int:
        tx.clear_projections()
        count, last, removals = 0, "", tx.removals()
        while events := tx.all_events(after=last):
            for event in events:
                if event.event_id < removals.get((event.corridor, event.consignment_id), ""):
                    _match(tx, event)
                else:
                    stored = tx.message(event.corridor, event.message_id or "")
                    apply(tx, context, event, said(stored))
                count, last = count + 1, event.event_id
        recount(tx, context)
        recased(tx, context)
        return count

    return store.write_now(again)


def apply(tx: Transaction, context: Context, event: Event, message: AnyMessage | None) -> None:
    """Bring the projections of one consignment up to date with one event."""
    happening = Happening(event.name)
    data = msgspec.json.decode(event.data, type=EventData)
    if data.left is not None:
        tx.put_consignment(replace(data.left, updated=event.recorded))
        tx.put_figures(event.corridor, event.consignment_id, data.figures)
        tx.put_all_traded(event.corridor, event.consignment_id, data.traded)
        tx.drop_case(event.corridor, event.consignment_id)
        return
    before = tx.consignment(event.corridor, event.consignment_id)
    version = _version(tx, event, message)
    holds = version is not None and (before is None or counts(version, before))
    if before is None:
        consignment = begun(context, event, version or message)
    else:
        consignment = restated(context, event, version, before) if holds and version else before
    state = after(State(before.state) if before else None, happening)
    facts = with_facts(consignment, event, message, data.registration_number)
    stands = replace(facts, state=state, updated=event.recorded)
    tx.put_consignment(stands)
    if holds or before is None:
        keys = tuple(identifiers(event, version or message))
        tx.put_identifiers(event.corridor, event.consignment_id, keys)
    if happening in _NOT_MISSING:
        tx.withdraw_discrepancies(
            event.corridor, event.consignment_id, [DiscrepancyCode.NOT_ARRIVED]
        )
    if happening in WITHDRAWN and message is not None and message.header.refers_to:
        codes, sources = list(DiscrepancyCode), [message.header.refers_to]
        tx.withdraw_discrepancies(event.corridor, event.consignment_id, codes, sources)
    stated = _discrepancies(event, message, data, facts)
    tx.add_discrepancies(stated)
    agreement = context.agreement_of(event.corridor)
    declaration = version.declaration if holds and version else None
    judged = bool(stated) or happening in (*_NOT_MISSING, *WITHDRAWN)
    recounted(tx, agreement, event, (before, stands), declaration, judged=judged)
    followed(tx, agreement, event, stands, message, declaration)
    imported = data.declaration_id
    traded(tx, agreement, event, stands, message, declaration=declaration, imported=imported)
    _match(tx, event)


def _match(tx: Transaction, event: Event) -> None:
    """Note which consignment an import declaration belongs to, where an event says it."""
    data = msgspec.json.decode(event.data, type=EventData)
    if event.name == Happening.IMPORTED and data.declaration_id:
        tx.put_match(
            ImportMatch(
                corridor=event.corridor,
                declaration_id=data.declaration_id,
                consignment_id=event.consignment_id,
                matched=event.recorded,
            )
        )
        tx.drop_case(event.corridor, data.declaration_id)


def _version(tx: Transaction, event: Event, message: AnyMessage | None) -> Stating | None:
    """The version of the declaration that an event lets count; the sender learns so by an answer."""
    if event.name not in (Happening.RELEASED, Happening.ANNOUNCED, Happening.AMENDED):
        return None
    if isinstance(message, Acknowledgement) and message.header.refers_to:
        message = said(tx.message(event.corridor, message.header.refers_to))
    return message if isinstance(message, PreliminaryInformation | Amendment) else None


def _discrepancies(
    event: Event, message: AnyMessage | None, data: EventData, about: Consignment
) -> list[DiscrepancyRow]:
    found: tuple[Discrepancy, ...] = ()
    if isinstance(message, ArrivalInformation | ImportInformation) and event.name in (
        Happening.ARRIVED,
        Happening.PARTLY_ARRIVED,
        Happening.IMPORTED,
    ):
        found = message.discrepancies
    if event.name == Happening.OVERDUE:
        found = (
            Discrepancy(
                code=DiscrepancyCode.NOT_ARRIVED,
                path="itinerary.eta" if about.goods else "eta",
                declared=data.declared,
                tolerance=data.tolerance,
            ),
        )
    if isinstance(message, EnquiryReply) and event.name == Happening.DIVERTED:
        place = ", ".join(part for part in (message.post, message.country) if part)
        found = (Discrepancy(code=DiscrepancyCode.DIVERTED, path="post", found=place or None),)
    return [
        DiscrepancyRow(
            corridor=event.corridor,
            consignment_id=event.consignment_id,
            source=event.message_id or event.event_id,
            stated=event.recorded,
            discrepancy=one,
        )
        for one in found
    ]
