"""Queries about the quality of what each side supplied: rows by office and month, however much it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import case, func, literal, select, tuple_

from keruen.store import schema
from keruen.store.rows import Direction, Message
from keruen.store.snapshot import Snapshot, filtered, rows_of
from keruen.store.supplied import COUNTED, Place, Supplied, SuppliedRow

ANSWERS = ("Acknowledgement", "EnquiryReply")


class QualityQueries(Snapshot):
    """What was supplied, counted."""

    def supplied(
        self,
        now: datetime,
        *,
        corridor: str | None = None,
        direction: Direction | None = None,
        office: str | None = None,
        month: str | None = None,
        since: str = "",
    ) -> dict[Place, Supplied]:
        """The counts by place that pass all filters given, with the answers that are due by now and missing.

        Args:
            since: the first month.
        """
        chosen = {"corridor": corridor, "direction": direction, "office": office, "month": month}
        recent = filtered(schema.supplied, **chosen).where(schema.supplied.c.month >= since)
        counted = self._all(SuppliedRow, recent)
        found = {_place(row): {name: getattr(row, name) for name in COUNTED} for row in counted}
        for place, answer, missing in self._missing(now, chosen, since):
            found.setdefault(place, {})[f"{answer}_missing"] = missing
        return {place: Supplied(**counts) for place, counts in found.items()}

    def is_answered(self, answer: Message) -> bool:
        """Whether this side answered the same message before."""
        table = schema.message
        same = rows_of(
            table, corridor=answer.corridor, refers_to=answer.refers_to, kind=answer.kind
        )
        earlier = tuple_(table.c.stored, table.c.message_id) < tuple_(
            literal(answer.stored, schema.Moment()), literal(answer.message_id)
        )
        query = same.where(table.c.direction == answer.direction, earlier)
        return self._first(Message, query) is not None

    def last_removed(self, corridor: str) -> datetime | None:
        """When the youngest message was created whose content was removed."""
        table = schema.message
        query = select(func.max(table.c.created, type_=schema.Moment()))
        empty = table.c.corridor == corridor, func.length(table.c.body) == 0
        found: datetime | None = self._scalar(query.where(*empty))
        return found

    def messages_in_order(self, page: int = 1000) -> Iterator[Message]:
        """All messages as they were stored; of one moment answers come after what they may answer."""
        table = schema.message
        answers = case((table.c.kind.in_(ANSWERS), 1), else_=0)
        order = table.c.stored, answers, table.c.message_id
        query = select(table).order_by(*order).limit(page)
        found = self._all(Message, query)
        while found:
            yield from found
            last = found[-1]
            after = (
                literal(last.stored, schema.Moment()),
                literal(int(last.kind in ANSWERS)),
                literal(last.message_id),
            )
            found = self._all(Message, query.where(tuple_(*order) > tuple_(*after)))

    def _missing(
        self, now: datetime, chosen: dict[str, str | None], since: str
    ) -> Iterable[tuple[Place, str, int]]:
        of = schema.answer_due.c
        columns = of.corridor, of.direction, of.office, of.month, of.answer
        wanted = [of[name] == value for name, value in chosen.items() if value is not None]
        due = of.due < now, of.month >= since, *wanted
        query = select(*columns, func.count()).where(*due).group_by(*columns)
        for corridor, direction, office, month, answer, count in self._connection.execute(query):
            place = Place(corridor=corridor, direction=direction, office=office, month=month)
            yield place, answer, count


def _place(row: SuppliedRow) -> Place:
    return Place(corridor=row.corridor, direction=row.direction, office=row.office, month=row.month)
