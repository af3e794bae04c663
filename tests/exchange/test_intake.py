"""Documents of the national system: taken once, or refused with the store untouched."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from tests.as4.world import NOW
from tests.exchange.papers import declaration, imported, item, paper
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement, with_agreement

from keruen.agreement import PhaseState, Requirement
from keruen.customs import DeclarationKind
from keruen.exchange import Result, Submitted
from keruen.messages import Stage
from keruen.store import Store, schema


def rows(store: Store) -> dict[str, int]:
    """Rows in every table."""
    tables = schema.metadata.sorted_tables
    return store.read(
        lambda reader: {
            table.name: reader._scalar(select(func.count()).select_from(table)) for table in tables
        }
    )


def only(results: list[Submitted]) -> Submitted:
    (result,) = results
    return result


def codes(result: Submitted) -> dict[str, str]:
    return {
        finding.code: finding.path for finding in result.findings if finding.severity == "error"
    }


def test_a_taken_document_is_answered_with_what_became_of_it(pair: Pair) -> None:
    result = only(pair.kz.submit(paper(declaration())))
    assert (result.result, result.format, result.kind) == (Result.QUEUED, "json", "export")
    assert (result.reference, result.partner, result.corridor) == (
        "55301/231126/0000001", "TJ", CORRIDOR
    )  # fmt: skip
    assert result.consignment_id
    assert result.message_id


def test_the_national_declaration_is_kept_whole_beside_what_is_sent_of_it(pair: Pair) -> None:
    result = only(pair.kz.submit(paper(declaration())))
    kept = pair.kz.store.read(lambda r: r.declaration(result.consignment_id or ""))
    (message,) = pair.kz.messages()
    assert kept is not None
    assert b"14000.00" in kept.body
    assert b"Secret" in kept.body
    assert b"14000.00" not in message.body
    assert b"Secret" not in message.body


def test_the_very_same_file_is_known_and_nothing_is_done_again(pair: Pair) -> None:
    file = paper(declaration())
    first = only(pair.kz.submit(file))
    before = rows(pair.kz.store)
    again = only(pair.kz.submit(file))
    assert again.result is Result.KNOWN
    assert again.consignment_id == first.consignment_id
    assert [finding.code for finding in again.findings] == ["already-submitted"]
    assert rows(pair.kz.store) == before


def test_the_same_file_twice_in_one_batch_is_taken_once(pair: Pair) -> None:
    file = paper(declaration())
    assert [one.result for one in pair.kz.submit(file, file)] == [Result.QUEUED, Result.KNOWN]


REFUSED: dict[str, tuple[bytes, dict[str, str]]] = {
    "nothing": (b"", {"input-empty": ""}),
    "no known format": (b"\x00\x01", {"format-unknown": ""}),
    "cut off": (paper(declaration())[:300], {"input-truncated": ""}),
    "no items": (paper(declaration(items=())), {"items-missing": "items"}),
    "a country that is none": (
        paper(declaration(country_of_dispatch="Kazakhstan")),
        {"country-unknown": "country_of_dispatch"},
    ),
    "to nobody we know": (
        paper(declaration(country_of_destination="FR", itinerary=(), consignee=None)),
        {"country-not-covered": "country_of_destination"},
    ),
    "from nobody we know": (
        paper(
            replace(
                imported(country_of_dispatch="FR", consignor=None, items=(item(origin="FR"),)),
                released=NOW,
                documents=(),
                itinerary=(),
            )
        ),
        {"country-not-covered": "country_of_dispatch"},
    ),
    "without a mandatory element": (
        paper(declaration(items=(item(hs=None),))),
        {"element-missing": "declaration.items[0].hs"},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_document_leaves_the_store_untouched(pair: Pair, name: str) -> None:
    file, expected = REFUSED[name]
    before = rows(pair.kz.store)
    result = only(pair.kz.submit(file))
    assert result.result is Result.REFUSED
    found = codes(result)
    assert found.keys() == expected.keys()
    if name != "cut off":
        assert found == expected
    assert rows(pair.kz.store) == before
    assert result.consignment_id is None


def test_an_uncovered_country_is_named_with_those_that_are_covered(pair: Pair) -> None:
    file = paper(declaration(country_of_destination="FR", itinerary=(), consignee=None))
    (finding,) = (f for f in only(pair.kz.submit(file)).findings if f.severity == "error")
    assert finding.declared == "FR"
    assert finding.text.endswith("this node exchanges with TJ.")


def test_transit_through_the_partner_concerns_it_too(pair: Pair) -> None:
    through = declaration(kind=DeclarationKind.TRANSIT, country_of_destination="AF")
    result = only(pair.kz.submit(paper(through)))
    assert (result.result, result.partner) == (Result.QUEUED, "TJ")


def test_a_phase_that_is_off_refuses_and_leaves_the_store_untouched(pair: Pair) -> None:
    phases = {Stage.EXPORT: PhaseState.OFF, Stage.TRANSIT: PhaseState.LIVE}
    with_agreement(pair.kz, replace(the_agreement(), phases=phases))
    before = rows(pair.kz.store)
    result = only(pair.kz.submit(paper(declaration())))
    assert (result.result, codes(result)) == (Result.REFUSED, {"phase-off": ""})
    assert rows(pair.kz.store) == before


def test_what_the_agreement_makes_mandatory_is_asked_for(pair: Pair) -> None:
    agreed = the_agreement()
    kind = "PreliminaryInformation"
    listed = {**agreed.data_list[kind], "declaration.trading_country": Requirement.MANDATORY}
    with_agreement(pair.kz, replace(agreed, data_list={**agreed.data_list, kind: listed}))
    assert codes(only(pair.kz.submit(paper(declaration())))) == {
        "element-missing": "declaration.trading_country"
    }


def test_an_eta_that_the_declaration_lacks_is_estimated_and_marked(pair: Pair) -> None:
    result = only(pair.kz.submit(paper(declaration(itinerary=()))))
    row = pair.kz.consignment(result.consignment_id or "")
    assert (row.post, row.eta_basis) == ("TJ-GUL", "estimated")


def test_an_import_that_nobody_announced_waits_unmatched(pair: Pair) -> None:
    pair.clock.advance(hours=60)
    result = only(pair.tj.submit(paper(imported())))
    assert result.result is Result.UNMATCHED
    assert len(waiting(pair.tj)) == 1
    assert pair.tj.counts()["outbox"] == {}


async def test_an_import_that_came_first_is_matched_by_the_announcement(pair: Pair) -> None:
    pair.clock.advance(hours=60)
    pair.tj.submit(paper(imported()))
    result = only(pair.kz.submit(paper(declaration())))
    await pair.settle()
    assert waiting(pair.tj) == []
    assert pair.tj.state(result.consignment_id or "") == "closed"
    assert pair.kz.state(result.consignment_id or "") == "closed"


def waiting(node: Node) -> list[Any]:
    return node.store.read(lambda r: list(r.declarations(unmatched=True, kind="import")))
