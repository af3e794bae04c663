"""The ebMS error table and the one exception of this room.

Sources: ebMS 3.0 Core, 6.7 (EBMS:0001–0202); AS4 profile 1.0, 3.2 and 5.1 (EBMS:0301–0303). phase4
4.5 adds EBMS:4001 for a duplicate; this node reads it and never sends it.
"""

from __future__ import annotations

from enum import Enum
from typing import NoReturn

from keruen.errors import RemoteError


class ErrorCode(Enum):
    """An entry of the table: code, short description, severity, category, origin, description."""

    VALUE_NOT_RECOGNIZED = (
        "EBMS:0001", "ValueNotRecognized", "failure", "Content", "ebms",
        "A value of the header is not recognised.",
    )  # fmt: skip
    FEATURE_NOT_SUPPORTED = (
        "EBMS:0002", "FeatureNotSupported", "warning", "Content", "ebms",
        "A value of the header asks for a feature that is not supported.",
    )  # fmt: skip
    VALUE_INCONSISTENT = (
        "EBMS:0003", "ValueInconsistent", "failure", "Content", "ebms",
        "A value of the header contradicts another one or the processing mode.",
    )  # fmt: skip
    OTHER = (
        "EBMS:0004", "Other", "failure", "Content", "ebms",
        "The message cannot be processed.",
    )  # fmt: skip
    CONNECTION_FAILURE = (
        "EBMS:0005", "ConnectionFailure", "failure", "Communication", "ebms",
        "The partner cannot be connected to.",
    )  # fmt: skip
    EMPTY_MESSAGE_PARTITION_CHANNEL = (
        "EBMS:0006", "EmptyMessagePartitionChannel", "warning", "Communication", "ebms",
        "There is no message to pull from this channel.",
    )  # fmt: skip
    MIME_INCONSISTENCY = (
        "EBMS:0007", "MimeInconsistency", "failure", "Unpackaging", "ebms",
        "The use of MIME does not follow the packaging rules.",
    )  # fmt: skip
    FEATURE_NOT_SUPPORTED_INCONSISTENCY = (
        "EBMS:0008", "FeatureNotSupported", "failure", "Unpackaging", "ebms",
        "An element is present or absent that the supported features do not allow.",
    )  # fmt: skip
    INVALID_HEADER = (
        "EBMS:0009", "InvalidHeader", "failure", "Unpackaging", "ebms",
        "The header is not well-formed or does not follow the packaging rules.",
    )  # fmt: skip
    PROCESSING_MODE_MISMATCH = (
        "EBMS:0010", "ProcessingModeMismatch", "failure", "Processing", "ebms",
        "No processing mode is agreed for this header.",
    )  # fmt: skip
    EXTERNAL_PAYLOAD_ERROR = (
        "EBMS:0011", "ExternalPayloadError", "failure", "Content", "ebms",
        "A payload outside the message is referred to.",
    )  # fmt: skip
    FAILED_AUTHENTICATION = (
        "EBMS:0101", "FailedAuthentication", "failure", "Processing", "security",
        "The signature cannot be validated.",
    )  # fmt: skip
    FAILED_DECRYPTION = (
        "EBMS:0102", "FailedDecryption", "failure", "Processing", "security",
        "The encrypted data cannot be decrypted.",
    )  # fmt: skip
    POLICY_NONCOMPLIANCE = (
        "EBMS:0103", "PolicyNoncompliance", "failure", "Processing", "security",
        "The security of the message is not what the processing mode asks for.",
    )  # fmt: skip
    DYSFUNCTIONAL_RELIABILITY = (
        "EBMS:0201", "DysfunctionalReliability", "failure", "Processing", "reliability",
        "A reliability function does not work.",
    )  # fmt: skip
    DELIVERY_FAILURE = (
        "EBMS:0202", "DeliveryFailure", "failure", "Communication", "reliability",
        "The message could not be delivered in spite of all attempts.",
    )  # fmt: skip
    MISSING_RECEIPT = (
        "EBMS:0301", "MissingReceipt", "failure", "Communication", "ebms",
        "No receipt came for a message that was sent.",
    )  # fmt: skip
    INVALID_RECEIPT = (
        "EBMS:0302", "InvalidReceipt", "failure", "Communication", "ebms",
        "A receipt came that does not match the message that was sent.",
    )  # fmt: skip
    DECOMPRESSION_FAILURE = (
        "EBMS:0303", "DecompressionFailure", "failure", "Communication", "ebms",
        "A compressed payload cannot be decompressed.",
    )  # fmt: skip
    DUPLICATE_DETECTED = (
        "EBMS:4001", "DuplicateDetected", "failure", "Content", "phase4",
        "phase4: the message id was seen before.",
    )  # fmt: skip

    def __init__(
        self, code: str, short: str, severity: str, category: str, origin: str, text: str
    ) -> None:
        self.code = code
        self.short_description = short
        self.severity = severity
        self.category = category
        self.origin = origin
        self.text = text


MAX_DETAIL = 2000
"""Characters of a detail: it may quote what a stranger wrote, who must not fill the log."""


class EbmsError(RemoteError):
    """The partner's message is refused; `entry` says what the partner is told.

    Args:
        entry: entry of the ebMS error table.
        detail: the check that failed, for the operator's log only. `build_error` never writes it.
        ref_to_message_id: id of the message in error, where its header could be read.
    """

    def __init__(
        self, entry: ErrorCode, *, detail: str, ref_to_message_id: str | None = None
    ) -> None:
        super().__init__(entry.code, entry.text, detail=detail[:MAX_DETAIL])
        self.entry = entry
        self.ref_to_message_id = ref_to_message_id


def refuse(entry: ErrorCode, detail: str) -> NoReturn:
    """Raise EbmsError."""
    raise EbmsError(entry, detail=detail)
