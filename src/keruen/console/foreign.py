"""Texts that others wrote: shown so that nothing in them hides, reverses the line or fills the page.

Markup is the templates' business (autoescape). Here: characters that a reader does not see become visible,
because a mark with one of them is not the mark that it seems to be; and lists show the beginning of a text.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Control characters but tab and line feed, soft hyphen, zero-width ones, direction marks and overrides."""

SHOWN = 120
"""Characters of a text that a list shows."""


def seen(value: Any) -> Any:
    """A value of a template with its hidden characters written out: ``\u27e8U+202E\u27e9``."""
    if not isinstance(value, str) or not HIDDEN.search(value):
        return value
    text = HIDDEN.sub(lambda found: f"\u27e8U+{ord(found[0]):04X}\u27e9", value)
    return Markup(text) if isinstance(value, Markup) else text  # noqa: S704 - only letters came in


def brief(text: str | None, length: int = SHOWN) -> str:
    """The beginning of a text, with an ellipsis where it goes on."""
    if text is None:
        return ""
    return text if len(text) <= length else text[: length - 1] + "\N{HORIZONTAL ELLIPSIS}"


def first_marks(text: str | None, count: int = 3) -> str:
    """The first of several marks written together, and how many more there are: a train has many wagons."""
    marks = (text or "").split(" + ")
    more = f" (+{len(marks) - count})" if len(marks) > count else ""
    return brief(" + ".join(marks[:count])) + more
