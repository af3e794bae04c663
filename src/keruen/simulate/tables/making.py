"""The tables of a plan, slice by slice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from keruen.agreement import Agreement
from keruen.simulate.tables.exporting import export_rows
from keruen.simulate.tables.gap import gap_lines, true_links, true_orphans, truly_missing
from keruen.simulate.tables.importing import import_rows
from keruen.simulate.tables.plan import A_DAY, Plan
from keruen.simulate.tables.population import world
from keruen.simulate.tables.profiles import PROFILES
from keruen.simulate.tables.schema import Columns
from keruen.simulate.tables.story import Story, story

START = date(2025, 1, 1)


def planned(
    agreement: Agreement,
    *,
    seed: int,
    days: int = 365,
    consignments: int | None = None,
    profile: str = "medium",
    start: date = START,
) -> Plan:
    """A plan.

    Args:
        agreement: that of Kazakhstan and Tajikistan; posts and routes are its.
        consignments: exported in both directions together; None: `A_DAY`.
        profile: name of a profile.
        start: first day.
    """
    count = days * A_DAY if consignments is None else consignments
    return Plan(agreement, seed, count, days, start, PROFILES[profile])


def make_tables(plan: Plan) -> Iterator[dict[str, Columns]]:
    """Each slice's share of each table, by the table's name; columns as `TABLES` names them.

    None, a masked place and a number that is none are null. The same plan gives the same columns.
    """
    known = world(plan)
    for part in plan.slices():
        yield _tables(story(plan, known, part))


def _tables(told: Story) -> dict[str, Columns]:
    ours = np.random.default_rng([told.plan.seed, 1 + told.part.number, 1])
    theirs = np.random.default_rng([told.plan.seed, 1 + told.part.number, 2])
    return {
        "exports": export_rows(ours, told),
        "imports": import_rows(theirs, told),
        "truth_links": true_links(told),
        "truth_missing": truly_missing(told),
        "truth_orphans": true_orphans(told),
        "truth_gap": gap_lines(told),
    }
