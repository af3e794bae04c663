"""Addresses of the queue of cases: the list, one case, what is done with it, its evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.border.cases import link, unlink
from keruen.border.cases.pack import pack
from keruen.console.control.scope import agreements_of
from keruen.console.downloads import OCTETS, saved_as
from keruen.console.entry.admission import require
from keruen.console.entry.forms import fields
from keruen.console.entry.trail import note
from keruen.console.reconciliation import view
from keruen.console.reconciliation.wanted import NOT_STATED, PAGE, STATES, wanted
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.views import posts_of
from keruen.errors import LocalError
from keruen.exchange import cases
from keruen.exchange.enquiries import ask_for, verify
from keruen.store import Reader, Role, Transaction
from keruen.store.cases import CaseRow

Page = Response[str]
TheDesk = NamedDependency[Desk]
SEE_OTHER, WRONG = 303, 422
ONE = "/reconciliation/{subject:str}"


@get("/reconciliation", act=Act.SEE_CASES, sync_to_thread=True)
def queue(request: Asked, desk: TheDesk) -> Page:
    """What is open, the oldest or the most valuable first; who and where has most of it."""
    asked = wanted(request.query_params)
    now, first = desk.context.clock.now(), asked.number * PAGE
    query = asked.asked(now, request.user)
    found, whole = desk.store.read(
        lambda reader: (
            cases.queue(reader, query, order=asked.by, limit=PAGE + 1, offset=first),
            cases.summary(reader, query),
        )
    )
    shown = {
        "cases": found[:PAGE],
        "summary": whole,
        "wanted": asked,
        "states": STATES,
        "ages": cases.BANDS,
        "roles": tuple(Role),
        "countries": [one.other(desk.context.country) for one in agreements_of(request, desk)],
        "posts": posts_of(agreements_of(request, desk), desk.context.country),
        "not_stated": NOT_STATED,
        "post_name": _post_names(request, desk),
        "next": asked.number + 1 if len(found) > PAGE else None,
    }
    return desk.page(request, "reconciliation/queue.html", shown)


def _post_names(request: Asked, desk: Desk) -> Callable[[str], str]:
    """How posts are called in the reader's language; by their code where no agreement knows them."""
    language = language_of(request)
    posts = {post.code: post for one in desk.context.agreements for post in one.posts}
    return lambda code: posts[code].name(language) if code in posts else code


