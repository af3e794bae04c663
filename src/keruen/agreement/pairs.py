"""The agreement file of two other countries, made from that of Kazakhstan and Tajikistan.

Rules that any two administrations can begin with (deadlines, tolerances, data list, retention) are taken
over with their comments; what is true of those two states only is left to be filled in.
"""

from __future__ import annotations

import re

_SECTION = re.compile(r"^(?=# --- )", re.MULTILINE)
_NAMES = re.compile(r"names = \{ en = (\"[^\"]*\").*\}")
_NO_BORDER = re.compile(r"# The two states have no common border.*\n")
_PHASES = """\
# --- Phases: off, test or live ---------------------------------------------------------------------------
# A word holds for good. A phase changes by date where periods are stated, both days included:
#   export = [{ state = "test", until = 2027-03-31 }, { state = "live", from = 2027-04-01 }]
[phases]
export = "test"
transit = "test"

"""
_TITLE = re.compile(r"# --- ([\w ]+\w)")


def agreement_between(text: str, one: str, other: str) -> str:
    """The agreement file of two countries: the same text whichever is named first.

    Args:
        text: the agreement file of Kazakhstan and Tajikistan.
        one: ISO 3166 alpha-2 code.
        other: that of the other side.
    """
    first, second = sorted((one, other))
    _, *sections = _SECTION.split(text)
    parts = [_head(first, second)]
    for section in sections:
        title = _TITLE.match(section)
        name = title[1] if title else ""
        if name == "Parties":
            parts.append(_parties(first, second))
        elif name == "Posts":
            parts.append(_posts(first, second))
        elif name == "Route table":
            parts.append(_routes(first, second))
        elif name == "Offices":
            parts.append(_offices(first, second))
        elif name.startswith("Phases"):
            parts.append(_PHASES)
        elif name == "Excluded":
            parts.append(_in_english(section))
        elif name == "Crossing":
            parts.append(_NO_BORDER.sub("", section))
        else:
            parts.append(section)
    return "".join(parts)


def _head(first: str, second: str) -> str:
    return f"""\
# Exchange of preliminary information between {first} and {second}.
#
# This file is the single source of every rule that the node applies towards the partner. Both sides
# keep the same copy. What stands here are values to begin with, for the two sides to settle.

id = "{first.lower()}-{second.lower()}"
version = "1"
legal_basis = "state the agreement between {first} and {second} here"
# signed = 2027-01-31                   # date of the agreement
hs_edition = "2022"                     # edition of the Harmonized System, unless an item states another
languages = ["en"]                      # of titles and names in this file

[title]
en = "{first} – {second}: exchange of preliminary information"

"""


def _parties(first: str, second: str) -> str:
    lines = ["# --- Parties " + "-" * 89]
    for country in (first, second):
        lines += [
            "[[party]]",
            f'country = "{country}"',
            f'authority = "customs administration of {country}"',
            "utc_offset_minutes = 0                  # local time: minutes ahead of UTC",
            "",
        ]
    return "\n".join(lines) + "\n"


def _posts(first: str, second: str) -> str:
    return f"""\
# --- Posts: the border posts of {first} and {second} that take part ------------------------------------------
# Without a post no arrival can be registered. One table a post:
#
# [[post]]
# code = "{second}-001"
# country = "{second}"
# modes = ["3"]                           # transport modes, UN/ECE Rec 19
# names = {{ en = "Name of the post" }}

"""


def _routes(first: str, second: str) -> str:
    return f"""\
# --- Route table: from an office of departure to the entry post of the other side --------------------------
# Export declarations carry neither an ETA nor an entry post; what is derived from here is marked "estimated".
# The first line that fits wins; "*" is any office. One table a route:
#
# [[route]]
# office = "*"                            # code of an office of departure in {first}
# mode = "3"
# post = "{second}-001"
# hours = 24                              # from release to that post
# via = []                                # countries on the way

"""


def _offices(first: str, second: str) -> str:
    return f"""\
# --- Offices: whose declarations are exchanged ------------------------------------------------------------
# Every office of {first} and {second} takes part. To name those of a country that do, one table an office:
#
# [[office]]
# code = "{first}-001"
# country = "{first}"
# names = {{ en = "Name of the office" }}
# from = 2027-01-31                      # takes part from then on

"""


def _in_english(section: str) -> str:
    """A section whose names are only those that the new file's languages ask for."""
    return _NAMES.sub(r"names = { en = \1 }", section)
