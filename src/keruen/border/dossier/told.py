"""What was stated of a consignment beside its figures: discrepancies, findings, files, with their messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from keruen.customs import Declaration, Discrepancy, Document, DocumentKind, Finding, Struct
from keruen.exchange.passage import Transmission
from keruen.messages import Acknowledgement, AnyMessage
from keruen.store import Attachment, DiscrepancyRow

FIRST_DOCUMENTS = (DocumentKind.TRANSPORT, DocumentKind.PRECEDING, DocumentKind.GUARANTEE)
"""Documents by which an officer at a post knows a consignment come first."""


class Difference(Struct, frozen=True):
    """A coded discrepancy and who stated it: the post, the import declaration, the clock.

    Attributes:
        stated: when, and by which message; None where no message says it.
    """

    discrepancy: Discrepancy
    stated: tuple[tuple[datetime, Transmission | None], ...]


class Objection(Struct, frozen=True):
    """What the receiver of a message found in it.

    Attributes:
        answer: the message that says so; `about`: the one that it answers, where that is here.
    """

    finding: Finding
    answer: Transmission
    about: Transmission | None = None


class File(Struct, frozen=True):
    """A file that came with a message about a consignment."""

    attachment: Attachment
    by: Transmission


def differences(
    rows: Iterable[DiscrepancyRow], by_id: Mapping[str, Transmission]
) -> Iterator[Difference]:
    """Each discrepancy once, whoever stated it first and again."""
    stated: dict[Discrepancy, list[tuple[datetime, Transmission | None]]] = {}
    for row in rows:
        key = replace(row.discrepancy, path="")
        stated.setdefault(key, []).append((row.stated, by_id.get(row.source)))
    for discrepancy, by in stated.items():
        yield Difference(discrepancy=discrepancy, stated=tuple(by))


def objections(
    contents: Mapping[str, AnyMessage], by_id: Mapping[str, Transmission]
) -> Iterator[Objection]:
    """Findings of all business answers."""
    for message_id, said in contents.items():
        if isinstance(said, Acknowledgement):
            about = by_id.get(said.header.refers_to or "")
            for finding in said.findings:
                yield Objection(finding=finding, answer=by_id[message_id], about=about)


def files(attachments: Iterable[Attachment], by_id: Mapping[str, Transmission]) -> Iterator[File]:
    """Files with the messages that they came with."""
    by_ebms = {(one.message.ebms_id, one.message.direction): one for one in by_id.values()}
    for one in attachments:
        by = by_ebms.get((one.ebms_id, one.direction))
        if by is not None:
            yield File(attachment=one, by=by)


def documents(declaration: Declaration) -> tuple[Document, ...]:
    """The numbered documents of a declaration and its items, each once; transport documents first."""
    named = {(one.kind, one.number): one for one in declaration.all_documents() if one.number}
    return tuple(sorted(named.values(), key=_rank))


def _rank(one: Document) -> int:
    return FIRST_DOCUMENTS.index(one.kind) if one.kind in FIRST_DOCUMENTS else len(FIRST_DOCUMENTS)
