"""What each side writes down: the rows of the two tables.

`value_usd` of an export is the statistical value at the exporting country's border, without the freight from
there on; that of an import is the customs value, with the freight up to the importing country's border.
`freight_usd` is that freight where the declaration states it: outside the value of an export, inside that
of an import. `office` is the entry post of the importing country, which both sides know; `mode` is the same
on both sides. A row's `reference` is the number of the **export** declaration, which an import declaration
may name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy.typing as npt

Columns = dict[str, npt.NDArray[Any]]

SIDE: Mapping[str, str] = MappingProxyType(
    {
        "reference": "VARCHAR",
        "date": "DATE",
        "exporter_id": "VARCHAR",
        "exporter_name": "VARCHAR",
        "importer_id": "VARCHAR",
        "importer_name": "VARCHAR",
        "vehicle": "VARCHAR",
        "transport_document": "VARCHAR",
        "hs6": "VARCHAR",
        "net_mass_kg": "DOUBLE",
        "packages": "INTEGER",
        "value_usd": "DOUBLE",
        "flow": "VARCHAR",
        "mode": "VARCHAR",
        "office": "VARCHAR",
        "hs_edition": "VARCHAR",
        "procedure": "VARCHAR",
        "country_of_origin": "VARCHAR",
        "country_of_dispatch": "VARCHAR",
        "country_of_destination": "VARCHAR",
        "delivery_terms": "VARCHAR",
        "freight_usd": "DOUBLE",
        "quantity": "DOUBLE",
        "unit": "VARCHAR",
        "invoicing_country": "VARCHAR",
    }
)
"""Column of both tables → its type in SQL; each table begins with its own id."""

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "exports": {"export_id": "VARCHAR", **SIDE},
        "imports": {"import_id": "VARCHAR", **SIDE},
        "truth_links": {"export_id": "VARCHAR", "import_id": "VARCHAR"},
        "truth_missing": {"export_id": "VARCHAR", "reason": "VARCHAR"},
        "truth_orphans": {"import_id": "VARCHAR", "reason": "VARCHAR"},
        "truth_gap": {
            "flow": "VARCHAR",
            "hs6": "VARCHAR",
            "month": "DATE",
            "mode": "VARCHAR",
            "office": "VARCHAR",
            "trader": "VARCHAR",
            "export_id": "VARCHAR",
            "import_id": "VARCHAR",
            "reason": "VARCHAR",
            "amount_usd": "DOUBLE",
        },
    }
)
"""Table → its columns with their types in SQL."""
