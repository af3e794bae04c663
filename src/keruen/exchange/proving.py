"""Whether a transmission is in the evidence log as it is stored: what was proved, anew."""

from __future__ import annotations

from keruen.customs import Struct
from keruen.evidence import inclusion_proof, verify_inclusion
from keruen.exchange.passage import entry_hash
from keruen.store import Message, Reader


class Inclusion(Struct, frozen=True):
    """That a transmission is in the evidence log (RFC 9162, 2.1.3). Hashes are SHA-256 in hexadecimal.

    Attributes:
        index: of its leaf, from 0.
        size: of the log now.
        root: of the log now.
        leaf: its leaf's hash.
        path: hashes that lead from the leaf to the root.
    """

    index: int
    size: int
    root: str
    leaf: str
    path: tuple[str, ...]


class Verified(Struct, frozen=True):
    """What a look at the log and at what is stored gave.

    Attributes:
        stored: whether what is stored is what the leaf was made of.
        included: whether the leaf leads to the root that the log has now.
    """

    inclusion: Inclusion
    stored: bool
    included: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was changed since."""
        return self.included and self.stored


def inclusion(reader: Reader, message: Message) -> Inclusion | None:
    """The proof of a message's transmission; None where the log has no leaf of it.

    It reads all leaves: the path is made of them.
    """
    index = reader.evidence_index(message.corridor, message.ebms_id, message.direction)
    if index is None:
        return None
    leaves = reader.evidence_leaves()
    size, root = reader.evidence_head()
    path = inclusion_proof(index, leaves[:size])
    return Inclusion(
        index=index,
        size=size,
        root=root.hex(),
        leaf=leaves[index].hex(),
        path=tuple(one.hex() for one in path),
    )


def verified(reader: Reader, message: Message) -> Verified | None:
    """Prove a message's transmission, and compare what is stored with it."""
    proof = inclusion(reader, message)
    if proof is None:
        return None
    row = reader.envelope(message.corridor, message.ebms_id, message.direction)
    path = [bytes.fromhex(one) for one in proof.path]
    leaf, root = bytes.fromhex(proof.leaf), bytes.fromhex(proof.root)
    return Verified(
        inclusion=proof,
        stored=row is not None and entry_hash(row) == leaf,
        included=verify_inclusion(proof.index, proof.size, leaf, path, root),
    )
