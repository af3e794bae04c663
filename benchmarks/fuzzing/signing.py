"""Signs a mutated envelope as far as it can be signed: what a partner who misbehaves could send."""

from __future__ import annotations

import base64
import hashlib

from lxml import etree

from keruen.as4 import SigningIdentity
from keruen.as4.namespaces import DS, WSU
from keruen.as4.suites import suite_named


def parsed(octets: bytes) -> etree._Element:
    """Root element, whatever is in it."""
    return etree.fromstring(octets, etree.XMLParser(resolve_entities=False, no_network=True))


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def resign(root: etree._Element, signer: SigningIdentity, suite: str) -> None:
    """Make every digest of an element of this envelope, and the value of every Signature, right."""
    for signature in root.iter(f"{{{DS}}}Signature"):
        info = signature.find(f"{{{DS}}}SignedInfo")
        value = signature.find(f"{{{DS}}}SignatureValue")
        if info is None or value is None:
            continue
        for reference in info.iter(f"{{{DS}}}Reference"):
            _digest(reference, root)
        octets = suite_named(suite).signature.sign(signer.private_key, canonical(info))
        value.text = base64.b64encode(octets).decode()


def _digest(reference: etree._Element, root: etree._Element) -> None:
    name, value = (
        (reference.get("URI") or "").removeprefix("#"),
        reference.find(f"{{{DS}}}DigestValue"),
    )
    for element in root.iter(etree.Element):
        if value is not None and name and name in {element.get("Id"), element.get(f"{{{WSU}}}Id")}:
            value.text = base64.b64encode(hashlib.sha256(canonical(element)).digest()).decode()
            return
