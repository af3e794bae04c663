"""What is not covered by the signature: key transport, ciphertext and tag. All of it is answered alike."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.as4 import forge
from tests.as4.forge import Wire, found
from tests.attack.attack import Attack, Field

from keruen.as4 import ErrorCode

DECRYPTION, POLICY = ErrorCode.FAILED_DECRYPTION, ErrorCode.POLICY_NONCOMPLIANCE
ENCRYPTED_KEY = re.compile("<xenc:EncryptedKey.*</xenc:EncryptedKey>")
ENCRYPTION = re.compile("<xenc:EncryptedKey.*</xenc:EncryptedData>")
CIPHER_VALUE = re.compile("(?<=<xenc:CipherValue>)[^<]*")
EPHEMERAL = re.compile('(?<=xmldsig11#">)[^<]*(?=</dsig11:DER)')
TAG = "the tag of an encrypted part is wrong"
SHORT = "an encrypted part is too short"


def part(change: Callable[[bytes], bytes]) -> Callable[[Field], Wire]:
    """The octets of the encrypted part changed."""

    def make(field: Field) -> Wire:
        tail = b"\r\n--" + field.wire.content_type.split('"')[1].encode() + b"--\r\n"

        def edit(rest: bytes) -> bytes:
            head, octets = rest.rsplit(b"Content-ID: <declaration@kz>\r\n\r\n", 1)
            changed = change(octets.removesuffix(tail))
            return head + b"Content-ID: <declaration@kz>\r\n\r\n" + changed + tail

        return field.wire.edit_rest(edit)

    return make


def flip(at: int) -> Callable[[Field], Wire]:
    def change(octets: bytes) -> bytes:
        changed = bytearray(octets)
        changed[at] ^= 1
        return bytes(changed)

    return part(change)


def swapped(element: re.Pattern[str]) -> Callable[[Field], Wire]:
    """An element of another message of the same partner in its place."""

    def make(field: Field) -> Wire:
        theirs = found(element, forge.wire(field.other).envelope)
        return field.wire.edit(lambda text: element.sub(lambda _: theirs, text, count=1))

    return make


def put(element: re.Pattern[str], text: str) -> Callable[[Field], Wire]:
    return lambda f: f.wire.edit(lambda t: element.sub(lambda _: text, t, count=1))


def edited(pattern: str, by: str) -> Callable[[Field], Wire]:
    return lambda f: f.wire.sub(pattern, by)


def substituted(field: Field) -> Wire:
    """Key, ciphertext and tag of another message, whole: they decrypt well, to what was not signed."""
    return spliced(field, forge.wire(field.other))


def own_content(field: Field) -> Wire:
    """Content of the attacker, encrypted to TJ with a key of his own: he needs TJ's certificate alone."""
    from tests.as4.world import STRANGER

    mine = field.seal(field.payload(b"{}"), signer=STRANGER.signer)
    return spliced(field, forge.wire(mine))


def spliced(field: Field, other: Wire) -> Wire:
    encryption = found(ENCRYPTION, other.envelope)
    wire = field.wire.edit(lambda text: ENCRYPTION.sub(lambda _: encryption, text))
    mine, theirs = (w.content_type.split('"')[1].encode() for w in (field.wire, other))
    last = other.rest.split(b"--" + theirs)[2]

    def edit(rest: bytes) -> bytes:
        pieces = rest.split(b"--" + mine)
        return (b"--" + mine).join([*pieces[:2], last, *pieces[3:]])

    return wire.edit_rest(edit)


def in_the_clear(field: Field) -> Wire:
    """The payload as it is, its signature good: somebody who knows the content takes off the encryption."""
    from keruen.wire import compress

    clear = b"".join(compress([field.content]))
    wire = part(lambda _: clear)(field)
    return wire.edit(lambda text: ENCRYPTION.sub("", text))


def to_another(field: Field) -> Wire:
    return forge.wire(field.seal(field.payload(field.content), to="XX"))


def spki(octets: bytes) -> str:
    """An X25519 public key."""
    return base64.b64encode(bytes.fromhex("302a300506032b656e032100") + octets).decode()


