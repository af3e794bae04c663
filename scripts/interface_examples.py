"""Invented business messages and one AS4 exchange with fixed keys, for docs/reference/interface.md.

Whatever is here depends on constants alone, so that the page changes only when the program does. The keys are
made from constant octets: they are no secret and belong to nobody.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import resources

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keruen import customs as c
from keruen import messages as m
from keruen.agreement import Agreement, cut, digest, read_agreement
from keruen.as4 import (
    DecryptionIdentity,
    EbmsError,
    ErrorCode,
    PartyId,
    Payload,
    PMode,
    SealedMessage,
    Seeded,
    SigningIdentity,
    UserMessage,
    Validity,
    build_error,
    build_receipt,
    issue_key_agreement,
    issue_signing,
    make_authority,
    seal,
)
from keruen.exchange.peers import SERVICE, SERVICES

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
PLATE = "123ABC02"
CONSIGNMENT = "0199c0de-0000-7000-8000-0000000000c1"


def agreement() -> Agreement:
    """The agreement in the box, whose data list the examples are cut to."""
    text = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
    return read_agreement(text)


def header(
    kind: type[m.AnyMessage], number: int, sender: str, *, hours: int, refers_to: int | None = None
) -> m.Header:
    """The header of the message of that number."""
    receiver = "TJ" if sender == "KZ" else "KZ"
    return m.Header(
        message_id=message_id(number),
        refers_to=message_id(refers_to) if refers_to else None,
        created=NOW + timedelta(hours=hours),
        structure=m.structure_of(kind),
        version=m.STRUCTURE_VERSION,
        agreement=agreement().id,
        stage=m.Stage.EXPORT,
        mode=m.Mode.LIVE,
        sender=m.Office(country=sender),
        receiver=m.Office(country=receiver),
    )


def message_id(number: int) -> str:
    """A UUID that is easy to find again."""
    return f"0199c0de-0000-7000-8000-{number:012}"


def declaration() -> c.Declaration:
    """Flour from Kostanay to Dushanbe by road."""
    return c.Declaration(
        kind=c.DeclarationKind.EXPORT,
        number="55301/231126/0000001",
        released=NOW - timedelta(hours=1),
        office=c.CustomsOffice(code="39855302", country="KZ"),
        consignor=c.Party(id="990140000001", name="Дән ЖШС", address=c.Address(country="KZ")),
        consignee=c.Party(name="ҶДММ Нон", address=c.Address(country="TJ")),
        country_of_dispatch="KZ",
        country_of_destination="TJ",
        itinerary=(
            c.ItineraryStop(
                ordinal=1,
                country="TJ",
                office=c.CustomsOffice(code="TJ-FOT", country="TJ"),
                eta=NOW + timedelta(hours=40),
            ),
        ),
        transport_means=(c.TransportMeans(identity=PLATE, mode="3", nationality="KZ"),),
        seals=(c.Seal(number="KZ0012345"),),
        documents=(c.Document(kind=c.DocumentKind.TRANSPORT, code="730", number="CMR-77"),),
        items=(
            c.GoodsItem(
                ordinal=1,
                hs="110100",
                description="Flour of wheat",
                gross_mass=Decimal(20100),
                net_mass=Decimal(20000),
                packages=(c.Packaging(count=Decimal(400), kind="BG"),),
                origin="KZ",
            ),
        ),
    )


def business_messages() -> dict[str, m.AnyMessage]:
    """Title → message, in the order in which they would be exchanged, as the agreement lets them out."""
    made: dict[str, m.AnyMessage] = {
        "KZ announces a consignment": m.PreliminaryInformation(
            header=header(m.PreliminaryInformation, 1, "KZ", hours=0),
            consignment_id=CONSIGNMENT,
            declaration=declaration(),
        ),
        "TJ accepts it": m.Acknowledgement(
            header=header(m.Acknowledgement, 2, "TJ", hours=0, refers_to=1),
            outcome=m.Outcome.ACCEPTED,
            consignment_id=CONSIGNMENT,
            registration_number="TJ/20261123/EXAMPLE01",
        ),
        "TJ could not use it": m.Acknowledgement(
            header=header(m.Acknowledgement, 3, "TJ", hours=0, refers_to=1),
            outcome=m.Outcome.REJECTED,
            findings=(
                c.Finding(
                    code="transport-missing",
                    path="declaration.transport_means",
                    text="No means of transport is named",
                ),
            ),
        ),
        "KZ corrects it": m.Amendment(
            header=header(m.Amendment, 30, "KZ", hours=3, refers_to=1),
            consignment_id=CONSIGNMENT,
            ordinal=2,
            declaration=declaration(),
            reason="weighed again",
        ),
        "KZ annuls it": m.Annulment(
            header=header(m.Annulment, 31, "KZ", hours=4, refers_to=30),
            consignment_id=CONSIGNMENT,
            ordinal=3,
            reason="the buyer withdrew",
            annulled=NOW + timedelta(hours=4),
        ),
        "KZ tells that a truck leaves empty": m.EmptyVehicle(
            header=header(m.EmptyVehicle, 32, "KZ", hours=0),
            consignment_id=message_id(91),
            transport_means=(c.TransportMeans(identity=PLATE, mode="3", nationality="KZ"),),
            post="TJ-FOT",
            eta=NOW + timedelta(hours=40),
        ),
        "TJ tells of the arrival": arrival(),
        "TJ tells of the import": imported(),
        "KZ asks where a consignment is": m.Enquiry(
            header=header(m.Enquiry, 6, "KZ", hours=76),
            enquiry_id=message_id(91),
            question=m.Question.ARRIVAL,
            consignment_id=CONSIGNMENT,
            expected=NOW + timedelta(hours=40),
        ),
        "TJ has found it": m.EnquiryReply(
            header=header(m.EnquiryReply, 7, "TJ", hours=77, refers_to=6),
            enquiry_id=message_id(91),
            outcome=m.EnquiryOutcome.FOUND,
            consignment_id=CONSIGNMENT,
            arrival_id=message_id(90),
            post="TJ-FOT",
            arrived=NOW + timedelta(hours=38),
        ),
        "KZ reports a day": reported(),
    }
    return {title: cut(message, agreement()) for title, message in made.items()}


def arrival() -> m.ArrivalInformation:
    """The truck came two hours early; its seal is another one."""
    return m.ArrivalInformation(
        header=header(m.ArrivalInformation, 4, "TJ", hours=38),
        arrival_id=message_id(90),
        consignment_id=CONSIGNMENT,
        post="TJ-FOT",
        arrived=NOW + timedelta(hours=38),
        registered=NOW + timedelta(hours=38, minutes=10),
        transport_means=(c.TransportMeans(identity=PLATE, mode="3"),),
        seals=(c.Seal(number="KZ0012346"),),
        weighbridge=Decimal(20090),
        discrepancies=(
            c.Discrepancy(
                code=c.DiscrepancyCode.OTHER_SEAL,
                path="seals",
                declared="KZ0012345",
                found="KZ0012346",
            ),
        ),
    )


def reported() -> m.StatusReport:
    """One message was sent on that day, and nothing received."""
    since, until = NOW - timedelta(hours=12), NOW + timedelta(hours=12)
    entry = m.Entry(message_id=message_id(1), digest=hashlib.sha256(b"its JSON").hexdigest())
    line = f"{entry.message_id} {entry.digest}\n".encode()
    one, none = (hashlib.sha256(octets).hexdigest() for octets in (line, b""))
    return m.StatusReport(
        header=header(m.StatusReport, 8, "KZ", hours=13),
        since=since,
        until=until,
        agreement_version=agreement().version,
        agreement_digest=digest(agreement()),
        tallies=(m.Tally(m.Way.SENT, m.PreliminaryInformation.__name__, 1, one),),
        ranges=(
            m.Range(m.Way.SENT, since, until, 1, one),
            m.Range(m.Way.RECEIVED, since, until, 0, none),
        ),
    )


def imported() -> m.ImportInformation:
    """What was declared for import."""
    return m.ImportInformation(
        header=header(m.ImportInformation, 5, "TJ", hours=60),
        consignment_id=CONSIGNMENT,
        declaration_number="TJ-IM-1",
        procedure="40",
        accepted=(NOW + timedelta(hours=59)).date(),
        items=(
            m.FoundItem(
                item=1, hs="110100", gross_mass=Decimal(20100), net_mass=Decimal(20000), origin="KZ"
            ),
        ),
        matched_by=(
            m.MatchBasis(
                rule="preceding-document",
                declared="55301/231126/0000001",
                found="55301/231126/0000001",
            ),
        ),
    )


Keys = tuple[SigningIdentity, DecryptionIdentity]


def keys(country: str, profile: str) -> Keys:
    """A node's keys and certificates of a profile."""
    number = ord(country[0])
    validity = Validity(
        serial=number, not_before=NOW - timedelta(days=1), not_after=NOW + timedelta(days=365)
    )
    root = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    authority = make_authority(f"{country} example authority", root, validity)
    sign, agree = _private_keys(profile, number)
    signing = issue_signing(authority, f"{country} signing", sign.public_key(), validity)
    agreeing = issue_key_agreement(
        authority, f"{country} key agreement", agree.public_key(), validity
    )
    return SigningIdentity(sign, signing), DecryptionIdentity(agree, agreeing)


