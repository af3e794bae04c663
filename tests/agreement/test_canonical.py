import re
from pathlib import Path

import pytest
from msgspec.structs import replace

import keruen.agreement
from keruen.agreement import Agreement, Crossing, canonical, digest, read_agreement

TEXT = (Path(keruen.agreement.__file__).parent / "kz-tj.toml").read_text(encoding="utf-8")

SMALL = """
id = "xa-xb"
version = "3"
legal_basis = "A treaty"
hs_edition = "2022"
languages = ["ru", "en"]
title = { en = "Two states", ru = "Два государства" }
party = [
  { country = "KZ", authority = "One", utc_offset_minutes = 300 },
  { country = "TJ", authority = "Other", utc_offset_minutes = 300 },
]
phases = { export = "live", transit = "off" }
tolerances = { gross-mass-differs = { absolute = 20, percent = 2.50, unit = "kg" } }
retention = { content = 100, message_ids = 90 }
post = [
  { code = "K1", country = "KZ", modes = ["3", "2"], names = { en = "K1", ru = "K1" } },
  { code = "T1", country = "TJ", modes = ["3"], names = { en = "T1", ru = "T1" } },
]
[deadlines]
before_crossing = { "*" = 2 }
late_after = { "*" = 12 }
overdue_after = { "*" = 24 }
acknowledgement = 1
import_information = 240
[data.PreliminaryInformation]
"declaration" = "M"
[data.ArrivalInformation]
"arrival_id" = "M"
"post" = "M"
"arrived" = "M"
"registered" = "M"
[data.ImportInformation]
"declaration_number" = "M"
"""


def of(text: str) -> str:
    return digest(read_agreement(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "  # a comment\n"),
        ("percent = 2.50", "percent = 2.5"),
        ("= 12 }", "= 12.0 }"),
        ('["ru", "en"]', '["en", "ru"]'),
        ('["3", "2"]', '["2","3"]'),
        ('id = "xa-xb"\nversion = "3"', 'version = "3"\nid = "xa-xb"'),
        ("names = { en", "pilot = false, names = { en"),
    ],
)
def test_what_looks_different_and_means_the_same_has_one_digest(old: str, new: str) -> None:
    changed = SMALL.replace(old, new, 1)
    assert changed != SMALL
    assert of(changed) == of(SMALL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("= 12 }", "= 13 }"),
        ("percent = 2.50", "percent = 2.51"),
        ('"live"', '"test"'),
        ('"off"', '"test"'),
        ('version = "3"', 'version = "4"'),
        ('"T1", country', '"T2", country'),
        ('"declaration" = "M"', '"declaration" = "O"'),
        ('version = "3"', 'version = "3"\ninstrument = "protocol"'),
        ("message_ids = 90", "message_ids = 91"),
        ('"2022"', '"2017"'),
        ("[data.Arr", '[withheld]\nelements = ["items.value"]\n[data.Arr'),
    ],
)
def test_a_changed_rule_changes_the_digest(old: str, new: str) -> None:
    assert of(SMALL.replace(old, new, 1)) != of(SMALL)


def test_what_a_node_knows_of_an_agreement_was_not_agreed() -> None:
    """Two nodes agree though the register of one of them is behind."""
    agreed = read_agreement(SMALL)
    assert digest(replace(agreed, usable=())) == digest(agreed)


def test_the_order_of_routes_has_a_meaning() -> None:
    routes = re.findall(r"\[\[route\]\]\n(?:.+\n)+", TEXT)
    swapped = TEXT.replace(routes[0], "@").replace(routes[1], routes[0]).replace("@", routes[1])
    assert of(swapped) != of(TEXT)


def test_only_what_is_as_usual_is_left_out() -> None:
    agreement = read_agreement(TEXT)
    named = canonical(agreement).decode()
    left_out = {name for name in Agreement.__struct_fields__ if f'"{name}":' not in named}
    assert left_out == {"crossing", "usable"}
    assert agreement.crossing == Crossing()


def test_a_state_for_good_and_a_period_without_ends_mean_the_same() -> None:
    assert of(SMALL.replace('"live"', '[{ state = "live" }]')) == of(SMALL)


def test_the_digest_of_a_file_never_changes_from_release_to_release() -> None:
    """Two nodes of different releases must not think that they disagree."""
    assert of(SMALL) == "8f8f7cbc043f3f58c1954596a910327014bd6ce1c0ad5ee1dbde3371adf8dc6b"
