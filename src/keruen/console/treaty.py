"""An agreement as a document for a lawyer: articles with sentences and tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from keruen.agreement import (
    Agreement,
    Conditional,
    CrossingPoint,
    Measured,
    Need,
    Period,
    PhaseSpan,
    PhaseState,
    Requirement,
    digest,
)
from keruen.console.marking import mark
from keruen.console.texts import Texts

STATES = {
    PhaseState.OFF: mark("agreement", "off"),
    PhaseState.TEST: mark("agreement", "test"),
    PhaseState.LIVE: mark("agreement", "live"),
}
STAGES = {
    "export": mark("agreement", "Export declarations"),
    "transit": mark("agreement", "Transit declarations"),
}
NEEDS = {
    Requirement.MANDATORY: mark("agreement", "mandatory"),
    Requirement.CONDITIONAL: mark("agreement", "where the case calls for it"),
    Requirement.OPTIONAL: mark("agreement", "optional"),
}
LIMITS = {
    "before_crossing": mark("agreement", "Preliminary information, before the crossing"),
    "late_after": mark("agreement", "An arrival is late, after the expected time"),
    "overdue_after": mark("agreement", "A consignment has not arrived, after the expected time"),
    "enquiry_after": mark("agreement", "An enquiry is sent, after the expected time"),
    "reminder_after": mark("agreement", "An enquiry without reply is repeated after"),
    "escalation_after": mark("agreement", "A person is told of an enquiry without reply after"),
    "acknowledgement": mark("agreement", "Business answer, after receipt"),
    "arrival_information": mark("agreement", "Arrival information, after the arrival"),
    "import_information": mark("agreement", "Import information, after the arrival"),
}
POINTS = {
    CrossingPoint.ENTRY_POST: mark(
        "agreement", "The border is crossed at the first post of the state of destination."
    ),
    CrossingPoint.EXIT_POST: mark(
        "agreement", "The border is crossed at the last post of the state of departure."
    ),
}
MOMENTS = {
    Measured.CREATED: mark(
        "agreement", "The time at which a message was made must be early enough."
    ),
    Measured.RECEIVED: mark("agreement", "The time at which a message came must be early enough."),
}
WORDS = {
    "article": mark("agreement", "Article"),
    "basis": mark("agreement", "Legal basis"),
    "signed": mark("agreement", "Signed"),
    "version": mark("agreement", "Version"),
    "digest": mark("agreement", "Digest"),
    "parties": mark("agreement", "Parties and authorised bodies"),
    "phases": mark("agreement", "Phases"),
    "offices": mark("agreement", "Customs offices that take part"),
    "posts": mark("agreement", "Border posts that take part"),
    "all": mark("agreement", "all offices"),
    "limits": mark("agreement", "Time limits, in hours"),
    "crossing": mark("agreement", "How the time before the crossing is computed"),
    "data": mark("agreement", "Data list"),
    "withheld": mark("agreement", "Data that is never sent"),
    "excluded": mark("agreement", "Goods that are left out"),
    "tolerances": mark("agreement", "Tolerances"),
    "retention": mark("agreement", "Retention, in days"),
    "content": mark("agreement", "Content of messages"),
    "ids": mark("agreement", "Ids of messages"),
    "codes": mark("agreement", "Classification and languages"),
    "edition": mark("agreement", "Edition of the Harmonized System"),
    "languages": mark("agreement", "Languages"),
    "from": mark("agreement", "from"),
    "until": mark("agreement", "until"),
    "when": mark("agreement", "mandatory when"),
    "unless": mark("agreement", "mandatory unless"),
    "any": mark("agreement", "any mode"),
    "pilot": mark("agreement", "code of the pilot"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its title, and rows of one to three cells."""

    title: str
    rows: tuple[tuple[str, ...], ...]


def document(agreement: Agreement, texts: Texts) -> str:
    """The whole agreement as plain text."""
    say = _sayer(texts)
    head = agreement.title.get(texts.language) or next(iter(agreement.title.values()))
    parts = [head, "=" * len(head), ""]
    for number, article in enumerate(articles(agreement, texts), start=1):
        title = f"{say('article')} {number}. {article.title}"
        parts += [title, "-" * len(title), *_aligned(article.rows), ""]
    return "\n".join(parts)


