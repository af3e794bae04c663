"""Queries about consignments: where they stand, their keys, differences and declarations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from keruen.store import rows, schema
from keruen.store.rows import IdentifierKind, Role
from keruen.store.snapshot import Snapshot, filtered, rows_of


class ConsignmentQueries(Snapshot):
    """What the projections and the national declarations say."""

    def consignment(self, corridor: str, consignment_id: str) -> rows.Consignment | None:
        """One consignment."""
        table = schema.consignment
        return self._one(rows.Consignment, table, corridor=corridor, consignment_id=consignment_id)

    def by_consignment_id(self, consignment_id: str) -> rows.Consignment | None:
        """One consignment, whatever its corridor."""
        return self._first(
            rows.Consignment, rows_of(schema.consignment, consignment_id=consignment_id)
        )

    def consignments(  # noqa: PLR0913 - each is a filter
        self,
        *,
        role: Role | None = None,
        post: str | None = None,
        states: Collection[str] | None = None,
        reference: str | None = None,
        partner: str | None = None,
        mode: str | None = None,
        limit: int = 200,
        offset: int = 0,
        before: str | None = None,
        newest_first: bool = True,
    ) -> list[rows.Consignment]:
        """Consignments that pass all filters given, ordered by their ids; `before` an id for paging."""
        table = schema.consignment
        query = filtered(
            table, role=role, post=post, reference=reference, partner=partner, mode=mode
        )
        if states is not None:
            query = query.where(table.c.state.in_(list(states)))
        if before is not None:
            query = query.where(table.c.consignment_id < before)
        order = table.c.consignment_id.desc() if newest_first else table.c.consignment_id
        return self._all(rows.Consignment, query.order_by(order).limit(limit).offset(offset))

    def consignments_expected(
        self,
        post: str,
        states: Collection[str],
        *,
        eta_from: datetime | None = None,
        limit: int = 200,
    ) -> list[rows.Consignment]:
        """What a post of this country awaits, the next one first; without an ETA last.

        Args:
            eta_from: without those that were expected before; None for all.
        """
        table = schema.consignment
        query = (
            select(table)
            .where(
                table.c.role == Role.RECEIVER,
                table.c.post == post,
                table.c.state.in_(list(states)),
            )
            .order_by(table.c.eta.is_(None), table.c.eta, table.c.consignment_id)
        )
        if eta_from is not None:
            query = query.where(or_(table.c.eta.is_(None), table.c.eta >= eta_from))
        return self._all(rows.Consignment, query.limit(limit))

    def consignments_due(
        self, states: Collection[str], eta_before: datetime, *, limit: int = 500
    ) -> list[rows.Consignment]:
        """Consignments in these states whose ETA is before a time, the oldest ETA first."""
        table = schema.consignment
        query = select(table).where(table.c.state.in_(list(states)), table.c.eta < eta_before)
        return self._all(rows.Consignment, query.order_by(table.c.eta).limit(limit))

    def consignments_departing(
        self, states: Collection[str], departed_before: datetime, *, limit: int = 500
    ) -> list[rows.Consignment]:
        """Consignments in these states that have departed by a time."""
        table = schema.consignment
        query = select(table).where(
            table.c.state.in_(list(states)), table.c.departed <= departed_before
        )
        return self._all(rows.Consignment, query.order_by(table.c.departed).limit(limit))

    def identifiers(self, corridor: str, consignment_id: str) -> list[rows.Identifier]:
        """The keys of one consignment."""
        return self._all(
            rows.Identifier,
            rows_of(schema.identifier, corridor=corridor, consignment_id=consignment_id),
        )

    def find_identifiers(
        self,
        *,
        folded: Collection[str] = (),
        skeletons: Collection[str] = (),
        kinds: Collection[IdentifierKind] | None = None,
        since: datetime | None = None,
        limit: int = 200,
    ) -> list[rows.Identifier]:
        """Keys that are equal to one of these, folded or as skeleton; those of the newest id first.

        Args:
            since: without those of consignments that came, were expected or set out before; None for all.
        """
        table = schema.identifier
        looks = [
            column.in_(list(wanted))
            for column, wanted in ((table.c.folded, folded), (table.c.skeleton, skeletons))
            if wanted
        ]
        query = select(table).where(or_(false(), *looks))
        if kinds is not None:
            query = query.where(table.c.kind.in_(list(kinds)))
        if since is not None:
            query = query.where(_of_consignment_since(since))
        order = table.c.consignment_id.desc(), table.c.corridor, table.c.kind, table.c.folded
        return self._all(rows.Identifier, query.order_by(*order).limit(limit))

    def discrepancies(self, corridor: str, consignment_id: str) -> list[rows.DiscrepancyRow]:
        """The coded differences of one consignment, the oldest first."""
        query = rows_of(schema.discrepancy, corridor=corridor, consignment_id=consignment_id)
        table = schema.discrepancy
        return self._all(
            rows.DiscrepancyRow, query.order_by(table.c.stated, table.c.item, table.c.code)
        )

    def discrepancy_counts(self, since: datetime | None = None) -> dict[str, int]:
        """Differences by code, of all times or stated since one; those of test data do not count."""
        of, table = schema.consignment.c, schema.discrepancy
        test = select(of.consignment_id).where(
            of.consignment_id == table.c.consignment_id,
            of.corridor == table.c.corridor,
            of.mode == "test",
        )
        stated = true() if since is None else table.c.stated >= since
        return self._counts(table.c.code, where=and_(stated, ~test.exists()))

    def declaration(self, declaration_id: str) -> rows.NationalDeclaration | None:
        """A declaration that the national system handed in."""
        query = rows_of(schema.declaration, declaration_id=declaration_id)
        return self._first(rows.NationalDeclaration, query)

    def declaration_by_digest(self, digest: bytes) -> rows.NationalDeclaration | None:
        """The declaration that was handed in as exactly this file."""
        return self._first(rows.NationalDeclaration, rows_of(schema.declaration, digest=digest))

    def declarations(
        self,
        *,
        kind: str | None = None,
        reference: str | None = None,
        unmatched: bool = False,
        limit: int = 200,
    ) -> list[rows.NationalDeclaration]:
        """Declarations that pass all filters given, the newest first."""
        table, match = schema.declaration, schema.import_match
        query = filtered(table, kind=kind, reference=reference)
        if unmatched:
            matched = select(match.c.declaration_id).where(
                match.c.declaration_id == table.c.declaration_id,
                match.c.corridor == table.c.corridor,
            )
            query = query.where(~matched.exists())
        return self._all(
            rows.NationalDeclaration, query.order_by(table.c.declaration_id.desc()).limit(limit)
        )

    def imports_waiting(
        self, corridor: str, skeletons: Collection[str], *, limit: int = 200
    ) -> list[rows.NationalDeclaration]:
        """Import declarations that wait for their consignment and have one of these marks, the newest first."""
        table, mark = schema.declaration, schema.import_mark
        waiting = select(mark.c.declaration_id).where(
            mark.c.corridor == corridor, mark.c.skeleton.in_(list(skeletons))
        )
        query = rows_of(table, corridor=corridor).where(table.c.declaration_id.in_(waiting))
        return self._all(
            rows.NationalDeclaration, query.order_by(table.c.declaration_id.desc()).limit(limit)
        )

    def matches_of(self, declaration_id: str) -> list[rows.ImportMatch]:
        """The consignments that an import declaration belongs to: one, or all that it merges."""
        table = schema.import_match
        query = rows_of(table, declaration_id=declaration_id)
        return self._all(rows.ImportMatch, query.order_by(table.c.consignment_id))

    def import_matches(self, corridor: str, consignment_id: str) -> list[rows.ImportMatch]:
        """The import declarations of a consignment."""
        return self._all(
            rows.ImportMatch,
            rows_of(schema.import_match, corridor=corridor, consignment_id=consignment_id),
        )


def _of_consignment_since(since: datetime) -> ColumnElement[bool]:
    """Whether the consignment of an identifier came, was expected or set out at that time or later."""
    key, of = schema.identifier, schema.consignment
    time = func.coalesce(of.c.arrived, of.c.eta, of.c.departed, type_=schema.Moment())
    current = select(of.c.consignment_id).where(
        of.c.consignment_id == key.c.consignment_id,
        of.c.corridor == key.c.corridor,
        or_(time.is_(None), time >= since),
    )
    return current.exists()
