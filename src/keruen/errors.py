"""Every error that Keruen raises on purpose, and whose fault it is.

    KeruenError              code, text, path, line: what is wrong, where, what would be right
    ├── LocalError           we must change something
    │   ├── UsageError       the command, a setting, a file that a person edits  (exit code 2)
    │   └── InputError       a document of the national system cannot be taken   (exit code 3)
    └── RemoteError          the partner must change something; `code` is what we answer
        └── keruen.as4.EbmsError   … with a code of the ebMS error table

`code` is for programs (``EBMS:0101``, ``input-truncated``), `text` for people, `detail` only for the
operator's log: it never leaves the node.
"""

from __future__ import annotations

__all__ = ["InputError", "KeruenError", "LocalError", "RemoteError", "UsageError"]


class KeruenError(Exception):
    """What went wrong, in terms that a program and a person can use.

    Args:
        code: stable name of the error.
        text: one sentence that says what is wrong and what would be right.
        path: element path, TOML key or file name that the error is about.
        line: 1-based line in that file, where known.
        detail: exact cause for the operator's log; never shown to a stranger.
        values: what the text names, in its order, so that it can be said in another language.
    """

    exit_code = 3

    def __init__(
        self,
        code: str,
        text: str,
        *,
        path: str | None = None,
        line: int | None = None,
        detail: str | None = None,
        values: tuple[str, ...] = (),
    ) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text
        self.path = path
        self.line = line
        self.detail = detail
        self.values = values

    def __str__(self) -> str:
        """One line: ``code: text (path, line N)``."""
        where = ", ".join(
            part for part in (self.path, f"line {self.line}" if self.line else None) if part
        )
        return f"{self.code}: {self.text}" + (f" ({where})" if where else "")


class LocalError(KeruenError):
    """This node, or the person who runs it, must change something."""


class UsageError(LocalError):
    """A command, a setting or a file that a person edits is wrong."""

    exit_code = 2


class InputError(LocalError):
    """A document handed in by the national system cannot be taken."""


class RemoteError(KeruenError):
    """The partner must change something; `code` is what we answer."""
