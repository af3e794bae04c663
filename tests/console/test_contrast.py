"""WCAG 2.2 AA, 1.4.3: text can be read by day and by night."""

from __future__ import annotations

import re

import pytest

from keruen.console.static_files import STATIC

TEXTS = ("ink", "quiet", "accent", "good", "warn", "bad")
GROUNDS = ("ground", "paper", "tint")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("bad", "bad-ground"),
    ("quiet", "bad-ground"),
    ("ink", "bad-ground"),
    ("accent-ink", "accent"),
    ("head-ink", "head"),
    ("head-quiet", "head"),
]


def colours(scheme: str) -> dict[str, str]:
    css = (STATIC / "console.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {}
    )


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    of = colours(scheme)
    darker, lighter = sorted((luminance(of[text]), luminance(of[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
