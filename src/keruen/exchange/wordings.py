"""What the table of outcomes says of a message, in words: a finding code and its text.

The console has each in four languages; this English is what travels in the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from keruen.customs.wording import Wording

WORDING = Wording(
    {
        "already-submitted": "This very file was taken before; nothing was done again.",
        "already-submitted/same": "The partner was told the same before; nothing was done again.",
        "already-submitted/told": "This was told before; nothing was done again.",
        "country-not-covered": "None of the countries concerned has an agreement with {0}; "
        "this node exchanges with {1}.",
        "declaration-older": "A version of {0} was sent; a correction is not older than it.",
    }
)
"""What is said of a document of the national system."""

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "already-annulled": ("consignment_id", "It was annulled before; nothing was done again."),
        "amended-after-arrival": (
            "consignment_id",
            "The goods have come; this version is kept, what was found was compared with the one before.",
        ),
        "amended-after-closing": (
            "consignment_id",
            "The consignment is closed; this version is kept and changes no comparison.",
        ),
        "annulled-after-arrival": (
            "consignment_id",
            "The goods have come; what has arrived cannot be annulled.",
        ),
        "arrival-differs": (
            "arrival_id",
            "Something else was told under this id before; what was found later is an arrival of its own.",
        ),
        "arrival-known": ("arrival_id", "This arrival was told before; nothing was done again."),
        "arrival-withdrawn": (
            "arrival_id",
            "This arrival was taken back before it came to be known; nothing was done.",
        ),
        "consignment-annulled": (
            "consignment_id",
            "The consignment has been annulled; goods that come after all need a new declaration.",
        ),
        "consignment-known": (
            "consignment_id",
            "Something else was announced under this id before; a new one has an id of its own.",
        ),
        "consignment-not-yours": (
            "consignment_id",
            "The receiver announced this consignment itself; only its sender changes it.",
        ),
        "consignment-rejected": (
            "consignment_id",
            "The information about this consignment was rejected; it is taken note of.",
        ),
        "consignment-unknown": (
            "consignment_id",
            "The receiver announced nothing under this id.",
        ),
        "original-missing": (
            "consignment_id",
            "What it changes has not come; this message holds, and what comes later is kept beside it.",
        ),
        "vehicle-empty": ("consignment_id", "A vehicle without goods was announced under this id."),
        "version-differs": (
            "ordinal",
            "Other content came before under this ordinal; a correction has a higher one.",
        ),
        "version-gap": ("ordinal", "Versions before this one have not come; this one holds."),
        "version-known": ("ordinal", "This version came before; nothing was done again."),
        "version-late": (
            "ordinal",
            "A newer version came before; this one is kept and changes nothing.",
        ),
    }
)
"""Finding code → (element path, text): what is so, and what would be right."""
