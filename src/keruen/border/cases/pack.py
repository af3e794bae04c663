"""All that this node can show of a case as one ZIP file: what was said, its receipts, its place in the log.

case.json  what stands open, and what persons did with it
record.json  what both sides know of the consignment (the other side makes the same)
declaration.json  the import declaration that belongs to no consignment
messages/  each message as it was sent: content, signed envelope, receipt, proof
contents.json  the SHA-256 of every file above, and the log's size and root
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import msgspec

from keruen.evidence import inclusion_proof
from keruen.exchange import Context
from keruen.exchange.cases import seen
from keruen.exchange.joining import joint_record
from keruen.store import Message, Reader
from keruen.store.cases import CaseRow

MOST = 1000
"""Messages of one consignment that are packed."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""When every file of the ZIP says that it was made: the same case gives the same octets."""

Files = Iterator[tuple[str, bytes]]


def pack(reader: Reader, context: Context, row: CaseRow) -> bytes:
    """A case's file; attachments stay where they are, as their digests are in the envelopes."""
    size, root = reader.evidence_head()
    files = dict(_files(reader, context, row, size))
    digests = {name: hashlib.sha256(octets).hexdigest() for name, octets in files.items()}
    contents = {"files": digests, "log_size": size, "log_root": root.hex()}
    files["contents.json"] = _json(contents)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), octets, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


def _files(reader: Reader, context: Context, row: CaseRow, size: int) -> Files:
    acts = reader.case_acts(row.corridor, row.subject)
    yield "case.json", _json({"case": seen(row, context.clock.now()), "acts": acts})
    consignment = reader.consignment(row.corridor, row.subject)
    if consignment is None:
        declared = reader.declaration(row.subject)
        if declared is not None and declared.removed is None:
            yield "declaration.json", declared.body
        return
    yield "record.json", _json(joint_record(reader, consignment))
    found = reader.messages(corridor=row.corridor, consignment_id=row.subject, limit=MOST)
    about = reader.message(row.corridor, consignment.information_id)
    known = {one.message_id: one for one in (*found, *((about,) if about else ()))}
    told = sorted(known.values(), key=lambda one: (one.stored, one.message_id))
    leaves = reader.evidence_leaves() if told else []
    for number, message in enumerate(told, start=1):
        name = f"messages/{number:03}-{message.direction.value}-{message.kind}"
        yield from _message(reader, message, name, leaves[:size])


def _message(reader: Reader, message: Message, name: str, leaves: list[bytes]) -> Files:
    yield f"{name}/content.json", message.body
    kept = reader.envelope(message.corridor, message.ebms_id, message.direction)
    if kept is not None:
        yield f"{name}/envelope.xml", kept.envelope
        if kept.receipt is not None:
            yield f"{name}/receipt.xml", kept.receipt
    index = reader.evidence_index(message.corridor, message.ebms_id, message.direction)
    if index is not None:
        path = [one.hex() for one in inclusion_proof(index, leaves)]
        proof = {"index": index, "size": len(leaves), "leaf": leaves[index].hex(), "path": path}
        yield f"{name}/proof.json", _json(proof)
