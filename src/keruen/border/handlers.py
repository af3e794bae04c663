"""What this room adds to the exchange: its handlers of messages and takers of documents."""

from __future__ import annotations

from collections.abc import Mapping

from keruen.agreement import Agreement
from keruen.border.late import take_late
from keruen.border.match import retry_unmatched, take_import
from keruen.customs import DeclarationKind
from keruen.exchange import EXPECTED, Context, Handler, Incoming, Taker, information
from keruen.messages import Amendment, EmptyVehicle, PreliminaryInformation
from keruen.store import Transaction

MATCHED = (PreliminaryInformation, Amendment, EmptyVehicle)
"""Messages by which something is awaited, or is awaited with other marks."""


def information_and_matching(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """Take note of what is told, then match the arrival and the import declarations that came before it."""
    message = incoming.message
    assert isinstance(message, MATCHED)  # noqa: S101 - the table's key says so
    information(tx, context, agreement, incoming)
    consignment = tx.consignment(agreement.corridor, message.consignment_id)
    if consignment is None or consignment.state not in EXPECTED:
        return
    if take_late(tx, context, consignment) is None:
        retry_unmatched(tx, context, agreement.corridor, message.consignment_id)


HANDLERS: Mapping[str, Handler] = {kind.__name__: information_and_matching for kind in MATCHED}
"""Handlers that take the place of the exchange's own."""

TAKERS: Mapping[str, Taker] = {DeclarationKind.IMPORT: take_import}
"""Takers of declarations that the exchange has none for."""
