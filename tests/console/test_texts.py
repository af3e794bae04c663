"""The catalogues are complete, and nothing that a reader sees goes past them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from keruen.access import Act
from keruen.access import Role as Access
from keruen.as4 import ErrorCode
from keruen.border.dossier.elements import ELEMENTS
from keruen.border.dossier.judging import Verdict
from keruen.border.schedule import Standing
from keruen.console import labels
from keruen.console.findings import FINDINGS
from keruen.console.sentences import PHRASES, SENTENCES
from keruen.console.texts import LANGUAGES, LOCALE, choose, read_catalogue, texts_in
from keruen.customs import (
    FINDING_CODES,
    DeclarationKind,
    DiscrepancyCode,
    DocumentKind,
    Severity,
)
from keruen.exchange import Happening, State
from keruen.messages import KINDS, Outcome
from keruen.people.audit import Deed
from keruen.store import Direction, OutboxState

ROOT = Path(__file__).parents[2]
CONSOLE = LOCALE.parent
TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\d\}")
SAID_TO_READERS = ("alt", "aria-label", "content", "data-label", "placeholder", "title")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+|EBMS:\d{4}")
FINDERS = ("Finding", "error", "warning")
SAID_ELSEWHERE = (
    *("gettext", "ngettext", "mark"),
    *("exception", "error", "warning", "note", "refused"),
    *("Element", "compile"),
)
"""Calls whose texts go through a catalogue, into the log or the audit trail, or to no reader."""
NO_WORDS = {
    '<input type="hidden" name="{}" value="{}">',
    "yyyy-mm-dd hh:mm",
    "revocation lists",
    "digest of",
}
"""A tag, a format, the name of a worker, how a stored cause opens."""
NOT_SAID = {"width=device-width, initial-scale=1", "light dark"}


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def extracted() -> set[tuple[str | None, str | tuple[str, ...]]]:
    found = extract_from_dir(
        CONSOLE,
        [("**.py", "python"), ("templates/**.html", "jinja2")],
        {"templates/**.html": {"trimmed": "true"}},
        {"_": None, "gettext": None, "ngettext": (1, 2), "mark": ((1, "c"), 2)},
    )
    of_checks = {("finding", text) for text in FINDING_CODES.values()}
    of_checks |= {("right", text) for several in SENTENCES.values() for text in several}
    of_checks |= {("phrase", text) for text in PHRASES}
    return {(context, message) for _, _, message, _, context in found} | of_checks


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


def test_a_catalogue_has_every_text_and_no_other(catalogue: Catalog) -> None:
    assert {(message.context, message.id) for message in catalogue if message.id} == extracted()


def test_nothing_in_a_catalogue_is_empty_or_fuzzy(catalogue: Catalog) -> None:
    assert not catalogue.fuzzy
    unfinished = [m.id for m in catalogue if m.id and (m.fuzzy or not all(strings(m)))]
    assert unfinished == []


def test_every_plural_form_is_there(catalogue: Catalog) -> None:
    assert {len(strings(m)) for m in catalogue if m.pluralizable} == {catalogue.num_plurals}


def test_placeholders_are_the_same_in_every_language(catalogue: Catalog) -> None:
    for message in catalogue:
        expected = message.id if isinstance(message.id, str) else message.id[0]
        for string in strings(message) if message.id else []:
            assert sorted(PLACEHOLDER.findall(string)) == sorted(PLACEHOLDER.findall(expected))


def test_translations_are_not_left_in_english() -> None:
    same_everywhere = {"%"}
    for language in ("kk", "ru", "tg"):
        left = [m.id for m in read_catalogue(language) if m.id and m.id == m.string]
        assert set(left) <= same_everywhere


def test_the_catalogues_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "texts"), "--check"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_outside_gettext(template: Path) -> None:
    text = template.read_text("utf-8")
    text = re.sub(r"\{#.*?#\}|\{% trans.*?endtrans %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    for name, value in re.findall(r'([\w-]+)="([^"<>]*)"', text):
        if name in SAID_TO_READERS and value not in NOT_SAID:
            assert not re.search(r"\w", value), (name, value)
    text = re.sub(r"<[^>]*>", " ", text)
    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", text)) == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("state", State),
        ("event", Happening),
        ("discrepancy", DiscrepancyCode),
        ("finding", FINDING_CODES),
        ("kind", KINDS),
        ("line", OutboxState),
        ("document", DocumentKind),
        ("declaration", DeclarationKind),
        ("outcome", Outcome),
        ("severity", Severity),
        ("standing", Standing),
        ("verdict", Verdict),
        ("direction", Direction),
        ("element", [element.name for element in ELEMENTS]),
        ("role", Access),
        ("act", [*Act, *Deed]),
        ("finding", [entry.code for entry in ErrorCode]),
    ],
)
def test_every_code_has_words_in_every_language(table: str, codes: Iterable[object]) -> None:
    for language in LANGUAGES:
        said = [texts_in(language).label(str(code), table) for code in codes]
        assert set(map(str, codes)).isdisjoint(said)


def test_a_finding_is_called_what_the_checks_call_it() -> None:
    assert {code: FINDINGS[code] for code in FINDING_CODES} == FINDING_CODES


def codes_of(room: str) -> Iterator[str]:
    """Codes that a room gives to findings and errors, as they stand in its source."""
    for path in sorted((CONSOLE.parent / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                said = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                said += node.args[:1] if name.endswith("Error") or name in FINDERS else []
                for one in said:
                    if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value)):
                        yield str(one.value)


@pytest.mark.parametrize(
    "room",
    ["customs", "messages", "formats", "exchange", "border", "console/dossier", "console/control"],
)
def test_every_code_that_a_room_gives_has_words(room: str) -> None:
    codes = set(codes_of(room))
    assert codes
    assert codes - set(labels.TABLES["finding"]) == set()


@pytest.mark.parametrize(
    "path", sorted(CONSOLE.rglob("*.py")), ids=lambda path: str(path.relative_to(CONSOLE))
)
def test_code_says_nothing_outside_gettext(path: Path) -> None:
    """Of two words and more. Errors are said by their code; docstrings, the log, headers speak to others."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAID_ELSEWHERE or name.endswith("Error"):
                silent |= {id(one) for one in ast.walk(node)}
        if isinstance(node, ast.Assign | ast.AnnAssign) and path.name == "guard.py":
            silent |= {id(one) for one in ast.walk(node)}
    said = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]
    found = {text for text in said if re.search(r"[^\W\d]{2,} [^\W\d]{2,}", text)}
    assert found - NO_WORDS == set()


