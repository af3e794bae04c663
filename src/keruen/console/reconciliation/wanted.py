"""What the queue is narrowed to, as its address says; what makes no sense narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from keruen.access import Person
from keruen.customs import Struct
from keruen.exchange import cases
from keruen.store import Role
from keruen.store.casequeries import CaseFilter, CaseOrder
from keruen.store.cases import CaseState
from keruen.store.pages import Narrowed

PAGE = 50
LONGEST = 200
DEEPEST = 1000
"""Pages that are turned at most; whoever wants more narrows the list."""
STATES = tuple(one for one in CaseState if one is not CaseState.ARRIVED)
KEYS = ("trader", "carrier", "post", "chapter")
NOT_STATED = "-"
"""Stands in an address for what the declaration does not state."""


class Wanted(Struct, frozen=True):
    """The queue's filters; empty where nothing is narrowed."""

    state: str = ""
    age: str = ""
    side: str = ""
    partner: str = ""
    post: str = ""
    trader: str = ""
    carrier: str = ""
    chapter: str = ""
    order: str = ""
    closed: str = ""
    page: str = ""

    @property
    def number(self) -> int:
        """Which page, from 0."""
        return min(int(self.page), DEEPEST) if self.page.isascii() and self.page.isdecimal() else 0

    @property
    def by(self) -> CaseOrder:
        """What comes first."""
        return CaseOrder.VALUE if self.order == CaseOrder.VALUE else CaseOrder.AGE

    def asked(self, now: datetime, person: Person) -> CaseFilter:
        """The same for the store."""
        keys = {name: value for name in KEYS if (value := getattr(self, name))}
        return cases.wanted(
            now,
            states=tuple(one for one in STATES if one.value == self.state),
            age=self.age if self.age in cases.BANDS else None,
            closed=bool(self.closed),
            role=next((one for one in Role if one.value == self.side), None),
            partner=self.partner or None,
            keys={name: value if value != NOT_STATED else "" for name, value in keys.items()},
            narrowed=Narrowed(posts=person.posts, partners=person.partners),
        )

    def address(self, **other: str) -> str:
        """The same list with other filters, from its beginning."""
        names = (name for name in self.__struct_fields__ if name != "page")
        kept = {name: getattr(self, name) for name in names} | other
        found = urlencode({name: value for name, value in kept.items() if value})
        return f"/reconciliation?{found}" if found else "/reconciliation"


def wanted(params: Mapping[str, Any]) -> Wanted:
    """The filters of an address."""
    names = Wanted.__struct_fields__
    return Wanted(**{name: str(params.get(name, "")).strip()[:LONGEST] for name in names})
