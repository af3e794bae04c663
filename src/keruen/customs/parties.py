"""Who has to do with the goods: firms, persons, offices."""

from __future__ import annotations

from datetime import date

from keruen.customs.values import Struct


class Address(Struct, frozen=True):
    """Where a party is registered; with `kind`, which of its addresses this is (EAEU: 1 legal, 2 actual)."""

    kind: str | None = None
    country: str | None = None
    country_name: str | None = None
    territory: str | None = None
    region: str | None = None
    district: str | None = None
    city: str | None = None
    settlement: str | None = None
    street: str | None = None
    building: str | None = None
    room: str | None = None
    postcode: str | None = None
    post_box: str | None = None


class Communication(Struct, frozen=True):
    """How somebody is reached: telephone, e-mail; `kind` by UN/CEFACT 3155."""

    kind: str | None = None
    kind_name: str | None = None
    ids: tuple[str, ...] = ()


class IdentityDocument(Struct, frozen=True):
    """A passport or the like. Personal data: never sent unless the agreement's data list names it."""

    country: str | None = None
    code: str | None = None
    name: str | None = None
    series: str | None = None
    number: str | None = None
    issued: date | None = None
    valid_until: date | None = None
    issuer: str | None = None
    issuer_code: str | None = None


class Person(Struct, frozen=True):
    """A natural person: driver or signatory. Personal data."""

    surname: str | None = None
    given_name: str | None = None
    middle_name: str | None = None
    post: str | None = None
    phone: str | None = None
    email: str | None = None
    identity: IdentityDocument | None = None


class Branch(Struct, frozen=True):
    """A separate part of a firm that acts for it; what it has as a firm has it."""

    id: str | None = None
    name: str | None = None
    short_name: str | None = None
    country: str | None = None
    entity_type: str | None = None
    entity_type_name: str | None = None
    register_id: str | None = None
    register_kind: str | None = None
    customs_id: str | None = None
    customs_id_country: str | None = None
    tax_reason: str | None = None
    address: Address | None = None
    communications: tuple[Communication, ...] = ()


class Party(Struct, frozen=True):
    """A trader or carrier. `id` is BIN/IIN in Kazakhstan, INN in Tajikistan, EORI in Great Britain.

    Attributes:
        register_id: number in a register of firms; `register_kind` says which.
        customs_id: number that a customs administration gave, `customs_id_country`'s.
        tax_reason: reason of the registration with a tax office (Russia's KPP).
        person_id: number of a natural person. Personal data, like `identity`.
        as_declarant: whether the declaration says that it is the declarant (EAEU: EqualIndicator).
    """

    id: str | None = None
    name: str | None = None
    short_name: str | None = None
    country: str | None = None
    entity_type: str | None = None
    entity_type_name: str | None = None
    register_id: str | None = None
    register_kind: str | None = None
    customs_id: str | None = None
    customs_id_country: str | None = None
    tax_reason: str | None = None
    person_id: str | None = None
    identity: IdentityDocument | None = None
    address: Address | None = None
    further_addresses: tuple[Address, ...] = ()
    communications: tuple[Communication, ...] = ()
    branch: Branch | None = None
    as_declarant: bool | None = None
    function: str | None = None
    representative: str | None = None


class CustomsOffice(Struct, frozen=True):
    """A customs office or border post, by the national code."""

    code: str | None = None
    name: str | None = None
    country: str | None = None
