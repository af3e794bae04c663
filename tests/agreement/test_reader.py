import re
from importlib import resources

import pytest

from keruen.agreement import (
    Agreement,
    PhaseState,
    agreement_between,
    check_agreement,
    read_agreement,
)
from keruen.agreement.meaning import CONTENT
from keruen.errors import UsageError

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreement(TEXT)


def test_the_agreement_of_kazakhstan_and_tajikistan_is_without_mistakes(
    agreement: Agreement,
) -> None:
    assert agreement.corridor == "KZ-TJ"
    assert {post.country for post in agreement.posts} == {"KZ", "TJ"}
    assert all(post.pilot for post in agreement.posts)


def test_every_post_has_a_name_in_every_language(agreement: Agreement) -> None:
    assert all(set(post.names) == set(agreement.languages) for post in agreement.posts)


def test_every_part_of_the_file_begins_with_a_comment() -> None:
    tables = [
        n for n, line in enumerate(TEXT.splitlines()) if re.match(r"\[(?!\[|title|data)", line)
    ]
    lines = TEXT.splitlines()
    assert len(tables) >= 5
    assert all(lines[n - 1].startswith("# ") for n in tables)


def test_there_is_a_route_by_each_mode_from_any_office_to_either_side(agreement: Agreement) -> None:
    anywhere = {
        (post.country, route.mode)
        for route in agreement.routes
        if route.office == "*" and (post := agreement.post(route.post))
    }
    assert anywhere == {("KZ", "2"), ("KZ", "3"), ("TJ", "2"), ("TJ", "3")}


def test_every_message_with_content_has_a_data_list(agreement: Agreement) -> None:
    assert set(agreement.data_list) == set(CONTENT)


def test_only_arrivals_carry_files_unless_more_is_agreed(agreement: Agreement) -> None:
    assert set(agreement.attachments) == {"ArrivalInformation"}
    without = re.sub(r"\[attachments\]\n.*\n", "", TEXT)
    assert read_agreement(without).attachments == {}


def test_the_other_side_is_the_other_country(agreement: Agreement) -> None:
    assert agreement.other("KZ") == "TJ"
    assert agreement.other("TJ") == "KZ"


MISTAKES = [
    (
        "files = 16",
        "files = 28",
        "attachments.ArrivalInformation.files: must be 1 to 27",
        "files = 28",
    ),
    (
        "size = 1_073",
        "size = -1_073",
        "attachments.ArrivalInformation.size: must be",
        "size = -1_073",
    ),
    (
        "ArrivalInformation = { files",
        "Acknowledgement = { files",
        "attachments.Acknowledgement: no message Acknowledgement carries files",
        "Acknowledgement = { files",
    ),
    ("hours = 14", 'hours = "x"', "route[1].hours: must be a whole number", 'hours = "x"'),
    ("hours = 14", "hours = -14", "route[1].hours: must be 1 to", "hours = -14"),
    ('post = "TJ-NAU"', 'post = "TJ-NAV"', "route[3].post: no [[post]]", 'post = "TJ-NAV"'),
    ('post = "TJ-NAU"', 'post = "TJ-DUS"', "does not take transport mode 2", 'mode = "2"'),
    ('via = ["KG"]', 'via = ["KGZ"]', "route[0].via[0]", 'via = ["KGZ"]'),
    ("version =", "versionx =", "version: is missing", None),
    ("version =", "versionx =", "versionx: there is no such key; is version meant?", "versionx ="),
    ('id = "kz-tj"', 'id = "../kz"', "id: must be letters", "id = "),
    ("\npilot = true", "\npilott = true", "post[0].pilott: there is no such key", "pilott"),
    ('code = "TJ-DUS"', 'code = "TJ-FOT"', "another [[post]] has the code TJ-FOT", "TJ-FOT"),
    ('country = "TJ"\nmodes', 'country = "UZ"\nmodes', "neither party's country", '"UZ"'),
    ('modes = ["3"]', 'modes = ["road"]', "post[0].modes[0]", "road"),
    ('country = "TJ"\nauth', 'country = "KZ"\nauth', "party[1].country: the two parties", '"KZ"'),
    ('country = "TJ"\nauth', 'country = "tj"\nauth', "not an ISO 3166", '"tj"'),
    (
        '"declaration.items.hs" = "M"',
        '"declaration.items.hsx" = "M"',
        "PreliminaryInformation has no element declaration.items.hsx",
        "declaration.items.hsx",
    ),
    (
        '"declaration.items.hs" = "M"',
        '"declaration.items.price" = "M"',
        "both listed and withheld",
        "declaration.items.price",
    ),
    (
        '"declaration.items.hs" = "M"',
        '"declaration.items.price.value" = "M"',
        "declaration.items.price is withheld",
        "declaration.items.price.value",
    ),
    (
        '"declaration.items.ordinal" = "M"\n',
        "",
        "declaration.items.ordinal is not listed, but",
        "[data.PreliminaryInformation]",
    ),
    (
        '"items.origin" = "O"',
        '"items.origin" = "X"',
        "must be one of M, C, O",
        '"items.origin" = "X"',
    ),
    ("[data.ImportInformation]", "[data.ImportInfo]", "there is no message ImportInfo", "[data."),
    ("[data.ImportInformation]", "[data.ImportInfo]", "data.ImportInformation: is missing", None),
    ('"items.value",', '"items.valeu",', "no message has an element items.valeu", "valeu"),
    ('before_crossing = { "*" = 2,', "before_crossing = {", 'any other mode ("*")', "before_"),
    ('late_after = { "*" = 12', 'late_after = { "*" = -1', "0 to 8784 hours", "late_after"),
    ("acknowledgement = 1 ", "acknowledgement = nan ", "0 to 8784 hours", "acknowledgement"),
    ("absolute = 20", "absolute = -20", "zero or more", "gross-mass-differs"),
    ("{ percent = 10 }", '{ unit = "USD" }', "bound is missing", "value-differs"),
    ("value-differs = {", "value-difers = {", "must be one of not-arrived", "value-difers"),
    ("message_ids = 90", "message_ids = 0", "retention.message_ids", "message_ids = 0"),
    ("utc_offset_minutes = 300", "utc_offset_minutes = 5000", "-720 to 840", "5000"),
    ("[tolerances]", "[[tolerances", "not valid TOML", "[[tolerances"),
    ('state = "live"', 'state = "alive"', "must be one of off, test, live", 'state = "alive"'),
    ("[phases]\n", '[phases]\nother = "live"\n', "must be one of export, transit", "other"),
    ("from = 2024-01-01", "from = 2023-12-31", "phases.export[1]: begins before", "2023-12-31 }"),
    ("until = 2023-12-31", "until = 2023-05-03", "is before from = 2023-05-04", "2023-05-03"),
    ("until = 2023-12-31", 'until = "soon"', "phases.export[0].until: must be a date", "soon"),
    ('code = "*"\ncountry = "KZ"', 'code = "*"\ncountry = "UZ"', "office[0].country", '"UZ"'),
    ('code = "*"', 'code = " "', "office[0].code: must be a printable code", 'code = " "'),
    ('point = "entry-post"', 'point = "entry"', "must be one of entry-post, exit-post", "point"),
    ('["declared", "estimated"]', "[]", "crossing.eta: at least one basis", "eta ="),
    (
        '"items.origin" = "O"',
        '"items.origin" = {}',
        "a condition is missing: when or",
        "items.origin",
    ),
    (
        '"items.origin" = "O"',
        '"items.origin" = { when = { "items.hsx" = ["*"] } }',
        "ImportInformation has no element items.hsx",
        "items.hsx",
    ),
    (
        '"items.origin" = "O"',
        '"items.origin" = { when = { "items.value" = ["*"] } }',
        "items.value is not sent, so the receiver cannot know",
        "items.value",
    ),
    (
        '"declaration.feature" = ["ФЛ"]',
        '"declaration.featur" = ["ФЛ"]',
        'excluded[1].when."declaration.featur"',
        "featur",
    ),
    ('id = "passenger-declaration"', 'id = "personal-use"', "excluded[1].id: is given twice", "id"),
    ("value-differs = {", "other-vehicle = {", "has no amount to be tolerated", "other-vehicle"),
    ('ru = "Фотехобод", ', "", "post[0].names: a name in ru is missing", "Fotekhobod"),
    ("dates_utc_offset_minutes = 300", "dates_utc_offset_minutes = 3000", "-720 to", "3000"),
    ("signed = 2023-05-04", 'signed = "May 2023"', "signed: must be a date", "signed"),
]


