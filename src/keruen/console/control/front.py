"""The front page of the control room, one partner, and the acts on the line to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.agreement import Agreement
from keruen.console.control.scope import agreement_with, agreements_of
from keruen.console.control.words import task_of
from keruen.console.entry.admission import require
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.errors import KeruenError, LocalError, UsageError
from keruen.exchange.standing import standing
from keruen.store import Reader

Page = Response[str]
TheDesk = NamedDependency[Desk]
SEE_OTHER, WRONG = 303, 422
PARTNER = "/control/partners/{country:str}"
TIGHT = 5 << 30
"""Octets of free disk below which somebody must see to it."""


@get("/control", act=Act.SEE_CONTROL, sync_to_thread=True)
def control(request: Asked, desk: TheDesk) -> Page:
    """Everything at a glance: partners, certificates that end, storage, workers."""
    seen = agreements_of(request, desk)
    countries = {one.other(desk.context.country) for one in seen} | {desk.context.country}

    def look(reader: Reader) -> dict[str, Any]:
        return {
            "standings": [standing(reader, desk.context, one) for one in seen],
            "size": reader.octets(),
            "purged": reader.last_purge(),
        }

    view = desk.store.read(look)
    endings = desk.works.endings(desk.context.clock.now())
    return desk.page(
        request,
        "control/front.html",
        {
            **view,
            "endings": [one for one in endings if one.country in countries],
            "free": desk.works.free(),
            "tight": TIGHT,
            "workers": [(*task_of(name), one) for name, one in sorted(desk.works.pulses.items())],
            "wall": desk.context.clock.wall(),
        },
    )


@get(PARTNER, act=Act.SEE_CONTROL, sync_to_thread=True)
def partner(
    request: Asked,
    desk: TheDesk,
    country: FromPath[str],
    done: FromQuery[str] = "",
    number: FromQuery[int | None] = None,
) -> Page:
    """One partner: its line, its card, its certificates, and what can be done.

    Args:
        done: what was done a moment ago, and a number about it.
    """
    return _partner(request, desk, agreement_with(request, desk, country), done, number)


def _partner(
    request: Asked,
    desk: Desk,
    agreement: Agreement,
    done: str = "",
    number: int | None = None,
    wrong: KeruenError | None = None,
) -> Page:
    country = agreement.other(desk.context.country)
    found = desk.store.read(lambda reader: standing(reader, desk.context, agreement))
    endings = desk.works.endings(desk.context.clock.now())
    return desk.page(
        request,
        "control/partner.html",
        {
            "one": found,
            "card": desk.works.partner(country),
            "endings": [one for one in endings if one.country == country],
            "reachable": desk.works.ping is not None,
            "packable": desk.works.receiver is not None,
            "wall": desk.context.clock.wall(),
            "done": done,
            "number": number,
            "wrong": wrong,
        },
        status=WRONG if wrong else 200,
    )


@post(f"{PARTNER}/retry", act=Act.RESEND, status_code=SEE_OTHER, sync_to_thread=True)
def retry(request: Asked, desk: TheDesk, country: FromPath[str]) -> Page:
    """Try now what waits for another attempt."""
    agreement = _mine(request, desk, country, Act.RESEND)
    wall = desk.context.clock.wall()
    note(request, corridor=agreement.corridor, detail="retry now")
    desk.store.write_now(lambda tx: tx.hasten_outbox(country, wall))
    return onward(f"/control/partners/{quote(country)}", done="hastened")


@post(f"{PARTNER}/ping", act=Act.RESEND, status_code=SEE_OTHER)
async def ping(request: Asked, desk: TheDesk, country: FromPath[str]) -> Page:
    """Try the way to the partner and back: nothing is delivered."""
    agreement = _mine(request, desk, country, Act.RESEND)
    note(request, corridor=agreement.corridor, detail="ping")
    try:
        if desk.works.ping is None:
            raise LocalError("not-running", "this node sends nothing while it only shows pages")
        pong = await desk.works.ping(country)
    except (KeruenError, UsageError) as error:
        return _partner(request, desk, agreement, wrong=error)
    milliseconds = round(pong.milliseconds)
    return onward(f"/control/partners/{quote(country)}", done="reached", number=milliseconds)


def _mine(request: Asked, desk: Desk, country: str, act: Act) -> Agreement:
    require(request, act, partner=country)
    return agreement_with(request, desk, country)


def onward(address: str, **said: object) -> Page:
    """Go to a page that says what was done."""
    place, _, anchor = address.partition("#")
    where = f"{place}?{urlencode(said)}" + (f"#{anchor}" if anchor else "")
    return Response("", status_code=SEE_OTHER, headers={"Location": where})


ROUTES = (control, partner, retry, ping)
