"""Marks are compared by what they mean, not by how they were typed or read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.customs import fold, marks, skeleton
from keruen.simulate.marks import container_digit, with_wagon_digit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("123 ABC 02", "123ABC02"),
        ("123-abc-02", "123 ABC 02"),
        ("123 АВС 02", "123 ABC 02"),
        ("123 авс 02", "123 abc 02"),
        ("０１２３", "0123"),
        ("57201/231126/0000017", "57201 231126 0000017"),
        ("MSCU 123456-5", "MSCU1234565"),
        ("5241 7367", "52417367"),
        ("7777 АА 01", "7777AA01"),
        ("Ⅻ", "XII"),
    ],
)
def test_spelling_does_not_make_another_mark(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("cyrillic", "latin"), list(zip("АВЕКМНОРСТХУІЈЅ", "ABEKMHOPCTXYIJS", strict=True))
)
def test_a_cyrillic_letter_is_the_latin_one_that_looks_the_same(cyrillic: str, latin: str) -> None:
    assert cyrillic != latin
    assert fold(cyrillic) == fold(cyrillic.lower()) == latin


@pytest.mark.parametrize("letter", "БГДЖЗИЛПФЦЧШЩЫЭЮЯ")
def test_a_letter_without_a_look_alike_stays_what_it_is(letter: str) -> None:
    assert fold(letter) == letter


@pytest.mark.parametrize(("one", "other"), [("123 ABC 02", "123 ABC 03"), ("Б1", "B1"), ("1", "I")])
def test_another_mark_stays_another(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("O0DQ", "0000"), ("1I", "11"), ("2Z", "22"), ("5S", "55"), ("8B", "88"), ("6G", "66")],
)
def test_a_skeleton_makes_equal_what_a_reader_confuses(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert fold(one) != fold(other)


def test_a_skeleton_sees_through_the_script_too() -> None:
    assert skeleton("О01 ВВО 02") == skeleton("001 880 02")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert skeleton(skeleton(text)) == skeleton(text) == skeleton(fold(text))


@given(st.text(), st.text())
def test_equal_marks_have_equal_skeletons(one: str, other: str) -> None:
    if fold(one) == fold(other):
        assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("mark", ["", " ", "---", "№ –"])
def test_what_has_no_letter_or_digit_is_no_mark(mark: str) -> None:
    assert not fold(mark).replace("NO", "")


@given(st.from_regex("[A-Z]{4}[0-9]{6}", fullmatch=True), st.integers(0, 9))
def test_a_container_has_one_check_digit(number: str, digit: int) -> None:
    assert marks.container_digit(f"{number}{digit}") == container_digit(number) % 10


@given(st.from_regex("[0-9]{7}", fullmatch=True), st.integers(0, 9))
def test_a_wagon_has_one_check_digit(number: str, digit: int) -> None:
    assert f"{number}{marks.wagon_digit(f'{number}{digit}')}" == with_wagon_digit(number)


@pytest.mark.parametrize("mark", ["", "KTZ-17", "MSCU123456", "MSCU12345655", "1234567"])
def test_a_mark_of_another_shape_has_no_check_digit(mark: str) -> None:
    assert marks.container_digit(mark) is None
    assert marks.wagon_digit(mark) is None


@given(st.text())
def test_any_text_can_be_asked_for_its_check_digit(text: str) -> None:
    assert marks.container_digit(text) in {None, *range(10)}
    assert marks.wagon_digit(text) in {None, *range(10)}
