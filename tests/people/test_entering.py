"""Who gets in and who does not, how often it may be tried, and what ends a session."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from pyotp import TOTP
from tests.people.conftest import PASSWORD, MovedClock

from keruen.access import Role, SessionRules
from keruen.access.passwords import DEMONSTRATION, hashed
from keruen.access.second import digest_of_code, recovery_codes, secret_of
from keruen.errors import UsageError
from keruen.people import entering
from keruen.people.accounts import Wanted
from keruen.people.administration import Office
from keruen.people.entering import Admitted, Door, Refused
from keruen.people.sessions import Entered, entered
from keruen.store import Account, SecondFactor, Store

RULES = SessionRules()
SECRET = secret_of(b"0123456789abcdefghij")


def come(door: Door, name: str = "sitora", password: str = PASSWORD) -> Admitted:
    found = entering.with_password(door, name, password)
    assert isinstance(found, Admitted)
    return found


def fail(door: Door, name: str = "sitora", password: str = "not this one") -> Refused:
    found = entering.with_password(door, name, password)
    assert isinstance(found, Refused)
    return found


def who(door: Door, found: Admitted) -> Entered | None:
    now = door.clock.wall()
    return door.store.read(lambda reader: entered(reader, found.secret, RULES, now))


def with_factor(store: Store, account: Account, *codes: str) -> None:
    recovery = " ".join(map(digest_of_code, codes))
    factor = SecondFactor(
        user_id=account.user_id, secret=SECRET, confirmed=account.created, recovery=recovery
    )
    store.write_now(lambda tx: tx.put_second_factor(factor))


def outcomes(store: Store) -> list[tuple[str, str]]:
    return [(row.act, row.outcome) for row in reversed(store.read(lambda r: r.audit()))]


@pytest.mark.parametrize("name", ["sitora", "SITORA", " Sitora "])
def test_the_right_password_lets_in_however_the_name_is_written(
    door: Door, sitora: Account, name: str
) -> None:
    found = who(door, come(door, name))
    assert found is not None
    assert (found.person.name, found.person.display) == ("sitora", "Ситора")
    assert found.person.roles == {Role.ADMINISTRATOR}
    assert found.must_change


def test_only_a_digest_of_the_secret_is_kept(door: Door, sitora: Account) -> None:
    found = come(door)
    (row,) = door.store.read(lambda reader: reader.sessions_of(sitora.user_id))
    assert found.secret.encode() not in msgspec.json.encode(row)
    assert PASSWORD not in str(door.store.read(lambda reader: reader.accounts()))


@pytest.mark.parametrize("name", ["sitora", "nobody", ""])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    door: Door, sitora: Account, name: str
) -> None:
    assert fail(door, name) == Refused()


def test_failures_in_a_row_make_the_next_try_later_right_or_wrong(
    door: Door, sitora: Account, clock: MovedClock
) -> None:
    waits = [fail(door).wait for _ in range(5)]
    assert waits[:4] == [timedelta(0)] * 4
    assert timedelta(seconds=1) < waits[4] <= timedelta(seconds=2)
    assert isinstance(entering.with_password(door, "sitora", PASSWORD), Refused)
    clock.later = timedelta(seconds=3)
    assert timedelta(seconds=3) < fail(door).wait <= timedelta(seconds=4)
    clock.later = timedelta(seconds=9)
    come(door)
    assert fail(door).wait == timedelta(0)


def test_tries_at_once_are_counted_as_many(door: Door, sitora: Account) -> None:
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(lambda _: fail(door), range(12)))
    assert sum(one.wait == timedelta(0) for one in found) <= 5
    row = door.store.read(lambda reader: reader.attempts("name:sitora"))
    assert row is not None
    assert row.failures == 5


def test_tries_that_are_not_taken_write_nothing(door: Door, sitora: Account) -> None:
    for _ in range(5):
        fail(door)
    before = len(outcomes(door.store))
    for _ in range(20):
        assert fail(door).wait > timedelta(0)
    assert len(outcomes(door.store)) == before


def test_an_address_that_tries_many_names_is_slowed_down(door: Door, sitora: Account) -> None:
    waits = [fail(door, f"name-{number}").wait for number in range(21)]
    assert waits[:20] == [timedelta(0)] * 20
    assert waits[20] > timedelta(0)
    elsewhere = msgspec.structs.replace(door, address="192.0.2.8")
    come(elsewhere)


def test_a_log_in_does_not_forgive_the_address(door: Door, sitora: Account) -> None:
    for number in range(10):
        fail(door, f"name-{number}")
    come(door)
    row = door.store.read(lambda reader: reader.attempts("address:192.0.2.7"))
    assert row is not None
    assert row.failures == 10


def test_no_more_passwords_are_looked_at_together_than_the_machine_bears(
    door: Door, sitora: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "PATIENCE", 0.01)
    for _ in range(entering.AT_ONCE):
        entering._turns.acquire()
    try:
        assert entering.with_password(door, "sitora", PASSWORD) == Refused(busy=True)
    finally:
        for _ in range(entering.AT_ONCE):
            entering._turns.release()


def test_with_a_second_factor_the_password_is_half_the_way(door: Door, sitora: Account) -> None:
    with_factor(door.store, sitora)
    half = come(door)
    assert not half.complete
    found = who(door, half)
    assert found is not None
    code = TOTP(SECRET).at(door.clock.wall())
    whole = entering.with_code(door, sitora, found.session.session_id, code)
    assert isinstance(whole, Admitted)
    assert whole.complete
    assert whole.secret != half.secret
    assert who(door, half) is None


def test_a_code_that_was_seen_does_not_let_in_again(door: Door, sitora: Account) -> None:
    with_factor(door.store, sitora)
    code = TOTP(SECRET).at(door.clock.wall())
    assert isinstance(entering.with_code(door, sitora, "", code), Admitted)
    assert isinstance(entering.with_code(door, sitora, "", code), Refused)


def test_codes_are_guessed_no_more_often_than_passwords(door: Door, sitora: Account) -> None:
    with_factor(door.store, sitora)
    found = [entering.with_code(door, sitora, "", "000000") for _ in range(5)]
    assert isinstance(found[-1], Refused)
    assert found[-1].wait > timedelta(0)
    assert isinstance(entering.with_password(door, "sitora", PASSWORD), Refused)


def test_the_password_does_not_forgive_wrong_codes(door: Door, sitora: Account) -> None:
    with_factor(door.store, sitora)
    for _ in range(4):
        entering.with_code(door, sitora, "", "000000")
        come(door)
    row = door.store.read(lambda reader: reader.attempts("name:sitora"))
    assert row is not None
    assert row.failures == 4


def test_a_recovery_code_lets_in_once(door: Door, sitora: Account) -> None:
    one, other, *_ = recovery_codes(bytes(range(100)))
    with_factor(door.store, sitora, one, other)
    assert isinstance(entering.with_code(door, sitora, "", one), Admitted)
    assert isinstance(entering.with_code(door, sitora, "", one), Refused)
    assert isinstance(entering.with_code(door, sitora, "", other), Admitted)


def test_half_the_way_is_open_for_five_minutes(
    door: Door, sitora: Account, clock: MovedClock
) -> None:
    with_factor(door.store, sitora)
    half = come(door)
    clock.later = timedelta(minutes=5)
    assert who(door, half) is None


def test_the_demonstration_s_password_is_taken_in_a_demonstration_only(
    door: Door, store: Store, sitora: Account
) -> None:
    row = msgspec.structs.replace(sitora, password=hashed(DEMONSTRATION, bytes(16)))
    store.write_now(lambda tx: tx.put_account(row))
    assert fail(door, password=DEMONSTRATION) == Refused()
    come(msgspec.structs.replace(door, demo=True), password=DEMONSTRATION)


@pytest.mark.parametrize(
    "act",
    [
        lambda office: office.disable("sitora"),
        lambda office: office.set_password("sitora", "nine carts of flour"),
        lambda office: office.drop_second_factor("sitora"),
        lambda office: office.change(
            "sitora", Wanted(name="sitora", display="", roles=frozenset({Role.OFFICER}))
        ),
    ],
    ids=["disabled", "password", "second-factor", "roles"],
)
def test_whatever_takes_something_away_ends_sessions_at_once(
    office: Office, door: Door, sitora: Account, act: Callable[[Office], Account]
) -> None:
    other = Wanted(name="daler", display="", roles=frozenset({Role.ADMINISTRATOR}))
    office.make(other, "nine carts of flour")
    found = come(door)
    assert who(door, found) is not None
    act(office)
    assert who(door, found) is None


def test_a_disabled_user_does_not_get_in_until_enabled(
    office: Office, door: Door, sitora: Account
) -> None:
    other = Wanted(name="daler", display="", roles=frozenset({Role.ADMINISTRATOR}))
    office.make(other, None)
    office.disable("sitora")
    assert fail(door, password=PASSWORD) == Refused()
    office.enable("sitora")
    come(door)


def test_the_last_administrator_stays(office: Office, sitora: Account) -> None:
    auditor = Wanted(name="sitora", display="", roles=frozenset({Role.AUDITOR}))
    with pytest.raises(UsageError, match="last-administrator"):
        office.disable("sitora")
    with pytest.raises(UsageError, match="last-administrator"):
        office.change("sitora", auditor)
    assert office.store.read(lambda reader: reader.account(sitora.user_id)) == sitora


@pytest.mark.parametrize("name", ["Sitora", "SITORA "])
def test_a_name_is_given_once(office: Office, sitora: Account, name: str) -> None:
    with pytest.raises(UsageError, match="user-exists"):
        office.make(Wanted(name=name, display="", roles=frozenset({Role.OFFICER})), None)


def test_every_log_in_and_act_is_in_the_audit_trail(
    office: Office, door: Door, sitora: Account
) -> None:
    fail(door)
    come(door)
    fail(door, "nobody")
    assert outcomes(office.store) == [
        ("make-user", "done"),
        ("log-in", "failed"),
        ("log-in", "done"),
        ("log-in", "failed"),
    ]
    last = office.store.read(lambda reader: reader.audit(limit=1))[0]
    assert (last.name, last.user_id, last.address) == ("nobody", None, "192.0.2.7")
    assert PASSWORD not in str(office.store.read(lambda reader: reader.audit()))
