"""Plain dicts → an XML element, by the same table that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from lxml import etree

from keruen.customs import Declaration
from keruen.formats.rules import Each, Leaf, Lines, Plain, Rule, Strings, get


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


def plain_of(declaration: Declaration) -> Plain:
    """A declaration as dicts and lists of values; absent elements are absent."""
    plain: Plain = _listed(msgspec.to_builtins(declaration, builtin_types=_PLAIN_TYPES))
    return plain


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, list | tuple) else value


def write(parent: etree._Element, plain: Plain, rules: Iterable[Rule], names: Names) -> None:
    """Put what the rules find in a plain struct below an element, in the order of the rules."""
    for rule in rules:
        value = get(plain, rule.target)
        if value is None:
            continue
        match rule:
            case Leaf():
                _write_leaf(parent, rule, value, names)
            case Strings() | Lines():
                for text in value if isinstance(rule, Strings) else _pieces(value, rule.width):
                    _append(parent, rule.path, names).text = text
            case Each():
                for one in value:
                    if one and _belongs(one, rule):
                        write(_append(parent, rule.path, names), one, rule.rules, names)


def _write_leaf(parent: etree._Element, rule: Leaf, value: Any, names: Names) -> None:
    element = _ensure(parent, rule.path, names)
    element.attrib.update(dict(rule.beside))
    if rule.attribute:
        element.set(rule.attribute, rule.codec.encode(value))
    else:
        element.text = rule.codec.encode(value)


def _pieces(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from (line[start : start + width] for start in range(0, len(line), width))


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
