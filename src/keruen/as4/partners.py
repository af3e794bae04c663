"""Whose message it is, before anybody has verified it: found by its header, or by who says he signed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.model import SignalHeader, UserMessage
from keruen.as4.pmode import PMode
from keruen.as4.signature import claims_one_of
from keruen.as4.soap import Envelope

Partners = Callable[[UserMessage | SignalHeader], PMode | Sequence[PMode] | None]
"""Finds the processing mode for a header that nobody verified yet.

A signal does not say who sent it: for one, all that come into question may be given, and the certificate
that it names chooses among them.
"""


def agreed(partners: Partners, envelope: Envelope, header: UserMessage | SignalHeader) -> PMode:
    """The processing mode: the one that was found, or that of the partner who says he signed.

    Raises:
        EbmsError: ProcessingModeMismatch for a stranger.
    """
    found = partners(header)
    if isinstance(found, PMode):
        return found
    claimed = (one for one in found or () if claims_one_of(envelope, one.partner_signing))
    pmode = next(claimed, None)
    if pmode is None:
        refuse(ErrorCode.PROCESSING_MODE_MISMATCH, f"nothing is agreed for {header}")
    return pmode