def _aligned(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    widths = [
        max((len(row[column]) for row in rows if len(row) > column + 1), default=0)
        for column in range(max((len(row) for row in rows), default=0))
    ]
    for row in rows:
        yield "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=False)).rstrip()


def articles(agreement: Agreement, texts: Texts) -> tuple[Article, ...]:
    """Every rule of the agreement, article by article."""
    say, made = _sayer(texts), []
    for key, rows in (
        ("basis", _basis(agreement, texts)),
        ("parties", _parties(agreement, texts)),
        ("phases", _phases(agreement, texts)),
        ("offices", _offices(agreement, texts)),
        ("posts", _posts(agreement, texts)),
        ("limits", _limits(agreement, texts)),
        ("crossing", _crossing(agreement, texts)),
        *((kind, _listed(agreement, kind, texts)) for kind in agreement.data_list),
        ("withheld", ((path,) for path in agreement.withheld)),
        ("excluded", _excluded(agreement, texts)),
        ("tolerances", _tolerances(agreement, texts)),
        ("retention", _retention(agreement, texts)),
        ("codes", _codes(agreement, texts)),
    ):
        listed = key not in WORDS
        title = f"{say('data')}: {texts.label(key, 'kind')}" if listed else say(key)
        made.append(Article(title, tuple(rows)))
    return tuple(made)


Rows = Iterator[tuple[str, ...]]


def _sayer(texts: Texts) -> Callable[[str], str]:
    return lambda key: texts.translations.pgettext("agreement", WORDS[key])


def _in(texts: Texts, words: Mapping[Any, str], code: Any) -> str:
    return texts.translations.pgettext("agreement", words[code])


def _named(names: Mapping[str, str], texts: Texts, otherwise: str) -> str:
    return names.get(texts.language) or names.get("en") or otherwise


def _basis(agreement: Agreement, texts: Texts) -> Rows:
    say = _sayer(texts)
    yield (_named(agreement.legal_basis_in, texts, agreement.legal_basis),)
    if agreement.signed:
        yield say("signed"), str(agreement.signed)
    yield say("version"), f"{agreement.id} {agreement.version}"
    yield say("digest"), digest(agreement)


def _parties(agreement: Agreement, texts: Texts) -> Rows:
    for party in agreement.parties:
        yield texts.country(party.country), _named(party.names, texts, party.authority)
        for body in party.bodies:
            yield "", _named(body.names, texts, body.task)


def _phases(agreement: Agreement, texts: Texts) -> Rows:
    for stage, stated in agreement.phases.items():
        spans = (PhaseSpan(state=stated),) if isinstance(stated, PhaseState) else stated
        for span in spans:
            yield _in(texts, STAGES, stage), _in(texts, STATES, span.state), _period(span, texts)


def _period(period: Period, texts: Texts) -> str:
    say = _sayer(texts)
    ends: list[tuple[str, date | None]] = [("from", period.since), ("until", period.until)]
    return " ".join(f"{say(key)} {day}" for key, day in ends if day)


def _offices(agreement: Agreement, texts: Texts) -> Rows:
    for country in agreement.countries:
        named = [one for one in agreement.offices if one.country == country]
        if not named:
            yield texts.country(country), _sayer(texts)("all")
        for office in named:
            all_ = office.code == "*"
            code = _sayer(texts)("all") if all_ else office.code
            name = _named(office.names, texts, "")
            yield texts.country(country), code, f"{name} {_period(office, texts)}".strip()


def _posts(agreement: Agreement, texts: Texts) -> Rows:
    for post in agreement.posts:
        pilot = f"({_sayer(texts)('pilot')})" if post.pilot else ""
        modes = ", ".join(texts.label(mode, "transport") for mode in post.modes)
        notes = " ".join(one for one in (modes, _period(post, texts), pilot) if one)
        yield post.code, post.name(texts.language), notes


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):g}"


def _limits(agreement: Agreement, texts: Texts) -> Rows:
    for name, words in LIMITS.items():
        limit = getattr(agreement.deadlines, name, None)
        title = texts.translations.pgettext("agreement", words)
        if isinstance(limit, timedelta):
            yield title, _hours(limit)
        for mode, hours in limit.items() if isinstance(limit, dict) else ():
            anywhere = _sayer(texts)("any")
            yield title, _hours(hours), anywhere if mode == "*" else texts.label(mode, "transport")


def _crossing(agreement: Agreement, texts: Texts) -> Rows:
    yield (_in(texts, POINTS, agreement.crossing.point),)
    yield (_in(texts, MOMENTS, agreement.crossing.measured),)


def _listed(agreement: Agreement, kind: str, texts: Texts) -> Rows:
    for path, need in agreement.data_list[kind].items():
        yield path, _need(need, texts)


def _need(need: Need, texts: Texts) -> str:
    if not isinstance(need, Conditional):
        return _in(texts, NEEDS, need)
    say = _sayer(texts)
    conditions = (("when", need.when), ("unless", need.unless))
    return "; ".join(f"{say(key)} {_condition(when)}" for key, when in conditions if when)


def _condition(when: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{path} = {' / '.join(values)}" for path, values in when.items())


def _excluded(agreement: Agreement, texts: Texts) -> Rows:
    for rule in agreement.excluded:
        yield _named(rule.names, texts, rule.id), _condition(rule.when)


def _tolerances(agreement: Agreement, texts: Texts) -> Rows:
    for code, bound in agreement.tolerances.items():
        yield texts.label(code, "discrepancy"), str(bound)


def _retention(agreement: Agreement, texts: Texts) -> Rows:
    say = _sayer(texts)
    yield say("content"), str(agreement.retention.content.days)
    yield say("ids"), str(agreement.retention.message_ids.days)


def _codes(agreement: Agreement, texts: Texts) -> Rows:
    say = _sayer(texts)
    yield say("edition"), agreement.hs_edition
    yield say("languages"), ", ".join(agreement.languages)
