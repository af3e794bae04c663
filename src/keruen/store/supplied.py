"""Rows about the quality of what each side supplied: counts by office and month, and answers that are awaited.

Both are projections of messages, rebuilt with the others.
"""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Direction, Row


class Counts(Row, frozen=True):
    """What one side supplied, counted; only live data.

    Attributes:
        declarations: preliminary information and amendments that were answered; of them `clean`: without a
            finding, `warned`: with warnings only; `errors` and `warnings`: findings.
        mandatory, conditional, optional: elements of the data list that could have been stated in them,
            conditional ones where their condition holds; with ``_stated``: those that were.
        announced: preliminary information that was accepted; of it `in_time`: early enough before the crossing.
        amendments, annulments: those that were accepted.
        …_given: answers that came; of them ``…_in_time``: those within the limit.
    """

    declarations: int = 0
    clean: int = 0
    warned: int = 0
    errors: int = 0
    warnings: int = 0
    mandatory: int = 0
    mandatory_stated: int = 0
    conditional: int = 0
    conditional_stated: int = 0
    optional: int = 0
    optional_stated: int = 0
    announced: int = 0
    in_time: int = 0
    amendments: int = 0
    annulments: int = 0
    acknowledgement_given: int = 0
    acknowledgement_in_time: int = 0
    arrival_given: int = 0
    arrival_in_time: int = 0
    import_given: int = 0
    import_in_time: int = 0
    enquiry_given: int = 0
    enquiry_in_time: int = 0


class Supplied(Counts, frozen=True):
    """The same at a moment: with the answers that are due by then and have not come."""

    acknowledgement_missing: int = 0
    arrival_missing: int = 0
    import_missing: int = 0
    enquiry_missing: int = 0


class Place(Row, frozen=True):
    """Whose counts these are.

    Attributes:
        direction: IN for what the partner supplied, OUT for what this side supplied.
        office: customs office or post that it came from; empty for the administration as a whole.
        month: ``2026-11``, as the agreement counts days.
    """

    corridor: str
    direction: Direction
    office: str
    month: str


class SuppliedRow(Counts, frozen=True, kw_only=True):
    """The counts of one office and month, as they are stored."""

    corridor: str
    direction: Direction
    office: str
    month: str


class AnswerDue(Row, frozen=True):
    """An answer that is awaited, gone once it has come; or one that came before it was awaited.

    Attributes:
        key: id of what is to be answered.
        answer: which kind of answer, as the counts are named: ``import``.
        direction: IN for one that the partner owes.
        office, month: where it is counted.
        due: None for an answer that came first.
    """

    corridor: str
    key: str
    answer: str
    direction: Direction
    office: str
    month: str
    due: datetime | None = None


COUNTED = Counts.__struct_fields__
"""Names of what is counted and stored."""
