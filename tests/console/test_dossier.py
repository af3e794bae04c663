"""The page of one consignment: what to do next, journey, both sides, proof; for each reader what is theirs."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from sqlalchemy import event
from tests.console.corrections import NUMBER, amended, corrected
from tests.console.people import client_in
from tests.console.test_pages import words

from keruen.border.dossier import dossier
from keruen.console.dossier.paper import text_of
from keruen.console.dossier.view import zone_of
from keruen.console.texts import LANGUAGES, texts_in
from keruen.exchange.joining import joint_record
from keruen.exchange.passage import transmission
from keruen.messages import Enquiry, EnquiryOutcome, Question
from keruen.store import Direction, Proved, Store

if TYPE_CHECKING:
    from tests.console.conftest import Node

    from keruen.agreement import Agreement
    from keruen.store import Consignment


def one_in(node: Node, state: str) -> Consignment:
    return node.store.read(lambda r: r.consignments(states=[state]))[0]


def html(node: Node, address: str, *roles: str, status: int = 200, **scope: Any) -> str:
    with client_in(node.store, node.context, *roles, **scope) as client:
        answer = client.get(f"{address}?lang=en")
    assert answer.status_code == status
    return answer.text


def page(node: Node, one: Consignment, *roles: str) -> str:
    return html(node, f"/consignments/{one.consignment_id}", *roles)


def asked(node: Node, one: Consignment) -> None:
    """The other side asks where it is."""
    node.receive(
        Enquiry(
            header=node.partner_header(Enquiry),
            enquiry_id=node.context.clock.new_id(),
            question=Question.ARRIVAL,
            consignment_id=one.consignment_id,
            expected=one.eta,
        )
    )


def test_an_officer_is_led_to_the_arrival_of_what_is_overdue(busy: Node) -> None:
    one = one_in(busy, "overdue")
    shown = page(busy, one, "officer")
    assert "look for it at the post, then register the arrival" in words(shown)
    assert f'href="/posts/TJ-FOT/arrival?consignment={one.consignment_id}"' in shown
    assert "/arrival?consignment" not in page(busy, one, "auditor")


def test_a_wait_says_until_when(busy: Node) -> None:
    awaited = [
        one
        for one in busy.store.read(lambda r: r.consignments(states=["under-way", "accepted"]))
        if one.eta and one.eta > busy.now and one.reference == "39855302/231126/0011901"
    ]
    told = words(page(busy, awaited[0], "officer"))
    assert "Wait: it is expected on Nov 24 at 10:40." in told
    assert "It is here already: register the arrival" in told


def test_the_map_says_in_words_what_it_draws_and_a_table_stands_beside_it(busy: Node) -> None:
    shown = page(busy, one_in(busy, "formalities"))
    (drawing,) = re.findall(r"<figure class=.map.>.*?</figure>", shown, re.DOTALL)
    assert 'role="img" aria-labelledby="map-title map-desc"' in drawing
    assert "3. Fotekhobod: Later, within what is agreed" in drawing
    assert " style=" not in drawing
    told = words(shown)
    assert "Nov 23, 23:40 18:40 UTC Nov 24, 00:30 19:30 UTC Later, within what is agreed" in told
    assert "by 50 min" in told
    assert "entry post · place approximate" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_stops_are_called_as_the_reader_calls_them(busy: Node, language: str) -> None:
    one = one_in(busy, "formalities")
    with client_in(busy.store, busy.context) as client:
        shown = client.get(f"/consignments/{one.consignment_id}?lang={language}").text
    post = busy.agreement.post("TJ-FOT")
    assert post is not None
    assert post.name(language) in shown[shown.index("map-place") :]
    assert texts_in(language).label("within", "timing") in shown


def test_the_history_gives_both_times_who_said_it_and_the_proof(busy: Node) -> None:
    told = words(page(busy, one_in(busy, "formalities")))
    history = told[told.index("History") :]
    assert "Nov 24, 00:30 19:30 UTC Arrived Arrival information to Kazakhstan" in history
    assert "signed receipt received and verified Nov 24, 00:40 19:40 UTC" in history
    size = busy.store.read(lambda r: r.evidence_head())[0]
    assert re.search(rf"evidence entry \d+ of {size}: matches", history)


def test_a_transmission_that_was_changed_does_not_match_its_leaf(busy: Node) -> None:
    sent = busy.store.read(lambda r: r.messages(kind="ArrivalInformation"))[-1]
    (one,) = busy.store.read(lambda r: r.proved(sent.corridor, [sent.ebms_id]))
    envelope = replace(one.envelope, envelope=b"<Other/>")
    forged = Proved(envelope=envelope, leaf=one.leaf, hash=one.hash)
    for proved, holds in ((one, True), (forged, False)):
        leaf = transmission(sent, None, None, proved).leaf
        assert leaf is not None
        assert leaf.holds is holds


def test_a_difference_bears_the_code_under_which_it_was_stated(busy: Node) -> None:
    told = words(page(busy, one_in(busy, "formalities")))
    assert "Country of origin Kazakhstan – Russia Differs other-origin" in told
    assert "Other seal other-seal KZ0194522 KZ0194599" in told


def test_whoever_may_not_see_messages_gets_no_way_to_them(busy: Node) -> None:
    one = one_in(busy, "formalities")
    assert 'href="/messages/' in page(busy, one, "operator")
    assert 'href="/messages/' not in page(busy, one, "officer")


def test_a_consignment_of_another_post_is_not_there(busy: Node) -> None:
    address = f"/consignments/{one_in(busy, 'formalities').consignment_id}"
    html(busy, address, "officer", posts={"TJ-FOT"})
    html(busy, address, "officer", posts={"TJ-DUS"}, status=404)
    html(busy, f"{address}/paper", "officer", posts={"TJ-DUS"}, status=404)
    html(busy, address, "officer", partners={"CN"}, status=404)
    html(busy, address, "analyst", status=403)


def test_any_two_versions_can_be_compared(node: Node) -> None:
    first = node.announced(NUMBER, "555CCC02", eta=node.now + timedelta(hours=3))
    made = [amended(node, first, ordinal, manifest=f"M-{ordinal}") for ordinal in (2, 3, 4)]
    one, other = (message.header.message_id for message in (made[0], made[2]))
    with client_in(node.store, node.context) as client:
        answer = client.get(
            f"/consignments/{first.consignment_id}", params={"one": one, "other": other}
        )
    compared = answer.text[answer.text.index('id="versions"') :]
    assert compared.count("M-2") == compared.count("M-4") == 1
    assert "M-3" not in compared
    assert f'<option value="{other}" selected>' in compared


def test_what_the_other_side_asks_is_answered_on_the_page(busy: Node) -> None:
    one = one_in(busy, "overdue")
    address = f"/consignments/{one.consignment_id}"
    asked(busy, one)
    with client_in(busy.store, busy.context, "operator") as client:
        shown = client.get(f"{address}?lang=en").text
        assert "The other side asks about it: answer." in shown
        (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', shown))
        form = {"csrf": token, "outcome": "diverted", "country": "uz", "remark": "sent on"}
        wrong = client.post(f"{address}/answer", data=form | {"country": "XQ"})
        assert wrong.status_code == 422
        assert client.post(f"{address}/answer", data={"outcome": "diverted"}).status_code == 403
        done = client.post(f"{address}/answer", data=form, follow_redirects=False)
        assert (done.status_code, done.headers["Location"]) == (303, f"{address}#enquiries")
    (row,) = busy.store.read(lambda r: r.enquiries(consignment_id=one.consignment_id))
    assert (row.direction, row.outcome) == (Direction.IN, EnquiryOutcome.DIVERTED)


def test_only_what_is_ours_and_awaited_can_be_asked_for(busy: Node) -> None:
    address = f"/consignments/{one_in(busy, 'formalities').consignment_id}"
    with client_in(busy.store, busy.context, "operator") as client:
        (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', client.get(address).text))
        answer = client.post(f"{address}/enquire", data={"csrf": token})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_paper_bears_who_printed_it_and_the_digest_that_both_sides_compute(busy: Node) -> None:
    one = one_in(busy, "formalities")
    told = words(html(busy, f"/consignments/{one.consignment_id}/paper", "officer"))
    assert "Printed by Айгүл on November 24, 2026 at 01:40 (UTC+5)." in told
    digest = busy.store.read(lambda r: joint_record(r, one)).digest
    assert digest in told
    assert text_of(one, digest, 7) == f"keruen KZ-TJ {one.consignment_id} sha256:{digest} 7"
    kinds = [
        (entry.act, entry.detail)
        for entry in busy.store.read(lambda r: r.audit(limit=5))
        if entry.subject == one.consignment_id
    ]
    assert ("see-consignment", "paper") in kinds


def statements(store: Store) -> list[str]:
    """What is asked of the database from now on; of SQLite, which tells."""
    told: list[str] = []
    event.listen(store._reading, "checkout", lambda raw, *_: raw.set_trace_callback(told.append))
    return told


def test_a_page_asks_as_often_whether_there_are_few_messages_or_many(node: Node) -> None:
    few = corrected(node)
    first = node.announced("39857201/231126/0007009", "556CCC02", eta=node.now)
    for ordinal in range(2, 12):
        amended(node, first, ordinal, manifest=f"M-{ordinal}")
    told = statements(node.store)
    counts = []
    for consignment_id in (few, first.consignment_id):
        told.clear()
        node.store.read(partial(dossier, context=node.context, consignment_id=consignment_id))
        counts.append(len([one for one in told if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 18


def test_times_are_those_of_the_country_that_is_entered(agreement: Agreement) -> None:
    kz, tj = (
        replace(party, utc_offset_minutes=60 * n) for n, party in enumerate(agreement.parties)
    )
    apart = replace(agreement, parties=(kz, tj))
    assert zone_of(apart, kz.country).utcoffset(None) == timedelta(0)
    assert zone_of(apart, tj.country).utcoffset(None) == timedelta(hours=1)
    assert zone_of(None, tj.country) == UTC
