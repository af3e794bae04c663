"""Elements read by name: children that are there once, perhaps, or just so; text and octets.

What is asked of one parent is asked together: a pass over its children costs as much as looking for one.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from keruen.as4.xml import XmlError, local_name


def children(parent: etree._Element) -> list[etree._Element]:
    """Child elements."""
    return list(parent)


def named(parent: etree._Element, namespace: str, *names: str) -> list[etree._Element]:
    """Elements reached from `parent` by child steps of these names in `namespace`."""
    first, *further = _tags(namespace, names)
    found = list(parent.iterchildren(first))
    for tag in further:
        found = [child for element in found for child in element.iterchildren(tag)]
    return found


def one(parent: etree._Element, namespace: str, name: str) -> etree._Element:
    """The only child of that name.

    Raises:
        XmlError: there is none, or more than one.
    """
    (tag,) = _tags(namespace, (name,))
    if len(parent) == 1 and parent[0].tag == tag:
        return parent[0]
    found = list(parent.iterchildren(tag))
    if len(found) != 1:
        raise XmlError(f"{len(found)} {name} in {local_name(parent)}")
    return found[0]


def each_once(parent: etree._Element, namespace: str, *names: str) -> list[etree._Element]:
    """The only child of each of these names, found in one pass.

    Raises:
        XmlError: one of them is missing, or there more than once.
    """
    return needed_and_perhaps(parent, namespace, names, ())[0]


def needed_and_perhaps(
    parent: etree._Element, namespace: str, needed: tuple[str, ...], perhaps: tuple[str, ...]
) -> tuple[list[etree._Element], list[etree._Element | None]]:
    """The only child of each needed name, and of each other name the only child or None, in one pass.

    Raises:
        XmlError: a needed one is missing, or one is there more than once.
    """
    found = at_most_once(parent, namespace, *needed, *perhaps)
    there = [child for child in found[: len(needed)] if child is not None]
    if len(there) != len(needed):
        raise XmlError(f"0 {needed[found.index(None)]} in {local_name(parent)}")
    return there, found[len(needed) :]


def at_most_once(
    parent: etree._Element, namespace: str, *names: str
) -> list[etree._Element | None]:
    """The same of children that may be missing: None for each that is.

    Raises:
        XmlError: one is there more than once.
    """
    found: dict[Any, etree._Element] = {child.tag: child for child in parent}
    tags = _tags(namespace, names)
    if len(found) != len(parent):
        _refuse_repeated(parent, tags)
    return [found.get(tag) for tag in tags]


def _refuse_repeated(parent: etree._Element, tags: tuple[str, ...]) -> None:
    inside = [child.tag for child in parent]
    for tag in tags:
        if (times := inside.count(tag)) > 1:
            raise XmlError(f"{times} {etree.QName(tag).localname} in {local_name(parent)}")


def exactly(parent: etree._Element, namespace: str, *names: str) -> list[etree._Element]:
    """The children, which are of these names in this order, and no others.

    Raises:
        XmlError: they are not.
    """
    inside = list(parent)
    if [child.tag for child in inside] != list(_tags(namespace, names)):
        raise XmlError(f"{local_name(parent)} is not one {', one '.join(names)}")
    return inside


@lru_cache(maxsize=256)
def _tags(namespace: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{{namespace}}}{name}" for name in names)


def text_of(element: etree._Element) -> str:
    """Character content of an element without child elements, trimmed.

    Raises:
        XmlError: it has child elements.
    """
    if len(element):
        raise XmlError(f"{local_name(element)} has child elements")
    return (element.text or "").strip()


def octets_of(element: etree._Element) -> bytes:
    """Octets of an element that holds base64; white space is ignored.

    Raises:
        XmlError: not base64.
    """
    text = text_of(element).encode()
    try:
        return binascii.a2b_base64(b"".join(text.split()), strict_mode=True)
    except binascii.Error as error:
        raise XmlError(f"{local_name(element)} is not base64: {error}") from error


def everything(root: etree._Element) -> Iterator[etree._Element]:
    """All elements of a tree in document order."""
    return root.iter(etree.Element)
