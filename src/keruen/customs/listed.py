"""Checks of what a declaration lists: references, items, means of transport, containers, seals, documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from keruen.customs.dated import document_path, documents_of
from keruen.customs.findings import Finding, Severity, error, warning
from keruen.customs.keys import fold
from keruen.customs.marks import container_digit, last_digit, wagon_digit
from keruen.customs.model import Declaration, DeclarationKind, Document, TransportKind
from keruen.customs.soundness import UNUSABLE
from keruen.customs.walking import Ground, Rule

IDENTITIES = frozenset(
    {
        "consignment_reference", "containers", "document_id", "hs", "id", "identity", "local_reference",
        "number", "vin",
    }
)  # fmt: skip
"""Names of elements that are compared as marks."""
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories of characters that a reader does not see."""


def _seen(mark: str, _ground: Ground) -> bool:
    """Whether a reader sees every character; what cannot be exchanged at all is another matter."""
    return bool(UNUSABLE.search(mark)) or not any(unicodedata.category(c) in _UNSEEN for c in mark)


SEEN = Rule("mark-unprintable", _seen, Severity.WARNING)
"""A mark that is compared has no character that nobody sees: a tab, a soft hyphen, a line's end."""


def reference(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Something names the declaration: all answers to it refer to that; an import is not answered."""
    if not (declaration.reference or "").strip():
        grave = warning if declaration.kind is DeclarationKind.IMPORT else error
        yield grave("reference-missing", "number")


def items(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """There are goods, each under a number of its own, from 1: answers name them by it."""
    if not declaration.items:
        yield error("items-missing", "items")
    seen: set[int] = set()
    for index, item in enumerate(declaration.items):
        if item.ordinal < 1:
            yield error("item-ordinal-invalid", f"items[{index}].ordinal", item.ordinal)
        elif item.ordinal in seen:
            yield error("item-ordinal-repeated", f"items[{index}].ordinal", item.ordinal)
        seen.add(item.ordinal)


def transport(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Something carries the goods, by which they will be recognised at the border."""
    if not any(means.identity or means.vin for means in declaration.transport_means):
        yield warning("transport-missing", "transport_means")


def means(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """A means of transport is listed once for each stage of the journey."""
    marks = [
        (f"transport_means[{index}].identity", one.identity or "", f"{one.stage}:")
        for index, one in enumerate(declaration.transport_means)
    ]
    yield from _repeated("means-repeated", marks)


def wagons(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The last of a wagon's eight digits is its check digit."""
    for index, one in enumerate(declaration.transport_means):
        if one.kind is TransportKind.WAGON and one.identity:
            path = f"transport_means[{index}].identity"
            yield from _digit("wagon-check-digit", path, one.identity, wagon_digit)


def containers(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Containers are listed once, and the last digit of each is that of ISO 6346."""
    marks = [
        (f"containers[{index}].id", container.id, "")
        for index, container in enumerate(declaration.containers)
    ]
    for path, mark, _ in marks:
        yield from _digit("container-check-digit", path, mark, container_digit)
    yield from _repeated("container-repeated", marks)


def _digit(
    code: str, path: str, mark: str, digit_of: Callable[[str], int | None]
) -> Iterator[Finding]:
    right = digit_of(mark)
    if right is not None and right != last_digit(mark):
        yield warning(code, path, mark, right)


def item_containers(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The containers of an item are among those of the declaration, where it lists any."""
    if not declaration.containers or not any(item.containers for item in declaration.items):
        return
    listed = {fold(container.id) for container in declaration.containers}
    for place, item in enumerate(declaration.items):
        for index, mark in enumerate(item.containers):
            if fold(mark) not in listed:
                yield warning("container-unlisted", f"items[{place}].containers[{index}]", mark)


def seals(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """A seal is on one thing only."""
    marks = [
        (f"seals[{index}].number", seal.number, "") for index, seal in enumerate(declaration.seals)
    ]
    for outer, container in enumerate(declaration.containers):
        for index, seal in enumerate(container.seals):
            marks.append((f"containers[{outer}].seals[{index}].number", seal.number, ""))
    yield from _repeated("seal-repeated", marks)


def documents(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """A document is listed once for the declaration, and once for an item."""
    for item, papers in documents_of(declaration):
        if len(papers) > 1:
            yield from _documents_repeated(item, papers)


def _documents_repeated(item: int | None, papers: Sequence[Document]) -> Iterator[Finding]:
    seen: set[tuple[object, ...]] = set()
    for index, one in enumerate(papers):
        if one.number:
            key = (one.number, one.kind, one.category, one.code, one.issued, one.line)
            if key in seen:
                path = f"{document_path(item, index)}.number"
                yield warning("document-repeated", path, one.number)
            seen.add(key)


def _repeated(code: str, marks: Sequence[tuple[str, str, str]]) -> Iterator[Finding]:
    """Path, mark and what sets it apart from an equal mark."""
    if len(marks) < 2:  # noqa: PLR2004 - one alone repeats nothing
        return
    seen: set[str] = set()
    for path, mark, apart in marks:
        key = fold(mark)
        if key and apart + key in seen:
            yield warning(code, path, mark)
        seen.add(apart + key)
