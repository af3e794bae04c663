"""What a person must know until it is settled: raised once for each subject, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.store import Alarm, Transaction


def raise_alarm(  # noqa: PLR0913 - an alarm has this many facts
    tx: Transaction,
    context: Context,
    corridor: str,
    code: str,
    subject: str,
    text: str,
    *,
    consignment_id: str | None = None,
    message_id: str | None = None,
    next_look: datetime | None = None,
) -> None:
    """Tell the operator; one that stands keeps the time since when it stands."""
    known = tx.alarm(corridor, code, subject)
    since = known.raised if known is not None and known.settled is None else context.clock.now()
    tx.put_alarm(
        Alarm(
            corridor=corridor,
            code=code,
            subject=subject,
            raised=since,
            text=text,
            consignment_id=consignment_id,
            message_id=message_id,
            next_look=next_look,
        )
    )


def settle_by_person(
    tx: Transaction, context: Context, corridor: str, code: str, subject: str
) -> None:
    """A person has seen to it; what still holds then is raised anew by whatever finds it.

    Raises:
        LocalError: ``alarm-unknown``: nothing of the kind waits.
    """
    known = tx.alarm(corridor, code, subject)
    if known is None or known.settled is not None:
        raise LocalError("alarm-unknown", f"no alarm {code} about {subject} waits any more")
    settle(tx, context, corridor, code, subject)


def settle(tx: Transaction, context: Context, corridor: str, code: str, subject: str) -> None:
    """What the alarm was about holds no longer; nothing happens where there is none."""
    known = tx.alarm(corridor, code, subject)
    if known is not None and known.settled is None:
        tx.put_alarm(replace(known, settled=context.clock.now()))