@get(ONE, act=Act.SEE_CASES, audited=True, sync_to_thread=True)
def case(
    request: Asked,
    desk: TheDesk,
    subject: FromPath[str],
    candidate: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Page:
    """One case: why it is here, what may be its other half, both sides, what persons did with it.

    Args:
        candidate: the one that is compared.
        done: what was done a moment ago.
    """
    place = _place(request, desk, subject, Act.SEE_CASES)
    return _page(request, desk, place, candidate, done=done)


def _page(
    request: Asked,
    desk: Desk,
    place: tuple[str, str],
    candidate: str = "",
    *,
    done: str = "",
    wrong: LocalError | None = None,
) -> Page:
    shown = desk.store.read(
        lambda reader: view.shown(reader, desk.context, request.user, place, candidate)
    )
    names = _post_names(request, desk)
    more = {"done": done, "wrong": wrong, "opens": view.opens, "post_name": names}
    status = WRONG if wrong else 200
    return desk.page(request, "reconciliation/case.html", shown | more, status=status)


def _place(request: Asked, desk: Desk, subject: str, act: Act) -> tuple[str, str]:
    """Corridor and id of a case, if there is or was one that whoever asks may see.

    Raises:
        NotFoundException: there is none, or it is outside what they see.
    """

    def look(reader: Reader) -> tuple[str, str | None, str] | None:
        row = reader.case_named(subject) or reader.by_consignment_id(subject)
        if row is not None:
            return row.corridor, row.post, row.partner
        return _of_import(reader, desk, subject)

    found = desk.store.read(look)
    if found is None:
        raise NotFoundException
    corridor, office, partner = found
    require(request, act, post=office or "", partner=partner)
    note(request, subject=subject, corridor=corridor)
    return corridor, subject


def _of_import(reader: Reader, desk: Desk, subject: str) -> tuple[str, str | None, str] | None:
    """An import declaration that was a case: its consignment has it now."""
    for agreement in desk.context.agreements:
        if reader.case_acts(agreement.corridor, subject):
            matches = reader.matches_of(subject)
            one = (
                reader.consignment(agreement.corridor, matches[0].consignment_id)
                if matches
                else None
            )
            other = agreement.other(desk.context.country)
            return agreement.corridor, one.post if one else None, other
    return None


@get(f"{ONE}/evidence", act=Act.SEE_RAW, audited=True, sync_to_thread=True)
def evidence(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Response[bytes]:
    """All that this node can show of a case, as one ZIP file."""
    corridor, _ = _place(request, desk, subject, Act.SEE_RAW)

    def look(reader: Reader) -> bytes | None:
        row = reader.case(corridor, subject)
        return pack(reader, desk.context, row) if row else None

    data = desk.store.read(look)
    if data is None:
        raise NotFoundException
    return Response(data, media_type=OCTETS, headers=saved_as(f"{corridor}-{subject}.zip"))


@post(f"{ONE}/close", act=Act.CLOSE_CASE, status_code=SEE_OTHER)
async def close(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Page:
    """Close it with a reason."""
    said = await fields(request)
    code, text = said.get("reason", ""), said.get("text", "")
    reason = next((one for one in cases.REASONS if one.value == code), None)
    person = request.user.name

    def act(tx: Transaction, row: CaseRow) -> None:
        if reason is None:
            raise LocalError("reason-unknown", "choose a reason of the list")
        cases.close(tx, desk.context, row, reason=reason, text=text, person=person)

    return await _act(request, desk, subject, Act.CLOSE_CASE, act, "case-closed", detail=code)


@post(f"{ONE}/reopen", act=Act.CLOSE_CASE, status_code=SEE_OTHER)
async def reopen(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Page:
    """Open it again."""
    said = await fields(request)
    person = request.user.name

    def act(tx: Transaction, row: CaseRow) -> None:
        cases.reopen(tx, desk.context, row, text=said.get("text", ""), person=person)

    return await _act(
        request, desk, subject, Act.CLOSE_CASE, act, "case-reopened", detail="reopened"
    )


@post(f"{ONE}/link", act=Act.LINK_CASE, status_code=SEE_OTHER)
async def tie(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Page:
    """Take a candidate for its other half."""
    candidate = (await fields(request)).get("candidate", "")
    person = request.user.name

    def act(tx: Transaction, row: CaseRow) -> None:
        link(tx, desk.context, row, candidate, person=person)

    return await _act(request, desk, subject, Act.LINK_CASE, act, "case-linked", detail=candidate)


@post(f"{ONE}/unlink", act=Act.LINK_CASE, status_code=SEE_OTHER)
async def untie(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Page:
    """Undo that."""
    await fields(request)
    person = request.user.name

    def write(tx: Transaction, place: tuple[str, str]) -> None:
        unlink(tx, desk.context, *place, person=person)

    return await _done(
        request, desk, subject, Act.LINK_CASE, write, "case-unlinked", detail="undone"
    )


@post(f"{ONE}/ask", act=Act.ENQUIRE, status_code=SEE_OTHER)
async def ask(request: Asked, desk: TheDesk, subject: FromPath[str]) -> Page:
    """Ask the other side: where ours is, or whether they have a declaration of that number."""
    number = (await fields(request)).get("number", "").strip()[:100]

    def act(tx: Transaction, row: CaseRow) -> None:
        one = tx.consignment(row.corridor, row.subject)
        if one is not None and one.role is Role.SENDER:
            ask_for(tx, desk.context, one)
        elif number:
            verify(tx, desk.context, desk.context.agreement_of(row.corridor), number)
        else:
            raise LocalError(
                "number-missing", "write the number of the declaration to be asked for"
            )

    return await _act(request, desk, subject, Act.ENQUIRE, act, "case-asked", detail=number or None)


async def _act(
    request: Asked,
    desk: Desk,
    subject: str,
    act: Act,
    do: Callable[[Transaction, CaseRow], None],
    done: str,
    *,
    detail: str | None,
) -> Page:
    """Do it with the case as it stands then."""

    def write(tx: Transaction, place: tuple[str, str]) -> None:
        row = tx.case(*place)
        if row is None:
            raise NotFoundException
        do(tx, row)

    return await _done(request, desk, subject, act, write, done, detail=detail)


async def _done(
    request: Asked,
    desk: Desk,
    subject: str,
    act: Act,
    write: Callable[[Transaction, tuple[str, str]], Any],
    done: str,
    *,
    detail: str | None,
) -> Page:
    """Do it and show the case; where it is refused, the page with the reason."""
    place = await asyncio.to_thread(_place, request, desk, subject, act)
    note(request, detail=detail)
    try:
        await desk.store.write(lambda tx: write(tx, place))
    except LocalError as error:
        return await asyncio.to_thread(_page, request, desk, place, wrong=error)
    headers = {"Location": f"/reconciliation/{quote(subject)}?done={done}"}
    return Response("", status_code=SEE_OTHER, headers=headers)


ROUTES = (queue, case, evidence, close, reopen, tie, untie, ask)
