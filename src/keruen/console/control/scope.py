"""What of the control room somebody sees: their partners, and what passes between those and this node."""

from __future__ import annotations

from litestar.exceptions import NotFoundException

from keruen.access import Act, Person
from keruen.agreement import Agreement
from keruen.console.entry.admission import require
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.store import Message, Reader
from keruen.store.pages import Narrowed


def narrowed(person: Person) -> Narrowed:
    """To what lists are narrowed for somebody."""
    return Narrowed(posts=person.posts, partners=person.partners)


def agreements_of(request: Asked, desk: Desk) -> tuple[Agreement, ...]:
    """The agreements with partners that whoever asks sees."""
    country = desk.context.country
    found = desk.context.agreements
    return tuple(one for one in found if request.user.sees(partner=one.other(country)))


def corridors_of(request: Asked, desk: Desk) -> list[str] | None:
    """The corridors of those; None: all."""
    if request.user.partners is None:
        return None
    return [one.corridor for one in agreements_of(request, desk)]


def agreement_with(request: Asked, desk: Desk, country: str) -> Agreement:
    """The agreement with a partner.

    Raises:
        NotFoundException: there is none, or it is outside what they see.
    """
    own = desk.context.country
    for one in agreements_of(request, desk):
        if one.other(own) == country:
            return one
    raise NotFoundException


def message_for(request: Asked, reader: Reader, place: tuple[str, str], act: Act) -> Message:
    """A message, if there is one that whoever asks may see.

    Raises:
        NotFoundException: there is none, or it is outside what they see.
    """
    found = reader.message(*place)
    if found is None:
        raise NotFoundException
    about = found.consignment_id
    consignment = reader.consignment(found.corridor, about) if about else None
    post = consignment.post or "" if consignment else ""
    require(request, act, post=post, partner=found.partner)
    note(request, corridor=found.corridor)
    return found
