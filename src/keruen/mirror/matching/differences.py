"""In what linked lines differ beyond tolerance, coded; a split or merged consignment is compared as a whole.

`amount` is found less declared: kg, packages, US dollars or days, as the code says.
"""

from __future__ import annotations

from dataclasses import dataclass

from keruen.customs import DiscrepancyCode as Code
from keruen.customs.recognition import DIFFERS, RULE_OF, THOUSANDFOLD, TOLERATED_KG, Feature
from keruen.mirror.matching.candidates import WINDOW
from keruen.mirror.matching.evidence import column, place

MASS, PACKAGES = 0.02, 1
CIF = (0.99, 1.20)
"""Imported over exported value that freight and insurance explain; a percent for the rate of exchange."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One code: when it is stated, of which values, what was allowed, and the amount (SQL)."""

    code: Code
    when: str
    declared: str
    found: str
    tolerance: str = "NULL"
    amount: str = "NULL::DOUBLE"


def differences() -> str:
    """SQL of ``differences``."""
    parts = " UNION ALL ".join(
        f"SELECT export_id, import_id, '{one.code}' AS code, ({one.declared})::VARCHAR AS declared, "
        f"({one.found})::VARCHAR AS found, {one.tolerance} AS tolerance, "
        f"round(({one.amount})::DOUBLE, 3) AS amount FROM compared WHERE {one.when}"
        for one in _ALL
    )
    return f"WITH compared AS ({_COMPARED}) {parts} ORDER BY export_id, import_id, code"


def _sum(name: str) -> str:
    return (
        f"CASE kind WHEN 'merged-shipment' THEN whole.e_{name} ELSE x.{name} END AS e_{name}, "
        f"CASE kind WHEN 'split-shipment' THEN whole.i_{name} ELSE y.{name} END AS i_{name}"
    )


_AMOUNTS = ("net_mass_kg", "packages", "value_usd")
_SUMS = ", ".join(
    f"sum({table}.{name}) AS {side}_{name}"
    for name in _AMOUNTS
    for side, table in (("e", "x"), ("i", "y"))
)
_WHOLE = f"""SELECT kind, bundle, min(e) AS first_e, min(i) AS first_i, count(*) AS parts, {_SUMS}
    FROM linked JOIN exported_raw AS x ON x.n = e JOIN imported_raw AS y ON y.n = i
    WHERE kind IS NOT NULL GROUP BY kind, bundle"""
_LEVELS = ", ".join(map(column, (Feature.VEHICLE, Feature.CONSIGNEE, Feature.GOODS)))
_MASS_LEVEL, _VALUE_LEVEL = column(Feature.MASS), column(Feature.VALUE)
_COMPARED = f"""SELECT x.export_id, y.import_id, kind, {_LEVELS}, {_MASS_LEVEL} AS mass_level,
    {_VALUE_LEVEL} AS value_level,
    kind IS NULL OR (e = first_e AND i = first_i) AS first, parts,
    {", ".join(map(_sum, _AMOUNTS))},
    x.vehicle AS e_vehicle, y.vehicle AS i_vehicle, x.hs6 AS e_hs6, y.hs6 AS i_hs6,
    x.hs_edition AS e_edition, y.hs_edition AS i_edition,
    coalesce(x.importer_name, x.importer_id) AS e_importer,
    coalesce(y.importer_name, y.importer_id) AS i_importer,
    x.country_of_origin AS e_origin, y.country_of_origin AS i_origin,
    x.date AS e_date, y.date AS i_date, date_diff('day', x.date, y.date) AS days
    FROM linked JOIN exported_raw AS x ON x.n = linked.e JOIN imported_raw AS y ON y.n = linked.i
    LEFT JOIN ({_WHOLE}) AS whole USING (kind, bundle)
    LEFT JOIN candidate USING (e, i)"""
