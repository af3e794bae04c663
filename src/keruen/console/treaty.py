"""An agreement as a document for a lawyer: articles with sentences and tables, in the reader's language.

Whatever an agreement file can state is in it; a test changes every key and looks for the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from keruen.agreement import (
    Agreement,
    Conditional,
    Exclusion,
    Need,
    Office,
    Period,
    PhaseSpan,
    PhaseState,
    Post,
    Route,
    digest,
)
from keruen.console.texts import Texts
from keruen.console.treatywords import (
    BASES,
    LIMITS,
    MOMENTS,
    NEEDS,
    POINTS,
    STAGES,
    STATES,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its title, and rows of one to four cells."""

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
        ("reporting", _reporting(agreement, texts)),
        ("routes", _routes(agreement, texts)),
        *((kind, _listed(agreement, kind, texts)) for kind in agreement.data_list),
        ("withheld", ((path, named(path, texts)) for path in agreement.withheld)),
        ("excluded", _excluded(agreement, texts)),
        ("attachments", _attachments(agreement, texts)),
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
    if agreement.instrument:
        yield say("instrument"), agreement.instrument
    if agreement.usable is not None:
        periods = (_period(one, texts) for one in agreement.usable)
        yield say("usable"), "; ".join(periods) or say("never")
    yield say("version"), f"{agreement.id} {agreement.version}"
    yield say("digest"), digest(agreement)
    yield say("days"), _offset(agreement.dates_utc_offset_minutes)


def _offset(minutes: int) -> str:
    """Minutes ahead of UTC as people write them: ``UTC+05:00``."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _parties(agreement: Agreement, texts: Texts) -> Rows:
    for party in agreement.parties:
        clock = f"{_sayer(texts)('clock')} {_offset(party.utc_offset_minutes)}"
        yield texts.country(party.country), _named(party.names, texts, party.authority), clock
        for body in party.bodies:
            yield "", _named(body.names, texts, ""), f"{_sayer(texts)('task')}: {body.task}"


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
            notes = (
                _named(office.names, texts, ""),
                _period(office, texts),
                _pilot(office, texts),
            )
            yield texts.country(country), code, " ".join(one for one in notes if one)


def _posts(agreement: Agreement, texts: Texts) -> Rows:
    for post in agreement.posts:
        modes = ", ".join(texts.label(mode, "transport") for mode in post.modes)
        noted = (modes, _period(post, texts), _pilot(post, texts))
        notes = " ".join(one for one in noted if one)
        yield texts.country(post.country), post.code, post.name(texts.language), notes


def _pilot(of: Office | Post | Exclusion, texts: Texts) -> str:
    return f"({_sayer(texts)('pilot')})" if of.pilot else ""


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
    say, bases = _sayer(texts), (_in(texts, BASES, one) for one in agreement.crossing.eta)
    yield (f"{say('counts')} {', '.join(bases)}. {say('uncounted')}",)


def _reporting(agreement: Agreement, texts: Texts) -> Rows:
    say, rule = _sayer(texts), agreement.reporting
    if rule is None:
        yield (say("none"),)
    else:
        yield say("every"), _hours(rule.every)
        yield say("after"), _hours(rule.after)


def _routes(agreement: Agreement, texts: Texts) -> Rows:
    say = _sayer(texts)
    for route in agreement.routes:
        office = say("all") if route.office == "*" else route.office
        stops = ", ".join(_stops(route, texts))
        via = f"{say('via')} {stops}" if stops else ""
        mode = texts.label(route.mode, "transport")
        yield f"{office} → {route.post}", mode, str(route.hours), via


def _stops(route: Route, texts: Texts) -> Iterator[str]:
    """What lies on the way: countries, and where it is known the place and the hours to there."""
    yield from map(texts.country, route.via)
    for stop in route.stops:
        place = f" {stop.place}" if stop.place else ""
        yield f"{texts.country(stop.country)}{place}{f' ({stop.hours})' if stop.hours else ''}"


def _listed(agreement: Agreement, kind: str, texts: Texts) -> Rows:
    for path, need in agreement.data_list[kind].items():
        yield path, named(path, texts), _need(need, texts)


def named(path: str, texts: Texts) -> str:
    """An element's path in the reader's language: ``goods item › gross mass``."""
    return " › ".join(texts.label(step, "step") for step in path.split("."))


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
        name, pilot = _named(rule.names, texts, ""), _pilot(rule, texts)
        yield rule.id, name, f"{_condition(rule.when)} {pilot}".strip()


def _attachments(agreement: Agreement, texts: Texts) -> Rows:
    say = _sayer(texts)
    for kind, rule in agreement.attachments.items():
        most = (f"{say('files')} {rule.files}", f"{say('size')} {rule.size}")
        yield texts.label(kind, "kind"), *most


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
