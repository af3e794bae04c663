"""TJ takes no connections: it pulls what KZ has for it (ebMS 3.0 Core, 3.1; AS4 profile 1.0, 5.1.5)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.as4.world import (
    KZ,
    KZ_TO_TJ,
    NOW,
    STRANGER,
    TJ,
    TJ_FROM_KZ,
    MemorySink,
    Receiver,
    body_of,
    payload,
    pmode_of,
    sealed,
    user_message,
)

from keruen.as4 import (
    DEFAULT_MPC,
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    PMode,
    PullRequest,
    ReceivedSignal,
    Reception,
    SigningIdentity,
    build_error,
    build_pull_request,
    build_receipt,
    open_signal,
    verify_receipt,
)
from keruen.errors import LocalError

CHANNEL = "urn:keruen:mpc:kz-tj"
SERVED = replace(KZ_TO_TJ, mpc=CHANNEL)
"""What KZ holds of TJ, whose channel it keeps."""
FETCHED = replace(TJ_FROM_KZ, mpc=CHANNEL)
"""What TJ holds of KZ."""


def request(
    signer: SigningIdentity = TJ.signer, pmode: PMode = FETCHED, at: datetime = NOW
) -> bytes:
    return build_pull_request(pmode=pmode, signer=signer, message_id="pull-1@tj", timestamp=at)


def received(
    body: bytes, *, pmode: PMode | None = SERVED, content_type: str = SOAP_CONTENT_TYPE
) -> PullRequest:
    """What KZ makes of a request."""
    got = Receiver(pmode=pmode, keys=(KZ.decryption,)).receive(content_type, body, step=77)
    assert isinstance(got, ReceivedSignal)
    assert isinstance(got.signal, PullRequest)
    return got.signal


def refusal(body: bytes, pmode: PMode | None = SERVED) -> EbmsError:
    with pytest.raises(EbmsError) as caught:
        received(body, pmode=pmode)
    return caught.value


def test_a_request_says_who_pulls_from_which_channel() -> None:
    pulled = received(request())
    assert (pulled.message_id, pulled.mpc, pulled.timestamp) == ("pull-1@tj", CHANNEL, NOW)
    assert pulled.certificate == TJ.signer.certificate


def test_who_may_pull_is_found_by_the_channel() -> None:
    asked = []

    def partners(header: object) -> PMode:
        asked.append(header)
        return SERVED

    reception = Reception(
        SOAP_CONTENT_TYPE, keys=(), partners=partners, now=NOW, quarantine=no_part
    )
    reception.receive_data(request())
    reception.finish()
    (header,) = asked
    assert (header.kind, header.mpc) == ("pull", CHANNEL)  # type: ignore[attr-defined]


def test_another_than_the_channels_partner_pulls_nothing() -> None:
    error = refusal(request(signer=STRANGER.signer))
    assert error.entry is ErrorCode.FAILED_AUTHENTICATION
    assert error.ref_to_message_id == "pull-1@tj"


def test_a_request_that_is_not_signed_is_refused() -> None:
    signed = request().decode()
    head, _, rest = signed.partition("<wsse:Security")
    unsigned = head + rest.partition("</wsse:Security>")[2]
    assert refusal(unsigned.encode()).entry is ErrorCode.POLICY_NONCOMPLIANCE


def test_a_request_that_was_changed_is_refused() -> None:
    changed = request().replace(CHANNEL.encode(), b"urn:keruen:mpc:kz-uz")
    assert refusal(changed).entry is ErrorCode.FAILED_AUTHENTICATION


@pytest.mark.parametrize("mpc", [None, "urn:keruen:mpc:kz-uz", DEFAULT_MPC])
def test_a_channel_that_is_not_the_agreed_one_is_refused(mpc: str | None) -> None:
    assert refusal(request(), replace(SERVED, mpc=mpc)).entry is ErrorCode.VALUE_INCONSISTENT


def test_nobody_pulls_from_the_default_channel() -> None:
    for mpc in (None, DEFAULT_MPC):
        with pytest.raises(LocalError, match="as4-no-channel"):
            request(pmode=replace(FETCHED, mpc=mpc))
    named = request().replace(f' mpc="{CHANNEL}"'.encode(), b"")
    assert refusal(named, replace(SERVED, mpc=DEFAULT_MPC)).entry in {
        ErrorCode.FAILED_AUTHENTICATION, ErrorCode.VALUE_INCONSISTENT
    }  # fmt: skip


@pytest.mark.parametrize("age", [timedelta(minutes=11), -timedelta(minutes=11)])
def test_an_old_request_may_be_a_repetition_by_somebody_else(age: timedelta) -> None:
    assert refusal(request(at=NOW - age)).entry is ErrorCode.VALUE_INCONSISTENT


def test_a_pull_request_is_no_answer() -> None:
    with pytest.raises(EbmsError) as caught:
        open_signal(SOAP_CONTENT_TYPE, request(), pmode=SERVED, now=NOW)
    assert caught.value.entry is ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY


def test_a_pulled_message_names_its_channel_and_is_receipted_by_callback() -> None:
    sent = sealed(payload(), message=user_message(mpc=CHANNEL))
    got = Receiver(pmode=FETCHED).receive_message(sent.content_type, body_of(sent))
    assert got.message.mpc == CHANNEL
    receipt = build_receipt(
        got.envelope, pmode=FETCHED, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
    )
    callback = Receiver(pmode=SERVED).receive(SOAP_CONTENT_TYPE, receipt)
    assert isinstance(callback, ReceivedSignal)
    verify_receipt(callback.signal, sent.message.message_id, sent.references)  # type: ignore[arg-type]


@pytest.mark.parametrize("agreed", [None, "urn:keruen:mpc:other"])
def test_a_message_of_another_channel_is_refused(agreed: str | None) -> None:
    sent = sealed(payload(), message=user_message(mpc=CHANNEL))
    with pytest.raises(EbmsError) as caught:
        Receiver(pmode=replace(FETCHED, mpc=agreed)).receive(sent.content_type, body_of(sent))
    assert caught.value.entry is ErrorCode.VALUE_INCONSISTENT


def test_a_message_may_name_the_default_channel() -> None:
    sent = sealed(payload(), message=user_message(mpc=DEFAULT_MPC))
    got = Receiver().receive_message(sent.content_type, body_of(sent))
    assert got.message.mpc == DEFAULT_MPC


def no_part(content_id: str) -> MemorySink:
    raise AssertionError(f"a signal with the part {content_id}")


def from_anyone(body: bytes, candidates: Sequence[PMode]) -> ReceivedSignal:
    reception = Reception(
        SOAP_CONTENT_TYPE,
        keys=(),
        partners=lambda _: candidates,
        now=NOW,
        quarantine=no_part,
    )
    reception.receive_data(body)
    got = reception.finish()
    assert isinstance(got, ReceivedSignal)
    return got


def test_whose_a_signal_is_tells_the_certificate_that_signed_it() -> None:
    receipt = build_receipt(
        sealed().envelope, pmode=FETCHED, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
    )
    others = pmode_of(KZ, STRANGER)
    assert from_anyone(receipt, [others, SERVED]).pmode is SERVED
    with pytest.raises(EbmsError) as caught:
        from_anyone(receipt, [others])
    assert caught.value.entry is ErrorCode.PROCESSING_MODE_MISMATCH


def test_a_signal_that_nobody_signed_is_nobodys() -> None:
    error = build_error(
        EbmsError(ErrorCode.OTHER, detail=""),
        pmode=None,
        signer=None,
        signal_id="e-1@tj",
        timestamp=NOW,
        ref_to_message_id="0193-1@kz",
    )
    with pytest.raises(EbmsError) as caught:
        from_anyone(error, [SERVED])
    assert caught.value.entry is ErrorCode.PROCESSING_MODE_MISMATCH


def test_who_claims_another_ones_certificate_is_found_out() -> None:
    """The token names TJ's certificate; the signature was made with another key."""
    forged = build_pull_request(
        pmode=FETCHED, signer=STRANGER.signer, message_id="pull-1@tj", timestamp=NOW
    )
    stolen = forged.replace(_token(STRANGER.signer), _token(TJ.signer))
    assert stolen != forged
    assert refusal(stolen).entry is ErrorCode.FAILED_AUTHENTICATION


def _token(signer: SigningIdentity) -> bytes:
    return base64.b64encode(signer.certificate.der)
