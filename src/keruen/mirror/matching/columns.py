"""Columns of the two tables that are reconciled: what they are called and of which type they are."""

from __future__ import annotations

TEXTS = (
    "reference",
    "exporter_id",
    "exporter_name",
    "importer_id",
    "importer_name",
    "vehicle",
    "transport_document",
    "hs6",
)
NUMBERS = ("net_mass_kg", "packages", "value_usd")
"""kg, count, US dollars."""
TYPES = {
    **dict.fromkeys(TEXTS, "VARCHAR"),
    "date": "DATE",
    **dict.fromkeys(NUMBERS, "DOUBLE"),
}
"""Column → the type it is read as. Any value may be null, but not an id."""
OPTIONAL = frozenset({"exporter_id"})
"""May be left out: an importer does not always know it."""
EXTRAS = {"mode": "VARCHAR", "hs_edition": "VARCHAR", "country_of_origin": "VARCHAR"}
"""Used where they are there."""
SIDES = {"exported": "export_id", "imported": "import_id"}
"""Table → its column of ids."""
