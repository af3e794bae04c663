"""PyPI `as4` as a 1.x peer: a program of its own venv that is told what to do on standard input.

    build/peer-as4/bin/python tests/interop/as4_peer.py

Each line is one JSON object with `do`, and is answered by one; octets are base64. Of the library's Peppol
profile only what is Peppol's own is left out here: the business document header and the fixed names.

    meet     keys and party ids of both sides
    build    a message of payloads and properties → HTTP headers and body
    answer   the partner's signal to the message built last → state, error
    receive  HTTP headers and body → state, payloads, properties, error, and the signal to answer with
"""

# This runs where Keruen is not installed, and mypy does not see the library.
# mypy: ignore-errors

from __future__ import annotations

import gzip
import json
import os
import sys
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from typing import Any

from as4 import (
    AS4BaseCredentials,
    AS4ExternalParty,
    AS4InternalCredentials,
    AS4InternalParty,
    AS4LocalPrivateKey,
    AS4PartyIdentity,
    AS4ReceivingExchange,
    AS4References,
    AS4SendingExchange,
    SecurityPolicy,
    pinned_certificates,
)
from as4.models.common import NAMESPACES
from as4.models.ebms.message_info import MessageId, MessageInfo, Timestamp
from as4.models.ebms.user_message import (
    Action,
    AgreementRef,
    CollaborationInfo,
    ConversationId,
    MessageProperties,
    PartInfo,
    PartProperties,
    PartyInfo,
    PayloadInfo,
    Property,
    Service,
    UserMessage,
)
from as4.profiles.peppol.message import PeppolAS4Message
from as4.profiles.peppol.profile import PeppolAS4Profile
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BaseModel


class Content(BaseModel):
    """What a message says and brings."""

    namespace_map: dict[str, str] = NAMESPACES
    service: str
    action: str
    agreement: str
    properties: dict[str, str]
    payloads: list[tuple[str, bytes]]
    """Media type and octets of each."""


def properties(named: dict[str, str]) -> list[Property]:
    return [Property(name=name, value=value) for name, value in named.items()]


class Message(PeppolAS4Message):
    """A message without a business document header, of as many payloads as there are."""

    @classmethod
    def process_sbdh(cls, fields: dict[str, Any], parse_context: Any) -> dict[str, Any]:
        return fields

    @classmethod
    def get_user_message(
        cls, local_party: Any, remote_party: Any, builder_args: Content, references: Any
    ) -> UserMessage:
        types = [mime_type for mime_type, _ in builder_args.payloads]
        ids = references.attachment_id_encrypted_data_id_map
        packed = {"CompressionType": "application/gzip"}
        return UserMessage(
            message_info=MessageInfo(
                timestamp=Timestamp(value=datetime.now(UTC)),
                message_id=MessageId(value=references.message_id),
            ),
            party_info=PartyInfo(
                party_to=remote_party.identity.to_party_to(),
                party_from=local_party.identity.to_party_from(),
            ),
            collaboration_info=CollaborationInfo(
                agreement_ref=AgreementRef(value=builder_args.agreement),
                service=Service(value=builder_args.service),
                action=Action(value=builder_args.action),
                conversation_id=ConversationId(value=references.conversation_id),
            ),
            message_properties=MessageProperties(properties=properties(builder_args.properties)),
            payload_info=PayloadInfo(
                part_info=[
                    PartInfo(
                        href=f"cid:{content_id}",
                        part_properties=PartProperties(
                            properties=properties({"MimeType": mime_type, **packed})
                        ),
                    )
                    for content_id, mime_type in zip(ids, types, strict=True)
                ]
            ),
        )

    @classmethod
    def build_message(
        cls,
        payload: bytes,
        *,
        local_party: Any,
        remote_party: Any,
        builder_args: Content,
        references: Any,
    ) -> Message:
        ids = [f"part-{number}@as4" for number, _ in enumerate(builder_args.payloads)]
        references.attachment_id_encrypted_data_id_map = {i: f"ED-{i}" for i in ids}
        packed = {
            i: gzip.compress(octets)
            for i, (_, octets) in zip(ids, builder_args.payloads, strict=True)
        }
        key = os.urandom(16)
        encrypted_key = remote_party.credentials.rsa_public_key.encrypt(
            key, OAEP(MGF1(SHA256()), SHA256(), label=None)
        )
        envelope = cls.get_soap_envelope(
            local_party, remote_party, builder_args, references, encrypted_key, packed
        )
        return cls(
            soap_envelope=envelope,
            message_id=references.message_id,
            messaging_id=references.messaging_id,
            mime_attachments={i: encrypted(key, octets) for i, octets in packed.items()},
        )


