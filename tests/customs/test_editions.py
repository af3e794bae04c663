"""Commodity codes in another edition of the Harmonized System; the correspondences are made up."""

from __future__ import annotations

import pytest

from keruen.customs.codelists import BUILT_IN, CodeList, CodeLists, converted
from keruen.customs.codelists.model import Entry
from keruen.customs.codelists.reading import read_table

FROM_2017 = """\
HS 2017,HS 2022
851712,851713
851712,851714
854370,854370
854370,850000
900190,900190
100100,100199
240110,240120
240120,240110
030110,030111
030119,030111
"""
TO_2028 = "from,to\n100199,100290\n"
OLD = ("851712", "854370", "900190", "100100", "240110", "240120", "030110", "030119", "010121")


def table(list_id: str, text: str) -> CodeList:
    entries = read_table(text.splitlines(keepends=True), list_id=list_id).must()
    return CodeList.of(list_id, entries)


def lists() -> CodeLists:
    edition = CodeList.of("hs-2017", [Entry(code=code) for code in OLD])
    return BUILT_IN.with_sources(
        {
            "hs-2017-2022": lambda: table("hs-2017-2022", FROM_2017),
            "hs-2022-2028": lambda: table("hs-2022-2028", TO_2028),
            "hs-2017": lambda: edition,
        }
    )


@pytest.mark.parametrize(
    ("code", "source", "target", "becomes"),
    [
        ("100100", "2017", "2022", "100199"),  # one to one
        ("100199", "2022", "2017", "100100"),  # and back
        ("240110", "2017", "2022", "240120"),  # two codes that changed places
        ("851712", "2017", "2022", None),  # split
        ("851713", "2022", "2017", None),  # half of what was split
        ("030110", "2017", "2022", None),  # merged
        ("030111", "2022", "2017", None),  # from two
        ("010121", "2017", "2022", "010121"),  # not named: it stayed
        ("010129", "2017", "2022", None),  # not in the older edition at all
        ("851712", "2022", "2022", "851712"),
        ("100100", "2017", "2028", "100290"),  # over the edition between
        ("100290", "2028", "2017", "100100"),
        ("100100", "2017", "2012", None),  # nobody imported that
    ],
)
def test_a_code_is_converted_where_it_is_one_to_one(
    code: str, source: str, target: str, becomes: str | None
) -> None:
    assert converted(lists(), code, source, target) == becomes


def test_without_correspondences_no_code_is_converted() -> None:
    assert converted(BUILT_IN, "010121", "2017", "2022") is None


def test_going_there_and_back_gives_the_same_code() -> None:
    known = lists()
    for code in OLD:
        there = converted(known, code, "2017", "2022")
        assert there is None or converted(known, there, "2022", "2017") == code
