"""The quality of what each side supplies, by month and office."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.places import Country
from keruen.customs import Struct
from keruen.exchange.scores import Scored, scores

Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}$", examples=["2026-11"])]


class WantedScores(Struct, frozen=True, forbid_unknown_fields=True):
    """Which scores.

    Attributes:
        partner: country of the other side.
        month: one month.
        since: this month and later ones.
        office: customs office or post.
    """

    partner: Country | None = None
    month: Month | None = None
    since: Month | None = None
    office: Annotated[str, Meta(max_length=64)] | None = None


@operation("GET", "/quality", id="listScores", tag="Figures", act=Act.SEE_QUALITY)
def listed(call: Call, query: WantedScores) -> list[Scored]:
    """Scores of both sides: the partner's first, the newest month first.

    Of each month there is one for all offices together, and one for each office where there are several.
    """
    gate = call.gate
    found = gate.store.read(
        lambda reader: scores(
            reader,
            gate.context,
            partner=query.partner,
            month=query.month,
            office=query.office,
            since=query.since or "",
        )
    )
    home = gate.context.country
    return [
        one
        for one in found
        if call.caller.sees_partner(one.judge if one.supplier == home else one.supplier)
    ]


OPERATIONS = (listed,)