_EDITIONS = "coalesce(e_edition <> i_edition, false)"
_THOUSAND = place(RULE_OF[Feature.MASS], THOUSANDFOLD)
_IN_THOUSANDS = place(RULE_OF[Feature.VALUE], THOUSANDFOLD)


def _differs(feature: Feature) -> int:
    return place(RULE_OF[feature], DIFFERS)


_MASS_APART = f"first AND abs(e_net_mass_kg - i_net_mass_kg) > greatest({TOLERATED_KG}, {MASS} * e_net_mass_kg)"
_ALL = (
    Difference(Code.SPLIT_SHIPMENT, "kind = 'split-shipment' AND first", "1", "parts"),
    Difference(Code.MERGED_SHIPMENT, "kind = 'merged-shipment' AND first", "parts", "1"),
    Difference(
        Code.OTHER_VEHICLE,
        f"{column(Feature.VEHICLE)} = {_differs(Feature.VEHICLE)}",
        "e_vehicle",
        "i_vehicle",
    ),
    Difference(
        Code.OTHER_CONSIGNEE,
        f"{column(Feature.CONSIGNEE)} = {_differs(Feature.CONSIGNEE)}",
        "e_importer",
        "i_importer",
    ),
    Difference(
        Code.HS_EDITION_DIFFERS, f"e_hs6 <> i_hs6 AND {_EDITIONS}", "e_edition", "i_edition"
    ),
    Difference(
        Code.OTHER_HS6,
        f"{column(Feature.GOODS)} BETWEEN 2 AND {_differs(Feature.GOODS) - 1} AND NOT {_EDITIONS}",
        "e_hs6",
        "i_hs6",
    ),
    Difference(
        Code.OTHER_GOODS,
        f"{column(Feature.GOODS)} = {_differs(Feature.GOODS)} AND NOT {_EDITIONS}",
        "e_hs6",
        "i_hs6",
    ),
    Difference(Code.OTHER_ORIGIN, "e_origin <> i_origin", "e_origin", "i_origin"),
    Difference(
        Code.UNIT_NOT_COMPARABLE,
        f"mass_level = {_THOUSAND} OR value_level = {_IN_THOUSANDS}",
        f"CASE WHEN mass_level = {_THOUSAND} THEN e_net_mass_kg ELSE e_value_usd END",
        f"CASE WHEN mass_level = {_THOUSAND} THEN i_net_mass_kg ELSE i_value_usd END",
    ),
    Difference(
        Code.NET_MASS_DIFFERS,
        f"{_MASS_APART} AND mass_level IS DISTINCT FROM {_THOUSAND}",
        "e_net_mass_kg",
        "i_net_mass_kg",
        f"'max({TOLERATED_KG:.0f} kg, {100 * MASS:.0f} %)'",
        "i_net_mass_kg - e_net_mass_kg",
    ),
    Difference(
        Code.QUANTITY_SHORT,
        f"first AND e_packages - i_packages > {PACKAGES}",
        "e_packages",
        "i_packages",
        f"'{PACKAGES}'",
        "i_packages - e_packages",
    ),
    Difference(
        Code.QUANTITY_OVER,
        f"first AND i_packages - e_packages > {PACKAGES}",
        "e_packages",
        "i_packages",
        f"'{PACKAGES}'",
        "i_packages - e_packages",
    ),
    Difference(
        Code.VALUE_DIFFERS,
        f"first AND i_value_usd NOT BETWEEN {CIF[0]} * e_value_usd AND {CIF[1]} * e_value_usd "
        f"AND value_level IS DISTINCT FROM {_IN_THOUSANDS}",
        "e_value_usd",
        "i_value_usd",
        f"'{CIF[0]}-{CIF[1]}'",
        "i_value_usd - e_value_usd",
    ),
    Difference(
        Code.ARRIVED_LATE, f"days > {WINDOW}", "e_date", "i_date", f"'{WINDOW} days'", "days"
    ),
)
