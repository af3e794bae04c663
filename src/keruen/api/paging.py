"""Lists page by page: a cursor names the last one of a page, so that what comes meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from keruen.api.problems import REFUSED, problem
from keruen.customs import Struct

T = TypeVar("T")
LONGEST = 400

Cursor = Annotated[
    str, Meta(max_length=LONGEST, pattern="^[A-Za-z0-9_-]*$", description="As `next` gave it.")
]
Limit = Annotated[int, Meta(ge=1, le=200, description="How many at most.")]


class Paged(Struct, frozen=True, forbid_unknown_fields=True):
    """What every list takes.

    Attributes:
        cursor: where to go on: `next` of the page before.
        limit: how many at most.
    """

    cursor: Cursor = ""
    limit: Limit = 50


class Page(Struct, Generic[T], frozen=True):
    """A part of a list.

    Attributes:
        next: cursor of the next part; left out on the last one.
    """

    items: list[T]
    next: str | None = None


def cursor_of(place: Any) -> str:
    """Where a page ends, as a text that says nothing to others."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str, kind: Any) -> Any:
    """Where a cursor is, as a value of `kind`; None for the empty one.

    Raises:
        ProblemError: 422 ``cursor-invalid``.
    """
    if not cursor:
        return None
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        return msgspec.json.decode(plain, type=kind)
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        detail = "Give the cursor as `next` of a page of this very list, or none to begin anew."
        raise problem(REFUSED, "cursor-invalid", detail) from error


def page(
    found: Sequence[T],
    limit: int,
    place: Callable[[T], Any],
    shown: Callable[[T], Any] = lambda one: one,
) -> Page[Any]:
    """A page of what was found, of which one more than `limit` was asked for.

    Args:
        place: where a row is in the list.
        shown: how it is given; as it is, where nothing is said.
    """
    some = found[:limit]
    end = cursor_of(place(some[-1])) if len(found) > limit else None
    return Page(items=[shown(one) for one in some], next=end)
