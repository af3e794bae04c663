"""The record that both sides have of a consignment, in the reader's language.

Only words are translated: codes of offices and posts, numbers, amounts, what people wrote, and the digest are
printed as they are. Two people who read it in two languages read the same record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from keruen.console.marking import mark
from keruen.console.texts import Texts
from keruen.customs import Discrepancy
from keruen.exchange.joint import (
    JointArrival,
    JointImport,
    JointMessage,
    JointRecord,
    JointStop,
    JointVersion,
)

NOTHING = "-"
WORDS = {
    "consignment": mark("record", "Consignment"),
    "declaration": mark("record", "declaration"),
    "registered": mark("record", "registered as"),
    "late": mark("record", "late"),
    "vehicle": mark("record", "vehicle"),
    "containers": mark("record", "containers"),
    "seals": mark("record", "seals"),
    "broken": mark("record", "broken"),
    "weighbridge": mark("record", "weighbridge"),
    "remark": mark("record", "remark"),
    "mass": mark("record", "gross mass"),
    "journey": mark("record", "Journey"),
    "versions": mark("record", "Versions"),
    "messages": mark("record", "Messages"),
    "arrivals": mark("record", "Arrivals"),
    "imports": mark("record", "Imports"),
    "procedure": mark("record", "procedure"),
    "discrepancies": mark("record", "Discrepancies"),
    "digest": mark("record", "Digest"),
    "part": mark("record", "in part"),
    "item": mark("record", "item"),
    "declared": mark("record", "declared"),
    "found": mark("record", "found"),
    "tolerance": mark("record", "tolerance"),
    "expected": mark("record", "expected, as declared"),
    "estimated": mark("record", "expected, as estimated"),
    "live": mark("record", "live data"),
    "test": mark("record", "test data"),
}


class Recorder:
    """Writes records in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def lines(self, one: JointRecord) -> Iterator[str]:
        """A record as people read it, one part after the other. Times are UTC, masses kg."""
        yield f"{self._say('consignment')} {one.consignment_id}"
        yield from (f"  {line}" for line in self._head(one))
        yield from self._part("journey", map(self._stop, one.itinerary))
        yield from self._part("versions", (x for each in one.versions for x in self._version(each)))
        yield from self._part("messages", map(self._message, one.messages))
        yield from self._part("arrivals", map(self._arrival, one.arrivals))
        yield from self._part("imports", map(self._import, one.imports))
        found = (self._discrepancy(each.discrepancy) for each in one.discrepancies)
        yield from self._part("discrepancies", found)
        yield f"{self._say('digest')} {one.digest}"

    def _say(self, key: str) -> str:
        return self._texts.translations.pgettext("record", WORDS[key])

    def _label(self, code: str | None, table: str) -> str:
        return self._texts.label(code, table) or NOTHING

    def _head(self, one: JointRecord) -> Iterator[str]:
        say = self._say
        phase = f"{self._label(one.stage, 'declaration')}, {say(one.mode)}"
        yield f"{one.sender} → {one.receiver}, {phase}: {self._label(one.state, 'state')}"
        yield f"{say('declaration')} {one.reference or NOTHING}"
        late = f", {say('late')}" if one.late else ""
        yield f"{say('registered')} {one.registration_number or NOTHING}{late}"
        marks = (("vehicle", one.vehicles), ("containers", one.containers), ("seals", one.seals))
        yield ", ".join(f"{say(name)} {_list(stated)}" for name, stated in marks)
        yield f"{say('mass')} {_mass(one.gross_mass)}"

    def _part(self, title: str, rows: Iterable[str]) -> Iterator[str]:
        yield f"{self._say(title)}:"
        yield from (f"  {row}" for row in rows)

    def _stop(self, one: JointStop) -> str:
        country = self._texts.country(one.country)
        where = ", ".join(part for part in (country, one.office, one.place) if part)
        basis = "estimated" if one.eta_basis == "estimated" else "expected"
        when = f": {self._say(basis)} {_at(one.eta)}" if one.eta else ""
        return f"{where or NOTHING}{when}"

    def _message(self, one: JointMessage) -> str:
        what = f"{self._label(one.kind, 'kind')} {one.message_id}"
        return f"{_at(one.created)} {one.sender} {what}: {self._label(one.outcome, 'outcome')}"

    def _version(self, one: JointVersion) -> Iterator[str]:
        reason = f": {one.reason}" if one.reason else ""
        noted = "; ".join(self._label(code, "finding") for code in one.findings)
        validity = (
            f"{self._label(one.validity, 'validity')}{reason}{f' ({noted})' if noted else ''}"
        )
        yield f"{one.ordinal} {self._label(one.kind, 'kind')} {_at(one.created)} {validity}"
        for change in one.changed:
            yield f"    {change.path}: {change.before or NOTHING} → {change.after or NOTHING}"

    def _arrival(self, one: JointArrival) -> str:
        facts = (
            ("vehicle", _list(one.vehicles)),
            ("containers", _list(one.containers)),
            ("seals", _list(one.seals)),
            ("broken", _list(one.seals_broken)),
            ("weighbridge", _mass(one.weighbridge)),
            ("remark", one.remark or NOTHING),
        )
        told = ", ".join(f"{self._say(name)} {value}" for name, value in facts if value != NOTHING)
        part = f", {self._say('part')}" if one.partial else ""
        return f"{_at(one.arrived)} {one.post}{part}: {told or NOTHING}"

    def _import(self, one: JointImport) -> str:
        procedure = f"{self._say('procedure')} {one.procedure or NOTHING}"
        return f"{one.declaration_number}, {procedure}, {one.accepted or NOTHING}"

    def _discrepancy(self, one: Discrepancy) -> str:
        say = self._say
        item = f", {say('item')} {one.item}" if one.item is not None else ""
        allowed = f" ({say('tolerance')} {one.tolerance})" if one.tolerance else ""
        both = (
            f"{say(k)} {v or NOTHING}"
            for k, v in (("declared", one.declared), ("found", one.found))
        )
        return f"{self._label(one.code, 'discrepancy')}{item}: {', '.join(both)}{allowed}"


def _list(marks: tuple[str, ...]) -> str:
    return " + ".join(marks) or NOTHING


def _mass(mass: Decimal | None) -> str:
    return f"{mass} kg" if mass is not None else NOTHING


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"
