"""Rows of deadlines that were missed. Work queues that may be updated; they name ids and times only."""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Row


class MissedDeadline(Row, frozen=True):
    """A deadline of the agreement that passed.

    Attributes:
        subject: id of the message that awaited an answer, or of the consignment.
        code: which deadline, by its key in the agreement.
        mode: live or test.
        due: when it passed; `noted`: when this node noted that.
        met: when what was due came after all; None while it has not.
    """

    corridor: str
    subject: str
    code: str
    mode: str
    due: datetime
    noted: datetime
    consignment_id: str | None = None
    met: datetime | None = None


class DeadlineMark(Row, frozen=True):
    """How far messages were looked at for one deadline: in the order of storing, up to this one."""

    corridor: str
    code: str
    stored: datetime
    message_id: str
