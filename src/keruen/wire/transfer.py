"""Content-Transfer-Encoding (RFC 2045, 6) undone over chunks."""

from __future__ import annotations

import binascii
from typing import Protocol

from keruen.wire.errors import mime_error

_WHITE_SPACE = b" \t\r\n"
_QUANTUM = 4


class TransferDecoder(Protocol):
    """Undoes one transfer encoding."""

    def decode(self, data: bytes) -> bytes:
        """Octets that are certain so far."""

    def finish(self) -> None:
        """Raise WireError if the encoding was cut short."""


class Identity:
    """``7bit``, ``8bit`` and ``binary``: the octets are the content."""

    def decode(self, data: bytes) -> bytes:
        """The same octets."""
        return data

    def finish(self) -> None:
        """Nothing can be missing."""


class Base64:
    """``base64``: white space is ignored, anything else outside the alphabet is refused."""

    def __init__(self) -> None:
        self._pending = b""
        self._padded = False

    def decode(self, data: bytes) -> bytes:
        """Octets of the complete quanta of four characters."""
        text = self._pending + data.translate(None, _WHITE_SPACE)
        whole = len(text) - len(text) % _QUANTUM
        self._pending = text[whole:]
        if not whole:
            return b""
        if self._padded:
            raise mime_error("base64 continues after its padding")
        self._padded = text[whole - 1 : whole] == b"="
        try:
            return binascii.a2b_base64(text[:whole], strict_mode=True)
        except binascii.Error as error:
            raise mime_error(f"part is not base64: {error}") from error

    def finish(self) -> None:
        """Raise WireError if characters are left over."""
        if self._pending:
            raise mime_error("base64 part is cut short")


_DECODERS: dict[str, type[Identity | Base64]] = {
    "7bit": Identity,
    "8bit": Identity,
    "binary": Identity,
    "base64": Base64,
}


def transfer_decoder(encoding: str | None) -> TransferDecoder:
    """Decoder for a Content-Transfer-Encoding value; none given means the octets themselves.

    Raises:
        WireError: an encoding other than 7bit, 8bit, binary or base64.
    """
    try:
        return _DECODERS[(encoding or "binary").strip().lower()]()
    except KeyError:
        raise mime_error(f"Content-Transfer-Encoding {encoding!r} is not supported") from None
