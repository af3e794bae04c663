"""The deadlines that both sides hold each other to, by the clock: what was missed is noted once.

Messages are looked at in the order in which they were stored, each once, when the time for its answer is over;
how far that has come is kept with what was found, in one transaction. So nothing is noted twice and nothing is
left out, however often a node is stopped. What comes after all is noted as late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from keruen.agreement import Agreement, border_mode, lateness
from keruen.exchange.context import Context
from keruen.exchange.kept import said
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.record import EventData, record
from keruen.messages import (
    ASKING,
    KINDS,
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    Mode,
    PreliminaryInformation,
)
from keruen.store import Message, Reader, Transaction
from keruen.store.missed import DeadlineMark, MissedDeadline

LOOK_BACK = timedelta(days=31)
"""How far back `keruen status` counts."""
BATCH = 500
"""Messages that one look takes; the next one takes the rest."""
ACKNOWLEDGEMENT = "acknowledgement"
BEFORE_CROSSING = "before_crossing"
ARRIVAL = "arrival_information"
IMPORT = "import_information"
TOLD = "told"
"""Mark of the messages that are late or in time by themselves."""
CODES = {
    ACKNOWLEDGEMENT: "acknowledgement-late",
    BEFORE_CROSSING: "information-late",
    ARRIVAL: "arrival-information-late",
    IMPORT: "import-information-late",
}
"""Deadline → code of the event that says that it was missed."""
ANSWERED = frozenset(KINDS.keys() - {Acknowledgement.__name__} - ASKING)
"""Kinds that a business answer is due for."""
TELLING = frozenset(
    one.__name__ for one in (PreliminaryInformation, ArrivalInformation, ImportInformation)
)
HERE = (State.ARRIVED.value, State.PARTLY_ARRIVED.value)


def look(tx: Transaction, context: Context) -> int:
    """Note what was missed by now, and what came after all; gives how much was looked at."""
    return sum(_look(tx, context, agreement) for agreement in context.agreements)


def _look(tx: Transaction, context: Context, agreement: Agreement) -> int:
    now, limits, done = context.clock.now(), agreement.deadlines, 0
    asked = _next(tx, agreement, ACKNOWLEDGEMENT, ANSWERED, now - limits.acknowledgement)
    for row, message in asked:
        done += 1
        due, met = (
            row.stored + limits.acknowledgement,
            tx.acknowledged(row.corridor, row.message_id),
        )
        if message is not None and (met is None or met > due):
            _missed(tx, context, message, ACKNOWLEDGEMENT, row.message_id, due, met)
    for row, message in _next(tx, agreement, TOLD, TELLING, now):
        done += 1
        for code, due in _late(tx, agreement, row, message):
            subject = row.message_id if code != IMPORT else row.consignment_id or row.message_id
            if message is not None:
                _missed(tx, context, message, code, subject, due, row.stored)
    return done + _imports(tx, context, agreement) + _met(tx, context, agreement)


def _next(
    tx: Transaction, agreement: Agreement, code: str, kinds: Collection[str], until: datetime
) -> Iterator[tuple[Message, AnyMessage | None]]:
    """Messages that were not looked at yet; from here on they were."""
    corridor = agreement.corridor
    mark = tx.deadline_mark(corridor, code)
    after = (mark.stored, mark.message_id) if mark else None
    found = tx.messages_after(corridor, kinds, after, until, BATCH)
    yield from ((row, said(row)) for row in found)
    if found:
        last = found[-1]
        tx.put_deadline_mark(
            DeadlineMark(
                corridor=corridor, code=code, stored=last.stored, message_id=last.message_id
            )
        )


def _late(
    reader: Reader, agreement: Agreement, row: Message, message: AnyMessage | None
) -> Iterator[tuple[str, datetime]]:
    """Deadlines that a message itself has missed, each with when it was due."""
    limits = agreement.deadlines
    match message:
        case PreliminaryInformation(declaration=declaration):
            ahead = agreement.deadline(limits.before_crossing, border_mode(declaration))
            for finding in lateness(message, agreement, row.stored):
                if finding.declared:
                    yield BEFORE_CROSSING, datetime.fromisoformat(finding.declared) - ahead
        case ArrivalInformation(withdrawn=False):
            if row.stored > message.arrived + limits.arrival_information:
                yield ARRIVAL, message.arrived + limits.arrival_information
        case ImportInformation():
            one = reader.consignment(row.corridor, row.consignment_id or "")
            if one and one.arrived and row.stored > one.arrived + limits.import_information:
                yield IMPORT, one.arrived + limits.import_information


def _imports(tx: Transaction, context: Context, agreement: Agreement) -> int:
    """What has arrived and of whose import nothing was told in time."""
    limit = agreement.deadlines.import_information
    before = context.clock.now() - limit
    found = tx.imports_awaited(agreement.corridor, HERE, IMPORT, before, BATCH)
    for one in found:
        due = one.arrived + limit if one.arrived else before
        _note(
            tx,
            context,
            MissedDeadline(
                corridor=one.corridor,
                subject=one.consignment_id,
                code=IMPORT,
                mode=one.mode,
                due=due,
                noted=context.clock.now(),
                consignment_id=one.consignment_id,
            ),
        )
    return len(found)


def _met(tx: Transaction, context: Context, agreement: Agreement) -> int:
    """What was missed and has come since; of what was annulled nothing is due any more."""
    done = 0
    for row in tx.deadlines_missed(corridor=agreement.corridor):
        came = _came(tx, row)
        one = tx.consignment(row.corridor, row.consignment_id or "")
        if came is not None:
            tx.meet_deadline(row, came)
            _happened(tx, context, row, Happening.ANSWERED_LATE, came)
        elif one is not None and one.state == State.ANNULLED:
            tx.meet_deadline(row, one.updated)
        else:
            continue
        done += 1
    return done


def _came(reader: Reader, row: MissedDeadline) -> datetime | None:
    if row.code == ACKNOWLEDGEMENT:
        return reader.acknowledged(row.corridor, row.subject)
    return reader.told_of(row.corridor, row.subject, ImportInformation.__name__)


def _missed(
    tx: Transaction,
    context: Context,
    message: AnyMessage,
    code: str,
    subject: str,
    due: datetime,
    met: datetime | None,
) -> None:
    corridor = context.agreement_with(_partner(context, message)).corridor
    row = MissedDeadline(
        corridor=corridor,
        subject=subject,
        code=code,
        mode=message.header.mode.value,
        due=due,
        noted=context.clock.now(),
        consignment_id=getattr(message, "consignment_id", None),
        met=met,
    )
    _note(tx, context, row)


def _partner(context: Context, message: AnyMessage) -> str:
    header = message.header
    ours = header.sender.country == context.country
    return header.receiver.country if ours else header.sender.country


def _note(tx: Transaction, context: Context, row: MissedDeadline) -> None:
    """Note it, unless it is noted; what came by now is noted as late at once."""
    if tx.add_missed(row):
        _happened(tx, context, row, Happening.DEADLINE_MISSED, row.due)
        if row.met is not None:
            _happened(tx, context, row, Happening.ANSWERED_LATE, row.met)


def _happened(
    tx: Transaction, context: Context, row: MissedDeadline, happening: Happening, at: datetime
) -> None:
    """An event of the consignment, where one is known that still says something."""
    one = tx.consignment(row.corridor, row.consignment_id or "")
    if one is not None and one.removed is None:
        place, data = (row.corridor, one.consignment_id), EventData(code=CODES[row.code])
        record(tx, context, *place, happening, at=at, cause="clock", data=data)


def missed_deadlines(reader: Reader, context: Context) -> dict[str, int]:
    """Deadline and mode → how often it was missed lately: ``acknowledgement``, ``acknowledgement test``."""
    counts = reader.missed_counts(context.clock.now() - LOOK_BACK)
    return {name.removesuffix(f" {Mode.LIVE}"): count for name, count in sorted(counts.items())}
