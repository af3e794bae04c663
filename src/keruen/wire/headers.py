"""MIME header fields (RFC 2045, folded as in RFC 822) and media types (RFC 2045, 5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from keruen.wire.errors import mime_error

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"\s*({_NAME})/({_NAME})\s*")
# parameter := ";" attribute "=" (token / quoted-string); tokens are read leniently up to ";" or
# white space, since unquoted boundaries with "=" and "/" are sent in practice.
_PARAMETER = re.compile(r';\s*(?:([^\s=;"]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s;"]*))\s*)?')
_FOLD = re.compile(r"\r?\n[ \t]+")
_QUOTED_PAIR = re.compile(r"\\(.)")


class Headers:
    """Header fields of one part; names are matched without regard to case.

    Args:
        fields: (name, value) pairs in the order received, values unfolded and trimmed.
    """

    __slots__ = ("_first", "fields")

    def __init__(self, fields: tuple[tuple[str, str], ...] = ()) -> None:
        self.fields = fields
        self._first = {name.lower(): value for name, value in reversed(fields)}

    def get(self, name: str) -> str | None:
        """Value of the first field of that name, or None."""
        return self._first.get(name.lower())

    @property
    def repeats(self) -> bool:
        """Whether a field came more than once."""
        return len(self._first) != len(self.fields)

    @property
    def content_id(self) -> str | None:
        """Content-ID without its angle brackets (RFC 2045, 7)."""
        value = self.get("content-id")
        if value is None:
            return None
        bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
        return bare.strip()

    def __repr__(self) -> str:
        """For test failures."""
        return f"Headers({self.fields!r})"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A Content-Type value."""

    essence: str
    """``type/subtype`` in lower case."""
    parameters: Mapping[str, str]
    """Parameter values by lower-case name, unquoted."""


def parse_headers(block: bytes) -> Headers:
    """Header fields of a header block without its closing empty line.

    Raises:
        WireError: a line that is no ``name: value``, or a field that MIME allows once is repeated.
    """
    text = block.decode("utf-8", "replace")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    fields = []
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise mime_error(f"header line without a field name: {line[:60]!r}")
        fields.append((name, value.strip()))
    headers = Headers(tuple(fields))
    if headers.repeats:
        _refuse_repeated(fields)
    return headers


def _refuse_repeated(fields: list[tuple[str, str]]) -> None:
    names = [name.lower() for name, _ in fields if name.lower().startswith("content-")]
    if len(names) != len(set(names)):
        raise mime_error("a Content- header field is repeated")


def parse_media_type(value: str) -> MediaType:
    """Media type of a Content-Type value; boundary and start may be quoted or not.

    Raises:
        WireError: not of the form ``type/subtype; name=value``, or a parameter given twice.
    """
    # A boundary is new in every body; all else comes again and again.
    return _read_media_type(value) if "boundary" in value else _kept_media_type(value)


def _read_media_type(value: str) -> MediaType:
    head = _MEDIA_TYPE.match(value)
    if head is None:
        raise mime_error(f"no media type: {value[:60]!r}")
    parameters: dict[str, str] = {}
    position = head.end()
    while position < len(value):
        found = _PARAMETER.match(value, position)
        if found is None:
            raise mime_error(f"media type parameters cannot be read: {value[:200]!r}")
        position = found.end()
        name, quoted, token = found.groups()
        if name is None:
            continue
        key = name.lower()
        if key in parameters:
            raise mime_error(f"media type parameter {name} is given twice")
        parameters[key] = token if quoted is None else _unquoted(quoted)
    return MediaType(f"{head[1]}/{head[2]}".lower(), parameters)


_kept_media_type = lru_cache(maxsize=128)(_read_media_type)


def _unquoted(quoted: str) -> str:
    return _QUOTED_PAIR.sub(r"\1", quoted) if "\\" in quoted else quoted
