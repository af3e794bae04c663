"""What reading and writing R.055 and R.048 have in common, and by what the two are known.

Times without an offset are those of the declarant's country; days of release and of signing become the first
moment of the day there. A document's number stands in parts (office, day, journal number) or as a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timezone
from uuid import NAMESPACE_OID, UUID, uuid5

from lxml import etree

from keruen.customs import Finding
from keruen.errors import InputError
from keruen.formats.eaeu import (
    give_procedure,
    give_supplementary,
    give_type,
    offset_of,
    take_containers,
    take_kind,
    take_supplementary,
)
from keruen.formats.rules import Plain
from keruen.formats.source import Found, near
from keruen.formats.wording import WORDING
from keruen.formats.writing import Names

PARTIES = ("consignor", "consignee", "settlement_party", "declarant")
ELECTRONIC, INDICATOR = "ЭД", "electronic document"
"""The usual sign of an electronic document, and the statement that any other one becomes."""
AMOUNTS = {"amount", "customs_value", "invoice", "price", "statistical_value", "value"}
"""Elements of the model that are money."""
CURRENCY = re.compile("[A-Z]{3}")
DAYS = {"release_date": "released", "signing_date": "signed"}
"""Day in the file → time in the model."""
PACKAGING = "0"
"""Kind of information: about the packages."""
_NUMBER = re.compile(r"(\d{2}|\d{5}|\d{8})/(\d{6})/(.{5,7})")


def taken(plain: Plain) -> Plain:
    """What both structures have, brought into the form of the model."""
    take_kind(plain)
    _take_times(plain)
    indicator = plain.pop("indicator", ELECTRONIC)
    if indicator != ELECTRONIC:
        statement = {"code": INDICATOR, "text": indicator}
        plain.setdefault("additional_information", []).append(statement)
    for party in _parties(plain):
        _take_addresses(party)
    for document in _documents(plain):
        _take_registration(document)
    take_containers(plain)
    for item in plain.get("items", []):
        take_supplementary(item)
    return plain


def given(plain: Plain) -> Plain:
    """The inverse of `taken`, for writing."""
    give_type(plain)
    plain["document_id"] = _uuid(plain)
    offset = _offset(plain)
    _give_created(plain, offset)
    for day, moment in DAYS.items():
        if moment in plain:
            plain[day] = plain[moment].astimezone(offset).date()
    plain["indicator"] = _indicator(plain)
    for party in _parties(plain):
        _give_addresses(party)
    for document in _documents(plain):
        _give_registration(document)
        _drop_bare_amounts(document)
    items = plain.get("items", [])
    vehicles = [vehicle for item in items for vehicle in item.get("vehicles", [])]
    for holder in (plain, *items, *vehicles, *plain.get("consignments", [])):
        _drop_bare_amounts(holder)
    for item in items:
        item["item_containers"] = [{"id": one} for one in item.get("containers", [])]
        item["packages"] = _cargo(item.get("packages", []))
        give_supplementary(item)
        give_procedure(item)
    return plain


def _drop_bare_amounts(holder: Plain) -> None:
    """An amount without a currency says nothing here; statistical values are in US dollars (box 46)."""
    if "statistical_value" in holder:
        holder["statistical_value"].setdefault("currency", "USD")
    for name in AMOUNTS & holder.keys():
        if not CURRENCY.fullmatch(holder[name].get("currency", "")):
            del holder[name]


def give_documents(plain: Plain) -> None:
    """Box 40 and box 44 are of the items: what is stated of the whole stands at the first one."""
    whole = [one for one in plain.get("documents", []) if _is_of_items(one)]
    if whole and plain.get("items"):
        first = plain["items"][0]
        first["documents"] = [*first.get("documents", []), *whole]
        plain["documents"] = [one for one in plain["documents"] if not _is_of_items(one)]


def _is_of_items(document: Plain) -> bool:
    return document.get("kind", "presented") in {"transport", "presented", "preceding"}


def _take_times(plain: Plain) -> None:
    offset = _offset(plain)
    created = plain.get("created")
    if created is not None and created.tzinfo is None:
        plain["created"] = created.replace(tzinfo=offset)
    for day, moment in DAYS.items():
        if day in plain:
            plain[moment] = datetime.combine(plain.pop(day), time(), offset)


def _give_created(plain: Plain, offset: timezone) -> None:
    """A document that does not say when it was made was there when it was signed, or else registered."""
    registered = plain.get("registered")
    day = datetime.combine(registered, time(), offset) if registered else None
    created = plain.get("created") or plain.get("signed") or day
    if created is not None:
        plain["created"] = created


def _offset(plain: Plain) -> timezone:
    declarant = plain.get("declarant", {})
    address = (declarant.get("addresses") or [declarant.get("address", {})])[0]
    return offset_of(declarant.get("country") or address.get("country"))


def _uuid(plain: Plain) -> str:
    """The declared id where it is a UUID, else one that is a function of the declaration (RFC 9562, 5.5)."""
    declared = plain.get("document_id", "")
    try:
        UUID(declared)
    except ValueError:
        return str(uuid5(NAMESPACE_OID, declared or repr(sorted(plain.items()))))
    return str(declared)


def _indicator(plain: Plain) -> str:
    statements = plain.get("additional_information", [])
    texts = [one.get("text", "") for one in statements if one.get("code") == INDICATOR]
    return next(iter(texts), ELECTRONIC)


def _parties(plain: Plain) -> Iterator[Plain]:
    yield from (plain[name] for name in PARTIES if name in plain)
    yield from plain.get("carriers", [])
    for consignment in plain.get("consignments", []):
        yield from (consignment[name] for name in PARTIES if name in consignment)


def _documents(plain: Plain) -> Iterator[Plain]:
    for holder in (plain, *plain.get("items", []), *plain.get("consignments", [])):
        yield from holder.get("documents", [])


def _take_addresses(party: Plain) -> None:
    """The country of a party is told by its address, unless it has another one."""
    addresses = party.pop("addresses", [])
    if addresses:
        party["address"] = addresses[0]
        if party.get("country") == addresses[0].get("country"):
            party.pop("country", None)
    if addresses[1:]:
        party["further_addresses"] = addresses[1:]


def _give_addresses(party: Plain) -> None:
    first = [party["address"]] if party.get("address") else []
    party["addresses"] = first + party.get("further_addresses", [])
    if "country" not in party and first:
        party["country"] = first[0].get("country")


def _take_registration(document: Plain) -> None:
    registrations: Plain = document.pop("registrations", {})
    for form, parts in registrations.items():
        document["registration"] = {"form": form, **parts}
        document.setdefault("number", shown(document["registration"]))
        return


def _give_registration(document: Plain) -> None:
    registration = document.get("registration")
    if registration:
        document["registrations"] = {registration.get("form", "customs"): registration}
        if document.get("number") == shown(registration):
            del document["number"]


def shown(parts: Mapping[str, object]) -> str:
    """A number in parts as people write it: 10803040/230524/0910129."""
    if parts.get("form") == "tir":
        return f"{parts.get('series', '')}{parts.get('serial', '')}"
    day = parts.get("registered")
    written = f"{day:%d%m%y}" if isinstance(day, date) else ""
    texts = [parts.get("office") or parts.get("country"), written, parts.get("serial")]
    return "/".join(str(text) for text in (*texts, parts.get("amendment")) if text)


def parts_of(number: str, registered: date | None) -> Plain | None:
    """The parts of a declaration's number; None where it has another form. The day tells the century."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return None
    office, written, serial = found.groups()
    try:
        day = datetime.strptime(written, "%d%m%y").date()  # noqa: DTZ007 - a day has no offset
    except ValueError:
        return None
    if registered is not None and f"{registered:%d%m%y}" == written:
        day = registered
    return {"office": office, "registered": day, "serial": serial}


