"""What a format is, and what is kept of a file to account for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from keruen.customs import Declaration, Finding, Severity
from keruen.formats.reading import Tracker
from keruen.formats.rules import Plain, Rule, local
from keruen.formats.wording import WORDING
from keruen.formats.writing import Names


@dataclass(frozen=True, slots=True)
class Found:
    """The declaration's element in a file, and what to say about the file."""

    element: etree._Element
    findings: tuple[Finding, ...] = ()


def near(path: str, declared: str, known: str) -> Finding:
    """The warning for a structure or version that is not the known one but near it."""
    return WORDING.finding(
        "version-near", known, path=path, declared=declared, severity=Severity.WARNING
    )


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """One XML format as a table.

    Attributes:
        name: as commands and files name it.
        title: for the documentation.
        not_carried: path of an element → why neither it nor what is below it is in the model.
        kind: path of the element that tells export, transit or import.
        found: the declaration in a document, None where the document has another format.
        completed: what was read → the form of the model; `prepared` is its inverse, for writing.
        root: a new root element.
        finished: what is done to the written tree at last.
        implied: path of an element → the text that only says where in the model its neighbour belongs.
        becomes: end of a rule's target that `completed` resolves → the element of the model that it becomes,
            for the documentation; empty where it becomes none.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    names: Names
    not_carried: Mapping[str, str]
    kind: str
    found: Callable[[etree._Element], Found | None]
    completed: Callable[[Plain], Plain]
    prepared: Callable[[Plain], Plain]
    root: Callable[[], etree._Element]
    finished: Callable[[etree._Element], None] | None = None
    implied: Mapping[str, Any] = field(default_factory=dict)
    becomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class XmlSource:
    """An XML file that was read."""

    root: etree._Element
    element: etree._Element
    format: XmlFormat
    tracker: Tracker
    declaration: Declaration


@dataclass(frozen=True, slots=True)
class JsonSource:
    """A JSON file that was read."""

    plain: Any
    declaration: Declaration


def paths(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every element below the root with its path: local names, with a place where a name is repeated."""
    known = {root: ""}
    for parent in root.iter():
        path = known.pop(parent)
        if path:
            yield parent, path
        names = [local(str(child.tag)) for child in parent]
        repeated, seen = Counter(names), Counter[str]()
        for child, name in zip(parent, names, strict=True):
            seen[name] += 1
            place = f"[{seen[name]}]" if repeated[name] > 1 else ""
            known[child] = f"{path}/{name}{place}".lstrip("/")
