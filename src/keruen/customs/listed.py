"""Checks of what a declaration lists: references, items, means of transport, containers, seals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from keruen.customs.elements import Element
from keruen.customs.findings import Finding, error, warning
from keruen.customs.keys import fold
from keruen.customs.marks import container_digit_fits, wagon_digit_fits
from keruen.customs.model import Declaration, DeclarationKind, TransportKind
from keruen.customs.soundness import UNUSABLE

IDENTITIES = frozenset(
    {
        "consignment_reference", "containers", "document_id", "hs", "id", "identity", "local_reference",
        "number", "vin",
    }
)  # fmt: skip
"""Names of elements that are compared as marks."""
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories of characters that a reader does not see."""


def reference(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """Something names the declaration: all answers to it refer to that; an import is not answered."""
    if not (declaration.reference or "").strip():
        text = "State the declaration's number, its local reference or the id of the document."
        grave = warning if declaration.kind is DeclarationKind.IMPORT else error
        yield grave("reference-missing", "number", text)


def items(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """There are goods, each under a number of its own, from 1: answers name them by it."""
    if not declaration.items:
        yield error("items-missing", "items", "A declaration states at least one item of goods.")
    seen: set[int] = set()
    for index, item in enumerate(declaration.items):
        path = f"items[{index}].ordinal"
        if item.ordinal < 1:
            yield error("item-ordinal-invalid", path, "Items are numbered from 1.")
        elif item.ordinal in seen:
            text = "Another item has this number; each has one of its own."
            yield error("item-ordinal-repeated", path, text)
        seen.add(item.ordinal)


def transport(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """Something carries the goods, by which they will be recognised at the border."""
    if not any(means.identity or means.vin for means in declaration.transport_means):
        text = (
            "State the plate or number of the means of transport; the goods are recognised by it."
        )
        yield warning("transport-missing", "transport_means", text)


def wagons(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """The last of a wagon's eight digits is its check digit."""
    for index, means in enumerate(declaration.transport_means):
        if means.kind is TransportKind.WAGON and wagon_digit_fits(means.identity or "") is False:
            text = "The check digit of the wagon's number does not fit; one of its digits is wrong."
            yield warning(
                "wagon-check-digit", f"transport_means[{index}].identity", text, means.identity
            )


def containers(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """Containers are listed once, and the last digit of each is that of ISO 6346."""
    marks = [
        (f"containers[{index}].id", container.id)
        for index, container in enumerate(declaration.containers)
    ]
    for path, mark in marks:
        if container_digit_fits(mark) is False:
            text = "The check digit of ISO 6346 does not fit; a letter or a digit is wrong."
            yield warning("container-check-digit", path, text, mark)
    yield from _repeated(
        marks, "container-repeated", "This container is listed before; name it once."
    )


def seals(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """A seal is on one thing only."""
    marks = [
        (f"seals[{index}].number", seal.number) for index, seal in enumerate(declaration.seals)
    ]
    for outer, container in enumerate(declaration.containers):
        for index, seal in enumerate(container.seals):
            marks.append((f"containers[{outer}].seals[{index}].number", seal.number))
    yield from _repeated(marks, "seal-repeated", "This seal is listed before; name it once.")


def _repeated(marks: Iterable[tuple[str, str]], code: str, text: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, mark in marks:
        key = fold(mark)
        if key and key in seen:
            yield warning(code, path, text, mark)
        seen.add(key)


def identity(element: Element, _today: date) -> Iterator[Finding]:
    """A mark that is compared has no character that nobody sees: a tab, a soft hyphen, a line's end."""
    if _hides(element.value):
        text = "Write the mark without tabs, line ends and invisible characters."
        yield warning("mark-unprintable", element.path, text, element.value)


def _hides(mark: str) -> bool:
    return not UNUSABLE.search(mark) and any(unicodedata.category(c) in _UNSEEN for c in mark)
