"""Published tables of codes: taken as they are, or refused with line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from keruen.customs.codelists import Entry
from keruen.customs.codelists.reading import MISTAKES, read_table
from keruen.tomlfile import Read


def read(
    text: str, list_id: str = "office", chosen: dict[str, str] | None = None, **only: set[str]
) -> Read[list[Entry]]:
    lines = text.splitlines(keepends=True)
    return read_table(lines, list_id=list_id, name="F.csv", chosen=chosen, only=only)


def mistakes(text: str, list_id: str = "office", **chosen: str) -> list[str]:
    return [str(one) for one in read(text, list_id, chosen).mistakes]


def test_our_own_columns_are_recognised() -> None:
    text = "code,valid_from,valid_until,name_ru,name_tg\n1,2026-01-01,31.12.2026,Пост,Гузаргоҳ\n"
    assert read(text).must() == [
        Entry(
            code="1",
            names={"ru": "Пост", "tg": "Гузаргоҳ"},
            valid_from=date(2026, 1, 1),
            valid_until=date(2026, 12, 31),
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Код;Наименование\n39855302;Алматы\n",
        "\ufeffCODE\tname_ru\n39855302\tАлматы\n",
        'code|note|name_ru\r\n"39855302"|x|"  Алматы\n"\r\n\r\n',
    ],
)
def test_separators_headers_and_spaces_are_those_of_many_programs(text: str) -> None:
    assert read(text).must() == [Entry(code="39855302", names={"ru": "Алматы"})]


def test_a_column_that_is_not_recognised_can_be_named() -> None:
    chosen = {"code": "Post No", "name_kk": "KAZ", "mode": "Mode"}
    found = read("Post No,KAZ,Mode\n7,Қордай,3\n", chosen=chosen).must()
    assert found == [Entry(code="7", names={"kk": "Қордай"}, facts={"mode": "3"})]


def test_lines_can_be_chosen() -> None:
    text = "code,level\n01,2\nTOTAL,0\n010121,6\n"
    assert [one.code for one in read(text, "hs-2028", level={"2", "6"}).must()] == ["01", "010121"]


def test_spaces_and_points_of_a_commodity_code_are_print() -> None:
    text = "code\n0101 21 000 0\n0101.21.000.1\n"
    assert [one.code for one in read(text, "tnved-eaeu").must()] == ["0101210000", "0101210001"]


def test_a_line_said_twice_is_taken_once() -> None:
    assert len(read("code\n1\n1\n").must()) == 1


def test_a_code_may_have_a_period_after_another() -> None:
    text = "code,valid_from,valid_until\n1,,2026-06-30\n1,2026-07-01,\n"
    assert len(read(text).must()) == 2


def test_a_correspondence_may_have_several_codes_on_both_sides() -> None:
    found = read("2017,2022\n851712,851713\n851712,851714\n", "hs-2017-2022").must()
    assert [(one.code, one.facts) for one in found] == [
        ("851712", {"to": "851713"}),
        ("851712", {"to": "851714"}),
    ]


DAY = "must be a day such as 2027-01-31 or 31.01.2027, not "
NO_CODE = "no column is recognised as code; say which it is: --column code=HEADER. The headers are "


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, "", NO_CODE),
        ("codes,name\n", 1, "", NO_CODE + "'codes', 'name'"),
        ("code\n", 1, "", "has no codes, only a header"),
        ("code,name_ru\n1,A\n,B\n", 3, "column 1 (code)", "is empty; each line has a code"),
        (
            "name_ru,code\nA,1\nB,1\n",
            3,
            "column 2 (code)",
            "'1' is on line 2 already, for some of the same days",
        ),
        ("code,from date,date from\n1,,31/12/26\n", 2, "column 3 (date from)", DAY + "'31/12/26'"),
        ("code,valid_from\n1,2026-02-30\n", 2, "column 2 (valid_from)", DAY + "'2026-02-30'"),
        (
            "code,valid_from,valid_until\n1,2026-02-02,2026-02-01\n",
            2,
            "column 3 (valid_until)",
            "is before the first day, 2026-02-02",
        ),
        ("code,name_en\n1\n", 2, "", "has 1 cells, the header has 2"),
        ('code\n"1\n', 2, "", "is no CSV: unexpected end of data"),
        (
            "code\n1\x00\n",
            2,
            "column 1 (code)",
            "has characters that nobody sees; write the text without them",
        ),
        (f"code\n{'9' * 36}\n", 2, "column 1 (code)", "has 36 characters; a code has at most 35"),
    ],
)
def test_a_mistake_says_line_and_column_and_what_would_be_right(
    text: str, line: int, column: str, says: str
) -> None:
    where = f"{column}: " if column else ""
    assert mistakes(text) == [f"codelist-invalid: {where}{says} (F.csv, line {line})"]


@pytest.mark.parametrize(
    ("text", "list_id", "says"),
    [
        ("code\n01O121\n", "hs-2022", "must be the digits of a commodity code, not '01O121'"),
        ("from,to\n0101,010121\n", "hs-2017-2022", "must be the six digits of a subheading, not '0101'"),
        ("from\n010121\n", "hs-2017-2022", "no column is recognised as to; say which it is"),
    ],
)  # fmt: skip
def test_a_commodity_code_is_digits(text: str, list_id: str, says: str) -> None:
    (mistake,) = mistakes(text, list_id)
    assert says in mistake


def test_a_header_that_is_not_there_is_guessed() -> None:
    assert mistakes("Code,Nаme\n1,A\n", name_en="Name") == [
        "codelist-invalid: there is no header 'Name'; is 'Nаme' meant? (F.csv, line 1)"
    ]


def test_all_mistakes_are_told_up_to_a_number() -> None:
    assert len(mistakes("code\n" + '""\n' * 5 + "1\n")) == 0  # empty lines are none
    assert len(mistakes("code,name_en\n" + ",A\n" * 5)) == 5
    assert len(mistakes("code,name_en\n" + ",A\n" * 100)) == MISTAKES


@pytest.mark.parametrize(
    ("file", "list_id", "count"),
    [
        ("tnved_eaeu_2022_ru.csv", "tnved-eaeu", 13768),
        ("rec20_units_annexI.csv", "unit", 1377),
        ("rec21_packages.csv", "package", 405),
        ("rec28_means_of_transport.csv", "means", 278),
        ("un_dangerous_goods_numbers.csv", "dangerous-goods", 2437),
        ("customs_offices_seen.csv", "office", 5),
    ],
)
def test_published_lists_are_read_as_published(
    shared: Path, file: str, list_id: str, count: int
) -> None:
    with (shared / "codelists" / file).open(encoding="utf-8", newline="") as lines:
        assert len(read_table(lines, list_id=list_id, name=file).must()) == count


UNITS = """Quantity,Status,Common Code,Name
angle,D,A91,grade
angle,,A91,gon
length,,MTR,metre
wave length,,MTR,metre
time,,DAY,day
age,,DAY,days
torque,X,L61,pound
area,D,B31,former
area,D,B31,still former
"""


def test_of_a_code_that_is_published_twice_the_first_usable_line_counts() -> None:
    table = read(UNITS, "unit")
    assert [(one.code, one.names["en"]) for one in table.must()] == [
        ("A91", "gon"),
        ("MTR", "metre"),
        ("DAY", "day"),
        ("B31", "former"),
    ]
    assert [str(one) for one in table.remarks] == [
        "code-repeated: 'A91' is on line 2 already; line 3 counts, as line 2 is deprecated (D) (F.csv, line 3)",
        "code-repeated: 'DAY' is on line 6 already; line 6 counts (F.csv, line 7)",
        "code-deleted: 'L61' is marked as deleted (X); it is left out (F.csv, line 8)",
        "code-repeated: 'B31' is on line 9 already; line 9 counts (F.csv, line 10)",
    ]


def test_a_code_that_is_published_in_three_columns_is_one() -> None:
    text = (
        "CI,Mode,Code-A,Code-B,Name\n,1,50,,Cargo\n,1,50,1,Grain\nX,8,52,,Former\n,3,72, ,Truck\n"
    )
    table = read(text, "means")
    assert [one.code for one in table.must()] == ["150", "1501", "372"]
    assert [(one.code, one.line) for one in table.remarks] == [("code-deleted", 4)]


def test_columns_that_make_one_code_can_be_named() -> None:
    assert read("Area,No\n39,855\n", chosen={"code": "Area+No"}).must() == [Entry(code="39855")]
    assert "there is no header 'Area+Nо'" in mistakes("Area,No\n39,855\n", code="Area+Nо")[0]


def test_a_repeated_code_counts_when_its_line_that_was_before_it_is_deleted() -> None:
    assert read("Status,Code,Name\nX,1,A\n,1,B\n").must() == [Entry(code="1", names={"en": "B"})]
