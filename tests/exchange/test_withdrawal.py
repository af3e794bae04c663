"""The other side learns that an arrival was taken back, in whatever order the two messages come."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.exchange.cells import put, take
from tests.exchange.papers import answers, arrived, header
from tests.exchange.world import Pair, the_agreement

from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.exchange import State
from keruen.messages import ArrivalInformation
from keruen.store import Role

SHORT = Discrepancy(
    code=DiscrepancyCode.QUANTITY_SHORT, item=1, path="items[0].packages", declared="4", found="3"
)


def told(pair: Pair, consignment: str) -> tuple[ArrivalInformation, ArrivalInformation]:
    first = arrived(pair.tj, consignment_id=consignment, discrepancies=(SHORT,))
    again = header(pair.tj, ArrivalInformation)
    again = replace(again, refers_to=first.header.message_id)
    return first, replace(first, header=again, withdrawn=True, discrepancies=())


@pytest.mark.parametrize("late", [False, True])
def test_an_arrival_that_was_taken_back_has_not_come(pair: Pair, late: bool) -> None:
    consignment = pair.kz.clock.new_id()
    first, back = told(pair, consignment)

    def act(tx: object) -> None:
        put(tx, pair.kz, Role.SENDER, consignment, State.UNDER_WAY)  # type: ignore[arg-type]
        for message in (back, first) if late else (first, back):
            take(tx, pair.kz, the_agreement(), message)  # type: ignore[arg-type]

    pair.kz.store.write_now(act)
    one = pair.kz.store.read(lambda reader: reader.by_consignment_id(consignment))
    assert one is not None
    assert (one.state, one.arrived, one.complete) == ("under-way", None, False)
    stated = pair.kz.store.read(lambda reader: reader.discrepancies(one.corridor, consignment))
    assert stated == []
    codes = [[f.code for f in answer.findings] for answer in answers(pair.kz)]
    assert codes == ([[], ["arrival-withdrawn"]] if late else [[], []])
