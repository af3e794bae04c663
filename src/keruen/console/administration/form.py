"""Fields that forms of users and of tokens share: which posts, which partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from keruen.console.rendering import Desk
from keruen.console.views import posts_of

Form = Mapping[str, tuple[str, ...]]


def one_of(form: Form, name: str) -> str:
    """The text of a field; empty where there is none."""
    return next(iter(form.get(name, ())), "")


def scope_of(form: Form, name: str) -> frozenset[str] | None:
    """What was ticked; all where ``all-…`` is."""
    return None if f"all-{name}s" in form else frozenset(form.get(name, ()))


def choices_of(desk: Desk) -> dict[str, Any]:
    """What may be ticked."""
    context = desk.context
    partners = {agreement.other(context.country) for agreement in context.agreements}
    return {
        "posts": posts_of(context.agreements, context.country),
        "partner_countries": sorted(partners),
    }
