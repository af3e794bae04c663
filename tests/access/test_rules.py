"""Sessions end, log-ins slow down, weak passwords are refused, one-time passwords count once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from keruen.access import SessionRules
from keruen.access.attempts import BY_ADDRESS, BY_NAME, Limit, place_of
from keruen.access.passwords import DEMONSTRATION, NOBODY, fits, require_good
from keruen.access.second import (
    address_of,
    digest_of_code,
    left_after,
    recovery_codes,
    secret_of,
    step_of,
    taken_step,
)
from keruen.errors import UsageError

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECRET = secret_of(b"0123456789abcdefghij-and-more")


def code_at(steps: int) -> str:
    """What an app shows so many steps from now."""
    return TOTP(SECRET).at(NOW + steps * timedelta(seconds=30))


@pytest.mark.parametrize(
    ("begun", "seen", "over"),
    [(0, 0, False), (29, 29, False), (30, 30, True), (700, 1, False), (720, 1, True)],
)
def test_a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours(
    begun: int, seen: int, over: bool
) -> None:
    rules = SessionRules()
    found = rules.over(begun=NOW - begun * MINUTE, seen=NOW - seen * MINUTE, now=NOW)
    assert found is over


def test_the_delay_doubles_after_the_free_tries_up_to_the_longest() -> None:
    seconds = [BY_NAME.delay(failures).total_seconds() for failures in range(1, 16)]
    assert seconds == [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert BY_ADDRESS.delay(20) == timedelta(0) < BY_ADDRESS.delay(21)


@given(st.integers(0, 10_000), st.integers(0, 50))
def test_the_delay_never_shrinks_and_never_grows_beyond(failures: int, free: int) -> None:
    limit = Limit(free=free)
    assert limit.delay(failures) <= limit.delay(failures + 1) <= limit.longest


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_network_that_one_host_may_have_whole_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


def test_failures_are_forgotten_after_a_day() -> None:
    assert BY_NAME.counts(7, NOW - timedelta(hours=23), NOW) == 7
    assert BY_NAME.counts(7, NOW - timedelta(hours=24), NOW) == 0


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password-short"),
        ("x" * 129, "password-long"),
        ("aaaaaaaaaaaaaaaa", "password-simple"),
        ("Password1234", "password-simple"),
        ("Sitora-sitora-1", "password-simple"),
        ("1234567890123456", "password-simple"),
        (DEMONSTRATION, "password-simple"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        require_good(password, "sitora")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "password", ["four donkeys cross", "чор хар мегузарад", "correct horse battery"]
)
def test_a_few_words_are_a_good_password_in_any_script(password: str) -> None:
    require_good(password, "sitora")


@given(st.text(max_size=40))
def test_nothing_fits_where_there_is_nobody(password: str) -> None:
    assert "m=65536,t=3,p=4" in NOBODY
    assert not fits(NOBODY.replace("m=65536,t=3,p=4", "m=8,t=1,p=1"), password)


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_code_is_taken_a_step_around_now_and_once(offset: int) -> None:
    code = code_at(offset)
    step = taken_step(SECRET, f"{code[:3]} {code[3:]}", NOW, 0)
    assert step == step_of(NOW) + offset
    assert taken_step(SECRET, code, NOW, step) is None


@pytest.mark.parametrize("offset", [-2, 2])
def test_an_older_or_later_code_is_not_taken(offset: int) -> None:
    assert taken_step(SECRET, code_at(offset), NOW, 0) is None


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    step = taken_step(SECRET, typed, NOW, 0)
    assert step is None or typed.replace(" ", "") in {code_at(n) for n in (-1, 0, 1)}


def test_an_earlier_code_does_not_count_after_a_later_one() -> None:
    later = taken_step(SECRET, code_at(1), NOW, 0)
    assert later is not None
    assert taken_step(SECRET, code_at(0), NOW, later) is None


def test_an_app_is_told_whose_secret_it_is() -> None:
    address = address_of(SECRET, "sitora", "Keruen TJ")
    assert address.startswith(f"otpauth://totp/Keruen%20TJ:sitora?secret={SECRET}")


def test_each_recovery_code_counts_once_however_it_is_typed() -> None:
    codes = recovery_codes(bytes(range(100)))
    assert len(set(codes)) == 10
    kept = tuple(map(digest_of_code, codes))
    left = left_after(codes[3].upper().replace("-", " "), kept)
    assert left == kept[:3] + kept[4:]
    assert left_after(codes[3], left) is None
    assert left_after("", kept) is None
