"""Files that a person edits: every mistake at once, each at the line where it stands."""

import tomllib
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from keruen import tomlfile
from keruen.tomlfile import key_text, quoted
from keruen.tomllines import line_of


class Inner(msgspec.Struct):
    port: Annotated[int, Meta(ge=1)]
    names: dict[str, str] = {}


class Outer(msgspec.Struct):
    title: str
    one: Inner
    many: tuple[Inner, ...] = ()
    maybe: Inner | None = None


TOML = '''\
# a comment with title = "x" and [one]
title = """
port = 5
[one]
"""
one.port = 1                    # a dotted key
one.names = { a = "x", "b.c" = 'y # z' }

[[many]]
port = 2
[[many]]
names = { a = "]" }
port = 3
[many.names2]

[maybe]
port = [
  1,    # first
  "2",
]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("one",), 6),
        (("one", "port"), 6),
        (("one", "names", "b.c"), 7),
        (("many", 0, "port"), 10),
        (("many", 1), 11),
        (("many", 1, "port"), 13),
        (("many", 1, "names", "a"), 12),
        (("many", 1, "names2"), 14),
        (("maybe", "port", 1), 19),
        (("maybe", "absent"), 16),
        (("absent",), None),
        ((), None),
    ],
)
def test_a_key_is_found_on_its_line(path: tuple[str | int, ...], line: int | None) -> None:
    tomllib.loads(TOML)
    assert line_of(TOML, path) == line


names = st.text(min_size=1, max_size=8)


@given(st.dictionaries(names, st.one_of(st.integers(), st.text(), st.lists(st.text()))))
def test_whatever_is_quoted_is_read_again_and_found(values: dict[str, Any]) -> None:
    lines = []
    for key, value in values.items():
        shown = f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) else value
        lines.append(f"{quoted(key)} = {quoted(value) if isinstance(value, str) else shown}")
    text = "\n".join(lines)
    assert tomllib.loads(text) == values
    assert [line_of(text, (key,)) for key in values] == list(range(1, len(values) + 1))


def test_every_mistake_is_told_at_once() -> None:
    text = 'titel = 5\n[one]\nport = 0\nname = 1\n[[many]]\nport = "x"\n[[many]]\n'
    read = tomlfile.read(text, Outer, name="f.toml", code="bad")
    assert read.value is None
    assert [str(one) for one in read.mistakes] == [
        "bad: title: is missing (f.toml)",
        "bad: titel: there is no such key; is title meant? (f.toml, line 1)",
        "bad: one.port: must be a whole number >= 1 (f.toml, line 3)",
        "bad: one.name: there is no such key; is names meant? (f.toml, line 4)",
        "bad: many[0].port: must be a whole number, not text in quotes (f.toml, line 6)",
        "bad: many[1].port: is missing (f.toml, line 7)",
    ]


def test_what_is_well_formed_but_wrong_is_told_beside_what_is_ill_formed() -> None:
    def meaning(raw: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
        return [(("title",), "is silly"), (("one", "port"), "is never reached")]

    read = tomlfile.read(
        'title = "t"\none = { port = "x" }', Outer, name="f", code="bad", meaning=meaning
    )
    assert [one.key for one in read.mistakes] == ["title", "one.port"]
    assert "whole number" in read.mistakes[1].text


@pytest.mark.parametrize(("text", "line"), [("a = ", 1), ("a = 1\nb = [1,\n", 3), ("a=1\na=2", 2)])
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    (mistake,) = tomlfile.read(text, Outer, name="f", code="bad").mistakes
    assert "not valid TOML" in mistake.text
    assert mistake.line == line


def test_lists_in_lists_beyond_reason_are_no_crash() -> None:
    (mistake,) = tomlfile.read("a = " + "[" * 20_000, Outer, name="f", code="bad").mistakes
    assert mistake.code == "bad"


def test_a_key_is_shown_as_it_is_written() -> None:
    assert key_text(("data", "X", "a.b", 1, "c")) == 'data.X."a.b"[1].c'
