"""The table of states: every pair of state and happening, and the diagram that is drawn from it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from keruen.exchange import EXPECTED, Happening, State, after
from keruen.exchange.lifecycle import ENDS, FIRST, MOVES, NOTED, WITHDRAWN, carrying
from keruen.exchange.lifecycle_page import diagram, document

S, H = State, Happening
ROOT = Path(__file__).parents[2]

TABLE = """
               released sent delivered announced accepted rejected departed  overdue partly-arrived arrived imported    closed unannounced left-empty amendment-sent amended  amendment-rejected annulment-sent annulled annulment-rejected receipt-missing undelivered enquired reminded escalated found   diverted not-found not-known empty-expected deadline-missed answered-late content-removed arrival-withdrawn part-withdrawn unannounced-withdrawn
-              released -    -         announced -        -        -         -       -              -       -           -      unannounced released   -              accepted rejected           -              annulled -                  -               -           -        -        -         -       -        -         -         empty - - - - - -
released       .        sent delivered .         accepted rejected .         .       partly-arrived arrived formalities .      .           .          .              accepted .                  .              annulled .                  .               .           .        .        .         .       .        .         .         empty . . . . . .
sent           .        .    delivered .         accepted rejected .         .       partly-arrived arrived formalities .      .           .          .              accepted .                  .              annulled .                  .               .           .        .        .         .       .        .         .         empty . . . . . .
delivered      .        .    .         .         accepted rejected .         .       partly-arrived arrived formalities .      .           .          .              accepted .                  .              annulled .                  .               .           .        .        .         .       .        .         .         empty . . . . . .
announced      .        .    .         .         accepted rejected .         .       partly-arrived arrived formalities .      .           .          .              accepted .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . . . .
empty          .        .    .         .         .        rejected .         overdue .              arrived .           .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         arrived .        .         .         . . . . . . .
rejected       .        .    .         .         .        .        .         .       .              .       .           .      .           .          .              accepted .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . . . .
accepted       .        .    .         .         .        .        under-way overdue partly-arrived arrived formalities .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         arrived .        .         .         . . . . . . .
under-way      .        .    .         .         .        .        .         overdue partly-arrived arrived formalities .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         arrived .        .         .         . . . . . . .
overdue        .        .    .         .         .        .        .         .       partly-arrived arrived formalities .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         arrived .        .         .         . . . . . . .
partly-arrived .        .    .         .         .        .        .         .       .              arrived formalities .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . under-way . .
arrived        .        .    .         .         .        .        .         .       .              .       formalities .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . under-way partly-arrived .
formalities    .        .    .         .         .        .        .         .       .              .       .           closed .           .          .              .        .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . . . .
closed         .        .    .         .         .        .        .         .       .              .       .           .      .           .          .              .        .                  .              annulled .                  .               .           .        .        .         .       .        .         .         . . . . . . .
annulled       .        .    .         .         .        .        .         .       .              .       .           .      .           .          .              .        .                  .              .        .                  .               .           .        .        .         .       .        .         .         . . . . . . .
unannounced    .        .    .         .         .        .        .         .       .              .       .           .      .           .          .              .        .                  .              .        .                  .               .           .        .        .         .       .        .         .         . . . . . . annulled
"""  # noqa: E501
""". stays, - is impossible."""


def pairs() -> list[tuple[str, str, str]]:
    heads, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        (state, head, cell)
        for state, *cells in lines
        for head, cell in zip(heads, cells, strict=True)
    ]


@pytest.mark.parametrize(("state", "happening", "then"), pairs())
def test_every_happening_in_every_state(state: str, happening: str, then: str) -> None:
    before = None if state == "-" else State(state)
    if then == "-":
        with pytest.raises(ValueError, match=f"does not begin with {happening}"):
            after(before, Happening(happening))
    else:
        assert after(before, Happening(happening)) == (state if then == "." else then)


@pytest.mark.parametrize(
    ("state", "goods", "ruled"),
    [(S.OVERDUE, 0, S.EMPTY), (S.OVERDUE, 1, S.OVERDUE), (S.ARRIVED, 0, S.ARRIVED)],
)
def test_an_empty_vehicle_that_is_overdue_still_carries_no_goods(
    state: State, goods: int, ruled: State
) -> None:
    assert carrying(state, goods) is ruled


def test_the_table_is_whole() -> None:
    assert len(pairs()) == (len(State) + 1) * len(Happening)
    assert set(FIRST) | set(MOVES) | NOTED == set(Happening)
    assert not NOTED & set(MOVES)


def test_the_sender_sees_its_consignment_through() -> None:
    state = None
    for happening in (
        H.RELEASED, H.SENT, H.DELIVERED, H.ACCEPTED, H.DEPARTED, H.PARTLY_ARRIVED, H.ARRIVED,
        H.IMPORTED, H.CLOSED,
    ):  # fmt: skip
        state = after(state, happening)
    assert state is S.CLOSED


def test_messages_in_any_order_come_to_the_same_end() -> None:
    """Receipt, answer and arrival travel in parallel; whichever comes last, the goods have arrived."""
    ends = set()
    for order in permutations((H.SENT, H.DELIVERED, H.ACCEPTED, H.DEPARTED, H.ARRIVED)):
        state: State | None = S.RELEASED
        for happening in order:
            state = after(state, happening)
        ends.add(state)
    assert ends == {S.ARRIVED}


def test_nothing_goes_back_but_what_is_taken_back() -> None:
    order = list(State)
    order.remove(S.UNANNOUNCED)
    for happening, (sources, target) in MOVES.items():
        for source in sources if happening not in WITHDRAWN else ():
            assert order.index(source) < order.index(target)


def test_what_is_expected_has_not_come_and_may_still_come() -> None:
    for state in EXPECTED:
        assert after(State(state), H.ARRIVED) is S.ARRIVED


def test_the_diagram_has_every_move_once() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(set(lines)) == len(lines)
    moves = sum(len(sources) for sources, _ in MOVES.values())
    assert len(lines) == 1 + len(FIRST) + moves + len(ENDS)
    assert "    arrived --> formalities: imported" in lines
    assert "    partly_arrived --> arrived: arrived" in lines


def test_the_reference_is_up_to_date() -> None:
    """Write it again: ``scripts/lifecycle``."""
    path = ROOT / "docs" / "reference" / "lifecycle.md"
    assert path.read_text(encoding="utf-8") == document()
