"""What each side declared of a consignment → the rows of which turnover is made, event by event.

The exporter's row follows the version that holds; an importer's row comes with each message of an import. A
node knows its own declarations whole; of the partner's it knows what the data list lets pass: often no value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from keruen.agreement import Agreement, departure_of
from keruen.customs import Amount, Declaration, GoodsItem
from keruen.exchange.figures.counted import NOT_COUNTED
from keruen.exchange.lifecycle import Happening
from keruen.messages import AnyMessage, FoundItem, ImportInformation, Mode
from keruen.store import Consignment, Event, Reader, Role, Transaction
from keruen.store.trade import Side, TradedRow

USD = "USD"
CENTS, GRAMS = 100, 1000
"""In a dollar, in a kilogram."""
LARGEST = 10**15
"""Of either; a sum of many still is a number of the database."""
MOST = 50
"""Declarations under one reference, the newest, among which the one that holds is looked for."""


def traded(
    tx: Transaction,
    agreement: Agreement,
    event: Event,
    stands: Consignment,
    message: AnyMessage | None,
    *,
    declaration: Declaration | None,
    imported: str | None,
) -> None:
    """Bring the rows of a consignment up to date with one event.

    Args:
        stands: the consignment after it.
        declaration: the version that holds from now on; None where it is the one before.
        imported: id of the import declaration that the event is about.
    """
    if stands.mode != Mode.LIVE or stands.state in NOT_COUNTED:
        tx.drop_traded(event.corridor, event.consignment_id, Side.EXPORTER)
    elif declaration is not None:
        tx.put_traded(_exported(tx, agreement, event, stands, declaration))
    told = event.name == Happening.IMPORTED and stands.mode == Mode.LIVE
    if told and isinstance(message, ImportInformation):
        tx.put_traded(_imported(tx, agreement, event, stands, message, imported))


def _exported(
    reader: Reader, agreement: Agreement, event: Event, stands: Consignment, stated: Declaration
) -> TradedRow:
    whole = _national(reader, event, stands) or stated
    return TradedRow(
        side=Side.EXPORTER,
        source="",
        month=_month(agreement, departure_of(whole) or event.at, event),
        value=value_of(whole),
        net_mass=mass_of(whole.items),
        **_of(event, stands),  # type: ignore[arg-type]
    )


def _national(reader: Reader, event: Event, stands: Consignment) -> Declaration | None:
    """This country's own declaration whole, as last corrected by then; None where it is the partner's."""
    if stands.role is not Role.SENDER:
        return None
    found = reader.declarations(reference=stands.reference, kind=stands.stage, limit=MOST)
    kept = (one for one in found if one.submitted <= event.recorded and one.removed is None)
    newest = next(kept, None)
    return _declared(newest.body) if newest else None


def _declared(body: bytes) -> Declaration:
    return msgspec.json.decode(body, type=Declaration)


def _imported(
    reader: Reader,
    agreement: Agreement,
    event: Event,
    stands: Consignment,
    message: ImportInformation,
    declaration_id: str | None,
) -> TradedRow:
    own = reader.declaration(declaration_id) if declaration_id else None
    whole = _declared(own.body) if own is not None and own.removed is None else None
    alone = whole is not None and len(whole.items) == len(message.items)
    accepted = message.accepted
    return TradedRow(
        side=Side.IMPORTER,
        source=message.header.message_id,
        month=accepted.isoformat()[:7] if accepted else _month(agreement, event.at, event),
        value=value_of(whole) if whole is not None and alone else found_value(message.items),
        net_mass=mass_of(message.items),
        **_of(event, stands),  # type: ignore[arg-type]
    )


def _of(event: Event, stands: Consignment) -> dict[str, object]:
    return {
        "corridor": event.corridor,
        "consignment_id": event.consignment_id,
        "role": stands.role,
        "partner": stands.partner,
        "post": stands.post,
    }


def _month(agreement: Agreement, at: datetime, event: Event) -> str:
    """The month of the day that both sides agreed to count by."""
    try:
        return agreement.day(at).isoformat()[:7]
    except OverflowError:  # the end of time, in a partner's message
        return agreement.day(event.recorded).isoformat()[:7]


def value_of(one: Declaration) -> int | None:
    """US cents: of every item its statistical value, else customs value, else price; else the invoice."""
    items = [_dollars(item.statistical_value, item.customs_value, item.price) for item in one.items]
    whole = _sum(items)
    return _whole(whole if whole is not None else _dollars(one.invoice), CENTS)


def found_value(items: Iterable[FoundItem]) -> int | None:
    """US cents, where each item states a value in US dollars."""
    return _whole(_sum([_dollars(item.value) for item in items]), CENTS)


def mass_of(items: Iterable[GoodsItem | FoundItem]) -> int | None:
    """Grams, where each item states a net mass."""
    return _whole(_sum([item.net_mass for item in items]), GRAMS)


def _dollars(*amounts: Amount | None) -> Decimal | None:
    stated = (one.value for one in amounts if one is not None and one.currency == USD)
    return next((value for value in stated if value is not None), None)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None and one.is_finite()]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _whole(value: Decimal | None, times: int) -> int | None:
    return round(value * times) if value is not None and 0 <= value * times < LARGEST else None
