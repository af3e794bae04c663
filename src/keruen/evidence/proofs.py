"""Proofs over the log, made from leaf hashes, verified with a few of them (RFC 9162, 2.1.3 f.)."""

from __future__ import annotations

from collections.abc import Sequence

from keruen.evidence.tree import EMPTY_ROOT, node_hash, tree_root


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Hashes that lead from leaf `index` to the root over `leaves` (RFC 9162, 2.1.3.1).

    Args:
        index: 0-based.
        leaves: leaf hashes of the log as it stood; O(n).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a log of {len(leaves)}")
    proof: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(tree_root(leaves[middle:end]))
            end = middle
        else:
            proof.append(tree_root(leaves[start:middle]))
            start = middle
    return proof[::-1]


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether leaf hash `leaf` is entry `index` of the log with this size and root."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Hashes that show that the log over `leaves` begins with its first `old_size` entries.

    RFC 9162, 2.1.4.1; empty for an empty log and for the same log. O(n).

    Raises:
        ValueError: the old log is longer.
    """
    if not 0 <= old_size <= len(leaves):
        raise ValueError(f"a log of {len(leaves)} was never one of {old_size}")
    if old_size in {0, len(leaves)}:
        return []
    proof: list[bytes] = []
    start, end = 0, len(leaves)
    # `old_size` lies in start..end; whole says that what is left began with the log itself.
    whole = True
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(tree_root(leaves[middle:end]))
            end = middle
        else:
            proof.append(tree_root(leaves[start:middle]))
            start, whole = middle, False
    if not whole:
        proof.append(tree_root(leaves[start:end]))
    return proof[::-1]


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the log (new_size, new_root) begins with the log (old_size, old_root)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return bool(path) and _climb(old_size - 1, new_size - 1, path) == (old_root, new_root)


def _climb(node: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Old and new root that the path leads to (RFC 9162, 2.1.4.2, steps 3–7); None if too long."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """Largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
