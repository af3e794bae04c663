"""The ds:Signature over Messaging, Body and every part (XML Signature 1.1, WSS 1.1.1, SwA profile).

Verification resolves each reference to the very node that is processed, with the key of a pinned
certificate, and accepts no algorithm or transform beyond those of the suite.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import children, each_once, exactly, named, octets_of, one
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.model import Reference, Target
from keruen.as4.namespaces import (
    CONTENT_SIGNATURE_TRANSFORM,
    DS,
    EC,
    EXC_C14N,
    SHA256,
    WSSE,
)
from keruen.as4.pmode import SigningIdentity, TokenReference
from keruen.as4.policy import require_algorithm
from keruen.as4.signing import SignatureScheme
from keruen.as4.soap import Envelope
from keruen.as4.tokens import certificate_meant, write_token
from keruen.as4.trust import Trust
from keruen.as4.xml import XmlError, canonical, encode, escape_attribute, octets_as_written
from keruen.as4.xml import parse as parse_xml

_INCLUSIVE_NAMESPACES = f"{{{EC}}}InclusiveNamespaces"
_SIGNATURE = f"{{{DS}}}Signature"
_TRANSFORMS: dict[Target, str] = {
    "messaging": EXC_C14N,
    "body": EXC_C14N,
    "part": CONTENT_SIGNATURE_TRANSFORM,
}


def digest_of(text: str) -> bytes:
    """SHA-256 over the exclusive canonical form of an element given as text."""
    return hashlib.sha256(canonical(parse_xml(text.encode()))).digest()


def digest_as_written(text: str) -> bytes:
    """The same of text that this room wrote in canonical form; tests hold the two against each other.

    Only for what is sent: what is verified is always parsed and canonicalised.

    Raises:
        XmlError: a character that XML cannot carry.
    """
    return hashlib.sha256(octets_as_written(text)).digest()


def write_signature(
    references: Iterable[Reference],
    signer: SigningIdentity,
    scheme: SignatureScheme,
    token_id: str,
    token_reference: TokenReference = TokenReference.BST,
) -> str:
    """Signature for wsse:Security, with the token it refers to, if there is one.

    Every reference must have a target. TypeError or ValueError if the signer's key is of another
    kind than the scheme's.
    """
    token, key_info = write_token(signer.certificate, token_reference, token_id, signer.chain)
    signed_info = _write_signed_info(references, scheme)
    value = scheme.sign(signer.private_key, octets_as_written(signed_info))
    return (
        f'{token}<ds:Signature xmlns:ds="{DS}">{signed_info}'
        f"<ds:SignatureValue>{encode(value)}</ds:SignatureValue>"
        f"<ds:KeyInfo>{key_info}</ds:KeyInfo></ds:Signature>"
    )


def _write_signed_info(references: Iterable[Reference], scheme: SignatureScheme) -> str:
    return (
        f'<ds:SignedInfo xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXC_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{scheme.uri}"></ds:SignatureMethod>'
        + "".join(_write_reference(reference) for reference in references)
        + "</ds:SignedInfo>"
    )


def _write_reference(reference: Reference) -> str:
    transform = _TRANSFORMS[reference.target or "part"]
    return (
        f'<ds:Reference URI="{escape_attribute(reference.uri)}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{transform}"></ds:Transform></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue>{encode(reference.digest)}</ds:DigestValue></ds:Reference>"
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a good signature says."""

    certificate: Certificate
    """The pinned certificate whose key verified it."""
    references: tuple[Reference, ...]
    """In the order of SignedInfo. Messaging and Body hold; those of parts are promises to check."""


def is_signed(envelope: Envelope) -> bool:
    """Whether there is a Signature at its place, good or not."""
    return _signature_of(envelope) is not None


def _signature_of(envelope: Envelope) -> etree._Element | None:
    """The Signature at its place; `open_envelope` took no second one, wherever it was."""
    if envelope.security is None:
        return None
    return next(envelope.security.iterchildren(_SIGNATURE), None)


def claims_one_of(envelope: Envelope, pinned: Sequence[Certificate]) -> bool:
    """Whether the Signature names one of these certificates; only `verify` tells whether that is true."""
    signature = _signature_of(envelope)
    if signature is None:
        return False
    try:
        reference = _token_reference(one(signature, DS, "KeyInfo"))
        return certificate_meant(reference, envelope.ids, pinned) is not None
    except XmlError:
        return False


def verify(
    envelope: Envelope,
    scheme: SignatureScheme,
    pinned: Sequence[Certificate],
    now: datetime,
    trust: Trust,
) -> Verified:
    """Verify the signature of an envelope, and the digests of its Messaging and its Body.

    Args:
        envelope: the opened envelope.
        scheme: signature scheme of the suite; no other is accepted.
        pinned: certificates that the partner may sign with.
        now: a pinned certificate outside its validity period is not used.
        trust: what else must hold of it.

    Raises:
        EbmsError: PolicyNoncompliance when unsigned, with other algorithms, or when something
            other than Messaging, Body and parts is signed; FailedAuthentication otherwise.
    """
    try:
        return _verify(envelope, scheme, _Pinned(pinned, now, trust))
    except XmlError as error:
        raise EbmsError(ErrorCode.FAILED_AUTHENTICATION, detail=f"signature: {error}") from error


