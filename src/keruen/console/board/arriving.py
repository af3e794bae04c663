"""What the pages of one arrival show: its form, what would come of it, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from keruen.agreement import Agreement, Post
from keruen.border import Judgement, answer_of, judge, places_of
from keruen.border.announced import announced_declaration
from keruen.border.withdraw import standing
from keruen.console import views
from keruen.console.board import form
from keruen.console.board.figures import Mistake, MistakeError
from keruen.console.board.form import Asked
from keruen.console.rendering import Desk
from keruen.customs import Declaration, Finding, Struct
from keruen.exchange import Attached
from keruen.messages import ArrivalInformation
from keruen.store import ArrivalEntry, Consignment, Reader, Role

View = dict[str, Any]


class Content(Struct, frozen=True):
    """What a draft holds: the fields as typed, and files that wait in the database."""

    fields: dict[str, str] = msgspec.field(default_factory=dict)
    files: tuple[Attached, ...] = ()

    @classmethod
    def of(cls, entry: ArrivalEntry | None) -> Content:
        """That of an entry; nothing where there is none, or it is a draft no more."""
        return msgspec.json.decode(entry.typed, type=cls) if entry and entry.typed else cls()


class Subject(Struct, frozen=True):
    """What an arrival is entered for: a post, and a consignment if one was chosen."""

    post: Post
    consignment: Consignment | None = None
    announced: Declaration | None = None

    @property
    def consignment_id(self) -> str:
        """Empty for a vehicle that nobody announced."""
        return self.consignment.consignment_id if self.consignment else ""


def subject(reader: Reader, desk: Desk, post: str, consignment_id: str) -> Subject | None:
    """None for a post that this country does not have, and for what does not come here."""
    posts = views.posts_of(desk.context.agreements, desk.context.country)
    known = next((one for one in posts if one.code == post), None)
    if known is None or not consignment_id:
        return Subject(known) if known else None
    one = reader.by_consignment_id(consignment_id)
    if one is None or one.role is not Role.RECEIVER:
        return None
    return Subject(known, one, announced_declaration(reader, one))


def asked(desk: Desk, about: Subject) -> Asked:
    """What the form's reader needs to know."""
    return Asked(
        post=about.post.code,
        now=desk.context.clock.now(),
        zone=desk.zone,
        consignment_id=about.consignment_id,
        announced=about.announced,
        by_rail=form.is_by_rail(about.announced),
    )


def agreements_of(desk: Desk, about: Subject) -> list[Agreement]:
    """Under which the arrival may be told."""
    if about.consignment is not None:
        return [desk.context.agreement_of(about.consignment.corridor)]
    at = desk.context.clock.now()
    return [
        one
        for one in desk.context.agreements
        if any(p.code == about.post.code for p in one.posts_of(desk.context.country, at))
    ]


def sheet(
    desk: Desk,
    about: Subject,
    entry_id: str,
    content: Content,
    *,
    restored: ArrivalEntry | None = None,
    mistakes: tuple[Mistake, ...] = (),
) -> View:
    """The form, filled in with what is known.

    Args:
        restored: the draft that it was filled in from.
    """
    agreements = agreements_of(desk, about)
    rules = [one.attachments.get(ArrivalInformation.__name__) for one in agreements]
    return {
        "post": about.post,
        "consignment": about.consignment,
        "declaration": about.announced,
        "entry_id": entry_id,
        "typed": defaults(about) | content.fields,
        "files": content.files,
        "rule": next((one for one in rules if one), None),
        "seals": form.declared_seals(about.announced),
        "partners": sorted(one.other(desk.context.country) for one in agreements),
        "extra": form.EXTRA,
        "restored": restored,
        "mistakes": {one.field: one.code for one in mistakes},
        "begun": partial(begun, (*content.fields, *(one.field for one in mistakes))),
    }


def begun(names: Sequence[str], *prefixes: str) -> bool:
    """Whether something is in a part of the form, so that it stands open."""
    return any(name.startswith(prefixes) for name in names)


def defaults(about: Subject) -> dict[str, str]:
    """What the form shows before anything is typed: the vehicle as announced."""
    if about.announced is not None:
        return {"vehicle": form.vehicles(about.announced)}
    return {"vehicle": (about.consignment.vehicle or "") if about.consignment else ""}


def preview(reader: Reader, desk: Desk, about: Subject, entry: ArrivalEntry) -> View:
    """What would be told to the other side.

    Raises:
        MistakeError: the draft is not finished.
    """
    content = Content.of(entry)
    judged = judge(reader, desk.context, form.seen(content.fields, asked(desk, about)))
    return {
        "post": about.post,
        "consignment": about.consignment,
        "entry_id": entry.entry_id,
        "judged": judged,
        "files": content.files,
        "partners": _told(desk, judged),
        "rivals": _rivals(reader, judged),
    }


def _told(desk: Desk, judged: Judgement) -> list[str]:
    """Countries that would be told."""
    found = [one.candidate.consignment.partner for one in judged.parts]
    if judged.agreement is not None:
        found.append(judged.agreement.other(desk.context.country))
    return list(dict.fromkeys(found))


def _rivals(reader: Reader, judged: Judgement) -> list[Consignment]:
    """Consignments between which a person is to decide, or which came on the same vehicle."""
    return list(_named(reader, judged.findings).values())


def done(reader: Reader, desk: Desk, about: Subject, entry: ArrivalEntry) -> View:
    """What came of a registered arrival."""
    answers = answer_of(entry)
    return {
        "post": about.post,
        "entry_id": entry.entry_id,
        "consignment_id": about.consignment_id,
        "answers": [
            {
                "told": one,
                "consignment": _consignment(reader, one.consignment_id or one.arrival_id),
                "message": _message(reader, desk, one.message_id),
            }
            for one in answers
        ],
        "named": _named(reader, [finding for one in answers for finding in one.findings]),
        "withdrawn": entry.withdrawn,
        "until": None if entry.withdrawn else _until(reader, desk, entry),
        "refused": (),
    }


def _named(reader: Reader, findings: Iterable[Finding]) -> dict[str, Consignment]:
    """The consignments that findings name, by their ids and in that order."""
    ids = dict.fromkeys(key for finding in findings for key in finding.values)
    known = {one.consignment_id: one for one in reader.consignments_by_id(ids)}
    return {key: known[key] for key in ids if key in known}


def _until(reader: Reader, desk: Desk, entry: ArrivalEntry) -> datetime | None:
    """Until when all that was registered can be taken back; None where some of it cannot."""
    told = [place for place in places_of(reader, desk.context, entry) if place is not None]
    found = [standing(reader, desk.context, *place) for place in told]
    if not found or any(one is None or one.refusal is not None for one in found):
        return None
    return min(one.until for one in found if one is not None)


def _consignment(reader: Reader, consignment_id: str | None) -> Consignment | None:
    return reader.by_consignment_id(consignment_id) if consignment_id else None


def _message(reader: Reader, desk: Desk, message_id: str | None) -> View | None:
    for agreement in desk.context.agreements if message_id else ():
        message = reader.message(agreement.corridor, message_id or "")
        if message is not None:
            line = reader.outbox_entry(agreement.corridor, message.message_id)
            return {"message": message, "state": line.state if line else "waiting"}
    return None


def checked(desk: Desk, about: Subject, fields: Mapping[str, str]) -> tuple[Mistake, ...]:
    """What is to be put right before an arrival can be shown."""
    try:
        form.seen(fields, asked(desk, about))
    except MistakeError as error:
        return error.mistakes
    return ()
