"""What became known on the way: another vehicle, other seals, a better ETA. It is sent as an amendment.

It starts from the version that was stated last, so that what nobody speaks of stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from keruen.agreement import Agreement, entry_stop
from keruen.customs import (
    CustomsOffice,
    Declaration,
    EtaBasis,
    ItineraryStop,
    Seal,
    TransportStage,
    refuses,
)
from keruen.errors import LocalError
from keruen.exchange.announcing import correctable, findings_on, nothing_new
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening
from keruen.exchange.noticed import again, announced, no_post, refused, sent
from keruen.exchange.notices import Notice, OnTheWay
from keruen.exchange.outgoing import new_header
from keruen.exchange.submission import Submitted
from keruen.exchange.versions import Version, next_ordinal, versions
from keruen.messages import Amendment, Mode, Stage
from keruen.store import Consignment, Transaction


def on_the_way(tx: Transaction, context: Context, document: Notice, said: OnTheWay) -> Submitted:
    """Amend a consignment by what became known of it.

    Raises:
        LocalError: ``consignment-unknown``, ``notice-invalid``, ``post-unknown``.
    """
    known = announced(tx, said.number)
    agreement = context.agreement_of(known.corridor)
    _check(context, agreement, said)
    stated = versions(tx, known.corridor, known.consignment_id)
    findings = correctable(known, stated)
    last = next((one for one in reversed(stated) if one.declaration is not None), None)
    if refuses(findings) or last is None:
        return refused(document, findings)
    message = _amendment(tx, context, agreement, known, last, said)
    if nothing_new(message, agreement, last):
        return again(document, known.corridor, known.consignment_id)
    findings = (*findings, *findings_on(context, agreement, message))
    if refuses(findings):
        return refused(document, findings)
    done = sent(tx, context, agreement, document, message, Happening.AMENDMENT_SENT)
    return replace(done, ordinal=message.ordinal, findings=findings)


def _amendment(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    known: Consignment,
    last: Version,
    said: OnTheWay,
) -> Amendment:
    declaration = last.declaration
    assert declaration is not None  # noqa: S101 - tells the type checker
    office = declaration.office or declaration.office_of_departure
    return Amendment(
        header=new_header(
            context,
            agreement,
            Amendment,
            stage=Stage(known.stage),
            mode=Mode(known.mode),
            refers_to=last.message_id,
            office=office.code if office else None,
        ),
        consignment_id=known.consignment_id,
        ordinal=next_ordinal(tx, known.corridor, known.consignment_id),
        declaration=with_news(declaration, said, agreement, agreement.other(context.country)),
        reason=said.reason,
    )


def _check(context: Context, agreement: Agreement, said: OnTheWay) -> None:
    if said.wrong is not None:
        raise LocalError("notice-invalid", said.wrong[1], path=said.wrong[0])
    posts = agreement.posts_of(agreement.other(context.country), context.clock.now())
    codes = [post.code for post in posts]
    if said.post and said.post not in codes:
        raise no_post(said.post, codes)


def with_news(
    declaration: Declaration, said: OnTheWay, agreement: Agreement, receiver: str
) -> Declaration:
    """The declaration with what a notice says in the place of what was known before.

    Args:
        receiver: country whose entry post the ETA is that of.
    """
    changed = replace(
        declaration, itinerary=tuple(_itinerary(declaration, said, agreement, receiver))
    )
    if said.vehicle:
        before = (m for m in declaration.transport_means if m.stage is TransportStage.DEPARTURE)
        changed = replace(changed, transport_means=(*before, *said.means))
    if said.seals:
        changed = replace(
            changed,
            seals=tuple(Seal(number=number) for number in said.seals),
            containers=tuple(replace(one, seals=()) for one in declaration.containers),
        )
    return changed


def _itinerary(
    declaration: Declaration, said: OnTheWay, agreement: Agreement, receiver: str
) -> Iterator[ItineraryStop]:
    entry = entry_stop(declaration, agreement, receiver)
    stops = [stop for stop in declaration.itinerary if stop is not entry]
    place = declaration.itinerary.index(entry) if entry else len(stops)
    ahead, beyond = stops[:place], stops[place:]
    if said.country:
        ahead = [_known(one, said) for one in ahead if not _only_country(one, said.country)]
        ahead.append(_change(said, said.country))
    entered = _entered(entry, said, receiver)
    for ordinal, stop in enumerate((*ahead, *entered, *beyond), start=1):
        yield replace(stop, ordinal=ordinal)


def _known(stop: ItineraryStop, said: OnTheWay) -> ItineraryStop:
    """A stop that lies behind; a time that was only estimated for it and has not come by then was wrong."""
    wrong = said.at and stop.eta and stop.eta > said.at and stop.eta_basis is EtaBasis.ESTIMATED
    return replace(stop, eta=None, eta_basis=None) if wrong else stop


def _only_country(stop: ItineraryStop, country: str) -> bool:
    """Whether a stop says no more than that a country is crossed."""
    return stop.country == country and stop.office is None and stop.place is None


def _change(said: OnTheWay, country: str) -> ItineraryStop:
    basis = EtaBasis.DECLARED if said.at else None
    return ItineraryStop(ordinal=0, country=country, place=said.place, eta=said.at, eta_basis=basis)


def _entered(entry: ItineraryStop | None, said: OnTheWay, receiver: str) -> Iterator[ItineraryStop]:
    """The stop at the entry post: a declared ETA takes the place of an estimated one, and never the reverse."""
    if entry is None and not (said.eta or said.post):
        return
    stop = entry or ItineraryStop(ordinal=0, country=receiver)
    if said.post:
        stop = replace(stop, office=CustomsOffice(code=said.post, country=receiver))
    if said.eta and (stop.eta != said.eta or stop.eta_basis is EtaBasis.ESTIMATED):
        stop = replace(stop, eta=said.eta, eta_basis=EtaBasis.DECLARED)
    yield stop