@dataclass(frozen=True, slots=True)
class _Pinned:
    """The partner's certificates, of which some may be of no use now."""

    certificates: Sequence[Certificate]
    now: datetime
    trust: Trust

    def meant(self, reference: etree._Element, ids: dict[str, etree._Element]) -> Certificate:
        """The one that a message refers to: a usable one, if the reference fits several."""
        objections = [(self.trust.objection(c, self.now), c) for c in self.certificates]
        usable = [c for objection, c in objections if objection is None]
        others = [c for objection, c in objections if objection is not None]
        certificate = certificate_meant(reference, ids, usable + others)
        if certificate is None:
            refuse(ErrorCode.FAILED_AUTHENTICATION, "signed with a certificate that is not pinned")
        wrong = next(objection for objection, c in objections if c == certificate)
        if wrong:
            refuse(ErrorCode.FAILED_AUTHENTICATION, f"the certificate that signed it: {wrong}")
        return certificate


def _verify(envelope: Envelope, scheme: SignatureScheme, pinned: _Pinned) -> Verified:
    signature = _signature_of(envelope)
    if signature is None:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, "the message is not signed")
    signed_info, value, key_info = each_once(
        signature, DS, "SignedInfo", "SignatureValue", "KeyInfo"
    )
    canonicalization, method = each_once(
        signed_info, DS, "CanonicalizationMethod", "SignatureMethod"
    )
    require_algorithm(canonicalization, EXC_C14N)
    require_algorithm(method, scheme.uri)
    certificate = pinned.meant(_token_reference(key_info), envelope.ids)
    octets = canonical(signed_info, _prefixes(canonicalization))
    try:
        scheme.verify(certificate.public_key, octets_of(value), octets)
    except InvalidSignature:
        refuse(ErrorCode.FAILED_AUTHENTICATION, "the signature over SignedInfo is wrong")
    elements = named(signed_info, DS, "Reference")
    return Verified(certificate, tuple(_check_reference(e, envelope) for e in elements))


def _check_reference(element: etree._Element, envelope: Envelope) -> Reference:
    """One reference: its target, and for Messaging and Body its digest, too.

    It holds what it must, once each, and nothing else: a receipt repeats all of it.
    """
    uri = element.get("URI") or ""
    target = _target(uri, envelope)
    try:
        transforms, method, value = exactly(
            element, DS, "Transforms", "DigestMethod", "DigestValue"
        )
        (transform,) = exactly(transforms, DS, "Transform")
    except XmlError as error:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, f"reference {uri!r} is not as agreed: {error}")
    plain = not len(transform) or all(
        e.tag == _INCLUSIVE_NAMESPACES and not len(e) for e in transform
    )
    if target is None or len(method) or not plain:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, f"reference {uri!r} is not as agreed")
    require_algorithm(method, SHA256)
    require_algorithm(transform, _TRANSFORMS[target])
    reference, prefixes = Reference(uri, octets_of(value), target), _prefixes(transform)
    if target != "part":
        node = envelope.messaging if target == "messaging" else envelope.body
        digest = hashlib.sha256(canonical(node, prefixes)).digest()
        if not hmac.compare_digest(digest, reference.digest):
            refuse(ErrorCode.FAILED_AUTHENTICATION, f"digest of {target} differs")
    return reference


def _target(uri: str, envelope: Envelope) -> Target | None:
    """What a reference leads to; None for all that is not to be signed."""
    if uri.startswith("cid:"):
        return "part"
    node = envelope.ids.get(uri[1:]) if uri.startswith("#") else None
    if node is None:
        return None
    return "messaging" if node is envelope.messaging else "body" if node is envelope.body else None


def read_reference(element: etree._Element) -> Reference:
    """A ds:Reference that a receipt repeats; what it leads to is not known.

    Raises:
        XmlError: malformed.
    """
    return Reference(element.get("URI") or "", octets_of(one(element, DS, "DigestValue")))


def reference_elements(envelope: Envelope) -> list[etree._Element]:
    """The ds:Reference elements of the envelope's signature."""
    if envelope.security is None:
        return []
    return named(envelope.security, DS, "Signature", "SignedInfo", "Reference")


def _token_reference(key_info: etree._Element) -> etree._Element:
    (reference,) = exactly(key_info, WSSE, "SecurityTokenReference")
    return reference


def _prefixes(method: etree._Element) -> list[str]:
    """PrefixList of ec:InclusiveNamespaces, the only parameter of exc-c14n."""
    if not len(method):
        return []
    parameters = children(method)
    if len(parameters) > 1 or parameters[0].tag != _INCLUSIVE_NAMESPACES or len(parameters[0]):
        raise XmlError("canonicalisation with unknown parameters")
    return (parameters[0].get("PrefixList") or "").split()
