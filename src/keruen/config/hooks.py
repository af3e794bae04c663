"""Secrets by which webhooks are signed: one file each in ``keys/``, made when the node first needs it."""

from __future__ import annotations

import base64
import contextlib
from pathlib import Path

from keruen.clock import Clock
from keruen.config.newfile import new_file
from keruen.errors import UsageError

PREFIX = "whsec_"
"""What a secret opens with (Standard Webhooks 1.0)."""
SIZE = 32


def secret_of(root: Path, name: str) -> bytes:
    """The secret of a hook; it is made if there is none.

    Raises:
        UsageError: ``webhook-secret``: the file holds none, or cannot be read or written.
    """
    path = root / "keys" / f"webhook-{name}.secret"
    try:
        if not path.exists():
            _make(path)
        text = path.read_text(encoding="ascii").strip()
        return base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (OSError, ValueError) as error:
        reason = f"must hold {PREFIX} and base64: {error}"
        raise UsageError("webhook-secret", reason, path=str(path)) from error


def _make(path: Path) -> None:
    """Make a secret; that of a process which was faster stays."""
    with contextlib.suppress(FileExistsError), new_file(path, 0o600, first=True) as file:
        file.write(PREFIX.encode() + base64.b64encode(Clock.entropy(SIZE)) + b"\n")
