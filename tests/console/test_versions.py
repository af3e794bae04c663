"""What was corrected stands beside what it corrects; what does not come, and what comes empty, is said so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.console.corrections import amended, annulled, corrected, left_empty
from tests.console.people import client_in
from tests.console.test_pages import words

from keruen.border.dossier.versioning import SHOWN, Step, side_by_side, steps_of
from keruen.console.texts import LANGUAGES, texts_in
from keruen.exchange import versions
from keruen.store import Alarm

if TYPE_CHECKING:
    from tests.console.conftest import Node


def page(node: Node, address: str, language: str = "en") -> str:
    with client_in(node.store, node.context) as client:
        answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return words(answer.text)


def beside(node: Node, consignment: str) -> Any:
    corridor = node.agreement.corridor
    return side_by_side(node.store.read(lambda r: versions(r, corridor, consignment)))


def test_a_path_is_its_steps_and_their_places() -> None:
    assert list(steps_of("items[1].gross_mass")) == [Step("items", 2), Step("gross_mass")]
    assert list(steps_of("number")) == [Step("number")]


def test_only_what_differs_stands_there_and_says_where_it_changed(node: Node) -> None:
    found = beside(node, corrected(node))
    assert [(one.ordinal, one.validity) for one in found.columns] == [(1, "replaced"), (2, "holds")]
    lines = {one.path: one for one in found.lines}
    assert set(lines) == {"seals[0].number", "items[0].gross_mass"}
    before, after = lines["items[0].gross_mass"].cells
    assert (before.value, before.changed) == (Decimal(21450), False)
    assert (after.value, after.changed) == (Decimal(21200), True)


def test_what_a_version_does_not_state_is_a_change_too(node: Node) -> None:
    first = node.announced("39857201/231126/0007003", "558CCC02")
    amended(node, first, carrier=None)
    (line,) = beside(node, first.consignment_id).lines
    assert [(cell.value, cell.changed) for cell in line.cells] == [
        ("ИП Ержанов", False),
        (None, True),
    ]


def test_of_many_versions_the_newest_stand_side_by_side(node: Node) -> None:
    first = node.announced("39857201/231126/0007004", "559CCC02")
    for ordinal in range(2, SHOWN + 3):
        amended(node, first, ordinal, manifest=f"M-{ordinal}")
    found = beside(node, first.consignment_id)
    assert [one.ordinal for one in found.columns] == list(range(3, SHOWN + 3))
    assert found.left_out == 2
    assert "Not all versions stand here: choose which to compare." in page(
        node, f"/consignments/{first.consignment_id}"
    )


def test_versions_are_read_in_words_and_a_change_is_a_word(node: Node) -> None:
    shown = page(node, f"/consignments/{corrected(node)}")
    assert "Versions of the declaration 2" in shown
    assert "Replaced Preliminary information" in shown
    assert "Holds Amendment of a declaration resealed at Yallama" in shown
    assert "seal 1 › number KZ0194522 UZ7700001 changed" in shown
    assert "goods item 1 › gross mass 21,450 kg 21,200 kg changed" in shown


def test_one_version_is_not_compared_with_itself(node: Node) -> None:
    first = node.announced("39857201/231126/0007005", "560CCC02")
    shown = page(node, f"/consignments/{first.consignment_id}")
    assert "Versions of the declaration" not in shown
    assert "annul" not in shown.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_annulled_consignment_says_so_and_why(node: Node, language: str) -> None:
    shown = page(node, f"/consignments/{annulled(node)}", language)
    said = "This consignment has been annulled: it is no longer expected."
    assert texts_in(language).gettext(said) in shown
    assert "the buyer withdrew" in shown


def test_what_was_annulled_is_not_expected_at_its_post(node: Node) -> None:
    left_empty(node)
    annulled(node)
    shown = page(node, "/posts/TJ-FOT")
    assert "556CCC02" not in shown
    assert "557CCC02" in shown
    assert "556CCC02" in page(node, "/search?q=556CCC02")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_vehicle_has_words_of_its_own_on_the_board(node: Node, language: str) -> None:
    journey = left_empty(node)
    said = texts_in(language)
    board = page(node, "/posts/TJ-FOT", language)
    wanted = f"{said.gettext('empty vehicle')} {said.gettext('no goods')}"
    assert wanted in board
    assert said.label("empty", "state") in board
    alone = page(node, f"/consignments/{journey}", language)
    assert said.gettext("none: the vehicle is empty") in alone


def test_goods_are_no_empty_vehicle(node: Node) -> None:
    node.announced("39857201/231126/0007006", "561CCC02", eta=node.now + timedelta(hours=1))
    assert "empty vehicle" not in page(node, "/posts/TJ-FOT")


@pytest.mark.parametrize(
    "code", ["agreement-differs", "report-differs", "enquiry-unanswered", "enquiry-contradicted"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_for_a_person_stands_on_the_start_page(
    node: Node, code: str, language: str
) -> None:
    alarm = Alarm(
        corridor=node.agreement.corridor,
        code=code,
        subject="x",
        raised=node.now,
        text="They differ.",
    )
    said = texts_in(language)
    heading = said.gettext("What waits for a person")
    assert heading not in page(node, "/", language)
    node.store.write_now(lambda tx: tx.put_alarm(alarm))
    shown = page(node, "/", language)
    assert heading in shown
    assert said.label(code, "finding") in shown
