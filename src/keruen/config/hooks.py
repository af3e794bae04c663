"""Secrets by which webhooks are signed: one file each in ``keys/``, made when the node first needs it."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from keruen.clock import Clock
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
            _write(path, PREFIX + base64.b64encode(Clock.entropy(SIZE)).decode())
        text = path.read_text(encoding="ascii").strip()
        return base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (OSError, ValueError) as error:
        reason = f"must hold {PREFIX} and base64: {error}"
        raise UsageError("webhook-secret", reason, path=str(path)) from error


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123 - of a descriptor
        file.write(text + "\n")
