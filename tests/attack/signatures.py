"""Who signed, and how: algorithms downgraded, keys substituted, values bent, too little or too much signed."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.as4.forge import SIGNATURE, SIGNED_BLOCKS, Wire, found
from tests.as4.world import STRANGER, validity
from tests.attack.attack import Attack, Field, by_kz, changed, key_of, resigned_info, with_value
from tests.exchange.world import KEYS

from keruen.as4 import ErrorCode, Reference, SigningIdentity, issue_signing, make_authority

AUTHENTICATION, POLICY = ErrorCode.FAILED_AUTHENTICATION, ErrorCode.POLICY_NONCOMPLIANCE
KEY_INFO = re.compile("(?<=</ds:SignatureValue>)<ds:KeyInfo>.*?</ds:KeyInfo>")
NOT_PINNED = "not pinned"
WRONG = "the signature over SignedInfo is wrong"
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Order of the base point of Ed25519 (RFC 8032, 5.1)."""
C14N_10 = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"


def sibling_certificate() -> SigningIdentity:
    """Issued by KZ's own authority, as any office of KZ could have one; not on the card."""
    key = key_of(61)
    authority = KEYS["KZ"].authority
    return SigningIdentity(
        key, issue_signing(authority, "kz other", key.public_key(), validity(61))
    )


def namesake() -> SigningIdentity:
    """Same subject, issuer and serial number as KZ's certificate, from an authority of the attacker."""
    key, name = key_of(62), "kz local authority"
    authority = make_authority(name, key_of(63), validity(10))
    return SigningIdentity(
        key, issue_signing(authority, "kz signing", key.public_key(), validity(11))
    )


def signed_by(signer: Callable[[], SigningIdentity]) -> Callable[[Field], Wire]:
    return lambda f: f.wire.resigned(f.original, signer=signer())


def der(signer: SigningIdentity) -> str:
    return base64.b64encode(signer.certificate.der).decode()


def with_token(
    made: Callable[[], SigningIdentity], token: Callable[[], str]
) -> Callable[[Field], Wire]:
    """Signed by the attacker, with another token in the header than his own."""

    def make(field: Field) -> Wire:
        signer = made()
        wire = field.wire.resigned(field.original, signer=signer)
        return wire.edit(lambda text: text.replace(der(signer), token()))

    return make


def kz_and_mine() -> str:
    """A path of certificates that ends with the partner's, as it must, and begins with the attacker's."""
    mine, theirs = STRANGER.signer.certificate.der, KEYS["KZ"].signer.certificate.der
    return base64.b64encode(mine + theirs).decode()


def key_info(content: str) -> Callable[[Field], Wire]:
    """Signed by the attacker, who brings his key along in KeyInfo."""

    def make(field: Field) -> Wire:
        wire = field.wire.resigned(field.original, signer=STRANGER.signer)
        return wire.edit(lambda text: KEY_INFO.sub(f"<ds:KeyInfo>{content}</ds:KeyInfo>", text))

    return make


def key_value() -> str:
    key = STRANGER.signer.certificate.public_key
    octets = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return (
        '<dsig11:DEREncodedKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">'
        f"{base64.b64encode(octets).decode()}</dsig11:DEREncodedKeyValue>"
    )


def reference_to(certificate: bytes) -> str:
    """SecurityTokenReference by subject key identifier."""
    return (
        "<wsse:SecurityTokenReference><wsse:KeyIdentifier ValueType="
        '"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier">'
        f"{base64.b64encode(certificate).decode()}</wsse:KeyIdentifier></wsse:SecurityTokenReference>"
    )


def issuer_serial() -> str:
    """Issuer and number of KZ's certificate, which the attacker's namesake has, too."""
    return (
        "<wsse:SecurityTokenReference><ds:X509Data><ds:X509IssuerSerial>"
        "<ds:X509IssuerName>CN=kz local authority</ds:X509IssuerName>"
        "<ds:X509SerialNumber>11</ds:X509SerialNumber>"
        "</ds:X509IssuerSerial></ds:X509Data></wsse:SecurityTokenReference>"
    )


