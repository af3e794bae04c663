"""Tables of two countries: that all is in them that the profile says, as often as it says."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from keruen.config.packaged import packaged_agreement
from keruen.customs import fold, skeleton
from keruen.customs.hs2022 import HS2022
from keruen.customs.marks import wagon_digit
from keruen.simulate.tables import PROFILES, RATES, TABLES, make_tables, planned
from keruen.simulate.tradefacts import QUARTERS, VALUE_SHARES

Column = npt.NDArray[Any]
CONSIGNMENTS = 12_000
of_each_profile = pytest.mark.parametrize("profile", PROFILES)


@cache
def tables(profile: str = "medium") -> dict[str, dict[str, Column]]:
    """All slices of a year in one."""
    plan = planned(packaged_agreement(), seed=3, consignments=CONSIGNMENTS, profile=profile)
    slices = list(make_tables(plan))
    return {
        name: {column: np.concatenate([part[name][column] for part in slices]) for column in types}
        for name, types in TABLES.items()
    }


@cache
def pairs(profile: str = "medium") -> tuple[dict[str, Column], dict[str, Column]]:
    """Both sides of every true link that is one to one."""
    made = tables(profile)
    links = made["truth_links"]
    alone = np.ones(len(links["export_id"]), bool)
    for side in links.values():
        _, place, count = np.unique(side.astype(str), return_inverse=True, return_counts=True)
        alone &= count[place] == 1
    return tuple(  # type: ignore[return-value]
        _at(made[f"{side}s"], f"{side}_id", links[f"{side}_id"][alone])
        for side in ("export", "import")
    )


def _at(table: dict[str, Column], key: str, ids: Column) -> dict[str, Column]:
    order = np.argsort(table[key].astype(str))
    at = order[np.searchsorted(table[key].astype(str)[order], ids.astype(str))]
    return {name: column[at] for name, column in table.items()}


def given(column: Column) -> Column:
    return np.array([one is not None for one in column])


def test_columns_are_those_of_the_contract() -> None:
    for part in make_tables(planned(packaged_agreement(), seed=1, consignments=30, days=30)):
        assert {name: list(columns) for name, columns in part.items()} == {
            name: list(types) for name, types in TABLES.items()
        }


@pytest.mark.parametrize("consignments", [1, 2, 7])
def test_few_consignments_are_no_special_case(consignments: int) -> None:
    plan = planned(packaged_agreement(), seed=5, consignments=consignments, days=5)
    made = list(make_tables(plan))
    assert sum(len(part["exports"]["export_id"]) for part in made) >= consignments


def test_every_id_is_new() -> None:
    for side in ("export", "import"):
        ids = tables()[f"{side}s"][f"{side}_id"]
        assert len(set(ids)) == len(ids)


def test_every_export_is_linked_or_missing_and_every_import_linked_or_an_orphan() -> None:
    made = tables()
    linked = made["truth_links"]
    for side, rest in (("export", "truth_missing"), ("import", "truth_orphans")):
        of_links, others = set(linked[f"{side}_id"]), set(made[rest][f"{side}_id"])
        assert not of_links & others
        assert of_links | others == set(made[f"{side}s"][f"{side}_id"])


def test_nothing_is_cleared_before_it_leaves_or_after_the_tables_are_drawn_up() -> None:
    left, came = pairs()
    assert (came["date"] >= left["date"]).all()
    assert tables()["imports"]["date"].max() < np.datetime64(date(2026, 1, 1))


@of_each_profile
def test_references_and_documents_are_named_as_often_as_the_profile_says(profile: str) -> None:
    rates = PROFILES[profile]
    left, came = pairs(profile)
    exact = (left["reference"] == came["reference"]).mean()
    named = rates["reference-named"] * (1 - rates["reference-mistyped"])
    assert exact == pytest.approx(named, abs=0.02)
    document = (left["transport_document"] == came["transport_document"]).mean()
    kept = (1 - rates["document-mistyped"]) * (1 - rates["document-reissued"])
    assert document == pytest.approx(rates["document-named"] * kept, abs=0.02)


@of_each_profile
def test_most_vehicles_are_the_same_once_scripts_and_slips_are_folded(profile: str) -> None:
    rates = PROFILES[profile]
    left, came = pairs(profile)
    both = np.flatnonzero((left["mode"] == "3") & given(came["vehicle"]))
    before, after = left["vehicle"][both], came["vehicle"][both]
    same = [skeleton(a) == skeleton(b) for a, b in zip(before, after, strict=True)]
    assert np.mean(same) == pytest.approx(1 - rates["truck-changed"], abs=0.02)
    folded = np.mean([fold(a) == fold(b) for a, b in zip(before, after, strict=True)])
    assert (before == after).mean() < folded < np.mean(same)


def test_a_wagon_has_its_check_digit() -> None:
    exports = tables()["exports"]
    wagons = exports["vehicle"][exports["mode"] == "2"]
    assert all(wagon_digit(one) == int(fold(one)[-1]) for one in wagons[:200])


@of_each_profile
def test_what_never_arrives_and_what_nobody_sent_is_as_often_as_the_profile_says(
    profile: str,
) -> None:
    made, rates = tables(profile), PROFILES[profile]
    lines = len(made["exports"]["export_id"])
    never = (made["truth_missing"]["reason"] == "never-arrived").sum() / lines
    assert never == pytest.approx(rates["never-arrived"], rel=0.3)
    for reason, rate in (("orphan", "orphan"), ("transit", "transit-imported")):
        found = (made["truth_orphans"]["reason"] == reason).sum() / lines
        assert found == pytest.approx(rates[rate], rel=0.3)


def test_all_reasons_of_a_gap_are_there() -> None:
    assert set(tables("heavy")["truth_gap"]["reason"]) == {
        "period", "freight", "hs-edition", "misclassification", "units", "transit",
        "third-country-invoicing", "split-merge", "not-yet-arrived", "never-arrived", "orphan",
        "value", "weight",
    }  # fmt: skip


def test_an_import_carries_its_freight_and_an_export_does_not() -> None:
    left, came = pairs()
    both = ~np.isnan(left["freight_usd"]) & ~np.isnan(came["freight_usd"])
    plain = both & (left["hs6"] == came["hs6"]) & (left["net_mass_kg"] == came["net_mass_kg"])
    same = (left["freight_usd"] == came["freight_usd"])[both].mean()
    assert same > 0.995  # the second part of a split one may be on its way
    added = came["value_usd"] - left["value_usd"]
    assert np.median((added / came["freight_usd"])[plain]) == pytest.approx(1, abs=0.03)


def test_codes_are_of_the_edition_that_is_stated() -> None:
    for side in ("exports", "imports"):
        table = tables()[side]
        new = table["hs6"][table["hs_edition"] == "2022"]
        assert set(new) <= set(HS2022)
        old = table["hs6"][table["hs_edition"] == "2017"]
        assert not set(old) <= set(HS2022)


def test_splits_and_merges_are_linked_many_to_one() -> None:
    links = tables()["truth_links"]
    for side, rate in (("export_id", "split"), ("import_id", "merged")):
        _, count = np.unique(links[side].astype(str), return_counts=True)
        share = (count > 1).sum() / CONSIGNMENTS
        assert share == pytest.approx(PROFILES["medium"][rate], rel=0.3)


@pytest.mark.parametrize("sender", ["KZ", "TJ"])
def test_goods_and_seasons_follow_the_published_trade(sender: str) -> None:
    exports = tables()["exports"]
    sent = np.char.startswith(exports["flow"].astype(str), sender)
    value, heading = exports["value_usd"][sent], exports["hs6"][sent].astype("U4")
    for headings, share in VALUE_SHARES[sender].items():
        found = value[np.isin(heading, headings)].sum() / value.sum()
        assert found == pytest.approx(share, abs=0.04)
    quarter = exports["date"][sent].astype("datetime64[M]").astype(int) % 12 // 3
    shares = np.bincount(quarter, value) / value.sum()
    published = np.array(QUARTERS[sender]) / sum(QUARTERS[sender])
    assert shares == pytest.approx(published, abs=0.04)


def test_every_rate_grows_from_light_to_heavy_or_stays_and_has_its_reason() -> None:
    good = {"reference-named", "document-named", "exporter-id-known", "importer-id-known"}
    good |= {"freight-exported", "freight-imported"}
    for name, rate in RATES.items():
        assert rate.reason
        rising = (rate.light, rate.medium, rate.heavy)
        if name == "reference-mistyped":
            continue  # of what is named: in heavy nothing is
        assert list(rising) == sorted(rising, reverse=name in good)
