"""Every transmission leaves a leaf, and the leaves make the root."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from tests.store import samples
from tests.store.samples import CORRIDOR

from keruen.errors import LocalError
from keruen.evidence import EMPTY_ROOT, inclusion_proof, leaf_hash, tree_root, verify_inclusion
from keruen.store import Direction, Store, Transaction, evidence_entry


def test_an_empty_log(store: Store) -> None:
    assert store.read(lambda reader: reader.evidence_head()) == (0, EMPTY_ROOT)
    assert store.read(lambda reader: reader.evidence_leaves(0, 9)) == []


def append(numbers: list[int], tx: Transaction) -> list[int]:
    return [tx.add_envelope(samples.envelope(number)) for number in numbers]


def test_positions_have_no_gap_and_the_root_is_that_of_the_leaves(store: Store) -> None:
    groups = ([1], [2, 3, 4], [5, 6])
    positions = [store.write_now(partial(append, group)) for group in groups]
    assert positions == [[0], [1, 2, 3], [4, 5]]

    def check(r: Transaction) -> None:
        leaves = r.evidence_leaves(0, 6)
        assert leaves == [leaf_hash(evidence_entry(samples.envelope(n))) for n in range(1, 7)]
        assert r.evidence_leaves(2, 4) == leaves[2:4]
        size, root = r.evidence_head()
        assert (size, root) == (6, tree_root(leaves))
        index = r.evidence_index(CORRIDOR, "message-00003@kz", Direction.OUT)
        assert index == 2
        assert verify_inclusion(2, size, leaves[2], inclusion_proof(2, leaves), root)
        assert r.evidence_index(CORRIDOR, "message-00009@kz", Direction.OUT) is None

    store.write_now(check)


def test_both_directions_of_an_id_have_their_own_envelope(store: Store) -> None:
    received = samples.envelope(direction=Direction.IN, receipt=None)
    store.write_now(lambda tx: (tx.add_envelope(samples.envelope()), tx.add_envelope(received)))
    key = (CORRIDOR, "message-00001@kz", Direction.IN)
    assert store.read(lambda reader: reader.envelope(*key)) == received
    assert store.read(lambda reader: reader.evidence_index(*key)) == 1


def test_an_envelope_refused_leaves_no_leaf(store: Store) -> None:
    store.write_now(lambda tx: tx.add_envelope(samples.envelope()))

    def again(tx: Transaction) -> None:
        with pytest.raises(LocalError, match="already-stored"):
            tx.add_envelope(samples.envelope())
        tx.add_envelope(samples.envelope(2))

    store.write_now(again)
    assert store.read(lambda reader: reader.evidence_head())[0] == 2
    assert len(store.read(lambda reader: reader.evidence_leaves())) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"envelope": b"<Other/>"},
        {"digests": "#body\tCCCC"},
        {"receipt_id": "other@tj"},
        {"receipt": b"<Other/>"},
        {"receipt": None},
        {"partner": "UZ"},
        {"direction": Direction.IN},
        {"ebms_id": "other@kz"},
        {"corridor": "KZ-UZ"},
    ],
)
def test_a_leaf_states_everything_that_counts(change: dict[str, Any]) -> None:
    entry = evidence_entry(samples.envelope())
    assert entry == evidence_entry(samples.envelope())
    assert entry != evidence_entry(samples.envelope(**change))


def test_a_leaf_can_be_made_again_from_the_stored_row(store: Store) -> None:
    dushanbe = timezone(timedelta(hours=5))
    row = samples.envelope(receipt_time=datetime(2026, 11, 23, 17, tzinfo=dushanbe))
    store.write_now(lambda tx: tx.add_envelope(row))
    found = store.read(lambda r: r.envelope(CORRIDOR, row.ebms_id, Direction.OUT))
    assert found is not None
    leaves = store.read(lambda r: r.evidence_leaves())
    assert leaves == [leaf_hash(evidence_entry(found))]


def test_a_leaf_is_the_same_octets_in_every_release() -> None:
    # A change here breaks the evidence that nodes hold already.
    assert leaf_hash(evidence_entry(samples.envelope())).hex() == LEAF


LEAF = "30e7c9185b928dbaebb534b1668fbb627d3961b4595fd3e9c424251ef9424f12"
