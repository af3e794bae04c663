"""Everything that can be asked of the node's database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from keruen.evidence import Frontier
from keruen.store import rows, schema
from keruen.store.admitted import AdmittedQueries
from keruen.store.asking import AskingQueries
from keruen.store.attached import AttachmentQueries
from keruen.store.board import BoardQueries
from keruen.store.casequeries import CaseQueries
from keruen.store.clearances import ClearanceQueries
from keruen.store.consignments import ConsignmentQueries
from keruen.store.deadlines import DeadlineQueries
from keruen.store.dossiers import DossierQueries
from keruen.store.entries import EntryQueries
from keruen.store.figures import FigureQueries
from keruen.store.hooks import OutsideQueries
from keruen.store.line import LineQueries
from keruen.store.pages import PageQueries
from keruen.store.prepared import value_where
from keruen.store.quality import QualityQueries
from keruen.store.retaining import RetentionQueries
from keruen.store.snapshot import rows_of
from keruen.store.tradequeries import TradeQueries
from keruen.store.traffic import TrafficQueries
from keruen.store.watching import WatchingQueries

TEST = "test"
"""Mode of a consignment whose data does not count."""


class Reader(
    AdmittedQueries,
    AskingQueries,
    AttachmentQueries,
    BoardQueries,
    CaseQueries,
    ClearanceQueries,
    ConsignmentQueries,
    DeadlineQueries,
    EntryQueries,
    DossierQueries,
    FigureQueries,
    LineQueries,
    OutsideQueries,
    PageQueries,
    RetentionQueries,
    QualityQueries,
    TradeQueries,
    TrafficQueries,
    WatchingQueries,
):
    """Reads one snapshot of the database."""

    def refusals(self, limit: int = 100) -> list[rows.Refusal]:
        """What was refused, the newest first."""
        table = schema.refusal
        return self._all(
            rows.Refusal, select(table).order_by(table.c.refusal_id.desc()).limit(limit)
        )

    def refusal(self, refusal_id: str) -> rows.Refusal | None:
        """One refusal."""
        return self._first(rows.Refusal, rows_of(schema.refusal, refusal_id=refusal_id))

    def counts(self) -> dict[str, Any]:
        """Counts for the status of the node, by name of what is counted; test data apart from live data."""
        handled, of = schema.inbox.c.handled, schema.consignment.c
        is_live = of.mode != TEST
        waiting = self._scalar(select(func.count()).where(handled.is_(None)))
        return {
            "messages": self._counts(schema.message.c.direction, schema.message.c.kind),
            "outbox": self._counts(schema.outbox.c.state),
            "inbox": {
                "waiting": waiting,
                "handled": self._scalar(select(func.count(handled))),
            },
            "consignments": self._counts(of.state, where=is_live),
            "roles": self._counts(of.role, of.state, where=is_live),
            "test": self._counts(of.state, where=~is_live),
            "discrepancies": self.discrepancy_counts(),
            "refusals": self._scalar(select(func.count()).select_from(schema.refusal)),
            **self.asked_counts(),
            "evidence": self.evidence_head()[0],
        }

    def evidence_head(self) -> tuple[int, bytes]:
        """Size and root of the evidence log."""
        frontier = self._frontier()
        return frontier.size, frontier.root()

    def evidence_leaves(self, start: int = 0, stop: int | None = None) -> list[bytes]:
        """Leaf hashes of the evidence log, from `start` up to `stop`."""
        table = schema.evidence_leaf
        query = select(table.c.hash).where(table.c.position >= start)
        if stop is not None:
            query = query.where(table.c.position < stop)
        return list(self._connection.scalars(query.order_by(table.c.position)))

    def _frontier(self) -> Frontier:
        found = value_where(self._connection, schema.evidence_head, "frontier", schema.LOG)
        return Frontier.from_bytes(found) if found else Frontier()
