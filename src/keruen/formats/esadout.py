"""EAEU transit and goods declaration of the Russian exchange format: ``ESADout_CU``, album 5.23.0.

Source: the schema ESADout_CU.xsd and its annotations. Times in the file carry no offset: they are local to
the office where the declaration is presented. The ETA (`DateExpectedArrival`) is that at the border post
`PPBorderCustoms`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from lxml import etree

from keruen.customs import Finding, Severity
from keruen.errors import InputError
from keruen.formats.esadout_table import (
    ADDRESS_PARTS,
    BECOMES,
    NAMES,
    NAMESPACE,
    NOT_CARRIED,
    PARTIES,
    RULES,
    VERSION,
)
from keruen.formats.rules import Plain, put
from keruen.formats.source import Found, XmlFormat

OFFSETS = {
    "RU": 3,
    "BY": 3,
    "GE": 4,
    "AM": 4,
    "AZ": 4,
    "KZ": 5,
    "TJ": 5,
    "UZ": 5,
    "TM": 5,
    "KG": 6,
    "CN": 8,
}
"""Hours ahead of UTC where declarations of this format are presented; 0 elsewhere."""

PROCEDURES = {"transit": "ТТ", "export": "ЭК", "import": "ИМ"}
"""First subdivision of box 1, Cyrillic."""
KINDS = {code: kind for kind, code in PROCEDURES.items()} | {"TT": "transit"}
"""… and the Latin letters that look the same."""

COUNTRIES_WITH_IDS = {"RU", "KZ", "BY", "AM", "KG"}
"""Where the form has a place for the numbers of firms; a firm of no country is taken for Kazakhstan's."""
NO_PROCEDURE, NO_FEATURE = "00", "000"
"""Box 37: no preceding procedure, no feature."""


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    kind = KINDS.get(plain.get("type", ""))
    plain |= {"kind": kind} if kind else {}
    post = plain.pop("border_post", None)
    offset = _offset(post)
    for name in ("created", "signed"):
        if name in plain and plain[name].tzinfo is None:
            plain[name] = plain[name].replace(tzinfo=offset)
    _take_stop(plain, post, offset)
    _take_means(plain)
    _take_containers(plain)
    for party in (plain[name] for name in PARTIES if name in plain):
        _take_party(party)
    for item in plain.get("items", []):
        further = item.pop("further_supplementary", [])
        item["supplementary"] = item.pop("first_supplementary", []) + further
    return plain


def _take_party(party: Plain) -> None:
    """One number, and an address in the words of the model."""
    ids = list(party.pop("ids", {}).values())
    if ids:
        party["id"] = ids[0]
    address = party.get("address", {})
    for name, parts in ADDRESS_PARTS.items():
        texts = [address.pop(part) for part in parts if part in address]
        if texts:
            address[name] = ", ".join(texts)


def _offset(office: Plain | None) -> timezone:
    return timezone(timedelta(hours=OFFSETS.get((office or {}).get("country", ""), 0)))


def _take_stop(plain: Plain, post: Plain | None, offset: timezone) -> None:
    day: date | None = plain.pop("eta_date", None)
    clock: time | None = plain.pop("eta_time", None)
    if post is None and day is None:
        return
    stop: Plain = {"ordinal": 1}
    if post is not None:
        stop |= {"office": post, "country": post.get("country")}
    if day is not None:
        stop |= {"eta": _moment(day, clock, offset), "eta_basis": "declared"}
    plain["itinerary"] = [stop]


def _moment(day: date, clock: time | None, offset: timezone) -> datetime:
    at = clock or time()
    return datetime.combine(day, at, at.tzinfo or offset)


def _take_means(plain: Plain) -> None:
    modes, nations = plain.pop("modes", {}), plain.pop("nationalities", {})
    counts = plain.pop("counts", {})
    _take_stages(plain, counts, "transport_means_count", "departure_means_count")
    _take_stages(plain, nations, "transport_nationality", "departure_nationality")
    means = plain.get("transport_means", [])
    for stage in ("departure", "border"):
        here = [one for one in means if one["stage"] == stage]
        if not here and stage in modes:
            here = [{"stage": stage}]
            plain.setdefault("transport_means", []).extend(here)
        for one in here:
            if stage in modes:
                one |= {"mode_declared": modes[stage], "mode": mode_of(modes[stage])}
                one["kind"] = _kind_of_means(one)


def _take_stages(plain: Plain, values: Plain, name: str, departure: str) -> None:
    """One value where both stages agree or only one is given, else each its own."""
    if values:
        plain[name] = values.get("border", values.get("departure"))
        if values.get("departure", plain[name]) != plain[name]:
            plain[departure] = values["departure"]


def mode_of(declared: str) -> str:
    """UN/ECE Rec 19 mode of a two-digit code: 31 → 3; 90 (moves by itself) is road."""
    return "3" if declared.startswith("9") else declared[:1]


