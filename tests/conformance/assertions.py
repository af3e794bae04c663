"""What a message handler must do to conform, as a table: one row an assertion, one test a row.

CP and 4CT are the EC's test assertions for eDelivery AS4 (TAD 1.2, 2019), in our words: those of the common
profile and of four corners. They were written for profile 1.x; with another profile of Keruen its algorithms
stand in their place. The other groups, under ids of our own, are rules of the profiles that those assertions
do not reach: DR and PULL (enhancements of eDelivery AS4 1.15; DR01 to DR04 are the EC's), and E2 (2.0).

    level   M mandatory · p preferred · o permitted; NT: the EC's test bed cannot test it

A row has a test in this folder, or says why it does not apply, or why there is none yet.
"""

# ruff: noqa: E501  (tables: one row a line)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WSS4J = "tests/interop/test_wss4j.py"
PHASE4 = "tests/interop/test_phase4.py"
PYPI_AS4 = "tests/interop/test_as4.py"


@dataclass(frozen=True, slots=True)
class Assertion:
    """One row."""

    id: str
    level: str
    what: str
    live: tuple[str, ...] = ()
    """Modules of tests that show it with an implementation of others."""
    not_applicable: str = ""
    """Why it does not apply to this program; a test may show that."""
    not_yet: str = ""
    """Why there is no test yet."""


# fmt: off
_CARDS = "nobody is a partner without a card, which pins his certificates"

