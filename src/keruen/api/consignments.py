"""Consignments: the list, one with everything about it, and those that bear a mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.compared import Compared, compared
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Code, Country, OneConsignment
from keruen.api.problems import missing
from keruen.api.shown import HistoryEvent, MessageSummary, journal, only, said_of
from keruen.border.dossier import Next, Stop, documents, dossier, journey, what_next
from keruen.border.dossier.whole import Dossier
from keruen.customs import Declaration, Discrepancy, Document, Finding, Struct
from keruen.exchange import State
from keruen.exchange.differences import Difference, differences
from keruen.exchange.versions import Validity, Version
from keruen.messages import ArrivalInformation, Mode
from keruen.store import Consignment, Role

UNKNOWN = {404: ("consignment-unknown",)}


class WantedConsignments(Paged, frozen=True, forbid_unknown_fields=True):
    """Which consignments.

    Attributes:
        state: one of these states; may be given several times.
        role: whether this node announced it or was told of it.
        post: code of the entry post.
        partner: country of the other side.
        reference: the sender's declaration number or reference, to the letter.
        mode: live or test data.
    """

    state: Annotated[tuple[State, ...], Meta(max_length=20)] = ()
    role: Role | None = None
    post: Code | None = None
    partner: Country | None = None
    reference: Annotated[str, Meta(max_length=200)] | None = None
    mode: Mode | None = None


class StatedVersion(Struct, frozen=True):
    """One version of what was declared.

    Attributes:
        changed: what it says differently from the version before it.
    """

    ordinal: int
    kind: str
    message_id: str
    created: datetime
    validity: Validity
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    changed: tuple[Difference, ...] = ()
    declaration: Declaration | None = None


class ConsignmentDossier(Struct, frozen=True):
    """Everything about one consignment.

    Attributes:
        declaration: the version that holds; left out for an unannounced arrival.
        journey: stops of the way, with the times stated and those that are known, and how they stand.
        events: what happened, in order.
        comparison: declared against found, element by element.
        discrepancies: coded differences, by whoever stated them.
        findings: what the receivers of messages about it found in them.
        arrivals: what came.
        documents: papers that the declaration names.
        next: what to do next with this token's scopes, or what is awaited and until when.
        belongs_to: ids of consignments on the same vehicle or under the same document.
    """

    consignment: Consignment
    events: tuple[HistoryEvent, ...]
    declaration: Declaration | None = None
    journey: tuple[Stop, ...] = ()
    comparison: tuple[Compared, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    findings: tuple[Finding, ...] = ()
    versions: tuple[StatedVersion, ...] = ()
    arrivals: tuple[ArrivalInformation, ...] = ()
    documents: tuple[Document, ...] = ()
    messages: tuple[MessageSummary, ...] = ()
    next: Next | None = None
    belongs_to: tuple[str, ...] = ()


@operation(
    "GET", "/consignments", id="listConsignments", tag="Consignments", act=Act.SEE_CONSIGNMENT
)
def listed(call: Call, query: WantedConsignments) -> Page[Consignment]:
    """Consignments, the newest first.

    Filters narrow the list together. Newer consignments appear before the first page, never within those that
    follow.
    """
    equal = only(query, ("role", "post", "partner", "reference", "mode"))
    found = call.gate.store.read(
        lambda reader: reader.consignment_page(
            call.caller.narrowed,
            states=query.state,
            equal=equal,
            after=place_of(query.cursor, str),
            limit=query.limit + 1,
        )
    )
    return page(found, query.limit, lambda one: one.consignment_id)


@operation(
    "GET",
    "/consignments/{corridor}/{consignment_id}",
    id="getConsignment",
    tag="Consignments",
    act=Act.SEE_CONSIGNMENT,
    audited=True,
    codes=UNKNOWN,
)
def one(call: Call, place: OneConsignment) -> ConsignmentDossier:
    """One consignment with everything about it.

    Where it stands and what happened, its journey, all versions of its declaration, what was found beside what
    was declared, discrepancies, documents and messages.
    """
    found = call.gate.store.read(
        lambda reader: dossier(reader, call.gate.context, place.consignment_id)
    )
    if found is None or not _seen(call, place, found.consignment):
        detail = f"{place.corridor} has no consignment {place.consignment_id}."
        raise missing("consignment-unknown", detail)
    return _whole(call, found)


def _seen(call: Call, place: OneConsignment, found: Consignment) -> bool:
    return found.corridor == place.corridor and call.caller.sees(found)


def _whole(call: Call, found: Dossier) -> ConsignmentDossier:
    one, declared, now = found.consignment, found.declaration, call.gate.context.clock.now()
    return ConsignmentDossier(
        consignment=one,
        events=tuple(journal(one.event, one.reason) for one in found.moments),
        declaration=declared,
        journey=journey(one, declared, found.arrivals, found.agreement, now),
        comparison=tuple(compared(found.comparison)) if found.comparison else (),
        discrepancies=tuple(one.discrepancy for one in found.differences),
        findings=tuple(one.finding for one in found.objections),
        versions=tuple(_versions(found.versions)),
        arrivals=found.arrivals,
        documents=documents(declared) if declared else (),
        messages=tuple(said_of(one) for one in found.messages),
        next=what_next(found, call.may, now),
        belongs_to=tuple(
            one.consignment.consignment_id
            for one in found.linked
            if call.caller.sees(one.consignment)
        ),
    )


def _versions(stated: tuple[Version, ...]) -> Iterator[StatedVersion]:
    before: Declaration | None = None
    for one in stated:
        changed = differences(before, one.declaration) if before and one.declaration else ()
        yield StatedVersion(**only(one, Version.__struct_fields__), changed=changed)
        before = one.declaration or before


OPERATIONS = (listed, one)
