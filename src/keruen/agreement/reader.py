"""TOML text → Agreement, or every reason why not, each with its key and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from keruen import tomlfile
from keruen.agreement.datalist import known_paths
from keruen.agreement.model import (
    Agreement,
    AgreementParty,
    Deadlines,
    PhaseState,
    Post,
    Requirement,
    Retention,
    Route,
    Tolerance,
)
from keruen.customs import DiscrepancyCode, Struct
from keruen.errors import UsageError
from keruen.messages import Stage


class _Deadlines(Struct, frozen=True, forbid_unknown_fields=True):
    before_crossing: dict[str, float]
    late_after: dict[str, float]
    overdue_after: dict[str, float]
    acknowledgement: float
    import_information: float


class _Withheld(Struct, frozen=True, forbid_unknown_fields=True):
    elements: tuple[str, ...] = ()


class _Retention(Struct, frozen=True, forbid_unknown_fields=True):
    content: int
    message_ids: int


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The agreement file as it is written: TOML tables, hours and days as numbers."""

    id: str
    version: str
    title: dict[str, str]
    legal_basis: str
    hs_edition: str
    languages: tuple[str, ...]
    party: tuple[AgreementParty, ...]
    phases: dict[Stage, PhaseState]
    deadlines: _Deadlines
    data: dict[str, dict[str, Requirement]]
    retention: _Retention
    signed: date | None = None
    tolerances: dict[DiscrepancyCode, Tolerance] = msgspec.field(default_factory=dict)
    post: tuple[Post, ...] = ()
    route: tuple[Route, ...] = ()
    withheld: _Withheld = _Withheld()


def read_agreement(text: str, *, name: str = "agreement") -> Agreement:
    """The agreement that a TOML file states.

    Args:
        text: content of the file.
        name: file name for messages.

    Raises:
        UsageError: ``agreement-invalid``, the first mistake with its key and line.
    """
    file = tomlfile.decode(text, _File, name=name, code="agreement-invalid")
    agreement = _agreement(file)
    for key, reason in mistakes(agreement):
        raise tomlfile.mistake(text, name=name, code="agreement-invalid", key=key, reason=reason)
    return agreement


def _agreement(file: _File) -> Agreement:
    if len(file.party) != 2:  # noqa: PLR2004 - an agreement has two sides
        raise UsageError("agreement-invalid", "an agreement has exactly two [[party]] tables")
    return Agreement(
        id=file.id,
        version=file.version,
        title=file.title,
        legal_basis=file.legal_basis,
        signed=file.signed,
        parties=(file.party[0], file.party[1]),
        phases=file.phases,
        posts=file.post,
        routes=file.route,
        deadlines=Deadlines(
            before_crossing=_hours(file.deadlines.before_crossing),
            late_after=_hours(file.deadlines.late_after),
            overdue_after=_hours(file.deadlines.overdue_after),
            acknowledgement=timedelta(hours=file.deadlines.acknowledgement),
            import_information=timedelta(hours=file.deadlines.import_information),
        ),
        tolerances=file.tolerances,
        data_list=file.data,
        withheld=file.withheld.elements,
        hs_edition=file.hs_edition,
        languages=file.languages,
        retention=Retention(
            content=timedelta(days=file.retention.content),
            message_ids=timedelta(days=file.retention.message_ids),
        ),
    )


def _hours(table: dict[str, float]) -> dict[str, timedelta]:
    return {mode: timedelta(hours=hours) for mode, hours in table.items()}


def mistakes(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """What is well-formed but cannot be meant: (key, reason)."""
    first, second = agreement.countries
    if first == second:
        yield "party", "the two parties must be two countries"
    for index, post in enumerate(agreement.posts):
        if post.country not in agreement.countries:
            yield f"post[{index}].country", f"post {post.code} lies in neither party's country"
    for index, route in enumerate(agreement.routes):
        if agreement.post(route.post) is None:
            yield f"route[{index}].post", f"no [[post]] has the code {route.post}"
    for name in ("before_crossing", "late_after", "overdue_after"):
        if "*" not in getattr(agreement.deadlines, name):
            yield f"deadlines.{name}", 'a deadline for any other mode ("*") is missing'
    yield from _data_list_mistakes(agreement)


def _data_list_mistakes(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for kind, elements in agreement.data_list.items():
        known = known_paths(kind)
        if not known:
            yield f"data.{kind}", f"there is no message {kind}"
            continue
        for path in elements:
            if path not in known:
                yield f'data.{kind}."{path}"', f"{kind} has no element {path}"
            if path in agreement.withheld:
                yield f'data.{kind}."{path}"', f"{path} is both listed and withheld"
    everywhere = {path for kind in agreement.data_list for path in known_paths(kind)}
    for index, path in enumerate(agreement.withheld):
        if path not in everywhere:
            yield f"withheld.elements[{index}]", f"no listed message has an element {path}"
