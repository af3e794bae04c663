"""What waits for a person: alarms and enquiries; an alarm is settled."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.console.control.front import SEE_OTHER, onward
from keruen.console.control.scope import agreements_of, corridors_of, narrowed
from keruen.console.control.wanted import PAGE, place_of, wanted
from keruen.console.entry.admission import require
from keruen.console.entry.forms import fields
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.errors import LocalError
from keruen.exchange.alarms import settle_by_person
from keruen.store import OPEN, EnquiryState

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/alarms", act=Act.SEE_CONTROL, sync_to_thread=True)
def alarms(
    request: Asked, desk: TheDesk, settled: FromQuery[str] = "", done: FromQuery[str] = ""
) -> Page:
    """What waits for a person, the newest first; or what is settled."""
    asked = wanted(request.query_params)
    corridors = corridors_of(request, desk)
    if asked.partner:
        own = desk.context.country
        seen = (one for one in agreements_of(request, desk) if one.other(own) == asked.partner)
        corridors = [one.corridor for one in seen]
    found = desk.store.read(
        lambda reader: reader.alarm_page(corridors=corridors, settled=bool(settled), limit=4 * PAGE)
    )
    partners = {
        one.corridor: one.other(desk.context.country) for one in agreements_of(request, desk)
    }
    view = {"alarms": found, "settled": settled, "done": done, "partners": partners}
    return desk.page(request, "control/alarms.html", view)


@post("/alarms/{corridor:str}/settle", act=Act.SETTLE_ALARM, status_code=SEE_OTHER)
async def settle(request: Asked, desk: TheDesk, corridor: FromPath[str]) -> Page:
    """A person has seen to it."""
    said = await fields(request)
    code, subject = said.get("code", ""), said.get("subject", "")
    own = desk.context.country
    partner = next(
        (one.other(own) for one in desk.context.agreements if one.corridor == corridor), None
    )
    if partner is None:
        raise NotFoundException
    require(request, Act.SETTLE_ALARM, partner=partner)
    note(request, subject=subject, corridor=corridor, detail=code)
    try:
        await desk.store.write(
            lambda tx: settle_by_person(tx, desk.context, corridor, code, subject)
        )
    except LocalError:
        raise NotFoundException from None
    return onward("/alarms", done="settled")


@get("/enquiries", act=Act.SEE_CONTROL, sync_to_thread=True)
def enquiries(request: Asked, desk: TheDesk) -> Page:
    """What each side asks the other, the newest first."""
    asked = wanted(request.query_params)
    states = [asked.state] if asked.state in tuple(EnquiryState) else None
    if asked.state == "open":
        states = [one.value for one in OPEN]
    found = desk.store.read(
        lambda reader: reader.enquiry_page(
            narrowed(request.user),
            states=states,
            equal={"direction": asked.direction or None, "partner": asked.partner or None},
            after=asked.place(),
            limit=PAGE + 1,
        )
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    own = desk.context.country
    view = {
        "enquiries": found[:PAGE],
        "wanted": asked,
        "states": list(EnquiryState),
        "older": asked.older(place_of(last.raised, last.enquiry_id)) if last else None,
        "countries": [one.other(own) for one in agreements_of(request, desk)],
    }
    return desk.page(request, "control/enquiries.html", view)


ROUTES = (alarms, settle, enquiries)
