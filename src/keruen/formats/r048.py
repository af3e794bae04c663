"""EAEU transit declaration, structure R.048 of the Eurasian Economic Commission (``TransitDeclaration``).

A declaration of one consignment has what is the consignment's as its own: parties, countries and office. One of
several has them in `Declaration.consignments`, and each item says to which it belongs; what all agree on is the
declaration's, too.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from keruen.formats import eec
from keruen.formats.eaeu import give_modes, take_mode
from keruen.formats.r048_table import (
    BECOMES,
    IMPLIED,
    NAMES,
    NAMESPACE,
    NOT_CARRIED,
    RULES,
    STRUCTURE,
)
from keruen.formats.rules import Plain, numbered
from keruen.formats.source import XmlFormat
from keruen.formats.whole import keep_whole

COMMON = (
    "country_of_dispatch",
    "country_of_destination",
    "consignor",
    "consignee",
    "office_of_destination",
    "destination_station",
)
"""What a consignment has and a declaration may have in its place."""
TOTALS = {
    "item_count": "item_count",
    "package_count": "package_count",
    "gross_mass": "gross_mass",
    "value": "invoice",
}
"""Total of a consignment → total of a declaration."""
SEALS = "01"
"""Method of identification: seals."""


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    consignments = plain.get("consignments", [])
    numbered(consignments)
    plain["items"] = [_of(one, item) for one in consignments for item in one.pop("items", [])]
    eec.taken(plain)
    if len(consignments) == 1:
        _take_only(plain, consignments[0])
    else:
        plain |= {name: value for name in COMMON if (value := _agreed(consignments, name))}
    carriers = plain.pop("carriers", [])
    if carriers:
        plain["carrier"] = carriers[0]
    if carriers[1:]:
        plain["further_carriers"] = carriers[1:]
    for means in _all_means(plain):
        take_mode(means, means.pop("own_mode", None))
    _take_identification(plain)
    return plain


def _of(consignment: Plain, item: Plain) -> Plain:
    return item | {"consignment": consignment["ordinal"]} if "ordinal" in consignment else item


def _agreed(consignments: list[Plain], name: str) -> Any:
    values = [one.get(name) for one in consignments]
    return values[0] if values and all(value == values[0] for value in values) else None


def _take_only(plain: Plain, only: Plain) -> None:
    """The only consignment, as the declaration itself, unless its totals are others."""
    if any(name in only and only[name] != plain.get(of) for name, of in TOTALS.items()):
        plain |= {name: only[name] for name in COMMON if name in only}
        return
    del plain["consignments"]
    plain |= {name: only[name] for name in COMMON if name in only}
    plain["documents"] = [*only.get("documents", []), *plain.get("documents", [])]
    if only.get("ordinal") == 1:
        for item in plain["items"]:
            del item["consignment"]


def _all_means(plain: Plain) -> list[Plain]:
    changed = [one for t in plain.get("transshipments", []) for one in t.get("transport_means", [])]
    return [*plain.get("transport_means", []), *changed]


def _take_identification(plain: Plain) -> None:
    """Seals of all entries in one list; entries that say no more than their seals are left out."""
    entries = plain.get("identification", [])
    seals: list[Plain] = []
    for entry in entries:
        own = [one for one in entry.pop("seals", []) if "number" in one]
        entry["numbers"] = len(own)
        seals += [one | ({"kind": entry["kind"]} if "kind" in entry else {}) for one in own]
    if seals:
        plain["seals"] = seals
    if entries == _entries(seals):
        plain.pop("identification", None)


def _entries(seals: list[Plain]) -> list[Plain]:
    """The entries that a list of seals has where nothing more is known of them."""
    groups = [(kind, len(list(own))) for kind, own in groupby(seals, lambda one: one.get("kind"))]
    return [
        {"method": SEALS, "count": many, "numbers": many} | ({"kind": kind} if kind else {})
        for kind, many in groups
    ]


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    plain["structure"] = STRUCTURE
    _give_consignments(plain)
    eec.give_documents(plain)
    plain["carriers"] = [plain.get("carrier"), *plain.get("further_carriers", [])]
    plain["carriers"] = [one for one in plain["carriers"] if one]
    eec.given(plain)
    _give_means(plain)
    for change in plain.get("transshipments", []):
        change.setdefault("between_containers", False)
        give_modes(change.get("transport_means", []), None)
    _give_identification(plain)
    _give_items(plain)
    return plain


def _give_consignments(plain: Plain) -> None:
    if plain.get("consignments"):
        return
    ordinals = [one["consignment"] for one in plain.get("items", []) if "consignment" in one]
    only = {name: plain[name] for name in COMMON if name in plain}
    only |= {name: plain[of] for name, of in TOTALS.items() if of in plain}
    transport = [one for one in plain.get("documents", []) if one.get("kind") == "transport"][:1]
    plain["documents"] = [one for one in plain.get("documents", []) if one not in transport]
    only |= {"ordinal": ordinals[0] if ordinals else 1, "documents": transport}
    plain["consignments"] = [only]


def _give_means(plain: Plain) -> None:
    """The vehicles that carry the goods through, else those of the departure."""
    means = plain.get("transport_means", [])
    border = [one for one in means if one.get("stage", "border") == "border"]
    plain["transport_means"] = border or means
    give_modes(plain["transport_means"], None)


def _give_identification(plain: Plain) -> None:
    seals = list(plain.get("seals", []))
    entries = plain.get("identification") or _entries(seals)
    for entry in entries:
        entry["seals"] = [seals.pop(0) for _ in range(min(entry.get("numbers", 0), len(seals)))]
    plain["identification"] = entries


def _give_items(plain: Plain) -> None:
    """Each item under its consignment, the first where it names none; documents have lines."""
    consignments = plain["consignments"]
    by_ordinal = _told_apart(consignments)
    for item in plain.get("items", []):
        holder = by_ordinal.get(item.get("consignment"), consignments[0])
        holder.setdefault("items", []).append(item)
        for line, document in enumerate(item.get("documents", []), start=1):
            document.setdefault("line", line)


def _told_apart(consignments: list[Plain]) -> dict[int, Plain]:
    """Consignments by their ordinals; one that stands twice stays with the first."""
    by_ordinal: dict[int, Plain] = {}
    for one in consignments:
        if by_ordinal.setdefault(one["ordinal"], one) is not one:
            del one["ordinal"]
    return by_ordinal


FORMAT = XmlFormat(
    name="eaeu-r048",
    title="EAEU transit declaration R.048",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    kind="DeclarationKindCode",
    found=lambda root: eec.found(root, NAMESPACE),
    completed=completed,
    prepared=prepared,
    root=lambda: eec.root_of(NAMES, NAMESPACE),
    finished=keep_whole,
    implied=IMPLIED,
    becomes=BECOMES,
)
