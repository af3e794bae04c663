"""Finds lists in a plain text: numbered lines, bullets, items within one paragraph; and what leads to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MARK = r"""(?: (?: № | No\.? | N ) \s* (?P<sign>\d{1,2}) [.):]?      # № 1   No. 1:
              | \(? (?P<number>\d{1,2}) (?: [)] | \.(?!\d) | \s?[–—:](?=\s) ) )"""
_LINE = re.compile(
    rf"(?m)^[ \t]* (?: [-•*·–—] [ \t]* {_MARK} | {_MARK.replace('?P<sign>', '').replace('?P<number>', '')}"
    rf" | [-•*·–—] ) [ \t]+ (?=\S)",
    re.VERBOSE,
)
_INLINE = re.compile(
    r"(?:(?<=[\s;:,])|^) \(? (\d{1,2}) [.)] [ \t]* \n? [ \t]* (?=[^\W\d]|[«“\"„])", re.VERBOSE
)
_DIGITS = re.compile(r"\d+")
_BLANK = re.compile(r"\n[ \t]*\n")
_STOP = re.compile(r"(?P<word>[\w.]*)(?P<end>[.;])[ \t»”\"]*\n")
_SENTENCE = re.compile(r"(?P<word>\w*)\.[ \t]+(?=[A-ZА-ЯЁ])")
_AFTER_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯЁ])")
_ABBREVIATED = frozenset({"г", "гг", "им", "ст", "no", "mr", "dr", "св", "обл"})
_TAIL = re.compile(r"(?:[\s;,.]+(?:and|и|а также)?)+$")
LEAD = 600
"""Characters before a list that may say what it lists."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its number, if it has one, and where its text stands."""

    number: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, and the sentences before it, the nearest first."""

    items: tuple[Item, ...]
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int | None
    at: int
    text: int


def listings(text: str) -> Iterator[Listing]:
    """Every list of a text, in order."""
    runs: list[list[_Mark]] = []
    free: list[_Mark] = []
    for paragraph, offset in _paragraphs(text):
        marks = [*_line_marks(paragraph, offset)]
        within = [] if marks and marks[0].number in (None, 1) else [*_within(paragraph, offset)]
        runs += within
        free += [] if within else marks
    runs += _runs(free)
    for run in sorted(runs, key=lambda one: one[0].at):
        yield Listing(tuple(_items(text, run)), tuple(_lead(text, run[0].at)))


def _line_marks(paragraph: str, offset: int) -> Iterator[_Mark]:
    for found in _LINE.finditer(paragraph):
        number = _DIGITS.search(found[0])
        yield _Mark(
            int(number[0]) if number else None, offset + found.start(), offset + found.end()
        )


def _runs(marks: Iterable[_Mark]) -> Iterator[list[_Mark]]:
    """Marks that count on, or bullets that follow each other."""
    run: list[_Mark] = []
    for mark in marks:
        if run and not _goes_on(run[-1].number, mark.number):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _goes_on(before: int | None, number: int | None) -> bool:
    if before is None or number is None:
        return before is number
    return before < number <= before + 2


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for gap in _BLANK.finditer(text):
        yield text[start : gap.start()], start
        start = gap.end()
    yield text[start:], start


def _within(paragraph: str, offset: int) -> Iterator[list[_Mark]]:
    """A list within one paragraph: numbers that count from one, else what semicolons part behind a colon."""
    numbered = [
        _Mark(int(found[1]), offset + found.start(), offset + found.end())
        for found in _INLINE.finditer(paragraph)
    ]
    counted = [run for run in _runs(numbered) if run[0].number == 1 and len(run) > 1]
    if counted:
        yield from counted
        return
    colon = paragraph.find(":")
    if colon >= 0 and ";" in paragraph[colon:]:
        starts = [colon, *(m.start() for m in re.finditer(";", paragraph) if m.start() > colon)]
        parts = [offset + one for one in starts if paragraph[one + 1 :].strip()]
        yield [_Mark(None, at, at + 1) for at in parts]


def _items(text: str, run: list[_Mark]) -> Iterator[Item]:
    ends = [mark.at for mark in run[1:]] + [len(text)]
    for mark, limit in zip(run, ends, strict=True):
        end = _end(text, mark.text, limit)
        tail = _TAIL.search(text[:end], mark.text)
        end = tail.start() if tail else end
        start = mark.text
        while start < end and text[start] in " \t\r\n":
            start += 1
        if start < end:
            yield Item(mark.number, start, end)


def _end(text: str, start: int, limit: int) -> int:
    """An item ends at the next one, at an empty line, at a stop or semicolon that ends a line or sentence."""
    blank = _BLANK.search(text, start, limit)
    limit = blank.start() if blank else limit
    for stop in (_STOP, _SENTENCE):
        for found in stop.finditer(text, start, limit):
            if _last_word(found["word"]) not in _ABBREVIATED:
                limit = found.start() + len(found["word"])
                break
    return limit


def _last_word(word: str) -> str:
    return word.rpartition(".")[2].lower()


def _lead(text: str, at: int) -> Iterator[str]:
    """What stands before a list, the nearest sentence or heading first."""
    for paragraph in reversed(_BLANK.split(text[max(0, at - LEAD) : at])):
        sentences = _AFTER_STOP.split(" ".join(paragraph.split()))
        yield from (one for one in reversed(sentences) if one)
