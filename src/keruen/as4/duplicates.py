"""Telling a retry from a second message under the same id (AS4 profile 1.0, 3.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from keruen.as4.model import Reference


def references_digest(references: Iterable[Reference]) -> bytes:
    """SHA-256 over what was signed: the same for a retry, another for other content.

    Neither the order of the references nor their URIs count, nor does the Body, which is empty: a
    sender that signs anew for each attempt gives them new ids. Messaging names the parts, so
    nothing is lost.
    """
    digests = sorted(reference.digest for reference in references if reference.target != "body")
    return hashlib.sha256(b"keruen as4 references" + b"".join(digests)).digest()
