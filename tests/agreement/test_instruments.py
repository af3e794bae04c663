"""The register: what was signed, how it stands on a day, what shows for it; every mistake by its line."""

from datetime import date
from importlib import resources

import pytest

from keruen.agreement import read_agreement
from keruen.agreement.instruments import (
    Indicator,
    Instrument,
    Kind,
    Progress,
    Register,
    Status,
    check_register,
    read_register,
)
from keruen.agreement.model import Period
from keruen.errors import UsageError

FIRST = resources.files("keruen.agreement.instruments").joinpath("first.toml").read_text("utf-8")
LANGUAGES = {"kk", "ru", "tg", "en"}
SIGNED = date(2023, 5, 4)
SMALL = """
[[instrument]]
key = "plan"
kind = "plan"
title = { en = "Plan" }
signed = 2023-05-04
[[instrument.party]]
country = "KZ"
names = { en = "Kazakhstan" }

[[milestone]]
instrument = "plan"
id = "report"
title = { en = "A report" }
due = 2023-06-30

[[evidence]]
instrument = "plan"
milestone = "report"
on = 2023-06-01
state = "begun"
text = "Both sides named who writes it"

[[evidence]]
instrument = "plan"
milestone = "report"
on = 2023-07-10
state = "done"
text = "It was handed over"
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FIRST)


def plan(**given: object) -> Instrument:
    stated: dict[str, object] = {"signed": SIGNED, **given}
    return Instrument(key="plan", kind=Kind.PLAN, title={"en": "Plan"}, parties=(), **stated)  # type: ignore[arg-type]


def test_the_register_begins_with_the_nine_documents_of_the_day(register: Register) -> None:
    assert [one.number for one in register.instruments] == list(range(1, 10))
    assert {one.signed for one in register.instruments} == {SIGNED}
    assert all(one.source for one in register.instruments)


def test_everything_in_it_is_named_in_each_language(register: Register) -> None:
    named = [
        *(one.title for one in register.instruments),
        *(one.place for one in register.instruments),
        *(party.names for one in register.instruments for party in one.parties + one.bodies),
        *(one.title for one in register.milestones),
    ]
    assert [one for one in named if set(one) != LANGUAGES] == []


def test_each_was_signed_by_one_of_either_country(register: Register) -> None:
    sides = [{party.country for party in one.parties} for one in register.instruments]
    assert sides == [{"KZ", "TJ"}] * 9


def test_the_exchange_rests_on_the_protocol(register: Register) -> None:
    text = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text("utf-8")
    protocol = register.get(read_agreement(text).instrument)
    assert protocol is not None
    assert (protocol.kind, protocol.indicator) == (Kind.PROTOCOL, Indicator.CUSTOMS)


def test_what_the_exchange_can_measure_depends_on_the_field(register: Register) -> None:
    measured = {one.field: one.indicator for one in register.instruments if one.indicator}
    assert measured == {
        "customs": "customs",
        "agriculture": "agriculture",
        "industry": "industry",
        "trade": "turnover",
    }


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"signed": None}, Status.NOT_SIGNED),
        ({"signed": date(2024, 1, 1)}, Status.NOT_SIGNED),
        ({}, Status.IN_FORCE),
        ({"pending": True}, Status.SIGNED),
        ({"in_force": date(2024, 1, 1)}, Status.SIGNED),
        ({"in_force": date(2023, 12, 31)}, Status.IN_FORCE),
        ({"period": Period(since=date(2024, 1, 1))}, Status.SIGNED),
        ({"period": Period(until=date(2023, 12, 31))}, Status.IN_FORCE),
        ({"period": Period(until=date(2023, 12, 30))}, Status.EXPIRED),
        ({"terminated": date(2024, 1, 1)}, Status.IN_FORCE),
        ({"terminated": date(2023, 12, 31)}, Status.TERMINATED),
        ({"suspended": (Period(since=date(2023, 12, 31)),)}, Status.SUSPENDED),
        ({"suspended": (Period(until=date(2023, 12, 30)),)}, Status.IN_FORCE),
    ],
)
def test_how_an_instrument_stands_at_the_end_of_the_year(
    given: dict[str, object], status: Status
) -> None:
    one = plan(**given)
    day = date(2023, 12, 31)
    assert one.status(day) is status
    assert any(period.covers(day) for period in one.in_force_when()) == (status is Status.IN_FORCE)


def test_an_entry_into_force_that_nobody_stated_is_marked_as_supposed() -> None:
    assert plan().supposed
    assert not plan(in_force=date(2023, 7, 1)).supposed
    assert not plan(pending=True).supposed


def test_between_suspensions_it_is_in_force() -> None:
    gaps = (
        Period(since=date(2024, 1, 1), until=date(2024, 1, 31)),
        Period(since=date(2023, 6, 1), until=date(2023, 6, 30)),
    )
    one = plan(suspended=gaps, terminated=date(2024, 3, 1))
    assert one.in_force_when() == (
        Period(since=SIGNED, until=date(2023, 5, 31)),
        Period(since=date(2023, 7, 1), until=date(2023, 12, 31)),
        Period(since=date(2024, 2, 1), until=date(2024, 2, 29)),
    )


@pytest.mark.parametrize(
    ("day", "progress"),
    [
        (date(2023, 5, 31), Progress.PLANNED),
        (date(2023, 6, 1), Progress.BEGUN),
        (date(2023, 7, 1), Progress.OVERDUE),
        (date(2023, 7, 10), Progress.DONE),
    ],
)
def test_a_milestone_is_as_far_as_what_shows_for_it(day: date, progress: Progress) -> None:
    register = read_register(SMALL)
    assert register.progress(register.milestones[0], day) is progress


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "plan"', 'key = "A plan"', "instrument[0].key: must be small letters"),
        ('kind = "plan"', 'kind = "idea"', "instrument[0].kind: must be one of treaty"),
        ('{ en = "Plan" }', "{}", "instrument[0].title: a name in at least one language"),
        ('"KZ"', '"ZG"', "instrument[0].party[0].country: 'ZG' is not an ISO 3166"),
        ("signed = 2023", "in_force = 2023", "in_force: needs the day of signing"),
        ("signed = 2023", "terminated = 2022-01-01\nsigned = 2023", "is before signed"),
        ("signed = 2023", "pending = true\nin_force = 2023-06-01\nsigned = 2023", "one of the two"),
        (
            "signed = 2023",
            "period = { from = 2024-01-01, until = 2023-01-01 }\nsigned = 2023",
            "period.until: is before from",
        ),
        ('instrument = "plan"\nid', 'instrument = "plane"\nid', "there is no instrument plane"),
        ('milestone = "report"', 'milestone = "speech"', "plan has no milestone speech"),
        ('state = "done"', 'state = "perhaps"', "must be one of begun, done, dropped"),
        ('"It was handed over"', '" "', "evidence[1].text: must say what happened"),
    ],
)
def test_a_mistake_is_named_by_its_key_and_line(old: str, new: str, said: str) -> None:
    read = check_register(SMALL.replace(old, new), name="instruments.toml")
    mistake = next(one for one in read.mistakes if said in one.text)
    assert mistake.line
    assert mistake.code == "instruments-invalid"


def test_two_instruments_do_not_share_a_key() -> None:
    with pytest.raises(UsageError, match="plan is given twice"):
        read_register(SMALL + SMALL)
