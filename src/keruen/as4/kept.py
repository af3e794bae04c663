"""What an envelope that was kept says: it was verified when it came, or made here."""

from __future__ import annotations

from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.header_read import read_messaging
from keruen.as4.model import UserMessage
from keruen.as4.soap import open_envelope


def header_of(envelope: bytes) -> UserMessage:
    """The header of the user message in an envelope.

    Raises:
        EbmsError: it holds none.
    """
    header = read_messaging(open_envelope(envelope).messaging)
    if not isinstance(header, UserMessage):
        refuse(ErrorCode.INVALID_HEADER, "no user message")
    return header
