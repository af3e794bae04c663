"""What the two tables are read as, and what may be left out of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from keruen.errors import UsageError

TEXTS = (
    "reference", "exporter_id", "exporter_name", "importer_id", "importer_name", "vehicle",
    "transport_document", "hs6", "flow", "mode", "office", "hs_edition", "procedure",
    "country_of_origin", "country_of_dispatch", "country_of_destination", "delivery_terms", "unit",
    "invoicing_country",
)  # fmt: skip
NUMBERS = ("net_mass_kg", "packages", "value_usd", "freight_usd", "quantity")
TYPES: Mapping[str, str] = {
    **dict.fromkeys(TEXTS, "STRING"),
    "date": "DATE",
    **dict.fromkeys(NUMBERS, "DOUBLE"),
}
"""Column → its type, by a name that DuckDB and Spark both know."""
NEEDED = ("date", "hs6", "value_usd")
ONE_FLOW = "'XX-XX'"
"""Stands where a table does not say which way its goods went: then all go the same way."""


def reading(id_column: str, there: Collection[str], path: str) -> str:
    """The SELECT that reads a table, whatever of its optional columns is there.

    Args:
        id_column: ``export_id`` or ``import_id``.
        there: columns of the file.
        path: of the file, for the message.

    Raises:
        UsageError: ``columns-missing``.
    """
    missing = [name for name in (id_column, *NEEDED) if name not in there]
    if missing:
        raise UsageError(
            "columns-missing",
            f"the table has no column {', '.join(missing)}; it needs {id_column}, {', '.join(NEEDED)}",
            path=path,
        )
    chosen = [f"CAST({id_column} AS STRING) AS {id_column}"]
    chosen += [
        f"CAST({name if name in there else 'NULL'} AS {type_}) AS {name}"
        for name, type_ in TYPES.items()
    ]
    selected = ", ".join(chosen)
    if "flow" not in there:
        selected = selected.replace("CAST(NULL AS STRING) AS flow", f"{ONE_FLOW} AS flow")
    return f"SELECT {selected} FROM {id_column[:6]}_file"  # noqa: S608 - names of our own
