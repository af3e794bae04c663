"""A format as a table: which element of the file is which element of the model.

The same table reads, writes and documents. Paths of the file are local names, with a prefix that matters
for writing only; paths of the model are dotted. Reading gives plain dicts and remembers each leaf that it
carried, so that coverage cannot be claimed, only earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from lxml import etree

from keruen.customs import Declaration
from keruen.formats.codecs import TEXT, Codec

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of the file: an element, or an attribute of it.

    Attributes:
        path: below the current element, ``/`` between names; ``.`` is the element itself.
        target: element of the model, below the current struct.
        attribute: name of the attribute, if the text is one.
    """

    path: str
    target: str
    codec: Codec = TEXT
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """A repeated element: each becomes one struct of a list.

    Attributes:
        fixed: values that every struct of this rule has; on writing they choose the structs.
        finish: completes a struct that was read.
        chosen: on writing, whether a struct belongs to this rule.
    """

    path: str
    target: str
    rules: tuple[Rule, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    finish: Callable[[Plain], None] | None = None
    chosen: Callable[[Plain], bool] | None = None


@dataclass(frozen=True, slots=True)
class Strings:
    """A repeated element of which each text is one string of a list."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A repeated element whose texts are the lines of one text of the model."""

    path: str
    target: str
    width: int = 250


Rule = Leaf | Each | Strings | Lines


@dataclass(slots=True)
class Tracker:
    """What reading has carried, and what it could not read.

    Attributes:
        carried: elements whose text is in the model.
        invalid: elements whose text is not of its kind, with what it should be.
    """

    carried: set[etree._Element] = field(default_factory=set)
    invalid: dict[etree._Element, str] = field(default_factory=dict)


def local(name: str) -> str:
    """Name without namespace or prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


def select(node: etree._Element, path: str) -> Iterator[etree._Element]:
    """Elements below `node` at a path of local names."""
    if path == ".":
        yield node
        return
    head, _, rest = path.partition("/")
    wanted = local(head)
    for child in node:
        if isinstance(child.tag, str) and local(child.tag) == wanted:
            if rest:
                yield from select(child, rest)
            else:
                yield child


def read(node: etree._Element, rules: Iterable[Rule], tracker: Tracker) -> Plain:
    """What the rules find below an element."""
    found: Plain = {}
    for rule in rules:
        match rule:
            case Leaf():
                _read_leaf(node, rule, found, tracker)
            case Strings():
                texts = [e for e in select(node, rule.path) if _text(e)]
                tracker.carried.update(texts)
                if texts:
                    put(found, rule.target, [_text(e) for e in texts])
            case Lines():
                texts = [e for e in select(node, rule.path) if _text(e)]
                tracker.carried.update(texts)
                if texts:
                    put(found, rule.target, "\n".join(_text(e) for e in texts))
            case Each():
                _read_each(node, rule, found, tracker)
    return found


def _read_leaf(node: etree._Element, rule: Leaf, found: Plain, tracker: Tracker) -> None:
    element = next((e for e in select(node, rule.path) if _text(e, rule.attribute)), None)
    if element is None:
        return
    text = _text(element, rule.attribute)
    try:
        put(found, rule.target, rule.codec.decode(text))
    except ValueError as error:
        tracker.invalid[element] = f"{rule.codec.name} is wanted: {error}"
        return
    if rule.attribute is None:
        tracker.carried.add(element)


def _read_each(node: etree._Element, rule: Each, found: Plain, tracker: Tracker) -> None:
    for element in select(node, rule.path):
        one = read(element, rule.rules, tracker)
        if one:
            one = {**rule.fixed, **one}
            if rule.finish is not None:
                rule.finish(one)
            get(found, rule.target, default=list).append(one)


def _text(element: etree._Element, attribute: str | None = None) -> str:
    text = element.get(attribute) if attribute else element.text
    return (text or "").strip()


def put(plain: Plain, path: str, value: Any) -> None:
    """Set an element by its dotted path."""
    *groups, name = path.split(".")
    for group in groups:
        plain = plain.setdefault(group, {})
    plain[name] = value


def get(plain: Plain, path: str, default: Callable[[], Any] | None = None) -> Any:
    """An element by its dotted path; where it is absent, None or a new default."""
    *groups, name = path.split(".")
    for group in groups:
        inner = plain.get(group)
        if inner is None:
            if default is None:
                return None
            inner = plain.setdefault(group, {})
        plain = inner
    if default is not None:
        return plain.setdefault(name, default())
    return plain.get(name)


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


def numbered(structs: Iterable[Plain]) -> None:
    """Give those without an ordinal their place."""
    for place, one in enumerate(structs, start=1):
        one.setdefault("ordinal", place)


def write(parent: etree._Element, plain: Plain, rules: Iterable[Rule], names: Names) -> None:
    """Put what the rules find in a plain struct below an element, in the order of the rules."""
    for rule in rules:
        value = get(plain, rule.target)
        if value is None:
            continue
        match rule:
            case Leaf():
                element = _ensure(parent, rule.path, names)
                if rule.attribute:
                    element.set(rule.attribute, rule.codec.encode(value))
                else:
                    element.text = rule.codec.encode(value)
            case Strings():
                for text in value:
                    _append(parent, rule.path, names).text = text
            case Lines():
                for line in value.split("\n"):
                    for start in range(0, len(line), rule.width):
                        piece = line[start : start + rule.width]
                        _append(parent, rule.path, names).text = piece
            case Each():
                for one in value:
                    if _belongs(one, rule):
                        write(_append(parent, rule.path, names), one, rule.rules, names)


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


def documented(
    rules: Iterable[Rule], path: str = "", target: str = ""
) -> Iterator[tuple[str, str]]:
    """(path in the file, path in the model) of every leaf of a table, for the reference."""
    for rule in rules:
        where = f"{path}/{_plain_path(rule.path)}".strip("/").removesuffix("/.")
        what = f"{target}.{rule.target}".strip(".")
        match rule:
            case Leaf(attribute=str(attribute)):
                yield f"{where}/@{attribute}", what
            case Leaf() | Lines():
                yield where, what
            case Strings():
                yield where, f"{what}[]"
            case Each(fixed=fixed):
                chosen = ", ".join(f"{name} {value}" for name, value in fixed.items())
                yield from documented(
                    rule.rules, where, f"{what}[]" + (f" ({chosen})" if chosen else "")
                )


def _plain_path(path: str) -> str:
    return "/".join(local(step) for step in path.split("/"))
