"""Finds who signed: "between X and Y", "между X и Y", in names that hold an "and" of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keruen.agreement.instruments.vocabulary import COUNTRIES

_BETWEEN = re.compile(r"(?i)(?<!\w)(?:between|signed by|между)\s+")
_AND = re.compile(r"\s+(?:and|и)\s+")
_OFFICE = (
    r"committee|commission|agency|council|cent(?:re|er)|institute|service|bureau|department|fund|office"
    r"|authority|chamber|academy"
)
_OFFICE_RU = (
    r"комитет\w*|комисси\w+|агентств\w+|совет\w*|центр\w*|институт\w*|служб\w+|департамент\w*"
    r"|фонд\w*|управлени\w+|палат\w+"
)
_BEHIND_ON = "".join(
    f"(?<!{one})" for one in ("committee", "commission", "agency", "council", "department")
)
_BEHIND_PO = "".join(
    f"(?<!{one})"
    for one in (
        "комитетом",
        "комитета",
        "агентством",
        "агентства",
        "комиссией",
        "службой",
        "центром",
        "советом",
    )
)
_END = re.compile(
    rf"""(?ix) [,;] (?=\s|$)
      | {_BEHIND_ON} \s+ on (?=\s)
      | {_BEHIND_PO} \s+ по (?=\s)
      | \s+ (?: regarding | concerning | with\ regard\ to | signed | dated | aimed | until
          | in\ (?:the\ )?(?:field|fields|sphere|area|areas|framework)
          | for\ (?:the\ )?(?: years? | period | \d{{4}} | enhancing | expanding | expansion | development
              | implementation | cooperation | deepening | promotion | strengthening )
          | о | об | обо | касательно | относительно | на\ (?:\d{{4}}|период) | до\ \d{{4}}
          | в\ (?:сфере|области|рамках) | in\ \d{{4}} ) (?=[\s/;,.–-]|$)"""
)
_HEAD = re.compile(
    rf"""(?ix) (?: the\s+ )? (?: [^\W\d_][\w.-]*\s+ ){{0,4}}
      (?: ministr\w+ | government\w* | republic\w* | cit(?:y|ies) | universit\w+
      | bank\w* | company | administration | akimat | {_OFFICE}
      | министерств\w+ | правительств\w+ | республик\w+ | город\w* | г\. | университет\w* | банк\w* | компани\w+
      | администраци\w+ | акимат\w* | мид | прокуратур\w+ | {_OFFICE_RU} ) (?!\w)"""
)
_SHARED = re.compile(
    r"""(?ix) (?: the\s+ )? (?: [^\W\d_]+\s+ ){0,3}
      (?: (?: ministries | governments | cities | institutes | services | agencies | parliaments
              | universities )
              (?: \s+ (?:of|for) \s+ (?!the\b)[a-z ]+? )?? \s+ of \s+ (?:the\s+)?
        | (?: министерствами (?: \s+ (?-i:[а-яё]+) ){0,4} | правительствами | институтами
            | службами | парламентами | университетами ) \s+ (?=(?-i:[А-ЯЁ]))
        | (?: cities (?:\s+of)? | городами ) \s+ (?=(?-i:[A-ZА-ЯЁ])) )"""
)
_STATE = re.compile(
    r"""(?ix) (?: the\s+ )? (?: republic\s+of\s+ | республик\w+\s+ )? \w+
      (?: \s+ republic | \w*ск\w+\s+республик\w+ )?"""
)
_COMMA = re.compile(r",\s+")
_OPENS = re.compile(r"(?:the\s+)?[A-ZА-ЯЁ]")
_ARTICLE = re.compile(r"(?i)the\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it stands in the text, and the country that it mentions."""

    start: int
    end: int
    country: str | None


def parties(text: str) -> tuple[tuple[Named, ...], str]:
    """Those that a title names, and what all are, where it says that once for all; none where it names none.

    Of several readings the first of bodies wins, else the first of states.
    """
    found = [reading for at in _BETWEEN.finditer(text) if (reading := _reading(text, at.end()))]
    bodies = [one for one in found if one[1] or not all(_is_state(text, two) for two in one[0])]
    return next(iter(bodies or found), ((), ""))


def _reading(text: str, start: int) -> tuple[tuple[Named, ...], str] | None:
    end = _end(text, start)
    shared = _SHARED.match(text, start, end)
    if shared and (two := _states(text, shared.end(), end)):
        return two, " ".join(text[start : shared.end()].split())
    splits = [(_worth(text, start, one, end), one) for one in _AND.finditer(text, start, end)]
    if not splits:
        return None
    worth, one = max(splits, key=lambda split: split[0])
    if worth <= 1:
        return None
    return (*_several(text, start, one.start()), _named(text, one.end(), end)), ""


def _several(text: str, start: int, end: int) -> Iterator[Named]:
    """What stands before the "and": one name, or several with commas, where each is of a country of its own."""
    commas = [start, *(at.end() for at in _COMMA.finditer(text, start, end))]
    ends = [*(at.start() for at in _COMMA.finditer(text, start, end)), end]
    parts = [_named(text, one, other) for one, other in zip(commas, ends, strict=True)]
    countries = {part.country for part in parts}
    whole = None in countries or len(countries) < len(parts)
    yield from [_named(text, start, end)] if whole else parts


def _end(text: str, start: int) -> int:
    """Where the second name ends: behind the first "and" that parts two names, at what cannot be in a name."""
    for found in _END.finditer(text, start):
        enough = 2 if found[0] in ",;" else 1  # a name may have a comma within it
        splits = _AND.finditer(text, start, found.start())
        if any(_worth(text, start, one, found.start()) > enough for one in splits):
            return found.start()
        if _SHARED.match(text, start, found.start()) and found[0] not in ",;":
            return found.start()
    return len(text)


def _worth(text: str, start: int, split: re.Match[str], end: int) -> float:
    """How well an "and" parts two names; more than one: well enough."""
    left, right = text[start : split.start()], text[split.end() : end]
    one, other = country_of(left), country_of(right)
    worth = 0.0
    if one and other and one != other:
        worth += 2
    opens = _OPENS.match(right)
    if not opens and not (_HEAD.match(right) and _HEAD.match(left)):
        return 0
    if _HEAD.match(right):
        worth += 1.5 if opens else 0.75
    return worth - abs(len(left) - len(right)) / (len(left) + len(right) + 1)


def _states(text: str, start: int, end: int) -> tuple[Named, ...]:
    for split in _AND.finditer(text, start, end):
        two = (_named(text, start, split.start()), _named(text, split.end(), end))
        opens = all(_OPENS.match(text, one.start, one.end) for one in two)
        if opens and len(text[two[1].start : two[1].end].split()) <= 4:  # noqa: PLR2004 - "Republic of …", "Kyrgyz Republic"
            return two
    return ()


def _is_state(text: str, one: Named) -> bool:
    return bool(one.country and _STATE.fullmatch(text, one.start, one.end))


def _named(text: str, start: int, end: int) -> Named:
    """A name without its article."""
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    return Named(start, end, country_of(text[start:end]))


def country_of(name: str) -> str | None:
    """The country that a name mentions, if it mentions one and no other."""
    found = set(_countries(name))
    return found.pop() if len(found) == 1 else None


def _countries(name: str) -> Iterator[str]:
    for pattern, country in COUNTRIES:
        if pattern.search(name):
            yield country
