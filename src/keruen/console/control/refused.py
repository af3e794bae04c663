"""Refusals: the list, and one with its exact cause, the check at which it stopped, and what to do."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act
from keruen.console.control.remedies import cause_of
from keruen.console.control.scope import agreements_of
from keruen.console.control.wanted import PAGE, Wanted, wanted
from keruen.console.control.words import CHECKS, FAILED_AT
from keruen.console.entry.admission import require
from keruen.console.rendering import Asked, Desk
from keruen.store import Refusal

Page = Response[str]
TheDesk = NamedDependency[Desk]
DIGEST = "digest of"
"""How the cause opens where a part is not what was signed."""


@get("/refusals", act=Act.SEE_CONTROL, sync_to_thread=True)
def refusals(request: Asked, desk: TheDesk) -> Page:
    """What this node refused, the newest first."""
    asked = wanted(request.query_params)
    found = desk.store.read(
        lambda reader: reader.refusal_page(
            sources=_sources(request, asked),
            code=asked.code or None,
            span=asked.span(desk.zone),
            after=asked.after or None,
            limit=PAGE + 1,
        )
    )
    own = desk.context.country
    view = {
        "refusals": found[:PAGE],
        "wanted": asked,
        "older": asked.older(found[PAGE - 1].refusal_id) if len(found) > PAGE else None,
        "countries": [one.other(own) for one in agreements_of(request, desk)],
    }
    return desk.page(request, "control/refusals.html", view)


def _sources(request: Asked, asked: Wanted) -> set[str] | None:
    """Whose refused messages are listed; None: everybody's, strangers' too."""
    mine: frozenset[str] | None = request.user.partners
    if not asked.partner:
        return None if mine is None else set(mine)
    return {asked.partner} if request.user.sees(partner=asked.partner) else set()


@get("/refusals/{refusal_id:str}", act=Act.SEE_CONTROL, sync_to_thread=True)
def refusal(request: Asked, desk: TheDesk, refusal_id: FromPath[str]) -> Page:
    """One refusal."""
    one = refusal_for(request, desk, refusal_id, Act.SEE_CONTROL)
    cause = cause_of(one.code)
    view: dict[str, Any] = {"one": one, "cause": cause, "checks": _checks(one)}
    return desk.page(request, "control/refusal.html", view)


def refusal_for(request: Asked, desk: Desk, refusal_id: str, act: Act) -> Refusal:
    """A refusal, if there is one that whoever asks may see.

    Raises:
        NotFoundException: there is none, or it is outside what they see.
    """
    one = desk.store.read(lambda reader: reader.refusal(refusal_id))
    if one is None:
        raise NotFoundException
    require(request, act, partner=one.source)
    return one


def _checks(one: Refusal) -> list[tuple[str, bool]]:
    """The checks up to the one at which it stopped, each with whether it held; none where that is not known."""
    stopped = "whole" if (one.detail or "").startswith(DIGEST) else FAILED_AT.get(one.code)
    names = list(CHECKS)
    if stopped is None:
        return []
    return [(name, name != stopped) for name in names[: names.index(stopped) + 1]]


ROUTES = (refusals, refusal)
