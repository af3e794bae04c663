"""What a format cannot say of a declaration, and what it wants that the declaration does not say.

Nothing is claimed of a format here: the file is written, read again and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keruen.customs import Declaration, Struct
from keruen.formats import documents, own, writing


@dataclass(frozen=True, slots=True)
class Loss:
    """The account of a declaration in another format.

    Attributes:
        lost: paths of elements of the declaration that the file does not give back.
        missing: paths of elements that the format's schema wants; without them the file does not follow it.
    """

    lost: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def loss(declaration: Declaration, format: str) -> Loss:
    """What of a declaration is lost in a format, and what is missing there.

    An element counts as kept when an element of its name has its value, wherever the format puts it.

    Raises:
        UsageError: ``format-unknown``.
    """
    if format == own.NAME:
        return Loss()
    again = documents.read(documents.write(declaration, format)).declaration
    kept = {(_name(path), value) for path, value in _elements(again, "")}
    every = _elements(declaration, "")
    lost = tuple(path for path, value in every if (_name(path), value) not in kept)
    chosen = documents.named(format)
    plain = chosen.prepared(writing.plain_of(declaration))
    return Loss(lost, tuple(writing.lacking(plain, chosen.rules)))


def _elements(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """(path, value) of every element that says something; white space around a text is none of it."""
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _elements(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _elements(inner, f"{path}[{place}]")
    elif isinstance(value, str):
        yield from ((path, text) for text in [value.strip()] if text)
    elif value is not None:
        yield path, value


def _name(path: str) -> str:
    return path.rpartition(".")[2].partition("[")[0]
