from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.evidence import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([i])) for i in range(70)]
sizes = st.integers(0, len(LEAVES))
# Inputs and roots of the test vectors of Certificate Transparency (RFC 6962).
VECTORS = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243")]
VECTOR_ROOT_1 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
VECTOR_ROOT_2 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(root_by_definition(leaves[:k]), root_by_definition(leaves[k:]))


def test_hashes_are_those_of_certificate_transparency() -> None:
    leaves = [leaf_hash(entry) for entry in VECTORS]
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")
    assert tree_root(leaves[:1]).hex() == VECTOR_ROOT_1
    assert tree_root(leaves[:2]).hex() == VECTOR_ROOT_2


def test_the_frontier_gives_the_root_of_the_definition_at_every_size() -> None:
    frontier = Frontier()
    for size in range(len(LEAVES) + 1):
        assert (frontier.size, frontier.root()) == (size, root_by_definition(LEAVES[:size]))
        if size < len(LEAVES):
            frontier = frontier.append(LEAVES[size])


@given(st.lists(st.binary(max_size=40), max_size=40), st.integers(0, 40))
def test_a_stored_frontier_goes_on_where_it_was(entries: list[bytes], stop: int) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    stored = Frontier().extend(leaves[:stop]).to_bytes()
    assert Frontier.from_bytes(stored).extend(leaves[stop:]) == Frontier().extend(leaves)


@pytest.mark.parametrize(
    "octets", [b"", b"\0" * 7, b"\0" * 7 + b"\1", b"\0" * 8 + b"x", b"\0" * 7 + b"\1" + b"x" * 33]
)
def test_a_damaged_frontier_is_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match="no frontier"):
        Frontier.from_bytes(octets)


def test_every_entry_of_every_log_can_be_proved() -> None:
    for size in range(1, 34):
        root = tree_root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(index, LEAVES[:size])
            assert verify_inclusion(index, size, LEAVES[index], proof, root)


@given(sizes.filter(bool), st.data())
def test_an_inclusion_proof_proves_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(index, LEAVES[:size]), tree_root(LEAVES[:size])
    assert not verify_inclusion(index, size, leaf_hash(b"other"), proof, root)
    assert not verify_inclusion(index, size, LEAVES[index], proof, leaf_hash(b"other"))
    assert not verify_inclusion(index, size, LEAVES[index], [*proof, root], root)
    assert not verify_inclusion(size, size, LEAVES[index], proof, root)
    assert not verify_inclusion(-1, size, LEAVES[index], proof, root)
    if proof:
        assert not verify_inclusion(index, size, LEAVES[index], proof[:-1], root)
    for other in range(size):
        moved = verify_inclusion(other, size, LEAVES[index], proof, root)
        assert moved == (other == index)


def test_every_log_proves_that_it_grew_out_of_every_earlier_one() -> None:
    roots = [tree_root(LEAVES[:size]) for size in range(34)]
    for new in range(34):
        for old in range(new + 1):
            proof = consistency_proof(old, LEAVES[:new])
            assert verify_consistency(old, new, roots[old], roots[new], proof)


@given(sizes, sizes, st.data())
def test_a_rewritten_past_is_found(first: int, second: int, data: st.DataObject) -> None:
    old, new = sorted((first, second))
    if old == 0:
        return
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:changed], leaf_hash(b"forged"), *LEAVES[changed + 1 : new]]
    old_root, new_root = tree_root(LEAVES[:old]), tree_root(rewritten)
    proof = consistency_proof(old, rewritten)
    assert not verify_consistency(old, new, old_root, new_root, proof)


@given(sizes, sizes, st.data())
def test_a_consistency_proof_proves_nothing_else(
    first: int, second: int, data: st.DataObject
) -> None:
    old, new = sorted((first, second))
    roots = tree_root(LEAVES[:old]), tree_root(LEAVES[:new])
    proof = consistency_proof(old, LEAVES[:new])
    assert not verify_consistency(old, new, *roots, [*proof, roots[0]])
    assert not verify_consistency(new + 1, new, *roots, proof)
    assert not verify_consistency(old, new, leaf_hash(b"other"), roots[1], proof)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_consistency(old, new, *roots, proof[:at] + proof[at + 1 :])
        bent = [*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :]]
        assert not verify_consistency(old, new, *roots, bent)


def test_what_never_was_cannot_be_proved() -> None:
    with pytest.raises(IndexError, match="no leaf 3"):
        inclusion_proof(3, LEAVES[:3])
    with pytest.raises(ValueError, match="never one of 4"):
        consistency_proof(4, LEAVES[:3])


def test_the_frontier_stays_small() -> None:
    frontier = Frontier().extend(leaf_hash(n.to_bytes(4, "big")) for n in range(5000))
    assert len(frontier.to_bytes()) <= 8 + 13 * 32
    later = [frontier, frontier.append(LEAVES[0])]
    assert all(b.size == a.size + 1 for a, b in pairwise(later))
