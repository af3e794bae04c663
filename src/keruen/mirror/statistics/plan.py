"""What is asked → what an engine does: the statements of ``sql/``, in their order, as one job.

The text is the same for every engine: portable SQL, in which only the columns of a cell and a few numbers
are filled in. Amounts are whole cents and grams in between, so that all sums are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from keruen.mirror.statistics.cell import PLACED, selected
from keruen.mirror.statistics.columns import reading
from keruen.mirror.statistics.duck import columns_of
from keruen.mirror.statistics.job import Job, Step
from keruen.mirror.statistics.reasons import REASONS, column

EXPLAINED = ("explanation", "cells")
EXACT = {
    "links": "links",
    "missing": "missing_lines",
    "orphans": "orphan_lines",
    "differences": "differences",
}
"""Files of a reconciliation by exact keys → the statements that they come from."""
KEPT = frozenset({"links", "ties", "portions", "pairs", "editions", "judged", "unlinked", "lines"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        exports, imports: tables in Parquet.
        by: columns of a cell, the flow first.
        links: folder with ``links.parquet``, ``missing.parquet``, ``orphans.parquet`` of a reconciliation;
            None: exact keys decide.
        correlation: codes of one edition of the Harmonized System and of another, Parquet (code, other).
        factor: CIF over FOB where no freight is declared.
        patience: days after which what has not arrived never will, where no reconciliation says so.
        explain: both figures only, if not.
    """

    exports: Path
    imports: Path
    by: tuple[str, ...]
    links: Path | None = None
    correlation: Path | None = None
    factor: float = 1.06
    patience: int = 45
    explain: bool = True


def job(asked: Question, out: Path) -> Job:
    """The job that answers, writing into a folder."""
    tables, steps = _read(asked)
    outputs = {"cells": "cells"}
    if asked.explain:
        given, linked = _linked(asked)
        tables |= given
        steps += linked
        steps += _steps(asked, ["lines", "placed_exports", "placed_imports", "figures"])
        steps += _steps(asked, ["reasons", "freights", "explained", "explanation"])
        outputs["explanation"] = "explanation"
        if asked.links is None:
            steps += _steps(asked, [*EXACT.values()][1:])
            outputs |= EXACT
    else:
        steps += _steps(asked, ["figures"])
    steps += _steps(asked, ["cells"])
    return _job(tables, steps, outputs, out)


def exact_job(asked: Question, out: Path) -> Job:
    """The job that only reconciles by exact keys: links, what is missing or orphaned, and differences."""
    tables, steps = _read(asked)
    _, linked = _linked(asked)
    steps += linked + _steps(asked, [*EXACT.values()][1:])
    return _job(tables, steps, EXACT, out)


def _read(asked: Question) -> tuple[dict[str, Path], list[Step]]:
    steps = [
        Step("exports", reading("export_id", columns_of(asked.exports), str(asked.exports))),
        Step("imports", reading("import_id", columns_of(asked.imports), str(asked.imports))),
        *_steps(asked, ["exported", "imported"]),
    ]
    return {"export_file": asked.exports, "import_file": asked.imports}, steps


def _linked(asked: Question) -> tuple[dict[str, Path], list[Step]]:
    given, steps = _given(asked)
    names = ["ties", "portions", "pairs", "editions", "judged", "unlinked"]
    return given, steps + _steps(asked, names)


def _job(tables: dict[str, Path], steps: list[Step], outputs: Mapping[str, str], out: Path) -> Job:
    written = {name: str(out / f"{file}.parquet") for file, name in outputs.items()}
    return Job({name: str(path) for name, path in tables.items()}, tuple(steps), written)


def _given(asked: Question) -> tuple[dict[str, Path], list[Step]]:
    """Links, what is missing, and correspondences of codes: as given, else found or none."""
    tables: dict[str, Path] = {}
    nothing = "SELECT CAST(NULL AS STRING) AS {}, CAST(NULL AS STRING) AS {} WHERE 1 = 0"
    found = [Step("correlation", nothing.format("code", "other"))]
    if asked.correlation:
        tables["correlation_file"] = asked.correlation
        both = "SELECT code, other FROM correlation_file UNION SELECT other, code FROM correlation_file"
        found = [Step("correlation", both)]
    for name, column_ in (("missing", "export_id"), ("orphans", "import_id")):
        path = asked.links / f"{name}.parquet" if asked.links else None
        if path is None or not path.exists():
            found.append(Step(name, nothing.format(column_, "reason")))
        else:
            tables[f"{name}_file"] = path
            found.append(Step(name, f"SELECT {column_}, reason FROM {name}_file"))  # noqa: S608
    if asked.links is None:
        return tables, [*found, Step("links", _text(asked, "exact_links"), keep=True)]
    tables["links_file"] = asked.links / "links.parquet"
    links = "SELECT DISTINCT export_id, import_id FROM links_file"
    return tables, [*found, Step("links", links, keep=True)]


def _steps(asked: Question, names: list[str]) -> list[Step]:
    return [Step(name, _text(asked, name), keep=name in KEPT) for name in names]


def _text(asked: Question, name: str) -> str:
    reasons = [column(one).removesuffix("_usd") for one in REASONS]
    placed = asked.explain and not PLACED.isdisjoint(asked.by)
    text = (files("keruen.mirror.statistics") / "sql" / f"{name}.sql").read_text("utf-8")
    return Template(text).substitute(
        cell=", ".join(asked.by),
        columns=selected(asked.by),
        counted_exports="placed_exports" if placed else "exported",
        counted_imports="placed_imports" if placed else "imported",
        source="explained" if asked.explain else "figures",
        factor=f"CAST({asked.factor!r} AS DOUBLE)",
        patience=asked.patience,
        reasons=", ".join(reasons),
        no_reasons=", ".join(f"0 AS {one}" for one in reasons),
        reason_sums=_sums(name, reasons),
        explained=_dollars(reasons) if asked.explain else "",
    )


def _sums(name: str, reasons: list[str]) -> str:
    """Sums over columns that are there, or columns out of the lines' reasons."""
    if name == "explained":
        return ", ".join(f"CAST(sum({one}) AS BIGINT) AS {one}" for one in reasons)
    return ", ".join(
        f"CAST(sum(CASE WHEN reason = '{code}' THEN cents ELSE 0 END) AS BIGINT) AS {one}"
        for code, one in zip(REASONS, reasons, strict=True)
    )


def _dollars(reasons: list[str]) -> str:
    names = ["freight_declared", "freight_factor", *reasons]
    return "".join(
        f",\n       CAST({one} / CAST(100 AS DOUBLE) AS DECIMAL(18, 2)) AS {one}_usd"
        for one in names
    )