def encrypted(key: bytes, octets: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, octets, None)


class Profile(PeppolAS4Profile):
    """The library's own reading of messages and receipts, with several parts."""

    @classmethod
    def get_profile_name(cls) -> str:
        return "plain"

    @classmethod
    def message_class(cls) -> type[Message]:
        return Message

    @classmethod
    def build_message(cls, payload: bytes, **arguments: Any) -> Message:
        return Message.build_message(payload, **arguments)

    @classmethod
    def unpack_message(cls, payload: bytes) -> tuple[bytes, dict[str, bytes]]:
        root, *parts = BytesParser(policy=policy.default).parsebytes(payload).iter_parts()
        named = {p["content-id"].strip("<>"): p.get_payload(decode=True) for p in parts}
        return root.get_payload(decode=True), named


class Peer:
    """One side of the exchange; the other is under test."""

    def meet(self, asked: dict[str, Any]) -> dict[str, Any]:
        certificates = {
            name: x509.load_pem_x509_certificate(asked[name].encode())
            for name in ("certificate", "partner_signing", "partner_encryption")
        }
        own, partner = (
            AS4PartyIdentity(party_id=asked[name], party_type=asked["party_type"])
            for name in ("party", "partner")
        )
        key = AS4LocalPrivateKey(load_pem_private_key(asked["key"].encode(), None))
        self.own = AS4InternalParty(
            identity=own,
            credentials=AS4InternalCredentials(
                certificate=certificates["certificate"], private_key=key
            ),
        )
        # The library knows one certificate a party, to encrypt to and to expect receipts from.
        self.encrypted_to, self.signing = (
            AS4ExternalParty(
                identity=partner, credentials=AS4BaseCredentials(certificate=certificates[name])
            )
            for name in ("partner_encryption", "partner_signing")
        )
        self.policy = SecurityPolicy(
            signer_resolver=pinned_certificates(certificates["partner_signing"])
        )
        return {}

    def build(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.sending = AS4SendingExchange[Message, Profile.receipt_class(), Content](
            profile=Profile,
            local_party=self.own,
            remote_party=self.encrypted_to,
            identifiers=AS4References(message_id=asked["message_id"]),
        )
        content = Content(
            service=asked["service"],
            action=asked["action"],
            agreement=asked["agreement"],
            properties=asked["properties"],
            payloads=[(mime_type, b64decode(octets)) for mime_type, octets in asked["payloads"]],
        )
        headers, body = self.sending.build(b"", content)
        self.sending.remote_party = self.signing
        return {"headers": headers, "body": b64encode(body).decode()}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            self.sending.receive_signal(b64decode(asked["body"]))
        except Exception as error:  # noqa: BLE001 - told to the test
            return {"state": "failed", "error": repr(error)}
        error = self.sending.error
        return {
            "state": str(self.sending.state),
            "error": error.error_code if error is not None else None,
        }

    def receive(self, asked: dict[str, Any]) -> dict[str, Any]:
        exchange = AS4ReceivingExchange[Message, Profile.receipt_class(), Content](
            profile=Profile, local_party=self.own
        )
        exchange.receive(asked["headers"], b64decode(asked["body"]), security_policy=self.policy)
        headers, signal = exchange.build_signal()
        message = exchange.message
        wanted = message.message_properties if message.parse_successful else None
        return {
            "state": str(exchange.state),
            "error": repr(message.parse_error) if message.parse_error else None,
            "payloads": [b64encode(octets).decode() for octets in message.decrypted_data.values()],
            "properties": {p.name: p.value for p in wanted.properties} if wanted else {},
            "headers": headers,
            "signal": b64encode(signal).decode(),
        }


def main() -> None:
    """Answer each line until there are no more."""
    peer = Peer()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(peer, asked["do"])(asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
