"""A store, a clock whose wall time the test moves on, and somebody who may come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from keruen.access import Role, passwords
from keruen.clock import Clock
from keruen.people.accounts import Wanted
from keruen.people.administration import Office
from keruen.people.audit import Doer
from keruen.people.entering import Door
from keruen.store import Account, Store

PASSWORD = "four donkeys cross at dawn"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class MovedClock(Clock):
    """A clock that the test moves on."""

    later = timedelta(0)

    def wall(self) -> datetime:  # type: ignore[override]
        return super().wall() + self.later


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords.hashed, "__defaults__", (CHEAP,))
    cheaper = passwords.NOBODY.replace("m=65536,t=3,p=4", "m=8,t=1,p=1")
    monkeypatch.setattr("keruen.people.entering.NOBODY", cheaper)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def office(store: Store, clock: MovedClock) -> Office:
    return Office(store, clock, Doer(None, "root", "command line"))


@pytest.fixture
def sitora(office: Office) -> Account:
    wanted = Wanted(name="Sitora", display="Ситора", roles=frozenset({Role.ADMINISTRATOR}))
    return office.make(wanted, PASSWORD)


@pytest.fixture
def door(store: Store, clock: MovedClock) -> Door:
    return Door(store, clock, "192.0.2.7", "a browser")
