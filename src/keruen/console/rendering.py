"""View structs → HTML in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie

from keruen import __version__
from keruen.access import Act, Person
from keruen.console.control.remedies import cause_of, lead_of
from keruen.console.control.works import Works
from keruen.console.entry.entrance import Entrance, home_of
from keruen.console.entry.forms import field as hidden_field
from keruen.console.entry.forms import token_of
from keruen.console.figures import Figures
from keruen.console.foreign import brief, first_marks, seen
from keruen.console.labels import tone
from keruen.console.naming import Names
from keruen.console.static_files import address
from keruen.console.texts import LANGUAGES, Texts, choose, texts_in
from keruen.console.views import goes_empty
from keruen.console.wording import Worded, sayer
from keruen.exchange import EXPECTED
from keruen.exchange.context import Context
from keruen.store import Store

COOKIE = "keruen-language"
COOKIE_AGE = 365 * 24 * 3600
TEMPLATES = Path(__file__).parent / "templates"

Asked = Request[Any, Any, Any]
"""A request for a page."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with.

    Args:
        entrance: how people come in.
        title: what the head of each page calls this node, if not by its country.
        works: the running node, as the control room sees it.
    """

    store: Store
    context: Context
    entrance: Entrance
    title: str | None = None
    works: Works = field(default_factory=Works)
    environments: dict[str, Environment] = field(default_factory=dict)

    @property
    def zone(self) -> timezone:
        """The administration's own time: that of its party in the first agreement, else UTC."""
        for agreement in self.context.agreements:
            for party in agreement.parties:
                if party.country == self.context.country:
                    return timezone(timedelta(minutes=party.utc_offset_minutes))
        return timezone(timedelta(0))

    def environment(self, language: str) -> Environment:
        """The templates in one language."""
        if language not in self.environments:
            texts = texts_in(language)
            names = Names(self.context.lists, texts)
            self.environments[language] = _environment(texts, self.zone, names)
        return self.environments[language]

    def page(
        self, request: Asked, template: str, view: Mapping[str, Any], *, status: int = 200
    ) -> Response[str]:
        """A page, or only its main part where an open page fetches itself anew."""
        language = language_of(request)
        fragment = "X-Fragment" in request.headers
        person: Person | None = request.scope.get("user")
        token = token_of(request)
        html = (
            self.environment(language)
            .get_template(template)
            .render(
                layout="fragment.html" if fragment else "page.html",
                title=self.title,
                country=self.context.country,
                language=language,
                languages=LANGUAGES,
                in_language=in_language(request),
                now=self.context.clock.now(),
                person=person,
                home=home_of(person) if person else "/",
                may=lambda act: person is not None and person.may(Act(act)),
                form_token=token,
                csrf=lambda: hidden_field(token),
                **view,
            )
        )
        return Response(
            html, media_type=MediaType.HTML, status_code=status, cookies=_cookies(request)
        )


def language_of(request: Asked) -> str:
    """The language that a request is answered in."""
    person: Person | None = request.scope.get("user")
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(COOKIE),
        request.headers.get("Accept-Language", ""),
        own=person.language if person else None,
    )


def in_language(request: Asked) -> Mapping[str, str]:
    """This very page in each language: a relative reference, so that it leads nowhere else."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != "lang"]
    return {language: "?" + urlencode([*kept, ("lang", language)]) for language in LANGUAGES}


def _cookies(request: Asked) -> list[Cookie]:
    asked = request.query_params.get("lang")
    if asked not in LANGUAGES:
        return []
    return [Cookie(COOKIE, value=asked, max_age=COOKIE_AGE, httponly=True, samesite="lax")]


def _environment(texts: Texts, zone: timezone, names: Names) -> Environment:
    environment = Worded(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=seen,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(texts.translations, newstyle=True)  # type: ignore[attr-defined]
    say = sayer(texts.translations)
    environment.globals |= {"_": say, "gettext": say}
    environment.say = say
    figures = Figures(texts, zone)
    environment.filters |= {
        "label": texts.label,
        "right": texts.right,
        "country": texts.country,
        "commodity": names.commodity,
        "office": names.office,
        "clock": figures.clock,
        "day": figures.day,
        "long_day": figures.long_day,
        "number": figures.number,
        "mass": figures.mass,
        "octets": figures.octets,
        "span": figures.span,
        "away": figures.away,
        "tolerance": figures.tolerance,
        "stated": figures.stated,
        "tone": tone,
        "goes_empty": goes_empty,
        "brief": brief,
        "first_marks": first_marks,
        "cause": cause_of,
    }
    environment.globals |= {
        "brand": "Keruen",
        "version": __version__,
        "static": address,
        "offset": figures.offset,
        "awaited": EXPECTED,
        "lead_of": lead_of,
    }
    return environment
