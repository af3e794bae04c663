"""The consignments behind a figure, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keruen.console.overview.view import Look
from keruen.console.reading import PAGE
from keruen.exchange.figures import By, Figure
from keruen.store.figured import Aspect
from keruen.store.figures import Which

NOT_STATED = "-"
"""Stands in an address for what the declaration does not state."""


def behind(look: Look, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the list shows; a part or a key that there is not is as none."""
    which = Which(typed["which"]) if typed.get("which") in tuple(Which) else None
    aspect = Aspect(typed["by"]) if typed.get("by") in tuple(Aspect) else Aspect.ALL
    key = None if aspect is Aspect.ALL else typed.get("key", "").removeprefix(NOT_STATED)
    found = look.reader.figure_page(
        look.choice.wanted,
        look.now,
        aspect=aspect,
        key=key,
        which=which,
        after=_place(typed.get("after", "")),
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    at = (
        {"which": which or "", "by": aspect.value, "key": key or NOT_STATED}
        if key is not None
        else {}
    )
    return {
        "which": which,
        "about": look.reading.key(By(aspect.value), Figure(key=key)) if key is not None else None,
        "aspect": aspect,
        "rows": [(one.day, one.consignment, look.opens(one.consignment)) for one in shown],
        "codes": _codes(look, [one.consignment.consignment_id for one in shown]),
        "older": last
        and look.choice.address(
            "/consignments",
            **({"which": which or ""} | at),
            after=f"{last.day}~{last.consignment.consignment_id}",
        ),
    }


def _codes(look: Look, ids: list[str]) -> dict[str, list[str]]:
    """Consignment → the codes of its differences, each once."""
    found: dict[str, dict[str, None]] = {}
    for row in look.reader.discrepancies_among(ids):
        found.setdefault(row.consignment_id, {})[row.discrepancy.code] = None
    return {one: list(codes) for one, codes in found.items()}


def _place(typed: str) -> tuple[str, str] | None:
    day, _, last = typed.partition("~")
    return (day, last) if last else None
