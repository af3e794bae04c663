"""Keys by which plates, wagons, containers, seals and documents are compared.

The declared string is never changed; beside it stand two derived forms. `fold` makes the same mark
written in two scripts equal: NFKC, upper case, no spaces or punctuation, Cyrillic look-alikes as Latin.
`skeleton` also makes equal what plate readers confuse: 0-O-D-Q, 1-I, 2-Z, 5-S, 8-B, 6-G.
"""

from __future__ import annotations

import unicodedata

_CYRILLIC = str.maketrans("АВЕКМНОРСТХУІЈЅҮҰҚҒҲҶӮӢ", "ABEKMHOPCTXYIJSYYKFXJYI")
_READER = str.maketrans("ODQIZSBG", "00012586")


def fold(text: str) -> str:
    """The mark in one script, upper case, letters and digits only."""
    if text.isascii():
        upper = text.upper()
        return upper if upper.isalnum() else "".join(filter(str.isalnum, upper))
    folded = unicodedata.normalize("NFKC", text).upper().translate(_CYRILLIC)
    return "".join(character for character in folded if character.isalnum())


def skeleton(text: str) -> str:
    """The folded mark with the characters equal that a reader confuses."""
    return fold(text).translate(_READER)