def test_countries_have_their_names_in_every_language() -> None:
    for language in LANGUAGES:
        names = {texts_in(language).country(code) for code in ("KZ", "TJ", "UZ", "KG", "CN", "RU")}
        assert len(names) == 6
        assert not any(len(name) == 2 for name in names)


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert texts_in("ru").label("EBMS:9999", "finding") == "EBMS:9999"
    assert labels.tone("unheard-of", "state") == "plain"


def test_tajik_counts_by_its_own_rule() -> None:
    tajik = texts_in("tg")
    assert tajik.ngettext("%(count)s item", "%(count)s items", 5) == "%(count)s мол"
    russian = texts_in("ru")
    forms = [russian.ngettext("%(count)s item", "%(count)s items", n) for n in (1, 3, 5, 21)]
    assert [form.split()[1] for form in forms] == ["товар", "товара", "товаров", "товар"]


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "chosen"),
    [
        ("tg", "ru", "kk", "tg"),
        (None, "ru", "kk", "ru"),
        ("xx", "../../etc", "kk", "kk"),
        (None, None, "de, tg-TJ;q=0.7, ru;q=0.9", "ru"),
        (None, None, "ru;q=0, tg;q=0.1", "tg"),
        (None, None, "*;q=junk", "en"),
        (None, None, "", "en"),
    ],
)
def test_the_language_is_asked_for_then_remembered_then_accepted(
    asked: str | None, remembered: str | None, accepted: str, chosen: str
) -> None:
    assert choose(asked, remembered, accepted) == chosen
