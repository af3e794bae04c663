"""What would be right, as every room says it: sentences by their codes, and phrases in them."""

from __future__ import annotations

from keruen.agreement.wording import WORDING as AGREEMENT
from keruen.border.wording import WORDING as BORDER
from keruen.customs import RIGHT
from keruen.customs.wording import Wording, by_code
from keruen.exchange.wordings import TEXTS
from keruen.exchange.wordings import WORDING as EXCHANGE
from keruen.formats import WORDING as FORMATS

WORDINGS: tuple[Wording, ...] = (
    Wording(RIGHT),
    FORMATS,
    AGREEMENT,
    EXCHANGE,
    BORDER,
    Wording({code: text for code, (_, text) in TEXTS.items()}),
)
"""Of each room that has some."""
SENTENCES = by_code(*WORDINGS)
"""Finding code → every sentence that a finding of it may bring."""
PHRASES = tuple(dict.fromkeys(phrase for wording in WORDINGS for phrase in wording.phrases))
"""Words that a sentence names."""
