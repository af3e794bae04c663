"""A form → what a person answers to an enquiry of the other side.

What has arrived is answered by registering it; here is said what was looked for and has not come, or went on.
"""

from __future__ import annotations

from collections.abc import Mapping

from keruen.customs import Struct
from keruen.customs.countries import COUNTRIES
from keruen.errors import LocalError
from keruen.exchange import Context
from keruen.exchange.replies import answer
from keruen.messages import EnquiryOutcome, EnquiryReply
from keruen.store import Transaction

OFFERED = (EnquiryOutcome.NOT_ARRIVED, EnquiryOutcome.DIVERTED)
"""What the form offers."""
LONGEST = 500


class Said(Struct, frozen=True):
    """What was filled in."""

    outcome: str
    country: str | None = None
    remark: str | None = None


def reply_of(form: Mapping[str, str]) -> Said:
    """The fields of the form."""
    return Said(
        outcome=form.get("outcome", ""),
        country=form.get("country", "").strip().upper() or None,
        remark=form.get("remark", "").strip()[:LONGEST] or None,
    )


def reply_to(tx: Transaction, context: Context, enquiry_id: str, said: Said) -> EnquiryReply:
    """Answer an enquiry.

    Raises:
        LocalError: ``reply-invalid``: the form offers no such answer, or the country is none.
        UsageError: ``enquiry-unknown``, ``enquiry-answered``.
    """
    if said.outcome not in OFFERED:
        raise LocalError("reply-invalid", "Say that it has not come, or that it went on.")
    if said.country is not None and said.country not in COUNTRIES:
        raise LocalError("reply-invalid", f"{said.country} is no country code of two letters.")
    outcome = EnquiryOutcome(said.outcome)
    country = said.country if outcome is EnquiryOutcome.DIVERTED else None
    return answer(tx, context, enquiry_id, outcome, country=country, remark=said.remark)
