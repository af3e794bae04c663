"""EAEU transit and goods declaration of the Russian exchange format: ``ESADout_CU``, album 5.23.0.

Source: the schema ESADout_CU.xsd and its annotations. Times in the file carry no offset: they are local to
the office where the declaration is presented. The ETA (`DateExpectedArrival`) is that at the border post
`PPBorderCustoms`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timezone

from lxml import etree

from keruen.errors import InputError
from keruen.formats.eaeu import (
    give_means,
    give_procedure,
    give_supplementary,
    give_type,
    offset_of,
    take_containers,
    take_kind,
    take_means,
    take_supplementary,
)
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
from keruen.formats.source import Found, XmlFormat, near
from keruen.formats.wording import WORDING

COUNTRIES_WITH_IDS = {"RU", "KZ", "BY", "AM", "KG"}
"""Where the form has a place for the numbers of firms; a firm of no country is taken for Kazakhstan's."""


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    take_kind(plain)
    post = plain.pop("border_post", None)
    offset = offset_of((post or {}).get("country"))
    for name in ("created", "signed"):
        if name in plain and plain[name].tzinfo is None:
            plain[name] = plain[name].replace(tzinfo=offset)
    _take_stop(plain, post, offset)
    take_means(plain)
    take_containers(plain)
    for party in (plain[name] for name in PARTIES if name in plain):
        _take_party(party)
    for item in plain.get("items", []):
        take_supplementary(item)
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


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    give_type(plain)
    if not (plain.get("recipient_country") or "").strip():
        plain["recipient_country"] = plain.get("country_of_destination")
    stop: Plain = next(iter(plain.get("itinerary", [])), {})
    offset = offset_of((stop.get("office") or {}).get("country"))
    for name in ("created", "signed"):
        if name in plain:
            plain[name] = plain[name].astimezone(offset).replace(tzinfo=None)
    put(plain, "border_post", stop.get("office"))
    if "eta" in stop:
        eta = stop["eta"].astimezone(offset)
        plain["eta_date"] = eta.date()
        plain["eta_time"] = eta.time().replace(microsecond=0)
    give_means(plain)
    for party in (plain[name] for name in PARTIES if "id" in plain.get(name, {})):
        _give_number(party)
    for item in plain.get("items", []):
        item["item_containers"] = [{"id": one} for one in item.get("containers", [])]
        give_supplementary(item)
        give_procedure(item)
    return plain


def _give_number(party: Plain) -> None:
    """A firm of another country has no place for its number."""
    country = party.get("address", {}).get("country", "KZ")
    if country in COUNTRIES_WITH_IDS:
        party["ids"] = {country: party["id"]}


def _found(root: etree._Element) -> Found | None:
    """The ESADout_CU that the root is, or that lies in an ED_Container."""
    name = etree.QName(root)
    if name.localname == "ESADout_CU":
        return _versioned(root)
    if name.localname != "ED_Container":
        return None
    inside = list(root.iter("{*}ESADout_CU"))
    if len(inside) != 1:
        key = "declaration-ambiguous" if inside else "declaration-missing"
        value = len(inside) or "ESADout_CU"
        raise WORDING.error(InputError, key, value, path="ED_Container", line=root.sourceline)
    return _versioned(inside[0])


def _versioned(element: etree._Element) -> Found | None:
    family, _, version = str(etree.QName(element).namespace).rpartition(":")
    if family != NAMESPACE.rpartition(":")[0]:
        return None
    if version == VERSION:
        return Found(element)
    if version.partition(".")[0] != VERSION.partition(".")[0]:
        values = (f"ESADout_CU {version}", VERSION)
        raise WORDING.error(
            InputError, "version-unknown", *values, path="ESADout_CU", line=element.sourceline
        )
    finding = near("ESADout_CU", version, f"ESADout_CU {VERSION}")
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
