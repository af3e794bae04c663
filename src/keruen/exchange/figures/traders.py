"""Traders of declarations → what figures call them. Natural persons are counted, never named. Pure."""

from __future__ import annotations

import re

from keruen.customs import Party

PERSON = "natural-person"
"""Key under which all natural persons are counted."""
_NUMBER = re.compile(r"\d{12}")
_KZ_FIRM = ("4", "5", "6")
"""Fifth digit of a BIN: resident firm, foreign firm, joint enterprise. An IIN has the day of birth there."""
_ENTREPRENEUR = re.compile(r"(?:ИП|ЖК|СИ|Ф\.?И\.?О\.?|IE)\b\.?\s", re.IGNORECASE)
"""How the names of individual entrepreneurs open: ru, kk, tg, en."""


def trader(party: Party | None) -> tuple[str, str | None]:
    """Key and name of a trader; empty where the declaration states none, `PERSON` for a natural person."""
    if party is None or not (party.id or party.name):
        return "", None
    if is_person(party):
        return PERSON, None
    name = party.short_name or party.name
    return party.id or party.name or "", name


def is_person(party: Party) -> bool:
    """Whether a trader is a natural person, by what the declaration says of them.

    Twelve digits are the number of a person in Russia, and in Kazakhstan unless the fifth says otherwise.
    """
    if party.person_id or party.identity is not None:
        return True
    if _ENTREPRENEUR.match(f"{party.name or ''} "):
        return True
    number = party.id or ""
    firm = party.country != "RU" and number[4:5] in _KZ_FIRM
    return bool(_NUMBER.fullmatch(number)) and not firm
