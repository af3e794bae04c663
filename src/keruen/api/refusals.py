"""What this node refused, with the exact cause: nothing of it leaves the node."""

from __future__ import annotations

from datetime import datetime

from keruen.access import Act
from keruen.api.control import CONTROL
from keruen.api.gate import NARROWED, Call, require_whole
from keruen.api.operation import OCTETS, Download, operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Id
from keruen.api.problems import missing
from keruen.api.shown import only
from keruen.customs import Struct
from keruen.store import Refusal

GONE = {**NARROWED, 404: ("refusal-unknown",)}


class Refused(Struct, frozen=True):
    """Something that this node refused.

    Attributes:
        source: who sent it.
        code: that they were told; `text`: the same in words.
        detail: the check that failed, which never leaves the node.
    """

    refusal_id: str
    at: datetime
    source: str
    code: str
    text: str
    detail: str | None = None
    message_id: str | None = None


class OneRefusal(Struct, frozen=True):
    """Which refusal.

    Attributes:
        refusal_id: its id.
    """

    refusal_id: Id


@operation("GET", "/refusals", id="listRefusals", **CONTROL)
def refusals(call: Call, query: Paged) -> Page[Refused]:
    """What this node refused, the newest first, with the exact cause."""
    require_whole(call)
    found = call.gate.store.read(
        lambda reader: reader.refusal_page(after=place_of(query.cursor, str), limit=query.limit + 1)
    )
    return page(found, query.limit, lambda one: one.refusal_id, _refused)


def _refused(row: Refusal) -> Refused:
    return Refused(**only(row, Refused.__struct_fields__))


@operation("GET", "/refusals/{refusal_id}", id="getRefusal", **{**CONTROL, "codes": GONE})
def refusal(call: Call, place: OneRefusal) -> Refused:
    """One refusal."""
    return _refused(_one(call, place))


def _one(call: Call, place: OneRefusal) -> Refusal:
    require_whole(call)
    found = call.gate.store.read(lambda reader: reader.refusal(place.refusal_id))
    if found is None:
        raise missing("refusal-unknown", f"Nothing was refused under the id {place.refusal_id}.")
    return found


@operation(
    "GET",
    "/refusals/{refusal_id}/content",
    id="getRefusedContent",
    tag="Control",
    act=Act.SEE_RAW,
    media_type=OCTETS,
    audited=True,
    codes=GONE,
)
def refused_content(call: Call, place: OneRefusal) -> Download:
    """The beginning of what was refused, byte for byte."""
    found = _one(call, place)
    return Download(iter((found.raw,)), f"refused-{found.refusal_id}.txt")


OPERATIONS = (refusals, refusal, refused_content)
