"""Versions of a list: the day decides which of them is asked."""

from __future__ import annotations

from datetime import date

import pytest

from keruen.customs.codelists import CodeList, Entry
from keruen.customs.codelists.versions import Version, on_top, succession


def table(*entries: Entry) -> dict[str, tuple[Entry, ...]]:
    return dict(CodeList.of("x", entries).entries)


def code(
    code: str, name: str = "", valid_from: date | None = None, valid_until: date | None = None
) -> Entry:
    names = {"en": name} if name else {}
    return Entry(code=code, names=names, valid_from=valid_from, valid_until=valid_until)


NEW_YEAR = date(2027, 1, 1)
FIRST = Version(None, table(code("1", "one"), code("2", "two")))
SECOND = Version(NEW_YEAR, table(code("1", "one"), code("2", "TWO"), code("3")))
LIST = CodeList(id="x", entries=succession([FIRST, SECOND]))


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 12, 31), {"1": "one", "2": "two"}),
        (NEW_YEAR, {"1": "one", "2": "TWO", "3": None}),
    ],
)
def test_from_its_first_day_the_later_version_counts(
    day: date, names: dict[str, str | None]
) -> None:
    assert {one.code: one.names.get("en") for one in LIST.on(day)} == names


def test_what_did_not_change_has_no_dates() -> None:
    assert LIST.always == {"1"}
    assert [entry.valid_until for entry in LIST.entries["2"]] == [date(2026, 12, 31), None]


def test_what_a_version_leaves_out_has_ended() -> None:
    gone = CodeList(id="x", entries=succession([FIRST, Version(NEW_YEAR, table(code("1", "one")))]))
    assert gone.holds("2", date(2026, 12, 31))
    assert not gone.holds("2", NEW_YEAR)


def test_of_two_versions_with_one_first_day_the_later_one_counts() -> None:
    corrected = succession([FIRST, Version(None, table(code("2", "zwei")))])
    assert corrected == table(code("2", "zwei"))


def test_an_earlier_day_may_be_published_later() -> None:
    same = succession([SECOND, FIRST])
    assert same == LIST.entries


def test_a_line_with_dates_of_its_own_keeps_within_them() -> None:
    dated = table(code("9", valid_from=date(2026, 6, 1), valid_until=date(2027, 3, 31)))
    found = succession([Version(None, dated), Version(NEW_YEAR, table(code("1")))])
    assert [(e.valid_from, e.valid_until) for e in found["9"]] == [
        (date(2026, 6, 1), date(2026, 12, 31))
    ]


def test_an_addition_keeps_what_it_does_not_name() -> None:
    base = table(Entry(code="CT", names={"en": "Carton"}), Entry(code="BX"))
    added = on_top(base, table(Entry(code="CT", names={"ru": "Картонка"}), Entry(code="T1")))
    assert list(added) == ["CT", "BX", "T1"]
    assert added["CT"][0].names == {"en": "Carton", "ru": "Картонка"}


def test_an_addition_can_end_a_code() -> None:
    ended = on_top(table(code("1")), table(code("1", valid_until=date(2026, 12, 31))))
    assert not CodeList(id="x", entries=ended).holds("1", NEW_YEAR)
