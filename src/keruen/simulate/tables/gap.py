"""Why the two sides' figures differ, line by line: the lines of a cell sum to its gap.

A cell is a flow, a code, a month, a mode and an entry post; `trader` is the exporter of the line that
it is about, or of the import where there is no export. The gap is the importer's sum less the exporter's.

A linked pair that stands in two cells gives the exported value with a minus in the export's cell and with
a plus in the import's, both with the reason that moved it. What moved it is the first of these that holds:
another flow (transit: by origin; third-country-invoicing), another code (misclassification; hs-edition),
another month (split-merge where the other part stays in the month, else period). What changed the value
stands in the import's cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keruen.simulate.tables.lettering import Flags, Ints, Texts
from keruen.simulate.tables.numbering import Dates, dates, export_ids, import_ids
from keruen.simulate.tables.schema import Columns
from keruen.simulate.tables.story import Story


@dataclass(frozen=True, slots=True)
class _Cells:
    """Columns of cells, one place a link, as one side sees them."""

    flow: Texts
    hs6: Texts
    month: Dates


def gap_lines(told: Story) -> Columns:
    """All lines of a slice."""
    tied = told.links
    here = told.here[tied.row]
    orphan = told.consignments.orphan[_of(told)]
    theirs, ours = _exported(told), _imported(told)
    pair = here & ~orphan
    moved = pair & ~_equal(theirs, ours)
    why = _mover(told, theirs, ours, pair)
    lost = np.where(tied.never, "never-arrived", "not-yet-arrived").astype(object)
    kind = np.where(told.consignments.transit, "transit", "orphan").astype(object)[_of(told)]
    whole = tied.value + sum(told.amounts.reasons.values())
    parts = [
        _lines(told, theirs, ~here & ~orphan, lost, -tied.value, "export"),
        _lines(told, ours, here & orphan, kind, whole, "import"),
        _lines(told, theirs, moved, why, -tied.value, "both"),
        _lines(told, ours, moved, why, tied.value, "both"),
    ]
    for reason, amount in told.amounts.reasons.items():
        name = np.full(len(amount), reason, object)
        parts.append(_lines(told, ours, pair & (amount != 0), name, amount, "both"))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _of(told: Story) -> Ints:
    """The consignment of each link."""
    return told.lines.of[told.links.line]


def _exported(told: Story) -> _Cells:
    of = _of(told)
    return _Cells(
        flow=np.full(len(of), f"{told.sender}-{told.receiver}", object),
        hs6=told.codes.exported[told.links.line],
        month=dates(told, told.consignments.day).astype("datetime64[M]")[of],
    )


def _imported(told: Story) -> _Cells:
    """A row takes flow and day from its clearing, which is that of its first link."""
    clearing = told.links.clearing
    return _Cells(
        flow=(told.partners.counted + f"-{told.receiver}")[told.clearings.of[clearing]],
        hs6=told.codes.imported[told.links.row],
        month=dates(told, told.clearings.day).astype("datetime64[M]")[clearing],
    )


def _equal(one: _Cells, other: _Cells) -> Flags:
    same: Flags = (one.flow == other.flow) & (one.hs6 == other.hs6) & (one.month == other.month)
    return same


def _mover(told: Story, theirs: _Cells, ours: _Cells, pair: Flags) -> Texts:
    of = _of(told)
    by_seller = told.partners.counted[of] == told.partners.seller[of]
    partner = np.where(by_seller, "third-country-invoicing", "transit")
    code = np.where(told.codes.wrong[told.links.row], "misclassification", "hs-edition")
    time = np.where(_straddles(told, theirs, ours, pair), "split-merge", "period")
    same_code, same_flow = theirs.hs6 == ours.hs6, theirs.flow == ours.flow
    return np.where(~same_flow, partner, np.where(~same_code, code, time)).astype(object)


def _straddles(told: Story, theirs: _Cells, ours: _Cells, pair: Flags) -> Flags:
    """Links of a split or a merge of which another link stays in its month."""
    tied = told.links
    stays = (pair & (theirs.month == ours.month)).astype(np.int64)
    by_line = np.bincount(tied.line, stays, len(told.lines.of))[tied.line]
    by_row = np.bincount(tied.row, stays, len(told.here))[tied.row]
    straddles: Flags = (by_line > 0) | (by_row > 0)
    return straddles


def _lines(
    told: Story, cells: _Cells, where: Flags, reason: Texts, cents: Ints, sides: str
) -> Columns:
    at = np.flatnonzero(where)
    of = _of(told)[at]
    exporter = told.world.firms[told.sender].ids[told.consignments.exporter[of]]
    exports, imports = export_ids(told)[told.links.line[at]], import_ids(told)[told.links.row[at]]
    return {
        "flow": cells.flow[at],
        "hs6": cells.hs6[at],
        "month": cells.month[at],
        "mode": told.mode[of],
        "office": told.office[of],
        "trader": exporter,
        "export_id": exports if sides != "import" else np.full(len(at), None),
        "import_id": imports if sides != "export" else np.full(len(at), None),
        "reason": reason[at],
        "amount_usd": cents[at] / 100,
    }


def true_links(told: Story) -> Columns:
    """Pairs that belong together."""
    tied = told.links
    pair = np.flatnonzero(told.here[tied.row] & ~told.consignments.orphan[_of(told)])
    return {
        "export_id": export_ids(told)[tied.line[pair]],
        "import_id": import_ids(told)[tied.row[pair]],
    }


def truly_missing(told: Story) -> Columns:
    """Export lines of which nothing has come, and why."""
    tied = told.links
    came = np.bincount(tied.line, told.here[tied.row], len(told.lines.of)) > 0
    never = np.bincount(tied.line, tied.never, len(told.lines.of)) > 0
    at = np.flatnonzero(~came & ~told.consignments.orphan[told.lines.of])
    reason = np.where(never, "never-arrived", "not-yet-arrived").astype(object)
    return {"export_id": export_ids(told)[at], "reason": reason[at]}


def true_orphans(told: Story) -> Columns:
    """Import rows that no export stands behind, and why."""
    of = _of(told)[told.first]
    at = np.flatnonzero(told.here & told.consignments.orphan[of])
    reason = np.where(told.consignments.transit, "transit", "orphan").astype(object)[of]
    return {"import_id": import_ids(told)[at], "reason": reason[at]}