def by_issuer_serial(field: Field) -> Wire:
    wire = field.wire.resigned(field.original, signer=namesake())
    return wire.edit(lambda text: KEY_INFO.sub(f"<ds:KeyInfo>{issuer_serial()}</ds:KeyInfo>", text))


def hmac_with_public_key(field: Field) -> Wire:
    """HMAC whose key is what everybody knows: the partner's public key."""
    key = KEYS["KZ"].signer.certificate.public_key
    secret = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return resigned_info(
        field.wire,
        "2021/04/xmldsig-more#eddsa-ed25519",
        "2001/04/xmldsig-more#hmac-sha256",
        lambda octets: hmac.new(secret, octets, hashlib.sha256).digest(),
    )


def rsa_signed(field: Field) -> Wire:
    key = rsa.generate_private_key(65537, 2048)
    return resigned_info(
        field.wire,
        "2021/04/xmldsig-more#eddsa-ed25519",
        "2001/04/xmldsig-more#rsa-sha256",
        lambda octets: key.sign(octets, PKCS1v15(), SHA256()),
    )


def value(bend: Callable[[bytes], bytes]) -> Callable[[Field], Wire]:
    """SignatureValue bent."""

    def make(field: Field) -> Wire:
        text = found(re.compile("(?<=<ds:SignatureValue>)[^<]*"), field.wire.envelope)
        return with_value(field.wire, bend(base64.b64decode(text)))

    return make


def malleable(octets: bytes) -> bytes:
    """The same point with S + L: good for whoever does not check the range of S."""
    s = int.from_bytes(octets[32:], "little") + GROUP_ORDER
    return octets[:32] + s.to_bytes(32, "little")


def info(pattern: str, by: str, count: int = 0) -> Callable[[Field], Wire]:
    """SignedInfo that the partner made otherwise than agreed."""
    return lambda f: resigned_info(f.wire, pattern, by, count=count)


def references(edit: Callable[[list[Reference]], list[Reference]]) -> Callable[[Field], Wire]:
    return lambda f: f.wire.resigned(f.original, edit_references=edit)


def without(*targets: str) -> Callable[[Field], Wire]:
    return references(lambda all_: [r for r in all_ if r.target not in targets])


def inclusive(field: Field) -> Wire:
    """Canonical XML 1.0 for exclusive, named and signed consistently, so that only the name is wrong."""
    return resigned_info(
        field.wire,
        'Method Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"',
        f'Method Algorithm="{C14N_10}"',
        by_kz,
    )


def edited(pattern: str, by: str) -> Callable[[Field], Wire]:
    """The original envelope changed, nothing signed anew."""
    return lambda f: f.wire.sub(pattern, by)


def first_transform(by: str) -> Callable[[Field], Wire]:
    return info('<ds:Transform Algorithm="[^"]*"></ds:Transform>', by, count=1)


def two_transforms(field: Field) -> Wire:
    text = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
    return resigned_info(field.wire, re.escape(text), text * 2, count=1)


def stripped(field: Field) -> Wire:
    return field.wire.edit(lambda text: SIGNATURE.sub("", text))


def kept_token(field: Field) -> Wire:
    return field.wire.edit(lambda text: changed(text, SIGNED_BLOCKS.pattern, ""))


EXC = 'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
NOT_ONCE = "Messaging and Body are not signed once each"

