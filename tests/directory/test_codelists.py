"""Versions of code lists in a node directory: what is stored is what is read."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.config import codelists
from keruen.config.codelists import FOLDER, Facts
from keruen.config.codeliststore import remove, store
from keruen.customs.codelists import BUILT_IN, Entry
from keruen.errors import KeruenError, UsageError

FACTS = Facts(imported=datetime(2026, 11, 24, tzinfo=UTC), codes=0, sha256="")

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
days = st.none() | st.dates(date(1900, 1, 1), date(2199, 1, 1))
entries = st.builds(
    Entry,
    code=st.text(string.ascii_letters + string.digits, min_size=1, max_size=8),
    names=st.dictionaries(st.sampled_from(["kk", "ru", "tg", "en"]), texts, max_size=4),
    valid_from=days,
    valid_until=days,
    facts=st.dictionaries(st.sampled_from(["class", "to", "mode"]), texts, max_size=3),
)


@given(st.lists(entries, min_size=1, max_size=8))
def test_what_is_stored_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, given: list[Entry]
) -> None:
    root = tmp_path_factory.mktemp("node")
    kept = store(root, "office", given, FACTS)
    assert codelists.entries_of(kept) == given
    (version,) = codelists.imported(root, "office")
    assert version == kept
    assert version.facts.codes == len({one.code for one in given})


def test_facts_about_a_version_are_kept_whatever_they_are(tmp_path: Path) -> None:
    facts = Facts(
        title='"TN VED"\n[x]',
        edition="2022",
        source="ЕЭК",
        file="a b.csv",
        imported=datetime(2026, 11, 24, 5, 30, tzinfo=UTC),
        since=date(2027, 1, 1),
        instead=True,
        codes=0,
        sha256="",
    )
    kept = store(tmp_path, "tnved-eaeu", [Entry(code="1")], facts)
    assert codelists.imported(tmp_path, "tnved-eaeu") == [kept]
    assert (kept.facts.title, kept.facts.since) == (facts.title, facts.since)


def test_no_list_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    kept = store(tmp_path, "office", [Entry(code="1")], FACTS)
    kept.table.write_text("spoilt")
    lists = codelists.code_lists(tmp_path)
    assert lists.known("office")
    assert lists.holds("country", "TJ")
    with pytest.raises(KeruenError) as raised:
        lists.holds("office", "1")
    assert raised.value.code == "codelist-damaged"
    with pytest.raises(KeruenError):
        codelists.must_be_whole(tmp_path)


def test_an_import_beside_another_one_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(tmp_path, "office", [Entry(code="1")], FACTS)
    before = sorted((tmp_path / FOLDER).rglob("*"))
    monkeypatch.setattr("keruen.config.codeliststore.imported", lambda *_: [])  # as it was just now
    with pytest.raises(UsageError) as raised:
        store(tmp_path, "office", [Entry(code="2")], FACTS)
    assert raised.value.code == "codelist-busy"
    assert sorted((tmp_path / FOLDER).rglob("*")) == before


def test_a_directory_without_imports_has_the_programs_lists(tmp_path: Path) -> None:
    assert codelists.code_lists(tmp_path).ids == BUILT_IN.ids
    assert list(codelists.mistakes(tmp_path)) == []
    with pytest.raises(UsageError):
        remove(tmp_path, "office")
    with pytest.raises(UsageError):
        codelists.imported(tmp_path, "../keys")
