"""Keys of marks and names, made set by set.

The SQL does what `keruen.customs.fold` and `skeleton` do, for texts of printable ASCII, Cyrillic and the
usual signs. Other texts, which are few, are folded by those functions and joined (table ``odd``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import duckdb

from keruen.customs import fold

LOOK_ALIKES = ("АВЕКМНОРСТХУІЈЅҮҰҚҒҲҶӮӢ", "ABEKMHOPCTXYIJSYYKFXJYI")
CONFUSED = ("ODQIZSBG", "00012586")
PLAIN = "[ -~А-Яа-яЁёІіЈјЅѕҮүҰұҚқҒғҲҳҶҷӮӯӢӣ«»–—№]*"
SHORTEST = 4
"""Letters and digits of a mark that tells one consignment from another, a digit among them."""
MARKS = ("reference", "transport_document", "vehicle")


def folded(text: str) -> str:
    """SQL of `keruen.customs.fold` for plain texts."""
    upper = f"translate(upper(replace({text}, '№', 'NO')), '{LOOK_ALIKES[0]}', '{LOOK_ALIKES[1]}')"
    return f"regexp_replace({upper}, '[^\\pL\\pN]', '', 'g')"


def alike(key: str) -> str:
    """SQL of a folded mark's skeleton."""
    return f"translate({key}, '{CONFUSED[0]}', '{CONFUSED[1]}')"


def telling(key: str) -> str:
    """SQL: a folded mark, null where it tells nothing ("б/н", "1")."""
    return f"CASE WHEN length({key}) >= {SHORTEST} AND regexp_matches({key}, '\\p{{Nd}}') THEN {key} END"


def odd_texts(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Make ``odd``: text, folded, in NFKC, of marks and names whose characters the SQL does not fold."""
    columns = [f"SELECT {name} AS text FROM {table}" for table in tables for name in _TEXTS]
    found = connection.execute(
        f"SELECT DISTINCT text FROM ({' UNION ALL '.join(columns)}) "
        f"WHERE NOT regexp_full_match(text, '{PLAIN}')"
    ).fetchall()
    connection.execute(
        "CREATE OR REPLACE TABLE odd (text VARCHAR PRIMARY KEY, folded VARCHAR, plain VARCHAR)"
    )
    if found:
        rows = [(text, fold(text), unicodedata.normalize("NFKC", text)) for (text,) in found]
        connection.executemany("INSERT INTO odd VALUES (?, ?, ?)", rows)


_TEXTS = (*MARKS, "exporter_name", "importer_name", "exporter_id", "importer_id")
