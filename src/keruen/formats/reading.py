"""An XML element → plain dicts, by a table; each leaf that was carried is remembered with its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from keruen.formats.rules import Each, Leaf, Lines, Plain, Rule, Strings, get, local, put


class Wanted(NamedTuple):
    """What belongs where something else stands: the key of the sentence, and the kind or unit that it names."""

    name: str
    key: str = "value-invalid"


@dataclass(slots=True)
class Tracker:
    """What reading has carried, and what it could not read.

    Attributes:
        carried: elements whose text was taken, with the value that it became.
        invalid: (element, attribute or None) whose text is not of its kind, with what it should be.
    """

    carried: dict[etree._Element, Any] = field(default_factory=dict)
    invalid: dict[tuple[etree._Element, str | None], Wanted] = field(default_factory=dict)
    _children: dict[etree._Element, dict[str, list[etree._Element]]] = field(default_factory=dict)

    def children(self, node: etree._Element) -> dict[str, list[etree._Element]]:
        """Elements directly below a node by their local names, looked up once."""
        known = self._children.get(node)
        if known is None:
            known = self._children[node] = {}
            for child in node:
                known.setdefault(local(str(child.tag)), []).append(child)
        return known


def select(node: etree._Element, path: str, tracker: Tracker) -> Iterator[etree._Element]:
    """Elements below `node` at a path of local names."""
    if path == ".":
        yield node
        return
    head, _, rest = path.partition("/")
    for child in tracker.children(node).get(local(head), ()):
        yield from select(child, rest or ".", tracker)


def read(node: etree._Element, rules: Iterable[Rule], tracker: Tracker) -> Plain:
    """What the rules find below an element."""
    found: Plain = {}
    for rule in rules:
        match rule:
            case Leaf():
                _read_leaf(node, rule, found, tracker)
            case Strings() | Lines():
                _read_texts(node, rule, found, tracker)
            case Each():
                _read_each(node, rule, found, tracker)
    return found


def _read_leaf(node: etree._Element, rule: Leaf, found: Plain, tracker: Tracker) -> None:
    element = next(
        (e for e in select(node, rule.path, tracker) if text_of(e, rule.attribute)), None
    )
    if element is None:
        return
    if rule.unit and element.get(rule.unit[0], rule.unit[1]) != rule.unit[1]:
        tracker.invalid[element, rule.unit[0]] = Wanted(rule.unit[1], "value-invalid/unit")
        return
    try:
        value = rule.codec.decode(text_of(element, rule.attribute))
    except (ValueError, OverflowError):
        tracker.invalid[element, rule.attribute] = Wanted(rule.codec.name)
        return
    put(found, rule.target, value)
    if rule.attribute is None:
        tracker.carried[element] = value


def _read_texts(
    node: etree._Element, rule: Strings | Lines, found: Plain, tracker: Tracker
) -> None:
    elements = [element for element in select(node, rule.path, tracker) if text_of(element)]
    tracker.carried.update({element: text_of(element) for element in elements})
    if not elements:
        return
    if isinstance(rule, Strings):
        put(found, rule.target, [text_of(element) for element in elements])
    else:
        put(found, rule.target, _joined([e.text or "" for e in elements], rule.width))


def _joined(pieces: list[str], width: int) -> str:
    """A piece of full width goes on in the next; any other ends its line."""
    ends = (piece if len(piece) == width else f"{piece.strip()}\n" for piece in pieces)
    return "".join(ends).strip()


def _read_each(node: etree._Element, rule: Each, found: Plain, tracker: Tracker) -> None:
    for element in select(node, rule.path, tracker):
        one = read(element, rule.rules, tracker)
        if one:
            one = {**rule.fixed, **one}
            if rule.finish is not None:
                rule.finish(one)
            get(found, rule.target, default=list).append(one)


def text_of(element: etree._Element, attribute: str | None = None) -> str:
    """Text of an element or of its attribute, without white space around it; empty where absent."""
    text = element.get(attribute) if attribute else element.text
    return (text or "").strip()
