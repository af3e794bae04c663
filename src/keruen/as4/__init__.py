"""Takes user messages and gives sealed AS4 bodies; takes such bodies and gives verified messages.

ebMS 3.0 and AS4 without input or output: eDelivery AS4 2.0 and 1.15, pushed or pulled,
with signed receipts in the answer or by callback. Keys, time and entropy are arguments.

    seal ─► SealedMessage ─ ─ ─ ─ the wire ─ ─ ─ ─► Reception ─► ReceivedUserMessage
    verify_receipt ◄─ open_signal ◄─ ─ the wire ─ ─ build_receipt, build_error ◄─┘
"""

from keruen.as4.certificates import (
    Authority,
    Certificate,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
)
from keruen.as4.duplicates import references_digest
from keruen.as4.entropy import Seeded
from keruen.as4.errors import EbmsError, ErrorCode
from keruen.as4.kept import header_of
from keruen.as4.model import (
    DEFAULT_MPC,
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    TEST_ACTION,
    TEST_SERVICE,
    AgreementRef,
    PartInfo,
    PartyId,
    Payload,
    Property,
    Reference,
    Service,
    SignalHeader,
    Sink,
    UserMessage,
)
from keruen.as4.namespaces import SOAP_CONTENT_TYPE
from keruen.as4.partners import Partners
from keruen.as4.pmode import DecryptionIdentity, Limits, PMode, SigningIdentity, TokenReference
from keruen.as4.pull import PullRequest, build_pull_request
from keruen.as4.received import ReceivedPart, ReceivedSignal, ReceivedUserMessage
from keruen.as4.reception import Reception
from keruen.as4.revocation import RevocationList, RevocationLists, read_revocation_list
from keruen.as4.seal import SealedMessage, seal
from keruen.as4.signal_read import (
    ErrorSignal,
    Receipt,
    ReportedError,
    open_signal,
    verify_receipt,
)
from keruen.as4.signal_write import build_error, build_receipt, receipt_can_be_remade
from keruen.as4.soap import Envelope as OpenedEnvelope
from keruen.as4.suites import SUITES
from keruen.as4.trust import Trust

__all__ = [
    "DEFAULT_MPC",
    "INITIATOR_ROLE",
    "RESPONDER_ROLE",
    "SOAP_CONTENT_TYPE",
    "SUITES",
    "TEST_ACTION",
    "TEST_SERVICE",
    "AgreementRef",
    "Authority",
    "Certificate",
    "DecryptionIdentity",
    "EbmsError",
    "ErrorCode",
    "ErrorSignal",
    "Limits",
    "OpenedEnvelope",
    "PMode",
    "PartInfo",
    "Partners",
    "PartyId",
    "Payload",
    "Property",
    "PullRequest",
    "Receipt",
    "ReceivedPart",
    "ReceivedSignal",
    "ReceivedUserMessage",
    "Reception",
    "Reference",
    "ReportedError",
    "RevocationList",
    "RevocationLists",
    "SealedMessage",
    "Seeded",
    "Service",
    "SignalHeader",
    "SigningIdentity",
    "Sink",
    "TokenReference",
    "Trust",
    "UserMessage",
    "Validity",
    "build_error",
    "build_pull_request",
    "build_receipt",
    "header_of",
    "issue_key_agreement",
    "issue_signing",
    "make_authority",
    "open_signal",
    "read_revocation_list",
    "receipt_can_be_remade",
    "references_digest",
    "seal",
    "verify_receipt",
]