def _kind_of_means(one: Plain) -> str:
    if one["mode"] == "2":
        return "wagon"
    return "trailer" if one.get("identity_type") in TRAILER_KINDS else "vehicle"


TRAILER_KINDS = {"390", "391", "392"}
"""Codes of trailers and semi-trailers in `TransportKindCode`, as this project writes them."""


def _take_containers(plain: Plain) -> None:
    seen: dict[str, Plain] = {}
    for item in plain.get("items", []):
        ids = [one["id"] for one in item.pop("item_containers", [])]
        if ids:
            item["containers"] = ids
        for container in ids:
            seen.setdefault(container, {"id": container, "ordinal": len(seen) + 1})
    if seen:
        plain["containers"] = list(seen.values())


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    if KINDS.get(plain.get("type", "")) != plain["kind"]:
        plain["type"] = PROCEDURES[plain["kind"]]
    plain.setdefault("recipient_country", plain.get("country_of_destination"))
    stop: Plain = next(iter(plain.get("itinerary", [])), {})
    offset = _offset(stop.get("office"))
    for name in ("created", "signed"):
        if name in plain:
            plain[name] = plain[name].astimezone(offset).replace(tzinfo=None)
    put(plain, "border_post", stop.get("office"))
    if "eta" in stop:
        eta = stop["eta"].astimezone(offset)
        plain["eta_date"] = eta.date()
        plain["eta_time"] = eta.time().replace(microsecond=0)
    _give_means(plain)
    for party in (plain[name] for name in PARTIES if "id" in plain.get(name, {})):
        _give_number(party)
    for item in plain.get("items", []):
        item["item_containers"] = [{"id": one} for one in item.get("containers", [])]
        supplementary = item.get("supplementary", [])
        item["first_supplementary"] = supplementary[:1]
        item["further_supplementary"] = supplementary[1:]
        if "procedure" in item:
            item.setdefault("previous_procedure", NO_PROCEDURE)
            item.setdefault("additional_procedures", [NO_FEATURE])
    return plain


def _give_number(party: Plain) -> None:
    """A firm of another country has no place for its number."""
    country = party.get("address", {}).get("country", "KZ")
    if country in COUNTRIES_WITH_IDS:
        party["ids"] = {country: party["id"]}


def _give_means(plain: Plain) -> None:
    for stage in ("departure", "border"):
        here = [m for m in plain.get("transport_means", []) if m.get("stage", "border") == stage]
        for one in here:
            one["stage"] = stage
        if here:
            put(plain, f"modes.{stage}", here[0].get("mode_declared") or here[0].get("mode"))
            put(plain, f"nationalities.{stage}", plain.get("transport_nationality"))
            put(plain, f"counts.{stage}", plain.get("transport_means_count"))
    if "departure_nationality" in plain:
        put(plain, "nationalities.departure", plain["departure_nationality"])
    if "departure_means_count" in plain:
        put(plain, "counts.departure", plain["departure_means_count"])


def _found(root: etree._Element) -> Found | None:
    """The ESADout_CU that the root is, or that lies in an ED_Container."""
    name = etree.QName(root)
    if name.localname == "ESADout_CU":
        return _versioned(root)
    if name.localname != "ED_Container":
        return None
    inside = list(root.iter("{*}ESADout_CU"))
    if len(inside) != 1:
        text = f"the ED_Container holds {len(inside)} declarations ESADout_CU; one is wanted"
        code = "declaration-ambiguous" if inside else "declaration-missing"
        raise InputError(code, text, path="ED_Container", line=root.sourceline)
    return _versioned(inside[0])


def _versioned(element: etree._Element) -> Found | None:
    family, _, version = str(etree.QName(element).namespace).rpartition(":")
    if family != NAMESPACE.rpartition(":")[0]:
        return None
    if version == VERSION:
        return Found(element)
    if version.partition(".")[0] != VERSION.partition(".")[0]:
        text = f"ESADout_CU {version} is not known; {VERSION} is"
        raise InputError("version-unknown", text, path="ESADout_CU", line=element.sourceline)
    finding = Finding(
        code="version-near",
        path="ESADout_CU",
        declared=version,
        severity=Severity.WARNING,
        text=f"Known is ESADout_CU {VERSION}; elements of another version may be missed.",
    )
    return Found(element, (finding,))


def _root() -> etree._Element:
    prefixes = {prefix or None: uri for prefix, uri in NAMES.prefixes.items()}
    return etree.Element(f"{{{NAMESPACE}}}ESADout_CU", {"DocumentModeID": "1006107E"}, prefixes)


FORMAT = XmlFormat(
    name="esadout",
    title="EAEU declaration ESADout_CU",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    kind="CustomsProcedure",
    found=_found,
    completed=completed,
    prepared=prepared,
    root=_root,
    becomes=BECOMES,
)
