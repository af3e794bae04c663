"""Takes what happened, entry by entry, and gives a log whose past cannot be changed unseen.

A Merkle tree with the hashing of RFC 6962, 2.1 (RFC 9162 keeps it): SHA-256, leaves and nodes told
apart. `Frontier` is all that an append needs and is a few hundred octets however long the log is. A
tree head (size and root) given to the partner each day binds everything before it; the proofs show
that an entry is in the log, and that a later log begins with an earlier one.
"""

from keruen.evidence.proofs import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from keruen.evidence.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash, tree_root

__all__ = [
    "EMPTY_ROOT",
    "Frontier",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "tree_root",
    "verify_consistency",
    "verify_inclusion",
]
