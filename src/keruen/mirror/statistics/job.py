"""What an engine is to do, as a value: files to read, statements in their order, tables to write."""

from __future__ import annotations

import msgspec


class Step(msgspec.Struct, frozen=True):
    """A SELECT under a name that later ones use.

    Attributes:
        keep: it is used several times, so its rows are kept.
    """

    name: str
    sql: str
    keep: bool = False


class Job(msgspec.Struct, frozen=True):
    """All of it.

    Attributes:
        files: name → Parquet file.
        outputs: name of a step → Parquet file that it is written to.
    """

    files: dict[str, str]
    steps: tuple[Step, ...]
    outputs: dict[str, str]
