"""Plain dicts → an XML element, by the same table that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from lxml import etree

from keruen.customs import Struct
from keruen.formats.rules import Each, Leaf, Lines, Plain, Present, Rule, Strings, get, local


@dataclass(frozen=True, slots=True)
class Names:
    """The namespaces of a format, for writing.

    Attributes:
        prefixes: prefix → namespace; the empty prefix is the default.
    """

    prefixes: Mapping[str, str]

    def qualified(self, name: str) -> str:
        """The name in Clark notation."""
        prefix, _, plain = name.rpartition(":")
        namespace = self.prefixes.get(prefix, "")
        return f"{{{namespace}}}{plain}" if namespace else plain


_PLAIN_TYPES = (Decimal, datetime, date)


def plain_of(struct: Struct) -> Plain:
    """A struct of the domain as dicts and lists of values.

    What says nothing is absent: a blank text, and a struct or list in which nothing is said. White space around
    a text is none of it, as it is none on reading.
    """
    plain = _said(msgspec.to_builtins(struct, builtin_types=_PLAIN_TYPES))
    return plain if isinstance(plain, dict) else {}


def _said(value: Any) -> Any:
    """A value without what says nothing in it; None where nothing is left."""
    if isinstance(value, dict):
        return {
            name: said for name, one in value.items() if (said := _said(one)) is not None
        } or None
    if isinstance(value, list | tuple):
        return [said for one in value if (said := _said(one)) is not None] or None
    return value.strip() or None if isinstance(value, str) else value


def write(parent: etree._Element, plain: Plain, rules: Iterable[Rule], names: Names) -> None:
    """Put what the rules find in a plain struct below an element, in the order of the rules."""
    for rule in rules:
        if isinstance(rule, Present):
            _ensure(parent, rule.path, names)
            continue
        value = get(plain, rule.target)
        if value is not None:
            _write_rule(parent, rule, value, names)


def _write_rule(
    parent: etree._Element, rule: Leaf | Each | Strings | Lines, value: Any, names: Names
) -> None:
    match rule:
        case Leaf():
            _write_leaf(parent, rule, value, names)
        case Strings():
            for text in [one for one in value if one.strip()][: rule.limit]:
                element = _append(parent, rule.path, names)
                element.attrib.update(dict(rule.beside))
                element.text = text
        case Lines():
            for text in _pieces(value, rule.width, rule.limit):
                _append(parent, rule.path, names).text = text
        case Each():
            for one in chosen(value, rule):
                write(_append(parent, rule.path, names), one, rule.rules, names)


def _write_leaf(parent: etree._Element, rule: Leaf, value: Any, names: Names) -> None:
    text = rule.written(value)
    if text is None:
        return
    if rule.attribute:
        _write_attribute(parent, rule, text, names)
        return
    element = _ensure(parent, rule.path, names)
    element.attrib.update(dict(rule.beside))
    if rule.unit:
        element.set(*rule.unit)
    element.text = text


def _write_attribute(parent: etree._Element, rule: Leaf, text: str, names: Names) -> None:
    """On an element that says something only: an attribute alone says nothing."""
    path = "/".join(names.qualified(step) for step in rule.path.split("/"))
    found = [parent] if rule.path == "." else parent.findall(path)
    if found and found[-1].text and rule.attribute:
        found[-1].set(rule.attribute, text)


def _pieces(text: str, width: int, limit: int | None) -> list[str]:
    pieces = list(_cut(text, width))
    if limit is not None and len(pieces) > limit:
        pieces = list(_cut(" ".join(text.split()), width))
    return pieces[:limit]


def _cut(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from (line[start : start + width] for start in range(0, len(line), width))


def lacking(plain: Plain, rules: Iterable[Rule], path: str = "") -> Iterator[str]:
    """Paths of the elements that the schema wants and the declaration does not have."""
    for rule in rules:
        value = None if isinstance(rule, Present) else get(plain, rule.target)
        own = "/".join(local(step) for step in rule.path.split("/"))
        where = f"{path}/{own}".strip("/").removesuffix("/.")
        if isinstance(rule, Leaf | Each) and rule.needed and not _is_there(rule, value):
            yield where
        if isinstance(rule, Each):
            for one in chosen(value or (), rule):
                yield from lacking(one, rule.rules, where)


def chosen(value: Iterable[Plain], rule: Each) -> list[Plain]:
    """Those structs of a list that a rule writes."""
    return [one for one in value if one and _belongs(one, rule)][: rule.limit]


def _belongs(one: Plain, rule: Each) -> bool:
    if rule.chosen is not None and not rule.chosen(one):
        return False
    return all(one.get(name) == value for name, value in rule.fixed.items())


def _ensure(parent: etree._Element, path: str, names: Names) -> etree._Element:
    """The element at a path, made where it is missing; the last one of a name is meant."""
    if path == ".":
        return parent
    for step in path.split("/"):
        tag = names.qualified(step)
        found = parent.findall(tag)
        parent = found[-1] if found else etree.SubElement(parent, tag)
    return parent


def _append(parent: etree._Element, path: str, names: Names) -> etree._Element:
    groups, _, name = path.rpartition("/")
    if name == ".":
        return parent
    holder = _ensure(parent, groups, names) if groups else parent
    return etree.SubElement(holder, names.qualified(name))


def _is_there(rule: Leaf | Each, value: Any) -> bool:
    if isinstance(rule, Each) or value is None:
        return bool(value)
    return bool(rule.written(value))