def _private_keys(profile: str, number: int) -> tuple[object, object]:
    if profile == "edelivery-2.0":
        return (
            Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32),
            X25519PrivateKey.from_private_bytes(bytes([number + 2]) * 32),
        )
    if profile == "edelivery-2.0-ec":
        first, second = (ec.derive_private_key(number + n, ec.SECP256R1()) for n in (1, 2))
        return first, second
    # Random: only the names of the algorithms are shown.
    return rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)  # noqa: TID251


def pmode(own: str, partner: str, profile: str, of_partner: Keys) -> PMode:
    """What `own` holds of `partner`."""
    signing, decryption = of_partner
    return PMode(
        own=PartyId(f"customs-{own.lower()}", TYPE),
        partner=PartyId(f"customs-{partner.lower()}", TYPE),
        services=SERVICES,
        partner_signing=(signing.certificate,),
        partner_key_agreement=(decryption.certificate,),
        suite=profile,
    )


def pulling_minutes() -> float:
    """How old a pull request may be, by default."""
    made = pmode("KZ", "TJ", "edelivery-2.0", keys("TJ", "edelivery-2.0"))
    return made.pull_max_age.total_seconds() / 60


def exchanged(profile: str) -> tuple[SealedMessage, bytes, bytes]:
    """A message of KZ, the receipt of TJ, and the error that TJ would have answered to another one."""
    kz, tj = keys("KZ", profile), keys("TJ", profile)
    message = business_messages()["KZ announces a consignment"]
    at = message.header.created
    there, here = pmode("KZ", "TJ", profile, tj), pmode("TJ", "KZ", profile, kz)
    ebms_id = f"{message.header.message_id}@kz.keruen"
    sent = seal(
        UserMessage(
            message_id=ebms_id,
            timestamp=at,
            sender=there.own,
            sender_role=there.own_role,
            receiver=there.partner,
            receiver_role=there.partner_role,
            service=SERVICE,
            action=m.kind_of(message),
            conversation_id=CONSIGNMENT,
        ),
        [
            Payload(
                f"content-{message.header.message_id}",
                "application/json",
                lambda: iter((m.encode(message),)),
            )
        ],
        pmode=there,
        signer=kz[0],
        now=at,
        entropy=Seeded(hashlib.sha256(b"interface.md").digest()),
    )
    when = at + timedelta(seconds=1)
    receipt = build_receipt(
        sent.envelope,
        pmode=here,
        signer=tj[0],
        receipt_id=f"{message_id(6)}@tj.keruen",
        timestamp=when,
    )
    refusal = EbmsError(ErrorCode.FAILED_DECRYPTION, detail="", ref_to_message_id=ebms_id)
    error = build_error(
        refusal, pmode=here, signer=tj[0], signal_id=f"{message_id(7)}@tj.keruen", timestamp=when
    )
    return sent, receipt, error
