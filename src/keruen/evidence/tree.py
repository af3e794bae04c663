"""The tree: leaf and node hashes, and the frontier that grows it (RFC 6962, 2.1).

A log of n leaves is a row of perfect subtrees, one for each bit set in n, the largest first. The
frontier keeps their roots. Appending merges subtrees of equal size, as adding one carries bits:

    n = 6 = 110₂        ┌──── 4 ────┐ ┌ 2 ┐        frontier: root of 4, root of 2
                        a   b   c   d e   f
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

HASH_SIZE = 32
"""Octets of a SHA-256 hash."""
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the log without leaves."""
_SIZE_OCTETS = 8


def leaf_hash(entry: bytes) -> bytes:
    """Hash of a leaf: SHA-256 over 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of a node: SHA-256 over 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """State of a log: how many leaves, and the roots of its perfect subtrees, largest first.

    Raises:
        ValueError: the roots are not as many as `size` has bits set, or not 32 octets each.
    """

    size: int = 0
    roots: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        fitting = self.size >= 0 and len(self.roots) == self.size.bit_count()
        if not fitting or any(len(root) != HASH_SIZE for root in self.roots):
            raise ValueError(f"no frontier of a log of {self.size} leaves")

    def append(self, leaf: bytes) -> Frontier:
        """The log with one more leaf, given as its hash; O(log n)."""
        roots = [*self.roots, leaf]
        carried = self.size
        while carried & 1:
            right = roots.pop()
            roots[-1] = node_hash(roots[-1], right)
            carried >>= 1
        return Frontier(self.size + 1, tuple(roots))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """The log with more leaves, given as their hashes."""
        frontier = self
        for leaf in leaves:
            frontier = frontier.append(leaf)
        return frontier

    def root(self) -> bytes:
        """Root hash of the tree (RFC 6962, 2.1); O(log n)."""
        if not self.roots:
            return EMPTY_ROOT
        *others, root = self.roots
        for left in reversed(others):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """Size as 8 octets, then the roots."""
        return self.size.to_bytes(_SIZE_OCTETS, "big") + b"".join(self.roots)

    @classmethod
    def from_bytes(cls, octets: bytes) -> Frontier:
        """What `to_bytes` wrote; ValueError for anything else."""
        size, packed = int.from_bytes(octets[:_SIZE_OCTETS], "big"), octets[_SIZE_OCTETS:]
        if len(octets) < _SIZE_OCTETS:
            raise ValueError("no frontier: cut short")
        roots = (packed[i : i + HASH_SIZE] for i in range(0, len(packed), HASH_SIZE))
        return cls(size, tuple(roots))


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Root hash over leaf hashes."""
    return Frontier().extend(leaves).root()
