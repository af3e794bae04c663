"""What was agreed, and the code lists: no data of anybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from keruen.access import Act
from keruen.agreement import Agreement, digest
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import InCorridor
from keruen.api.problems import missing
from keruen.customs import Struct
from keruen.customs.codelists import CodeList, Entry
from keruen.customs.codelists.model import Published

AGREEMENTS: dict[str, Any] = {"tag": "Agreements", "act": Act.SEE_REFERENCE}
LISTS: dict[str, Any] = {"tag": "Code lists", "act": Act.SEE_REFERENCE}
UNKNOWN_AGREEMENT = {404: ("agreement-unknown",)}
UNKNOWN_LIST = {404: ("list-unknown",)}
Language = Literal["en", "kk", "ru", "tg"]


class AgreementHead(Struct, frozen=True):
    """An agreement.

    Attributes:
        digest: SHA-256 of what it says, which both sides compare every day.
    """

    corridor: str
    id: str
    digest: str


class WholeAgreement(AgreementHead, frozen=True):
    """An agreement with all its rules, as in its file.

    Attributes:
        digest: SHA-256 of what it says, which both sides compare every day.
        terms: all of it: parties, phases, posts, deadlines, data lists, tolerances, retention.
    """

    terms: dict[str, Any]


class InLanguage(Struct, frozen=True, forbid_unknown_fields=True):
    """How it is to be read.

    Attributes:
        language: of the text.
    """

    language: Language = "en"


class ListHead(Struct, frozen=True):
    """A code list.

    Attributes:
        edition: of the publication; empty where it has none.
        source: who publishes it.
        codes: how many it has.
        versions: what was imported.
    """

    id: str
    title: str
    edition: str
    source: str
    codes: int
    versions: tuple[Published, ...] = ()


class OneList(Struct, frozen=True):
    """Which list.

    Attributes:
        list_id: its id.
    """

    list_id: Annotated[str, Meta(min_length=1, max_length=64, examples=["country"])]


class WantedCodes(Paged, frozen=True, forbid_unknown_fields=True):
    """Which codes.

    Attributes:
        code: these codes; may be given several times.
        find: a text in code or name.
        on: the day on which they hold; left out: today.
    """

    code: Annotated[tuple[str, ...], Meta(max_length=100)] = ()
    find: Annotated[str, Meta(max_length=100)] = ""
    on: date | None = None


@operation("GET", "/agreements", id="listAgreements", **AGREEMENTS)
def agreements(call: Call) -> list[AgreementHead]:
    """What was agreed with whom."""
    found = (one for one in call.gate.context.agreements if _seen(call, one))
    return [AgreementHead(corridor=one.corridor, id=one.id, digest=digest(one)) for one in found]


def _seen(call: Call, one: Agreement) -> bool:
    return call.caller.sees_partner(one.other(call.gate.context.country))


def _agreement(call: Call, corridor: str) -> Agreement:
    for one in call.gate.context.agreements:
        if one.corridor == corridor and _seen(call, one):
            return one
    raise missing("agreement-unknown", f"There is no agreement for {corridor}.")


@operation(
    "GET", "/agreements/{corridor}", id="getAgreement", codes=UNKNOWN_AGREEMENT, **AGREEMENTS
)
def agreement(call: Call, place: InCorridor) -> WholeAgreement:
    """One agreement with all its rules."""
    found = _agreement(call, place.corridor)
    terms = msgspec.to_builtins(found, str_keys=True)
    return WholeAgreement(corridor=found.corridor, id=found.id, digest=digest(found), terms=terms)


@operation(
    "GET",
    "/agreements/{corridor}/text",
    id="getAgreementText",
    media_type="text/plain",
    codes=UNKNOWN_AGREEMENT,
    **AGREEMENTS,
)
def agreement_text(call: Call, place: InCorridor, query: InLanguage) -> str:
    """One agreement article by article, for a lawyer, in one of four languages."""
    return call.gate.treaty(_agreement(call, place.corridor), query.language)


@operation("GET", "/codelists", id="listCodeLists", **LISTS)
def lists(call: Call) -> list[ListHead]:
    """The code lists that the node knows: its own, and what was imported."""
    known = call.gate.context.lists
    return [_head(known[one]) for one in known.ids]


def _head(one: CodeList) -> ListHead:
    return ListHead(
        id=one.id,
        title=one.title,
        edition=one.edition,
        source=one.source,
        codes=len(one),
        versions=one.versions,
    )


@operation("GET", "/codelists/{list_id}/codes", id="listCodes", codes=UNKNOWN_LIST, **LISTS)
def codes(call: Call, place: OneList, query: WantedCodes) -> Page[Entry]:
    """Codes of a list as they hold on a day, in the list's order."""
    known = call.gate.context.lists
    if not known.known(place.list_id):
        detail = f"There is no list {place.list_id}; there are {', '.join(known.ids)}."
        raise missing("list-unknown", detail)
    day = query.on or call.gate.context.clock.now().date()
    start = place_of(query.cursor, int) or 0
    found = [one for one in known[place.list_id].on(day) if _wanted(one, query)]
    numbered = list(enumerate(found))[max(start, 0) :]
    return page(
        numbered[: query.limit + 1], query.limit, lambda one: one[0] + 1, lambda one: one[1]
    )


def _wanted(one: Entry, query: WantedCodes) -> bool:
    text = " ".join((one.code, *one.names.values())).casefold()
    return (not query.code or one.code in query.code) and query.find.casefold() in text


OPERATIONS = (agreements, agreement, agreement_text, lists, codes)