SIGNATURES = (
    Attack("S01", "the Signature removed, its token kept", POLICY, "not signed", stripped),
    Attack("S02", "Signature and token removed", POLICY, "not signed", kept_token),
    Attack("S03", "wsse:Security removed", POLICY, "not signed", edited("<wsse:Security .*</wsse:Security>", "")),
    Attack("S04", "signature algorithm changed to Ed448", POLICY, "eddsa-ed448", edited("eddsa-ed25519", "eddsa-ed448")),
    Attack("S05", "HMAC with the partner's public key as its secret", POLICY, "hmac-sha256", hmac_with_public_key),
    Attack("S06", "RSA with a key of the attacker", POLICY, "rsa-sha256", rsa_signed),
    Attack("S07", "RSA with SHA-1, of profile 1.x and older", POLICY, "rsa-sha1", edited("2021/04/xmldsig-more#eddsa-ed25519", "2000/09/xmldsig#rsa-sha1")),
    Attack("S08", "the partner canonicalises SignedInfo inclusively", POLICY, C14N_10, inclusive),
    Attack("S09", "the partner digests with SHA-1", POLICY, "#sha1", info("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")),
    Attack("S10", "the partner digests with MD5", POLICY, "#md5", info("2001/04/xmlenc#sha256", "2001/04/xmldsig-more#md5")),
    Attack("S11", "a reference through XPath", POLICY, "is not as agreed", first_transform(f'<ds:Transform Algorithm="{XPATH}"><ds:XPath>1=1</ds:XPath></ds:Transform>')),
    Attack("S12", "a reference through XSLT", POLICY, XSLT, first_transform(f'<ds:Transform Algorithm="{XSLT}"></ds:Transform>')),
    Attack("S13", "a reference through two transforms", POLICY, "is not as agreed", two_transforms),
    Attack("S14", "a reference without transform", POLICY, "is not as agreed", info("<ds:Transforms>.*?</ds:Transforms>", "", count=1)),
    Attack("S15", "a part signed with its MIME headers", POLICY, "Attachment-Complete", info("#Attachment-Content-Signature-Transform", "#Attachment-Complete-Signature-Transform")),
    Attack("S16", "the whole document signed in place of Messaging", POLICY, "reference '' is not as agreed", info('URI="#eb-messaging"', 'URI=""')),
    Attack("S17", "a reference to another server", POLICY, "http://kz/messaging", info('URI="#eb-messaging"', 'URI="http://kz/messaging"')),
    Attack("S18", "a reference by XPointer", POLICY, "xpointer", info('URI="#eb-messaging"', "URI=\"#xpointer(id('eb-messaging'))\"")),
    Attack("S19", "canonicalisation with a parameter that nobody knows", AUTHENTICATION, "unknown parameters", edited(f"<ds:CanonicalizationMethod {EXC}>", f"<ds:CanonicalizationMethod {EXC}><x/>")),
    Attack("S20", "Messaging is not signed", POLICY, NOT_ONCE, without("messaging")),
    Attack("S21", "the Body is not signed", POLICY, NOT_ONCE, without("body")),
    Attack("S22", "an unsigned part", POLICY, "signed []", without("part")),
    Attack("S23", "nothing is signed, by a good signature", POLICY, NOT_ONCE, without("messaging", "body", "part")),
    Attack("S24", "Messaging signed twice", POLICY, NOT_ONCE, references(lambda all_: [*all_, all_[0]])),
    Attack("S25", "a part signed that the header does not list", POLICY, "'more@kz'", references(lambda all_: [*all_, Reference("cid:more@kz", bytes(32), "part")])),
    Attack("S26", "signed by a stranger with his own certificate", AUTHENTICATION, NOT_PINNED, signed_by(lambda: STRANGER.signer)),
    Attack("S27", "signed by a stranger, with the partner's certificate as token", AUTHENTICATION, WRONG, with_token(lambda: STRANGER.signer, lambda: der(KEYS["KZ"].signer))),
    Attack("S28", "signed by a stranger, with a path of his certificate and the partner's as token", AUTHENTICATION, WRONG, with_token(lambda: STRANGER.signer, kz_and_mine)),
    Attack("S29", "another certificate of the partner's authority", AUTHENTICATION, NOT_PINNED, signed_by(sibling_certificate)),
    Attack("S30", "the same subject, issuer and serial number from another authority", AUTHENTICATION, NOT_PINNED, signed_by(namesake)),
    Attack("S31", "the same, referred to by issuer and serial number", AUTHENTICATION, WRONG, by_issuer_serial),
    Attack("S32", "signed by the receiver's own certificate", AUTHENTICATION, NOT_PINNED, signed_by(lambda: KEYS["TJ"].signer)),
    Attack("S33", "signed by a stranger, refers to the partner's key agreement certificate", AUTHENTICATION, NOT_PINNED, key_info(reference_to(KEYS["KZ"].decryption.certificate.subject_key_identifier))),
    Attack("S34", "signed by a stranger, refers to the partner's certificate by its key identifier", AUTHENTICATION, WRONG, key_info(reference_to(KEYS["KZ"].signer.certificate.subject_key_identifier))),
    Attack("S35", "KeyInfo with the attacker's key value", AUTHENTICATION, "KeyInfo is not one SecurityTokenReference", key_info(f"<ds:KeyValue>{key_value()}</ds:KeyValue>")),
    Attack("S36", "KeyInfo with the attacker's key value beside the good reference", AUTHENTICATION, "KeyInfo is not one SecurityTokenReference", key_info(reference_to(KEYS["KZ"].signer.certificate.subject_key_identifier) + key_value())),
    Attack("S37", "KeyInfo with the attacker's certificate embedded", AUTHENTICATION, "Embedded", key_info(f"<wsse:SecurityTokenReference><wsse:Embedded>{key_value()}</wsse:Embedded></wsse:SecurityTokenReference>")),
    Attack("S38", "a token fetched from another server", AUTHENTICATION, "leads to no BinarySecurityToken", edited('URI="#signing-token"', 'URI="http://xx/token"')),
    Attack("S39", "a token reference that leads to the EncryptedKey", AUTHENTICATION, "leads to no BinarySecurityToken", edited('URI="#signing-token"', 'URI="#EK"')),
    Attack("S40", "an empty SignatureValue", AUTHENTICATION, WRONG, value(lambda _: b"")),
    Attack("S41", "a shortened SignatureValue", AUTHENTICATION, WRONG, value(lambda octets: octets[:-1])),
    Attack("S42", "a lengthened SignatureValue", AUTHENTICATION, WRONG, value(lambda octets: octets + b"\0")),
    Attack("S43", "a SignatureValue of zeros", AUTHENTICATION, WRONG, value(lambda _: bytes(64))),
    Attack("S44", "the same signature written otherwise (S + L): it would be another message with the same header", AUTHENTICATION, WRONG, value(malleable)),
    Attack("S45", "no SignatureValue", AUTHENTICATION, "0 SignatureValue", edited("<ds:SignatureValue>.*</ds:SignatureValue>", "")),
    Attack("S46", "a name of a namespace that has no canonical form", AUTHENTICATION, "no canonical form", edited("<ds:SignatureMethod ", "<ds:SignatureMethod xmlns:a='relative/name' a:b='c' ")),
    Attack("S47", "the header changed, the signature not", AUTHENTICATION, "digest of messaging differs", edited("<eb:Action>PreliminaryInformation", "<eb:Action>ImportInformation")),
    Attack("S48", "white space in the signed Body", AUTHENTICATION, "digest of body differs", edited("</S12:Body>", " </S12:Body>")),
    Attack("S49", "the digest of Messaging changed", AUTHENTICATION, WRONG, lambda f: f.wire.edit(lambda t: re.sub("(?<=<ds:DigestValue>)[^<]*", "A" * 43 + "=", t, count=1))),
    Attack("S50", "the partner signs another digest of Messaging than it has", AUTHENTICATION, "digest of messaging differs", references(lambda all_: [replace(all_[0], digest=bytes(32)), *all_[1:]])),
)  # fmt: skip