def _cargo(packages: list[Plain]) -> list[Plain]:
    """One group of packages, as the form has it: what another format lists becomes its details."""
    if (
        not packages
        or "details" in packages[0]
        or (len(packages) == 1 and not _is_kind(packages[0]))
    ):
        return packages[:1]
    counts = [one["count"] for one in packages if "count" in one]
    details = [
        {"information": PACKAGING, "kind": one["kind"], "count": int(one.get("count", 0))}
        for one in packages
        if _is_kind(one)
    ]
    return [{"count": sum(counts)} if counts else {}] if not details else [_group(counts, details)]


def _group(counts: list[object], details: list[Plain]) -> Plain:
    total = {"count": sum(counts)} if counts else {}  # type: ignore[arg-type]
    return {**total, "details": details}


def _is_kind(package: Plain) -> bool:
    """A code of UN/ECE Rec 21 has two characters; one is the form's own code of whether there is packing."""
    return len(package.get("kind", "")) == len("PX")


def found(root: etree._Element, namespace: str) -> Found | None:
    """The declaration, if the root is this structure or one near it; says which."""
    name = etree.QName(root)
    wanted = namespace.split(":")
    declared = str(name.namespace).split(":")
    if name.localname != wanted[4] or declared[:3] != wanted[:3] or declared[4:5] != wanted[4:5]:
        return None
    structure, version = f"R.{declared[3]}", declared[5] if len(declared) > len(wanted) - 1 else ""
    known = f"R.{wanted[3]} {wanted[5]}"
    if version.partition(".")[0] != wanted[5].partition(".")[0]:
        values = (f"{name.localname} {structure} {version}", known)
        raise WORDING.error(
            InputError, "version-unknown", *values, path=name.localname, line=root.sourceline
        )
    return Found(root, tuple(_near(root, f"{structure} {version}", known)))


def _near(root: etree._Element, declared: str, known: str) -> Iterator[Finding]:
    code = root.findtext("{*}EDocCode", "").strip()
    name = etree.QName(root).localname
    if declared != known:
        yield near(name, declared, known)
    elif code and code != known.partition(" ")[0]:
        yield near("EDocCode", code, known.partition(" ")[0])


def root_of(names: Names, namespace: str) -> etree._Element:
    """A new root element."""
    return etree.Element(f"{{{namespace}}}{namespace.split(':')[4]}", None, dict(names.prefixes))
