"""EAEU goods declaration, structure R.055 of the Eurasian Economic Commission (``GoodsDeclaration``).

The declaration's number is that of its registration: office, day, number in the journal. Box 29 names the
office of exit of an export declaration and the office of entry of an import declaration.
"""

from __future__ import annotations

import re

from keruen.formats import eec
from keruen.formats.eaeu import give_means, take_means
from keruen.formats.eec_table import OFFICE
from keruen.formats.r055_table import (
    BECOMES,
    IMPLIED,
    NAMES,
    NAMESPACE,
    NOT_CARRIED,
    RULES,
    STRUCTURE,
)
from keruen.formats.rules import Plain
from keruen.formats.source import XmlFormat
from keruen.formats.whole import keep_whole


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    eec.taken(plain)
    take_means(plain)
    number = plain.pop("own_number", None)
    if number:
        plain["number"] = eec.shown(number)
        if "registered" in number:
            plain["registered"] = number["registered"]
    offices = plain.pop("border_offices", [])
    if offices:
        plain[_border(plain)] = offices[0]
    if offices[1:]:
        plain["further_offices"] = offices[1:]
    if plain.get("exchange_currency") == plain.get("invoice", {}).get("currency"):
        plain.pop("exchange_currency", None)
    for item in plain.get("items", []):
        _take_firsts(item)
    return plain


def _border(plain: Plain) -> str:
    return "office_of_entry" if plain.get("kind") == "import" else "office_of_exit"


def _take_firsts(item: Plain) -> None:
    """The model has one destination and one set of terms of an item."""
    for destination in item.pop("destinations", [])[:1]:
        item["destination"] = destination["code"]
    for terms in item.pop("terms", [])[:1]:
        item |= terms


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    plain["structure"] = STRUCTURE
    parts = eec.parts_of(plain.get("number", ""), plain.get("registered"))
    if parts:
        plain |= {"own_number": parts, "registered": parts["registered"]}
    eec.give_documents(plain)
    eec.given(plain)
    give_means(plain)
    first = [plain[_border(plain)]] if plain.get(_border(plain)) else []
    plain["border_offices"] = first + plain.get("further_offices", [])
    plain.setdefault("exchange_currency", plain.get("invoice", {}).get("currency"))
    if not plain["exchange_currency"]:
        plain.pop("exchange_rate", None)
    for item in plain.get("items", []):
        if "destination" in item:
            item["destinations"] = [{"code": item["destination"]}]
        terms = {name: item[name] for name in ("incoterms", "delivery_place") if name in item}
        item["terms"] = [terms] if terms else []
    _give_release(plain)
    return plain


def _give_release(plain: Plain) -> None:
    """The release is told with its number and office or not at all."""
    office = plain.get("office_of_release", {}).get("code", "")
    if not plain.get("release_number", "").strip() or not re.fullmatch(OFFICE, office):
        for name in ("release_date", "release_number", "office_of_release"):
            plain.pop(name, None)


FORMAT = XmlFormat(
    name="eaeu-r055",
    title="EAEU goods declaration R.055",
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
