"""Where goods will enter the other country, and when: declared, or estimated from the route table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from keruen.agreement.model import Agreement, Route, RouteStop
from keruen.customs import CustomsOffice, Declaration, EtaBasis, ItineraryStop


def with_entry(declaration: Declaration, agreement: Agreement, country: str) -> Declaration:
    """The declaration with its entry post in `country` and an ETA there, where they can be known.

    A declared stop with an ETA is kept; what the route table adds is marked ``estimated``.
    """
    stop = entry_stop(declaration, agreement, country)
    if stop is not None and stop.eta is not None:
        return declaration
    route = find_route(declaration, agreement, country, stop)
    start = departure_of(declaration)
    if route is None or start is None:
        return declaration
    return replace(declaration, itinerary=tuple(_estimated(declaration, agreement, route, start)))


def entry_stop(
    declaration: Declaration, agreement: Agreement, country: str
) -> ItineraryStop | None:
    """The stop at a participating post of `country`, else the first stop in that country with an ETA."""
    here = [stop for stop in declaration.itinerary if _country(stop) == country]
    for stop in here:
        if stop.office is not None and agreement.post(stop.office.code) is not None:
            return stop
    return next((stop for stop in here if stop.eta is not None), None)


def exit_stop(declaration: Declaration, country: str) -> ItineraryStop | None:
    """The last stop in the country that the goods leave, with an ETA."""
    here = [stop for stop in declaration.itinerary if _country(stop) == country and stop.eta]
    return here[-1] if here else None


def _country(stop: ItineraryStop) -> str | None:
    return stop.country or (stop.office.country if stop.office else None)


def find_route(
    declaration: Declaration, agreement: Agreement, country: str, stop: ItineraryStop | None = None
) -> Route | None:
    """The first line of the route table that fits the declaration's office, mode and entry post."""
    entry = declaration.office_of_entry
    post = (stop.office.code if stop and stop.office else None) or (entry.code if entry else None)
    mode = border_mode(declaration)
    offices = {"*"} | {
        office.code
        for office in (declaration.office_of_departure, declaration.office)
        if office is not None and office.code
    }
    fitting = [
        route
        for route in agreement.routes
        if route.office in offices
        and mode in (None, route.mode)
        and (found := agreement.post(route.post)) is not None
        and found.country == country
    ]
    exact = [route for route in fitting if post is not None and route.post == post]
    return next(iter(exact or fitting), None)


def border_mode(declaration: Declaration) -> str | None:
    """Transport mode at the border, Rec 19, where declared."""
    return next((means.mode for means in declaration.means() if means.mode), None)


def departure_of(declaration: Declaration) -> datetime | None:
    """From when the goods are on the road: release, else creation of the declaration."""
    return declaration.released or declaration.created


def _estimated(
    declaration: Declaration, agreement: Agreement, route: Route, start: datetime
) -> Iterator[ItineraryStop]:
    post = agreement.post(route.post)
    if post is None:
        return
    known = [stop for stop in declaration.itinerary if _country(stop) != post.country]
    crossed = {_country(stop) for stop in known}
    usual = {stop.country: stop for stop in _usual(route, start)}
    stops = [_with_eta(stop, usual.get(_country(stop))) for stop in known]
    stops += [stop for stop in usual.values() if stop.country not in crossed]
    entry = ItineraryStop(
        ordinal=0,
        country=post.country,
        office=CustomsOffice(code=post.code, name=post.name("en"), country=post.country),
        eta=start + timedelta(hours=route.hours),
        eta_basis=EtaBasis.ESTIMATED,
    )
    for ordinal, stop in enumerate((*stops, entry), start=1):
        yield replace(stop, ordinal=ordinal)


def _usual(route: Route, start: datetime) -> Iterator[ItineraryStop]:
    """Where goods of this route cross other countries, with the time where the route table knows it."""
    for stop in route.stops or tuple(RouteStop(country=country) for country in route.via):
        known = stop.hours is not None
        yield ItineraryStop(
            ordinal=0,
            country=stop.country,
            place=stop.place,
            eta=start + timedelta(hours=stop.hours or 0) if known else None,
            eta_basis=EtaBasis.ESTIMATED if known else None,
        )


def _with_eta(stop: ItineraryStop, usual: ItineraryStop | None) -> ItineraryStop:
    """A declared stop; one without a time gets the estimated one."""
    if stop.eta is not None or usual is None or usual.eta is None:
        return stop
    return replace(stop, eta=usual.eta, eta_basis=EtaBasis.ESTIMATED)
