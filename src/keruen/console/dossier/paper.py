"""What ties a sheet of paper to the books: the digest of the joint record, and where the evidence log stood."""

from __future__ import annotations

import segno

from keruen.customs import Struct
from keruen.exchange.joining import joint_record
from keruen.store import Consignment, Reader


class Sealed(Struct, frozen=True):
    """The marks of a printed page.

    Attributes:
        digest: SHA-256 of the joint record, which the other side computes alike; hexadecimal.
        size, root: of this node's evidence log; the root in hexadecimal.
        code: all of it as a QR code: path of an SVG drawing, one unit a module.
        modules: its side.
    """

    digest: str
    size: int
    root: str
    code: str
    modules: int


def sealed(reader: Reader, one: Consignment) -> Sealed:
    """The marks of a consignment's page."""
    digest = joint_record(reader, one).digest
    size, root = reader.evidence_head()
    code = segno.make(text_of(one, digest, size), error="m", micro=False, boost_error=False)
    return Sealed(
        digest=digest,
        size=size,
        root=root.hex(),
        code=_path(code),
        modules=len(code.matrix),
    )


def text_of(one: Consignment, digest: str, size: int) -> str:
    """What the code says: ``keruen KZ-TJ 0199… sha256:… 412``."""
    return f"keruen {one.corridor} {one.consignment_id} sha256:{digest} {size}"


def _path(code: segno.QRCode) -> str:
    """Each run of dark modules of a row as one rectangle."""
    parts = []
    for y, row in enumerate(code.matrix):
        start: int | None = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return "".join(parts)
