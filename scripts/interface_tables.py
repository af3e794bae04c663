"""Tables of docs/reference/interface.md, each from where the program holds it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import interface_examples as examples
import msgspec
from lxml import etree

from keruen.as4 import (
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    SOAP_CONTENT_TYPE,
    SUITES,
    TEST_ACTION,
    TEST_SERVICE,
    ErrorCode,
)
from keruen.config.limits import XML_PART_SIZE, PartnerLimits
from keruen.config.settings import Retry
from keruen.config.tls import CIPHERS, VERSIONS
from keruen.exchange import SERVICES
from keruen.exchange.peers import DOCUMENT_SIZE
from keruen.messages import KINDS, STRUCTURE_VERSION, json_schema, structure_of

SOURCE = Path(__file__).resolve().parents[1] / "src"
ALGORITHMS = {
    "`Security.X509.Signature.Algorithm`": ".//{*}SignedInfo/{*}SignatureMethod",
    "`Security.X509.Signature.HashFunction`": ".//{*}Reference/{*}DigestMethod",
    "canonicalisation": ".//{*}SignedInfo/{*}CanonicalizationMethod",
    "transform of parts in the signature": ".//{*}Reference[last()]/{*}Transforms/{*}Transform",
    "`Security.X509.Encryption.Algorithm`": ".//{*}EncryptedData/{*}EncryptionMethod",
    "content key: key transport or wrap": ".//{*}EncryptedKey/{*}EncryptionMethod",
    "— its digest": ".//{*}EncryptedKey/{*}EncryptionMethod/{*}DigestMethod",
    "— its mask": ".//{*}EncryptedKey/{*}EncryptionMethod/{*}MGF",
    "— key agreement": ".//{*}AgreementMethod",
    "— key derivation": ".//{*}KeyDerivationMethod",
    "— pseudo-random function": ".//{*}HKDFParams/{*}PRF",
}
TOLD = {
    ErrorCode.CONNECTION_FAILURE: "the sender's own administration",
    ErrorCode.DELIVERY_FAILURE: "the sender's own administration",
    ErrorCode.MISSING_RECEIPT: "the sender's own administration",
    ErrorCode.DUPLICATE_DETECTED: "nobody; only read",
}


def pmode_rows() -> Iterator[tuple[str, ...]]:
    """What holds under every profile (ebMS 3.0 Core, appendix D; AS4 profile 1.0), and where it can differ."""
    words = "collaboration"
    yield (
        "`MEP`, `MEPbinding`",
        "`oneWay`, `push`; answers: `twoWay`, `pushAndPush`",
        "`pull`: `oneWay`, `pull`",
    )
    yield (
        "`Initiator.Party`, `Responder.Party`",
        "those of the two cards",
        "`party_id`, `party_type`",
    )
    yield (
        "`Initiator.Role`",
        f"`{INITIATOR_ROLE}`: whoever sends",
        f"`{words}.own_role`, `….partner_role_sending`",
    )
    yield (
        "`Responder.Role`",
        f"`{RESPONDER_ROLE}`: whoever receives",
        f"`{words}.partner_role`, `….own_role_receiving`",
    )
    yield (
        "`Agreement`, `AgreementRef`",
        "not sent; not looked at",
        f"`{words}.agreement`, `….pmode`: then required",
    )
    yield "`Protocol.Address`", "of the receiver", "`endpoint`"
    yield (
        "TLS",
        f"{' and '.join(VERSIONS)}, by default `{CIPHERS}` for 1.2",
        "`tls.min_version`, `tls.clients`",
    )
    yield "`Protocol.SOAPVersion`", f"1.2; `{SOAP_CONTENT_TYPE}`", ""
    yield (
        "`BusinessInfo.Service`, `.Action`",
        "see [below](#services-and-actions)",
        f"`{words}.service`, `….actions`",
    )
    yield "`BusinessInfo.MPC`", "not set", "`pull.mpc`: of what is pulled"
    yield "`BusinessInfo.Properties`", "none", "`properties`, `four_corner`"
    yield (
        "`PayloadService.CompressionType`",
        "`application/gzip`; uncompressed payloads are taken, too",
        "",
    )
    yield "`Security.WSSVersion`", "1.1.1", ""
    yield "`Security.X509.Sign`", "Messaging, Body and every payload part", "`token_reference`"
    yield (
        "`Security.X509.Encryption.Encrypt`",
        "every payload part, and nothing else",
        "`recipient_reference`",
    )
    yield "`Security.X509.Encryption.MinimalStrength`", "128", ""
    yield "`Security.PModeAuthorize`, `.UsernameToken`", "false; not used", ""
    yield "`Security.SendReceipt`, `.NonRepudiation`", "true, true; the receipt is signed", ""
    yield "`Security.SendReceipt.ReplyPattern`", "`Response`; of what is pulled: `Callback`", ""
    yield "`ErrorHandling.Report.AsResponse`", "true; of what is pulled: false", "`errors.sign`"
    yield "`ErrorHandling.Report.SenderErrorsTo`, `.ReceiverErrorsTo`", "not set", ""
    yield (
        "`ReceptionAwareness`, `.Retry`, `.DuplicateDetection`",
        "true; see [Repetition](#repetition)",
        "`retry`",
    )


def algorithm_rows() -> Iterator[tuple[str, ...]]:
    """Algorithms as they stand in a message of each profile."""
    envelopes = [etree.fromstring(examples.exchanged(name)[0].envelope) for name in SUITES]
    for title, path in ALGORITHMS.items():
        elements = [envelope.find(path) for envelope in envelopes]
        cells = ["–" if one is None else f"`{one.get('Algorithm')}`" for one in elements]
        yield title, *cells
    yield "signing key", *(suite.signature.keys.name for suite in SUITES.values())
    yield "encryption key", *(suite.key_transport.keys.name for suite in SUITES.values())


def service_rows() -> Iterator[tuple[str, ...]]:
    """Every pair, and the test service."""
    for service, action in sorted(SERVICES, key=lambda pair: list(KINDS).index(pair[1])):
        yield f"`{service.value}`, no type", f"`{action}`", f"JSON document of kind `{action}`"
    yield f"`{TEST_SERVICE}`", f"`{TEST_ACTION}`", "anything or nothing; receipted, never delivered"


def limit_rows() -> Iterator[tuple[str, ...]]:
    """What a node takes at most of a partner, and the code by which it says so."""
    yield "the leading JSON document, unpacked", octets(DOCUMENT_SIZE), f"`{ErrorCode.OTHER.code}`"
    doc = inspect.getdoc(PartnerLimits) or ""
    for field in msgspec.structs.fields(PartnerLimits):
        found = re.search(rf"^    {field.name}: (.*(?:\n {{8}}.*)*)", doc, re.MULTILINE)
        assert found is not None, field.name  # noqa: S101 - reference_cli needs it, too
        text = " ".join(found[1].split())
        codes = ", ".join(f"`{code}`" for code in re.findall(r"EBMS:\d{4}", text))
        shown = octets(field.default) if field.name.endswith("size") else str(field.default)
        yield re.split(r"[;,(.]", text)[0].strip(), shown, f"{codes} (`limits.{field.name}`)"
    xml = octets(XML_PART_SIZE)
    yield "octets of an uncompressed XML payload", xml, f"`{ErrorCode.FAILED_AUTHENTICATION.code}`"


def octets(size: int) -> str:
    """A size for people."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << power:
            return f"{size / (1 << power):g} {unit}"
    return f"{size} octets"


def delays() -> str:
    """The schedule of attempts."""
    return ", ".join(f"{seconds:g}" for seconds in Retry().delays)


def error_rows() -> Iterator[tuple[str, ...]]:
    """Codes that a line of the program answers with or tells its operator."""
    source = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    for entry in ErrorCode:
        if f"ErrorCode.{entry.name}" in source:
            yield (
                f"`{entry.code}`",
                entry.short_description,
                entry.severity,
                entry.category,
                entry.text,
            )


def kind_rows() -> Iterator[tuple[str, ...]]:
    """Every kind of message."""
    for kind, struct in KINDS.items():
        schema = json_schema(kind)
        needed = schema["$defs"][kind]["required"] if "$defs" in schema else schema["required"]
        listed = ", ".join(f"`{name}`" for name in needed if name != "kind")
        yield (
            f"`{kind}`",
            f"`{structure_of(struct)}`",
            STRUCTURE_VERSION,
            f"`{schema['$id']}`",
            listed,
        )
