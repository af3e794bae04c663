"""What a format is, and what is kept of a file to account for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from keruen.customs import Declaration, Finding
from keruen.formats.mapping import Names, Plain, Rule, Tracker, local


@dataclass(frozen=True, slots=True)
class Found:
    """The declaration's element in a file, and what to say about the file."""

    element: etree._Element
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """One XML format as a table.

    Attributes:
        name: as commands and files name it.
        title: for the documentation.
        not_carried: path of an element → why neither it nor what is below it is in the model.
        found: the declaration in a document, None where the document has another format.
        completed: what was read → the form of the model; `prepared` is its inverse, for writing.
        root: a new root element.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    names: Names
    not_carried: Mapping[str, str]
    found: Callable[[etree._Element], Found | None]
    completed: Callable[[Plain], Plain]
    prepared: Callable[[Plain], Plain]
    root: Callable[[], etree._Element]


@dataclass(frozen=True, slots=True)
class XmlSource:
    """An XML file that was read."""

    root: etree._Element
    element: etree._Element
    format: XmlFormat
    tracker: Tracker


@dataclass(frozen=True, slots=True)
class JsonSource:
    """A JSON file that was read."""

    plain: Any
    declaration: Declaration

    def leaves(self) -> Iterator[tuple[str, bool]]:
        """Path of each value that is not empty, and whether the declaration has it."""
        yield from _json_leaves(self.plain, self.declaration, "")

    def dropped(self) -> Iterator[str]:
        """Paths of the values that the declaration has not."""
        return (path for path, carried in self.leaves() if not carried)


_ABSENT = object()


def _json_leaves(plain: Any, value: Any, path: str) -> Iterator[tuple[str, bool]]:
    if isinstance(plain, dict):
        for name, inner in plain.items():
            below = getattr(value, name, _ABSENT)
            yield from _json_leaves(inner, below, f"{path}.{name}".lstrip("."))
    elif isinstance(plain, list):
        inside = value if isinstance(value, tuple) else ()
        for place, inner in enumerate(plain):
            below = inside[place] if place < len(inside) else _ABSENT
            yield from _json_leaves(inner, below, f"{path}[{place}]")
    elif plain not in (None, ""):
        yield path, value is not _ABSENT


def path_of(element: etree._Element, root: etree._Element) -> str:
    """Local names from below the root, ``/`` between, with a place where a name is repeated."""
    steps: list[str] = []
    while element is not root:
        parent = element.getparent()
        if parent is None:
            break
        steps.append(_step(element, parent))
        element = parent
    return "/".join(reversed(steps))


def _step(element: etree._Element, parent: etree._Element) -> str:
    name = local(str(element.tag))
    same = parent.findall(str(element.tag))
    return f"{name}[{same.index(element) + 1}]" if len(same) > 1 else name
