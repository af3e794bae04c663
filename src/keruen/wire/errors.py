"""What can be wrong with the bytes that a stranger sent."""

from __future__ import annotations

from keruen.errors import RemoteError


class WireError(RemoteError):
    """The bytes do not follow RFC 2045, 2046, 2387 (``wire-mime``) or 1952 (``wire-gzip``)."""


class LimitError(WireError):
    """The bytes exceed a limit that this node set; `code` is ``wire-limit``."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__("wire-limit", f"{what} exceeds the limit of {limit}")


def mime_error(text: str) -> WireError:
    """Error for a violation of MIME syntax."""
    return WireError("wire-mime", text)


def gzip_error(text: str) -> WireError:
    """Error for a violation of the gzip format."""
    return WireError("wire-gzip", text)
