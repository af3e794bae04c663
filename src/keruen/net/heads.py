"""The limit on a request's header, which neither llhttp nor uvicorn has.

llhttp gives a header field only once it is complete, and holds back as much of it as comes. So octets are
counted as they come in, before they are parsed, for as long as a header is not complete.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_OCTETS = 65_536
"""Size of a request's header at most."""


class HeaderCount:
    """Counts the octets of one header after the other."""

    def __init__(self) -> None:
        self._in_body = False
        self._octets = 0

    def cut(self, data: bytes) -> tuple[bytes, bytes]:
        """What may be parsed now, and what comes after; nothing may when a header is too large."""
        if self._in_body:
            return data, b""
        room = HEADER_OCTETS - self._octets
        self._octets += min(room, len(data))
        return data[:room], data[room:]

    def body(self) -> None:
        """Count no longer: what follows is the body."""
        self._in_body, self._octets = True, 0

    def header(self) -> None:
        """Count again: what follows is the next header."""
        self._in_body = False


class BoundedHttp(HttpToolsProtocol):
    """Uvicorn's protocol on httptools, with the limit: for one field, and for many."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._count = HeaderCount()

    def data_received(self, data: bytes) -> None:
        """Take in octets, a header's no more than there may be."""
        while data and not self.transport.is_closing():
            piece, data = self._count.cut(data)
            if not piece:
                self.send_400_response("The header is too large.")
                return
            super().data_received(piece)

    def on_headers_complete(self) -> None:
        """What follows is the body."""
        self._count.body()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What follows is the next header."""
        self._count.header()
        super().on_message_complete()