COMMON = (
    Assertion("CP01", "M", "a pushed message is answered in HTTP 2xx with a receipt of non-repudiation", (WSS4J, PHASE4)),
    Assertion("CP02", "M", "two-way: the answering message refers to the id of the first"),
    Assertion("CP03", "M", "a message names exactly one party in From and one in To", (WSS4J, PHASE4)),
    Assertion("CP04", "M", "a payload that is not compressed is taken: receipted and delivered", (WSS4J, PHASE4)),
    Assertion("CP05", "M", "a compressed payload travels in a MIME part of its own; the SOAP Body is empty", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP06", "M", "a leading XML document is named by the first PartInfo", (WSS4J, PHASE4)),
    Assertion("CP07", "M", "a message with several payloads is receipted and all of them are delivered", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP08", "M", "a payload outside the message, by hyperlink, is answered with an ebMS error"),
    Assertion("CP09", "M", "without a receipt the message is sent again"),
    Assertion("CP10", "M", "when the line is back: a receipt, one delivery, no further attempt"),
    Assertion("CP11", "M NT", "errors are reported to nobody but the sender of the message"),
    Assertion("CP12", "M", "signed with the sender's certificate and the profile's algorithms: Messaging by its Id, Body, every part", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP13", "M", "encrypted with AES-128-GCM for the receiver's certificate", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP14", "M", "two-way: each message is answered in HTTP 2xx with a receipt"),
    Assertion("CP15", "M", "when the time for attempts is over the producer is told EBMS:0301"),
    Assertion("CP16", "M", "a ping carries the service and the action of the test service", (PHASE4,)),
    Assertion("CP17", "M", "a ping is receipted in HTTP 2xx and nothing is delivered"),
    Assertion("CP18", "M NT", "every message has a conversation id, though the producer gives none"),
    Assertion("CP19", "M", "two-way: the answer stays in the conversation of the first message"),
    Assertion("CP20", "o", "message properties with and without a type are taken"),
    Assertion("CP21", "M", "the receiver of a message with payload sends a receipt", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP22", "M", "the sender takes the receipt, a simple SOAP message, as proof of delivery", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP23", "M", "the program sends payloads compressed with gzip", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP24", "M", "the property CompressionType of a compressed part is application/gzip", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP25", "M", "the property MimeType is the type of the payload as it was submitted", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP26", "p", "a compressed part without MimeType is answered with an ebMS error"),
    Assertion("CP27", "p", "the property CharacterSet says UTF-16 where the producer does"),
    Assertion("CP28", "p", "the property CharacterSet says UTF-8 where the producer does"),
    Assertion("CP29", "p", "a CharacterSet that is none is answered with an ebMS error"),
    Assertion("CP30", "M", "damaged gzip is answered with EBMS:0303, failure, Communication"),
    Assertion("CP31", "p", "damaged gzip is reported to the receiving side, too"),
    Assertion("CP32", "M", "a compressed payload is delivered unpacked", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP33", "M", "several compressed payloads are delivered unpacked", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP34", "M", "first compressed, then signed: receipted", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP35", "M", "first signed, then compressed: answered with an error"),
    Assertion("CP36", "M", "first compressed, then encrypted: receipted", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP37", "M", "first encrypted, then compressed: answered with an error"),
    Assertion("CP38", "M", "compressed, signed and encrypted: receipted", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP39", "M", "versions and cipher suites of TLS can be set"),
    Assertion("CP40", "p", "TLS 1.0 and 1.1 are not spoken with a receiver set to 1.2"),
    Assertion("CP41", "M", "SSL 2.0 and 3.0 are not spoken with a receiver set to TLS 1.2"),
    Assertion("CP42", "M", "no connection comes about with a cipher suite that the receiver does not allow"),
    Assertion("CP43", "M", "with an allowed cipher suite the answer is HTTP 2xx"),
    Assertion("CP44", "o", "part properties with and without a type are taken"),
    Assertion("CP45", "M", "the order of PartInfo is that of submission", (WSS4J, PHASE4, PYPI_AS4)),
    Assertion("CP46", "M NT", "messages travel over IPv4 and over IPv6"),
)

FOUR_CORNERS = (
    Assertion("4CT01", "M", "originalSender and finalRecipient travel as message properties and arrive", (PHASE4, PYPI_AS4)),
    Assertion("4CT02", "o", "trackingIdentifier may travel along", (PYPI_AS4,)),
    Assertion("4CT03", "M", "From and To are the message handlers, not the outer corners", (PYPI_AS4,)),
)

DYNAMIC_RECEIVER = (
    Assertion("DR01", "M", "an unregistered sender whose certificate chains to a trust anchor is receipted", not_applicable=f"{_CARDS}; the test shows that such a sender is refused"),
    Assertion("DR02", "M", "a certificate that does not chain to a trust anchor is answered with an error"),
    Assertion("DR03", "M", "a certificate without the agreed policies is answered with an error", not_applicable=f"{_CARDS}; policies play no part"),
    Assertion("DR04", "M", "a certificate of another subject than the From party is answered with an error"),
)

PULL = (
    Assertion("PULL01", "M", "a pull request is signed; an unsigned one gets no message"),
    Assertion("PULL02", "M", "a channel gives its messages to the partner that it belongs to, and to nobody else"),
    Assertion("PULL03", "M", "the default channel is not used"),
    Assertion("PULL04", "M", "each partner has a channel of its own"),
    Assertion("PULL05", "M", "the receipt or error for a pulled message is posted to the address that was pulled from"),
    Assertion("PULL06", "M", "an empty channel is answered with the warning EBMS:0006"),
    Assertion("PULL07", "M", "given is the oldest message that was not pulled yet, or whose receipt is overdue"),
    Assertion("PULL08", "M", "several pulls at once get different messages"),
    Assertion("PULL09", "M", "a message that was receipted or has failed is not given again"),
)

EDELIVERY_2 = (
    Assertion("E2-01", "M", "signature eddsa-ed25519, digests SHA-256, exclusive canonicalisation", (WSS4J, PHASE4)),
    Assertion("E2-02", "M", "content encryption AES-128-GCM; CBC is refused", (WSS4J, PHASE4)),
    Assertion("E2-03", "M", "key agreement X25519 with a new ephemeral key for each message", (WSS4J, PHASE4)),
    Assertion("E2-04", "M", "the ephemeral key is a DEREncodedKeyValue of 44 octets with OID 1.3.101.110", (WSS4J, PHASE4)),
    Assertion("E2-05", "M", "key derivation HKDF with HMAC-SHA-256, a fresh salt, KeyLength 16 in octets", (WSS4J, PHASE4)),
    Assertion("E2-06", "M", "the recipient's certificate is referred to directly in RecipientKeyInfo; a reference in KeyValue is taken, too", (WSS4J,)),
    Assertion("E2-07", "M", "key wrap kw-aes128 of a content key that is new in each message", (WSS4J, PHASE4)),
    Assertion("E2-08", "M", "one EncryptedKey with a ReferenceList; an EncryptedData for each part points at it", (WSS4J, PHASE4)),
    Assertion("E2-09", "p", "all references to the signing certificate are understood: token, path, issuer and serial, key identifier", (WSS4J, PHASE4)),
    Assertion("E2-10", "M", "separate certificates for signing and for encryption", (WSS4J, PHASE4)),
    Assertion("E2-11", "M", "an algorithm outside of the partner's profile is answered with EBMS:0103"),
    Assertion("E2-12", "p", "option EC: signature ecdsa-sha256, r and s side by side", (WSS4J, PHASE4)),
    Assertion("E2-13", "M", "option EC: ECDH-ES with HKDF on secp256r1, secp384r1, secp521r1 and brainpoolP256r1", (WSS4J,)),
    Assertion("E2-14", "M", "option EC: the ephemeral key is an ECKeyValue with a NamedCurve", (WSS4J, PHASE4)),
    Assertion("E2-15", "M", "TLS 1.2 at least; 1.3 is spoken"),
)
# fmt: on

GROUPS: Mapping[str, tuple[Assertion, ...]] = {
    "Common profile": COMMON,
    "Four corners": FOUR_CORNERS,
    "Dynamic receiver": DYNAMIC_RECEIVER,
    "Pull": PULL,
    "eDelivery AS4 2.0": EDELIVERY_2,
}


def rows() -> Iterator[Assertion]:
    """All of them."""
    for group in GROUPS.values():
        yield from group
