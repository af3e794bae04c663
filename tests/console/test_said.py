"""What would be right is said in the reader's language, by values: nothing of it is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from tests.formats.files import ASYCUDA, ESADOUT, JSON, WCO_DM

from keruen import formats
from keruen.console.findings import FINDINGS
from keruen.console.sentences import PHRASES, SENTENCES, WORDINGS
from keruen.console.texts import texts_in
from keruen.customs import Finding
from keruen.customs.wording import code_of, finding_of
from keruen.errors import InputError
from keruen.formats.documents import SIZE, TAGS

OTHERS = ("kk", "ru", "tg")
OF_COMMANDS = {"file-unreadable", "format-other"}
"""What is said of a file before it is read, or of what was asked."""
NAMED = re.compile(r"`[^`]*`|&\w+;|<!DOCTYPE>|\b(XML|JSON|UTF-8|DTD|ED_Container|ESADout_CU|ISO)\b")
"""What has the same name in every language."""

TWO_IN_ONE = f"<ED_Container>{ESADOUT.partition('?>')[2] * 2}</ED_Container>"
BAD: dict[str, str | bytes] = {
    "declaration-ambiguous": TWO_IN_ONE,
    "declaration-invalid": JSON.replace('"ordinal": 1, ', ""),
    "declaration-invalid/enum": JSON.replace('"export"', '"smuggling"'),
    "declaration-invalid/kind": ASYCUDA.replace(">EX<", "><").replace("<Sad_flow>E</Sad_flow>", ""),
    "declaration-invalid/type": JSON.replace("1020.75", '"heavy"'),
    "declaration-missing": "<ED_Container/>",
    "elements-not-taken": JSON.replace('"number"', '"colour": "red", "number"'),
    "encoding-unknown": '<?xml version="1.0" encoding="utf-7"?><a/>',
    "encoding-wrong": b"<a>\xff</a>",
    "encoding-wrong/utf-8": '<?xml version="1.0" encoding="windows-1251"?><a>Э</a>',
    "format-unknown": "%PDF-1.7",
    "format-unknown/json": "[1, 2]",
    "format-unknown/root": "<html/>",
    "input-empty": "",
    "input-too-deep": "<a>" * 300,
    "input-too-deep/json": '{"kind":' * 500,
    "input-too-large": b" " * (SIZE + 1),
    "input-too-large/tags": "<a/>" * (TAGS + 1),
    "input-too-large/text": b"<a><b>" + b"x" * 11_000_000,
    "input-truncated": ESADOUT.rpartition("</")[0],
    "input-truncated/json": JSON[:100],
    "json-duplicate": JSON.replace('"number":', '"number": "1", "number":'),
    "json-malformed": JSON.replace('"E 77",', '"E 77"'),
    "text-unusable": JSON.replace('"E 77"', '"E\\u000077"'),
    "value-invalid": ASYCUDA.replace("2/1/26", "yesterday"),
    "value-invalid/name": JSON.replace('"number"', '"num\\u0000ber"'),
    "version-near": WCO_DM.replace("3.6", "3.5"),
    "version-unknown": re.sub(r"ESADout_CU:\d+", "ESADout_CU:9", ESADOUT),
    "xml-dtd": "<!DOCTYPE a><a/>",
    "xml-malformed": "<a>&</a>",
    "xml-malformed/comment": "<!-- -- --><a/>",
}
"""Files by what is wrong with each."""


def of_file(content: str | bytes) -> tuple[Finding, ...]:
    data = content.encode() if isinstance(content, str) else content
    try:
        return formats.read(data).findings
    except InputError as error:
        return (finding_of(error),)


def in_english(text: str) -> list[str]:
    """Sentences and their parts that no letter of the language is in."""
    bare = NAMED.sub("", text)
    parts = re.split(r"[.;] ", bare)
    return [part for part in parts if re.search(r"[a-z]{3,} [a-z]{2,}", part)]


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_with_a_file_is_said_in_every_language(what: str) -> None:
    found = [one for one in of_file(BAD[what]) if one.code == code_of(what)]
    assert found
    for finding in found:
        assert texts_in("en").right(finding) == finding.text
        said = {texts_in(language).right(finding) for language in OTHERS}
        assert len(said) == len(OTHERS)
        assert all(one != finding.text and not in_english(one) for one in said), said


def test_no_code_of_reading_is_left_out() -> None:
    known = {code_of(key) for key in formats.WORDING.sentences}
    assert known - {code_of(what) for what in BAD} == OF_COMMANDS


def findings() -> Iterator[Finding]:
    """One of every sentence that a room has, once with each phrase of the room."""
    for wording in WORDINGS:
        for key, sentence in wording.sentences.items():
            places = [name for _, name, _, _ in Formatter().parse(sentence) if name]
            for phrase in wording.phrases or ("7",):
                yield wording.finding(key, *[phrase] * len(set(places)))


def test_every_sentence_is_said_in_every_language_with_what_it_names() -> None:
    for finding in findings():
        for language in OTHERS:
            said = texts_in(language).right(finding)
            assert said != finding.text
            assert not in_english(said), said


def test_every_code_with_a_sentence_has_its_name_too() -> None:
    assert set(SENTENCES) - set(FINDINGS) == set()


def test_every_phrase_is_translated() -> None:
    for language in OTHERS:
        translated = texts_in(language).translations.pgettext
        assert [phrase for phrase in PHRASES if translated("phrase", phrase) == phrase] == []


def test_a_text_of_the_partner_that_is_none_of_ours_is_shown_as_it_came() -> None:
    strange = Finding(code="input-empty", text="Leer.", values=("7",))
    assert texts_in("ru").right(strange) == "Leer."
