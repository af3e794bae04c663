"""The servers' HTTP protocol: uvicorn's on httptools, with the limit on a request's header that it lacks.

llhttp gives a header field only once it is complete, and holds back as much of it as comes. So octets are
counted as they come in, before they are parsed, for as long as a header is not complete.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_OCTETS = 65_536
"""Size of a request's header at most."""


class BoundedHttp(HttpToolsProtocol):
    """Refuses a header that is larger than `HEADER_OCTETS`, be it one field or many."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._in_body = False
        self._head = 0

    def data_received(self, data: bytes) -> None:
        """Take in octets, a header's in pieces no larger than what is left of its limit."""
        while data and not self._in_body and not self.transport.is_closing():
            room = HEADER_OCTETS - self._head
            if room <= 0:
                self.send_400_response("The header is too large.")
                return
            piece, data = data[:room], data[room:]
            self._head += len(piece)
            super().data_received(piece)
        if data and not self.transport.is_closing():
            super().data_received(data)

    def on_headers_complete(self) -> None:
        """Count no longer: what follows is the body."""
        self._in_body, self._head = True, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Count again: what follows is the next header."""
        self._in_body = False
        super().on_message_complete()
