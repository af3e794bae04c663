"""Quality of what each side supplied: both sides count the same, from the messages between them."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import delete, update
from tests.exchange.papers import arrive, declaration, deliver, imported, information, number, paper
from tests.exchange.test_projections import a_busy_day, projections
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement, with_agreement

from keruen.agreement import Agreement, PhaseState
from keruen.customs import Address, Party
from keruen.exchange import rebuild
from keruen.exchange.score import Part, judged, together
from keruen.messages import Stage
from keruen.store import Direction, Transaction, schema
from keruen.store.supplied import Place, Supplied

OFFICE, MONTH = "39855302", "2026-11"


def supplied(node: Node, direction: Direction) -> dict[tuple[str, str], Supplied]:
    """Counts by office and month."""
    found = node.store.read(lambda r: r.supplied(node.clock.now(), direction=direction))
    return {(place.office, place.month): counts for place, counts in found.items()}


def of_kz(pair: Pair) -> dict[tuple[str, str], Supplied]:
    """What KZ supplied: as KZ counts it, which TJ counts alike."""
    ours, theirs = supplied(pair.kz, Direction.OUT), supplied(pair.tj, Direction.IN)
    assert ours == theirs
    return ours


def of_tj(pair: Pair) -> dict[tuple[str, str], Supplied]:
    ours, theirs = supplied(pair.tj, Direction.OUT), supplied(pair.kz, Direction.IN)
    assert ours == theirs
    return ours


async def test_both_sides_count_the_same_of_a_busy_day(mixed_pair: Pair) -> None:
    await a_busy_day(mixed_pair)
    kz, tj = together(of_kz(mixed_pair).values()), together(of_tj(mixed_pair).values())
    assert (kz.announced, kz.declarations, kz.clean + kz.warned) == (5, 5, 5)
    assert (kz.in_time, kz.acknowledgement_given) == (5, tj.arrival_given + tj.import_given)
    assert (tj.acknowledgement_given, tj.arrival_given, tj.import_given) == (5, 5, 1)
    assert judged(kz).score is not None
    for node in (mixed_pair.kz, mixed_pair.tj):
        before = projections(node)
        rebuild(node.store, node.context)
        assert projections(node) == before


async def test_declarations_are_counted_by_their_office_and_month(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    (place,) = [key for key, one in of_kz(pair).items() if one.announced]
    assert place == (OFFICE, MONTH)
    assert of_tj(pair)["", MONTH].acknowledgement_in_time == 1


async def test_nothing_counts_before_it_is_answered(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    assert supplied(pair.kz, Direction.OUT) == supplied(pair.kz, Direction.IN) == {}


async def test_an_answer_that_is_due_and_missing_counts_until_it_comes_and_then_as_late(
    pair: Pair,
) -> None:
    pair.kz.submit(paper(declaration()))
    pair.clock.advance(hours=2)
    missing = supplied(pair.kz, Direction.IN)["", MONTH]
    assert missing == Supplied(acknowledgement_missing=1)
    await pair.settle()
    late = of_tj(pair)["", MONTH]
    assert (late.acknowledgement_given, late.acknowledgement_in_time) == (1, 0)
    assert late.acknowledgement_missing == 0


async def test_a_declaration_with_an_element_less_is_less_complete(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    whole = judged(of_kz(pair)[OFFICE, MONTH])
    bare = replace(number(2), consignor=Party(name="Дән ЖШС", address=Address(country="KZ")))
    pair.kz.submit(paper(bare))
    await pair.settle()
    both = judged(of_kz(pair)[OFFICE, MONTH])
    assert both.counts["announced"] == 2
    assert both.parts[Part.COMPLETENESS] < whole.parts[Part.COMPLETENESS] <= 1


async def test_a_declaration_that_is_rejected_counts_as_faulty_and_was_not_announced(
    pair: Pair,
) -> None:
    message = information(pair.kz)
    faulty = replace(message.declaration, country_of_dispatch="ZG")
    await deliver(pair, replace(message, declaration=faulty))
    ((_, counts),) = supplied(pair.tj, Direction.IN).items()
    assert (counts.declarations, counts.clean, counts.warned, counts.announced) == (1, 0, 0, 0)
    assert counts.errors >= 1
    assert counts.mandatory > 0


async def test_what_cannot_be_taken_at_all_counts_as_faulty_too(pair: Pair) -> None:
    """It is not stored as a message; what lies in the inbox says what it was."""
    message = information(pair.kz)
    wrong = replace(message, header=replace(message.header, agreement="another"))
    await deliver(pair, wrong)
    ((_, counts),) = supplied(pair.tj, Direction.IN).items()
    assert (counts.declarations, counts.clean, counts.mandatory, counts.errors) == (1, 0, 0, 1)
    before = projections(pair.tj)
    rebuild(pair.tj.store, pair.tj.context)
    assert projections(pair.tj) == before


async def test_what_comes_late_is_less_timely_and_no_less_valid(pair: Pair) -> None:
    first, last = declaration().itinerary
    soon = replace(last, eta=pair.clock.now() + timedelta(hours=1))
    pair.kz.submit(paper(declaration(itinerary=(first, soon))))
    await pair.settle()
    counts = of_kz(pair)[OFFICE, MONTH]
    assert (counts.announced, counts.in_time) == (1, 0)
    assert judged(counts).parts[Part.TIMELINESS] == 0
    assert counts.warnings == 0


async def test_an_amendment_counts_as_a_correction(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.kz.submit(paper(declaration(incoterms="DAP")))
    await pair.settle()
    counts = of_kz(pair)[OFFICE, MONTH]
    assert (counts.declarations, counts.announced, counts.amendments) == (2, 1, 1)
    assert judged(counts).parts[Part.CORRECTIONS] == 0.5


async def test_an_import_is_awaited_from_the_arrival_on(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    await pair.settle()
    assert of_tj(pair)["TJ-GUL", MONTH] == Supplied(arrival_given=1, arrival_in_time=1)
    days = the_agreement().deadlines.import_information / timedelta(days=1)
    pair.clock.advance(days=days + 1)
    assert of_tj(pair)["TJ-GUL", MONTH].import_missing == 1
    pair.tj.submit(paper(imported()))
    await pair.settle()
    told = of_tj(pair)["TJ-GUL", MONTH]
    assert (told.import_given, told.import_in_time, told.import_missing) == (1, 0, 0)


async def test_an_enquiry_is_answered_in_time_or_missed(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    for hours in (48, 48, 500):
        pair.clock.advance(hours=hours)
        for _ in range(2):
            for node in (pair.kz, pair.tj):
                node.sweep()
            await pair.settle()
    assert together(of_tj(pair).values()).enquiry_missing == 1
    arrive(pair.tj)
    await pair.settle()
    answered = together(of_tj(pair).values())
    assert (answered.enquiry_given, answered.enquiry_in_time, answered.enquiry_missing) == (1, 0, 0)


def in_test(agreement: Agreement) -> Agreement:
    return replace(agreement, phases=dict.fromkeys(Stage, PhaseState.TEST))


async def test_test_messages_do_not_count(pair: Pair) -> None:
    for node in (pair.kz, pair.tj):
        with_agreement(node, in_test(the_agreement()))
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    await pair.settle()
    pair.clock.advance(days=60)
    assert of_kz(pair) == of_tj(pair) == {}


async def test_a_month_in_which_nothing_was_exchanged_has_no_counts(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    found = pair.kz.store.read(lambda r: r.supplied(pair.clock.now(), month="2026-12"))
    assert found == {}
    place = Place(corridor=CORRIDOR, direction=Direction.OUT, office=OFFICE, month=MONTH)
    assert place in pair.kz.store.read(lambda r: r.supplied(pair.clock.now(), month=MONTH))


async def test_what_was_removed_stays_counted_and_later_months_are_counted_again(
    pair: Pair,
) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(days=31)
    pair.kz.submit(paper(number(2)))
    await pair.settle()
    before = supplied(pair.kz, Direction.OUT)
    assert [before[OFFICE, month].announced for month in (MONTH, "2026-12")] == [1, 1]
    pair.kz.store.write_now(lambda tx: remove_content(tx, MONTH))
    rebuild(pair.kz.store, pair.kz.context)
    assert supplied(pair.kz, Direction.OUT) == before


def remove_content(tx: Transaction, month: str) -> None:
    """As retention does; the events of the consignment go on without it."""
    for one in tx.messages(corridor=CORRIDOR, limit=99):
        if f"{one.created:%Y-%m}" == month:
            tx._connection.execute(
                delete(schema.event).where(schema.event.c.message_id.is_not(None))
            )
            emptied = update(schema.message).where(schema.message.c.message_id == one.message_id)
            tx._connection.execute(emptied.values(body=b""))
