"""The elliptic curves of the alternative EC option (eDelivery AS4 2.0), and keys on the wire.

A curve is named by its object identifier; a point is written uncompressed (SEC 1, 2.3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from keruen.as4.elements import octets_of, one
from keruen.as4.entropy import Draw
from keruen.as4.namespaces import DSIG11
from keruen.as4.xml import XmlError, encode


@dataclass(frozen=True, slots=True)
class Curve:
    """One row of the table."""

    urn: str
    """As dsig11:NamedCurve names it."""
    curve: ec.EllipticCurve

    @property
    def size(self) -> int:
        """Octets of a coordinate, and of each half of a signature."""
        return (self.curve.key_size + 7) // 8


CURVES: dict[str, Curve] = {
    row.curve.name: row
    for row in (
        Curve("urn:oid:1.2.840.10045.3.1.7", ec.SECP256R1()),
        Curve("urn:oid:1.3.132.0.34", ec.SECP384R1()),
        Curve("urn:oid:1.3.132.0.35", ec.SECP521R1()),
        Curve("urn:oid:1.3.36.3.3.2.8.1.1.7", ec.BrainpoolP256R1()),
    )
}
"""Every curve that is agreed, by name."""

# ENTSOG AS4 Usage Profile 4.0 misses a colon, and so may those who copied it.
_MISPRINTS = {"urn:oid1.3.132.0.35": "urn:oid:1.3.132.0.35"}


def curve_of(key: ec.EllipticCurvePublicKey) -> Curve:
    """The curve of a key; ValueError if it is not agreed."""
    try:
        return CURVES[key.curve.name]
    except KeyError:
        raise ValueError(f"curve {key.curve.name} is not agreed") from None


def ephemeral_key(curve: Curve, draw: Draw) -> ec.EllipticCurvePrivateKey:
    """A private key from entropy (FIPS 186-5, A.2.1: 64 extra bits, so that none is likelier)."""
    order: int = curve.curve.group_order
    extra = draw.octets("ephemeral key", (order.bit_length() + 7) // 8 + 8)
    return ec.derive_private_key(int.from_bytes(extra, "big") % (order - 1) + 1, curve.curve)


def write_ec_key(key: ec.EllipticCurvePublicKey) -> str:
    """dsig11:ECKeyValue."""
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return (
        f'<dsig11:ECKeyValue xmlns:dsig11="{DSIG11}">'
        f'<dsig11:NamedCurve URI="{curve_of(key).urn}"></dsig11:NamedCurve>'
        f"<dsig11:PublicKey>{encode(point)}</dsig11:PublicKey></dsig11:ECKeyValue>"
    )


def read_ec_key(value: etree._Element, curve: Curve) -> ec.EllipticCurvePublicKey:
    """Key of a dsig11:ECKeyValue.

    Raises:
        XmlError: malformed, or on another curve than `curve`.
        ValueError: the point does not lie on the curve.
    """
    urn = one(value, DSIG11, "NamedCurve").get("URI") or ""
    if _MISPRINTS.get(urn, urn) != curve.urn:
        raise XmlError(f"a key on curve {urn[:60]!r} for one on {curve.curve.name}")
    point = octets_of(one(value, DSIG11, "PublicKey"))
    return ec.EllipticCurvePublicKey.from_encoded_point(curve.curve, point)
