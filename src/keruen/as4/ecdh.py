"""Key exchange by ECDH-ES (eDelivery AS4 2.0, alternative EC option; XML Encryption 1.1, 5.6.4)."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from lxml import etree

from keruen.as4.agreement import KeyAgreement
from keruen.as4.curves import curve_of, ephemeral_key, read_ec_key, write_ec_key
from keruen.as4.elements import one
from keruen.as4.entropy import Draw
from keruen.as4.key_kinds import EC_KEYS, KeyKind
from keruen.as4.namespaces import DS, DSIG11, ECDH_ES


@dataclass(frozen=True, slots=True)
class EcdhExchange:
    """The ephemeral key, on the recipient's curve, is a ds:KeyValue / dsig11:ECKeyValue."""

    uri: str = ECDH_ES
    keys: KeyKind = EC_KEYS

    def begin(self, recipient: PublicKeyTypes, draw: Draw) -> tuple[bytes, str]:
        """Shared secret and ephemeral key; TypeError or ValueError for another key or curve."""
        if not isinstance(recipient, ec.EllipticCurvePublicKey):
            raise TypeError("the recipient's key is not on an elliptic curve")
        ephemeral = ephemeral_key(curve_of(recipient), draw)
        value = write_ec_key(ephemeral.public_key())
        return ephemeral.exchange(ec.ECDH(), recipient), f"<ds:KeyValue>{value}</ds:KeyValue>"

    def end(self, own: PrivateKeyTypes, originator: etree._Element) -> bytes:
        """Shared secret; XmlError or ValueError for a point on another curve, or on none."""
        if not isinstance(own, ec.EllipticCurvePrivateKey):
            raise TypeError("the own key is not on an elliptic curve")
        value = one(one(originator, DS, "KeyValue"), DSIG11, "ECKeyValue")
        return own.exchange(ec.ECDH(), read_ec_key(value, curve_of(own.public_key())))


ECDH_AGREEMENT = KeyAgreement(EcdhExchange())