@pytest.mark.parametrize(("old", "new", "said", "line_holds"), MISTAKES)
def test_a_mistake_is_told_with_its_key_and_line(
    old: str, new: str, said: str, line_holds: str | None
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    found = [one for one in check_agreement(text, name="a.toml").mistakes if said in one.text]
    assert len(found) == 1
    assert (found[0].code, found[0].path) == ("agreement-invalid", "a.toml")
    if line_holds is not None:
        assert found[0].line is not None
        assert line_holds in text.splitlines()[found[0].line - 1]


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    text = TEXT
    for old, new in (
        ("hours = 14", 'hours = "x"'),
        ('post = "TJ-NAU"', 'post = "TJ-NAV"'),
        ("message_ids = 90", "message_ids = -1"),
        ('id = "kz-tj"', "id = 5"),
    ):
        text = text.replace(old, new, 1)
    found = check_agreement(text).mistakes
    assert [one.key for one in found] == [
        "id",
        "route[1].hours",
        "route[3].post",
        "retention.message_ids",
    ]
    with pytest.raises(UsageError, match="id: must be text"):
        read_agreement(text)


def test_a_second_route_like_an_earlier_one_is_never_used() -> None:
    text = TEXT.replace('office = "39857201"', 'office = "*"').replace("hours = 14", "hours = 15")
    assert [one.key for one in check_agreement(text).mistakes] == ["route[2]"]


@pytest.mark.parametrize("pair", [("GB", "FR"), ("UZ", "KZ"), ("TJ", "AF")])
def test_the_agreement_of_another_pair_is_made_from_it(pair: tuple[str, str]) -> None:
    one, other = pair
    text = agreement_between(TEXT, one, other)
    made = read_agreement(text)
    assert text == agreement_between(TEXT, other, one)
    assert made.countries == tuple(sorted(pair))
    assert made.data_list == read_agreement(TEXT).data_list
    assert made.withheld
    assert (made.posts, made.routes, made.signed) == ((), (), None)
    assert set(made.phases.values()) == {PhaseState.TEST}


def test_nothing_about_kazakhstan_and_tajikistan_is_left_in_the_agreement_of_others() -> None:
    text = agreement_between(TEXT, "GB", "FR")
    assert not re.search(r"Kaz|Taj|KZ|TJ|Protocol|Казах|2023", text)


def test_what_is_commented_out_in_a_derived_agreement_may_be_put_in() -> None:
    text = agreement_between(TEXT, "GB", "FR")
    filled = re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)
    made = read_agreement(filled)
    assert made.posts
    assert made.routes
    assert made.signed
