"""What is said of tables that cannot be reconciled."""

from __future__ import annotations

from keruen.customs.wording import Wording

WORDING = Wording(
    sentences={
        "table-unreadable": "The file cannot be read as Parquet; hand in a table in that format.",
        "columns-missing": "The table has no column {0}; its columns are to be {1}.",
        "column-type": "In the column {0}, {1} values are not of the type {2}; the first is {3}.",
        "id-missing": "In {0} rows the column {1} is empty; each row needs an id of its own.",
        "id-doubled": "In the column {0}, {1} ids stand more than once, {2} for one; "
        "give each row an id of its own.",
    }
)
