from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from keruen.console.figures import Figures
from keruen.console.texts import texts_in

DUSHANBE = timezone(timedelta(hours=5))
NOW = datetime(2026, 11, 23, 20, 40, tzinfo=UTC)


def figures(language: str) -> Figures:
    return Figures(texts_in(language), DUSHANBE)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "day", "mass"),
    [
        ("kk", "24 қар.", "21 450,5 кг"),
        ("ru", "24 нояб.", "21 450,5 кг"),
        ("tg", "24 ноя", "21 450,5 кг"),
        ("en", "Nov 24", "21,450.5 kg"),
    ],
)
def test_times_are_local_and_numbers_the_language_s(language: str, day: str, mass: str) -> None:
    assert figures(language).clock(NOW) == "01:40"
    assert figures(language).day(NOW) == day
    assert plain(figures(language).mass("21450.5")) == mass


@pytest.mark.parametrize(
    ("minutes", "away"),
    [
        (0, "now"),
        (7, "in 7 min"),
        (-200, "3 h 20 min ago"),
        (120, "in 2 h"),
        (-1680, "1 d 4 h ago"),
        (2880, "in 2 d"),
    ],
)
def test_a_distance_is_told_in_its_two_largest_units(minutes: int, away: str) -> None:
    assert figures("en").away(NOW + timedelta(minutes=minutes), NOW) == away


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("max(20 kg, 2 %)", "20 кг или 2 %, что больше"),
        ("1 packages", "1 место"),
        ("5 packages", "5 мест"),
        ("24 h", "24 ч"),
        ("as agreed orally", "as agreed orally"),
        ("max(20 kg, <b>)", "max(20 kg, <b>)"),
    ],
)
def test_a_tolerance_is_said_in_words_or_left_as_it_came(text: str, said: str) -> None:
    assert plain(figures("ru").tolerance(text)) == said


def test_values_of_a_discrepancy_are_written_by_what_they_are() -> None:
    en = figures("en")
    assert plain(en.stated("21450", "gross-mass-differs")) == "21,450 kg"
    assert plain(en.stated("21450.5 kg", "gross-mass-differs")) == "21,450.5 kg"
    assert en.stated("840 packages", "quantity-short") == "840 packages"
    assert en.stated("KZ", "other-origin") == "Kazakhstan"
    assert en.stated("2026-11-23T20:40:00+00:00", "not-arrived") == "Nov 24, 01:40"
    assert en.stated("yesterday", "not-arrived") == "yesterday"
    assert en.stated("1e999999", "quantity-short") == "1e999999"
    assert en.stated(None, "other-seal") == "–"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 байт"),
        (999, "999 байт"),
        (1000, "1 кБ"),
        (2_097_229, "2,1 МБ"),
        (1 << 30, "1,1 ГБ"),
        (1 << 44, "17 592,2 ГБ"),
    ],
)
def test_the_size_of_a_file_is_told_in_the_unit_that_fits(size: int, said: str) -> None:
    assert plain(figures("ru").octets(size)) == said
