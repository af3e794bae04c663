"""Takes back an arrival that was registered by mistake: told to the other side, recorded, nothing deleted.

The rule: for as long as the agreement says after it was registered (``arrival_correction``), and as long as no
import declaration has been matched with it. What is right is then registered as an arrival of its own.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.refusals import not_withdrawn
from keruen.customs import Finding, Struct
from keruen.exchange import Context, Happening, State, new_header, record, send
from keruen.exchange.kept import said
from keruen.exchange.retold import as_parts_stand, standing_of_arrival
from keruen.messages import ArrivalInformation, Mode, Stage
from keruen.store import Consignment, Direction, Reader, Transaction

HERE = (State.ARRIVED, State.PARTLY_ARRIVED, State.UNANNOUNCED)
"""States in which an arrival can be taken back: nothing rests on it yet."""


class Standing(Struct, frozen=True):
    """An arrival that was told, and until when it can be taken back.

    Attributes:
        refusal: why it cannot be; None where it can.
    """

    message: ArrivalInformation
    agreement: Agreement
    until: datetime
    refusal: Finding | None = None


def standing(reader: Reader, context: Context, corridor: str, message_id: str) -> Standing | None:
    """Whether an arrival can be taken back; None where this side told of no such arrival."""
    stored = reader.message(corridor, message_id)
    message = said(stored)
    if stored is None or stored.direction is Direction.IN:
        return None
    if not isinstance(message, ArrivalInformation) or message.withdrawn:
        return None
    agreement = context.agreement_of(corridor)
    until = message.registered + agreement.deadlines.arrival_correction
    subject = message.consignment_id or message.arrival_id
    about = reader.consignment(corridor, subject)
    refusal = _refusal(reader, context, about, message, until)
    return Standing(message=message, agreement=agreement, until=until, refusal=refusal)


def _refusal(
    reader: Reader,
    context: Context,
    about: Consignment | None,
    message: ArrivalInformation,
    until: datetime,
) -> Finding | None:
    taken_back = replace(message, withdrawn=True)
    if about is None:
        return not_withdrawn("arrival-unknown")
    if standing_of_arrival(reader, about.corridor, about.consignment_id, taken_back) != "next":
        return not_withdrawn("arrival-taken-back")
    if context.clock.now() > until:
        return not_withdrawn("correction-too-late")
    return None if about.state in HERE else not_withdrawn("formalities-begun")


def withdraw_arrival(
    tx: Transaction, context: Context, corridor: str, message_id: str, *, cause: str
) -> ArrivalInformation | Finding:
    """Take an arrival back; gives what the other side is told, or why it cannot be taken back.

    Args:
        message_id: of the message that told of it.
        cause: who brings it about.
    """
    found = standing(tx, context, corridor, message_id)
    if found is None:
        return not_withdrawn("arrival-unknown")
    if found.refusal is not None:
        return found.refusal
    sent = send(tx, context, found.agreement, _taking_back(context, found))
    subject = sent.consignment_id or sent.arrival_id
    happening = as_parts_stand(tx, corridor, sent, _happening(sent))
    record(tx, context, corridor, subject, happening, cause=cause, message=sent)
    return sent


def _happening(message: ArrivalInformation) -> Happening:
    if message.consignment_id is None:
        return Happening.UNANNOUNCED_WITHDRAWN
    return Happening.ARRIVAL_WITHDRAWN


def _taking_back(context: Context, found: Standing) -> ArrivalInformation:
    """The same arrival, without what was found: that holds no more."""
    told = found.message
    header = new_header(
        context,
        found.agreement,
        ArrivalInformation,
        stage=Stage(told.header.stage),
        mode=Mode(told.header.mode),
        refers_to=told.header.message_id,
        office=told.post,
    )
    return replace(
        told,
        header=header,
        withdrawn=True,
        seals=(),
        seals_broken=(),
        weighbridge=None,
        items=(),
        remark=None,
        discrepancies=(),
    )