def p256() -> str:
    key = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    return base64.b64encode(
        key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()


def not_signed_as_json(field: Field) -> Wire:
    """The type of an uncompressed part, which decides how it is digested, changed where nothing signs it."""
    wire = forge.wire(field.seal(field.payload(field.content, compress=False)))
    return wire.sub('MimeType="application/json"', 'MimeType="application/xml"')


def second_key(field: Field) -> Wire:
    key = found(ENCRYPTED_KEY, field.wire.envelope)
    return field.wire.edit(lambda t: t.replace(key, key.replace('"EK"', '"EK2"') + key, 1))


def twice(field: Field) -> Wire:
    """Two EncryptedData for one part."""
    data = found(re.compile("<xenc:EncryptedData.*</xenc:EncryptedData>"), field.wire.envelope)
    wire = field.wire.edit(lambda t: t.replace(data, data + data.replace("ED-0", "ED-1"), 1))
    listed = '<xenc:DataReference URI="#ED-0"></xenc:DataReference>'
    return wire.edit(lambda t: t.replace(listed, listed + listed.replace("ED-0", "ED-1")))


ENCRYPTIONS = (
    Attack("E01", "a bit flipped in the nonce", DECRYPTION, TAG, flip(0)),
    Attack("E02", "a bit flipped in the ciphertext", DECRYPTION, TAG, flip(40)),
    Attack("E03", "a bit flipped in the tag", DECRYPTION, TAG, flip(-1)),
    Attack("E04", "a truncated tag: 12 of 16 octets", DECRYPTION, TAG, part(lambda octets: octets[:-4])),
    Attack("E05", "no tag", DECRYPTION, TAG, part(lambda octets: octets[:-16])),
    Attack("E06", "nonce alone", DECRYPTION, SHORT, part(lambda octets: octets[:12])),
    Attack("E07", "an empty part", DECRYPTION, SHORT, part(lambda _: b"")),
    Attack("E08", "octets behind the tag", DECRYPTION, TAG, part(lambda octets: octets + b"\0")),
    Attack("E09", "a part of zeros", DECRYPTION, TAG, part(lambda octets: bytes(len(octets)))),
    Attack("E10", "EncryptedKey of another message", DECRYPTION, TAG, swapped(ENCRYPTED_KEY)),
    Attack("E11", "wrapped key of another message", DECRYPTION, "InvalidUnwrap", swapped(CIPHER_VALUE)),
    Attack("E12", "a wrapped key of another length", DECRYPTION, "InvalidUnwrap", put(CIPHER_VALUE, "AAAA")),
    Attack("E13", "a wrapped key that is no base64", DECRYPTION, "is not base64", put(CIPHER_VALUE, "?")),
    Attack("E14", "ephemeral key of another message", DECRYPTION, "InvalidUnwrap", swapped(EPHEMERAL)),
    Attack("E15", "an ephemeral key of low order, which makes the secret known (zero)", DECRYPTION, "EncryptedKey: ValueError", put(EPHEMERAL, spki(bytes(32)))),
    Attack("E16", "an ephemeral key of low order (one)", DECRYPTION, "EncryptedKey: ValueError", put(EPHEMERAL, spki(b"\1" + bytes(31)))),
    Attack("E17", "an ephemeral key of another curve", DECRYPTION, "is not", put(EPHEMERAL, p256())),
    Attack("E18", "an ephemeral key that is no key", DECRYPTION, "EncryptedKey: ValueError", put(EPHEMERAL, "AAAA")),
    Attack("E19", "the salt changed", DECRYPTION, "InvalidUnwrap", edited("<rfc9231:Salt>[^<]*", "<rfc9231:Salt>AAAA")),
    Attack("E20", "a key length of 32 octets", DECRYPTION, "key length", edited("<rfc9231:KeyLength>16", "<rfc9231:KeyLength>32")),
    Attack("E21", "encrypted to somebody else", DECRYPTION, "not this node's", to_another),
    Attack("E22", "no recipient", DECRYPTION, "0 RecipientKeyInfo", edited("<xenc:RecipientKeyInfo>.*</xenc:RecipientKeyInfo>", "")),
    Attack("E23", "the ReferenceList names Messaging", DECRYPTION, "ReferenceList does not list", edited('DataReference URI="#ED-0"', 'DataReference URI="#eb-messaging"')),
    Attack("E24", "EncryptedData names itself as its key", DECRYPTION, "does not refer to the EncryptedKey", edited('Reference URI="#EK"', 'Reference URI="#ED-0"')),
    Attack("E25", "ciphertext at another server", DECRYPTION, "cipher reference 'http://xx/part'", edited('CipherReference URI="cid:[^"]*"', 'CipherReference URI="http://xx/part"')),
    Attack("E26", "one part encrypted twice", DECRYPTION, "a part is encrypted twice", twice),
    Attack("E27", "a second EncryptedKey", POLICY, "2 EncryptedKey", second_key),
    Attack("E28", "content by AES-CBC, where padding would tell", POLICY, "aes128-cbc", edited("2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#aes128-cbc")),
    Attack("E29", "content by AES-256-GCM", POLICY, "aes256-gcm", edited("#aes128-gcm", "#aes256-gcm")),
    Attack("E30", "key wrap by AES-256", POLICY, "kw-aes256", edited("#kw-aes128", "#kw-aes256")),
    Attack("E31", "key transport by RSA PKCS#1 v1.5, where padding would tell", POLICY, "rsa-1_5", edited("2001/04/xmlenc#kw-aes128", "2001/04/xmlenc#rsa-1_5")),
    Attack("E32", "key agreement by X448", POLICY, "#x448", edited("xmldsig-more#x25519", "xmldsig-more#x448")),
    Attack("E33", "key derivation by ConcatKDF", POLICY, "ConcatKDF", edited('2021/04/xmldsig-more#hkdf"', '2009/xmlenc11#ConcatKDF"')),
    Attack("E34", "HKDF with SHA-1", POLICY, "hmac-sha1", edited("2001/04/xmldsig-more#hmac-sha256", "2000/09/xmldsig#hmac-sha1")),
    Attack("E35", "a part encrypted with its MIME headers", POLICY, "Attachment-Complete", edited("#Attachment-Content-Only", "#Attachment-Complete")),
    Attack("E36", "a transform of the ciphertext that was not agreed", POLICY, "Attachment-Other", edited("#Attachment-Ciphertext-Transform", "#Attachment-Other-Transform")),
    Attack("E37", "the payload in the clear, rightly signed", POLICY, "encrypted []", in_the_clear),
    Attack("E38", "EncryptedData without EncryptedKey", POLICY, "0 EncryptedKey", edited("<xenc:EncryptedKey.*</xenc:EncryptedKey>", "")),
    Attack("E39", "key and ciphertext of another message, whole", ErrorCode.FAILED_AUTHENTICATION, "digest of declaration@kz differs", substituted),
    Attack("E40", "content of the attacker, encrypted to the receiver", ErrorCode.FAILED_AUTHENTICATION, "digest of declaration@kz differs", own_content),
    Attack("E41", "the media type that decides the digest changed where nothing signs it", ErrorCode.FAILED_AUTHENTICATION, "declaration@kz: not well-formed", not_signed_as_json),
)  # fmt: skip
