import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from keruen.config.people import ConsoleListener, Listener
from keruen.config.settings import (
    As4Listener,
    DemoClock,
    Retry,
    Settings,
    address_of,
    check_settings,
    settings_text,
)

TEXT = settings_text("KZ", as4_port=8701, console_port=8702)


def test_the_settings_of_a_new_node_are_the_defaults() -> None:
    made = check_settings(TEXT).must()
    assert made == Settings(
        country="KZ", as4=As4Listener(port=8701), console=ConsoleListener(port=8702)
    )


def test_the_clock_of_a_demonstration_is_written_and_read() -> None:
    clock = DemoClock(
        real=datetime(2026, 1, 1, tzinfo=UTC), shown=datetime(2026, 2, 1, tzinfo=UTC), rate=5
    )
    text = settings_text("KZ", as4_port=1, console_port=2, clock=clock)
    assert check_settings(text).must().clock == clock


def test_every_key_stands_in_a_new_file_with_a_comment() -> None:
    for struct in (Settings, Listener, Retry):
        for name in msgspec.structs.fields(struct):
            if name.name != "clock":
                assert re.search(rf"^(# )?\[*{name.name}\b", TEXT, re.MULTILINE), name.name


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("port = 8701", "port = 0", "as4.port", ">= 1"),
        ("port = 8701", "port = 65536", "as4.port", "<= 65535"),
        ("port = 8701", 'port = "8701"', "as4.port", "a whole number, not text"),
        ("port = 8702", "port = 8701", "console.port", "two different ports"),
        ('host = "127.0.0.1"', 'host = "0.0.0.0"', "as4.host", "not loopback"),
        ('host = "127.0.0.1"', 'host = "[::1]"', "as4.host", "not loopback"),
        (
            "delays = [1, 5, 15, 60, 300, 900, 3600]",
            "delays = []",
            "retry.delays",
            "not an empty one",
        ),
        ("delays = [1, 5,", "delays = [1, -5,", "retry.delays[1]", "> 0"),
        ("delays = [1, 5,", "delays = [1, nan,", "retry.delays[1]", ""),
        ("delays = [1, 5,", "delays = [1, inf,", "retry.delays[1]", "<= 604800"),
        ("timeout = 60", "timeout = -1", "retry.timeout", "> 0"),
        ("timeout = 60", "timeout = 0", "retry.timeout", "> 0"),
        ("expiry_hours = 72", "expiry_hours = 1e9", "retry.expiry_hours", "<= 8784"),
        ("expiry_hours", "expiry_days", "retry.expiry_days", "there is no such key"),
        ('country = "KZ"', 'country = "KZT"', "country", "not an ISO 3166"),
        ('country = "KZ"', 'country = "../x"', "country", "not an ISO 3166"),
        ("# endpoint =", "endpoint =", "endpoint", "without spaces"),
        ("sqlite:///keruen.db", "mysql://x", "database.url", "must be sqlite:///"),
        ("sqlite:///keruen.db", "sqlite:///", "database.url", "must be sqlite:///"),
        ("[console]", "[consol]", "console", "is missing"),
    ],
)
def test_a_mistake_is_told_with_its_key(old: str, new: str, key: str, said: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    found = [one for one in check_settings(text).mistakes if one.key == key]
    assert len(found) == 1
    assert said in found[0].text
    if said != "is missing":
        assert found[0].line is not None
        assert key.rpartition(".")[2].partition("[")[0] in text.splitlines()[found[0].line - 1]


def test_every_mistake_is_told_at_once() -> None:
    text = TEXT.replace("8701", "0").replace("timeout = 60", "timeout = 0").replace("KZ", "kz")
    assert [one.key for one in check_settings(text).mistakes] == [
        "country",
        "as4.port",
        "retry.timeout",
    ]


def test_the_last_delay_repeats_and_the_first_comes_first() -> None:
    retry = Retry(delays=(1, 5))
    assert [retry.delay(n) / timedelta(seconds=1) for n in (0, 1, 2, 3, 99)] == [1, 1, 5, 5, 5]


def test_an_address_of_ipv6_has_brackets() -> None:
    assert address_of(Listener(port=1, host="::1")) == "http://[::1]:1/"
    assert address_of(Listener(port=1)) == "http://127.0.0.1:1/"
