"""PullRequest signals: a partner that takes no connections asks for what waits for it.

ebMS 3.0 Core, 3.1 and 5.2.3.1; authorisation by the signature (AS4 profile 1.0, 5.1.5, option 2; eDelivery
AS4, Pull enhancement). A request names its message partition channel, which belongs to one partner alone, so
whoever may pull from it is known before the signature is verified. The default channel is never pulled from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from keruen.as4.certificates import Certificate
from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.header_write import write_message_info
from keruen.as4.model import DEFAULT_MPC, SignalHeader
from keruen.as4.pmode import PMode, SigningIdentity
from keruen.as4.signal_read import signed_by
from keruen.as4.signal_write import write_signal
from keruen.as4.soap import Envelope, body_is_empty
from keruen.as4.xml import escape_attribute
from keruen.errors import LocalError


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """eb:PullRequest, signed by the partner whose channel it names."""

    message_id: str
    timestamp: datetime
    mpc: str
    """Message partition channel."""
    certificate: Certificate
    """Pinned certificate that signed it."""
    envelope: bytes = field(repr=False)


def build_pull_request(
    *, pmode: PMode, signer: SigningIdentity, message_id: str, timestamp: datetime
) -> bytes:
    """The signed request for one message of the channel of `pmode`, to be sent as `SOAP_CONTENT_TYPE`.

    Raises:
        LocalError: ``as4-no-channel`` where no channel, or the default one, is agreed.
    """
    if pmode.mpc in {None, DEFAULT_MPC}:
        raise LocalError("as4-no-channel", f"no channel is agreed with {pmode.partner.value}")
    info = write_message_info(message_id, timestamp, None)
    request = f'<eb:PullRequest mpc="{escape_attribute(pmode.mpc or "")}"></eb:PullRequest>'
    return write_signal(info + request, pmode, signer)


def read_pull_request(
    envelope: Envelope, header: SignalHeader, *, pmode: PMode, now: datetime
) -> PullRequest:
    """The request in an opened envelope, verified.

    Raises:
        EbmsError: PolicyNoncompliance when it is not signed, or not as agreed; FailedAuthentication when
            another than the channel's partner signed it; ValueInconsistent for another channel, or a
            request that is too old to be no repetition of somebody else, or ahead of time.
    """
    certificate = signed_by(envelope, pmode=pmode, now=now)
    if certificate is None:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, "a pull request that is not signed")
    if header.mpc is None or header.mpc in {DEFAULT_MPC, ""} or header.mpc != pmode.mpc:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"channel {header.mpc!r}, agreed is {pmode.mpc!r}")
    if not body_is_empty(envelope):
        refuse(ErrorCode.INVALID_HEADER, "a pull request with content in the Body")
    if not now - pmode.pull_max_age <= header.timestamp <= now + pmode.max_ahead:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"pull request of {header.timestamp} at {now}")
    return PullRequest(
        message_id=header.message_id,
        timestamp=header.timestamp,
        mpc=header.mpc,
        certificate=certificate,
        envelope=envelope.raw,
    )
