"""What commands say where the agreement's retention has removed content, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from keruen.console.texts import Texts


def removed_text(texts: Texts, at: datetime) -> str:
    """That content was removed, and when."""
    return texts.gettext(
        "Content removed on %(day)s by the agreement's retention; ids, times, states and proof are kept."
    ) % {"day": f"{at:%Y-%m-%d}"}
