"""What a stored message says, as long as its content is here: retention removes it and keeps the row."""

from __future__ import annotations

from keruen.errors import RemoteError
from keruen.messages import AnyMessage, decode
from keruen.store import Message


def said(row: Message | None) -> AnyMessage | None:
    """The content of a stored message; None where there is no message, or where its content was removed."""
    return decode(row.body) if row is not None and row.removed is None else None


def content(row: Message) -> AnyMessage | None:
    """The same for pages: None also where what is stored does not follow its schema."""
    try:
        return said(row)
    except RemoteError:
        return None
