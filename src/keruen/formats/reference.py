"""The reference of the formats, made from their tables: where each element goes, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keruen.formats import documents, markup, own
from keruen.formats.reasons import DUTY, LAYOUT, OTHER_DOCUMENT, SIGNATURE
from keruen.formats.rules import documented
from keruen.formats.source import XmlFormat

REASONS = {
    DUTY: "what is owed and how it is reckoned stays with the administration that collects it",
    LAYOUT: "sheets, pages and running numbers of the paper form",
    SIGNATURE: "it holds for the file as it was handed in, not for what it says; XML signatures, too",
    OTHER_DOCUMENT: "the envelope of an `ED_Container`, and what it holds beside the declaration",
}
"""Each reason of the closed list, explained."""
RECOGNISED = {
    "eaeu-r055": "root `GoodsDeclaration` of a namespace `urn:EEC:R:…:GoodsDeclaration:v1.…`; R.055 "
    "v1.0.0, others (R.036, v1.1.0) with the warning `version-near`",
    "eaeu-r048": "root `TransitDeclaration` of a namespace `urn:EEC:R:…:TransitDeclaration:v1.…`; R.048 "
    "v1.0.0, others with the warning `version-near`",
    "esadout": "root `ESADout_CU`, or one `ESADout_CU` anywhere in an `ED_Container`; album 5.23.0, others "
    "of 5 with the warning `version-near`",
    "wco-dm": "root `MetaData` of a namespace `urn:wco:datamodel:WCO:DocumentMetaData-DMS:…` with a "
    "`Declaration` in it; another version, or one of the Data Model that is not 3.6, with `version-near`",
    "asycuda": "root `ASYCUDA`, without a namespace",
    own.NAME: "an object with the member `kind`",
}
"""Format → by what it is known."""
_OPENING = """# Formats

Made by `scripts/reference_formats` from the tables in `src/keruen/formats`; do not edit.

A format is recognised by content, never by name. `keruen convert FILE` prints the declaration in the project's
JSON; `keruen convert FILE --coverage --json` accounts for every leaf of the file: an element with text and no
element inside. A leaf counts as carried when its value stands in the declaration, not when a rule has seen it.

A text that is not of its kind (a mass `abc`) is an error `value-invalid` with the element's path, its line and
what was declared. Elements that no table names are one warning `elements-not-taken`.

`keruen convert FILE --to FORMAT` writes any of the formats below. What a format has no place for is counted,
and `--coverage` lists it (`lost`); what the format's schema wants and the declaration does not say is an
`element-missing` (`missing`), and the file is not valid without it. In R.055 and R.048 a text that the schema
does not allow is left out, an amount without a currency, too, and a group without what it may not be without.
`--to arrival-confirmation --declaration NUMBER` makes an `ArrivalConfirmation` (album 5.22.0) of an
ArrivalInformation message.
"""


def reference() -> str:
    """The reference as Markdown."""
    parts = [_OPENING, _recognition(), _limits(), _reasons()]
    return "\n".join([*parts, *(_format(one) for one in documents.XML_FORMATS), _own()])


def _recognition() -> str:
    rows = [(f"`{name}`", how) for name, how in RECOGNISED.items()]
    return "## How a format is known\n\n" + _table(("format", "known by"), rows)


def _limits() -> str:
    rows = [
        ("bytes", f"{documents.SIZE:,}", "`input-too-large`"),
        ("tags, or lists and objects", f"{documents.TAGS:,}", "`input-too-large`"),
        ("XML elements in each other", str(markup.DEPTH), "`input-too-deep`"),
        ("JSON lists and objects in each other", str(own.DEPTH), "`input-too-deep`"),
        ("a DTD", "none", "`xml-dtd`"),
        ("encodings", "UTF-8, UTF-16; XML that states it: single-byte ones", "`encoding-unknown`"),
        ("bytes that are not in the stated encoding", "none", "`encoding-wrong`"),
        ("a file that ends too soon", "none", "`input-truncated`, `input-empty`"),
        ("what is not well-formed", "none", "`xml-malformed`, `json-malformed`"),
        ("JSON members that stand twice", "none", "`json-duplicate`"),
        ("another format", "none", "`format-unknown`"),
        ("another album or major version of the EAEU", "5.…, v1.…", "`version-unknown`"),
        ("declarations in a file", "one", "`declaration-missing`, `declaration-ambiguous`"),
        ("a declaration that does not tell its kind, or is none", "none", "`declaration-invalid`"),
    ]
    head = "## What is refused\n\nEach with the line or the path, and exit code 3.\n\n"
    return head + _table(("limit", "taken", "code"), rows)


def _reasons() -> str:
    head = "## Why an element is none of the domain\n\nThe list is closed.\n\n"
    return head + _table(("reason", "because"), REASONS.items())


def _format(format: XmlFormat) -> str:
    carried = [(f"`{where}`", f"`{what}`") for where, what in elements(format)]
    rest = [(f"`{where}`", why) for where, why in format.not_carried.items()]
    implied = [
        f"\n`{where}`: the text `{text}` is not repeated; it says what its neighbour is.\n"
        for where, text in format.implied.items()
    ]
    return "\n".join(
        (
            f"## {format.title} (`{format.name}`)\n",
            _table(("element of the file", "element of the model"), carried),
            *implied,
            "### Not carried\n\nEach with all that lies below it.\n",
            _table(("element of the file", "reason"), rest),
        )
    )


def elements(format: XmlFormat) -> Iterator[tuple[str, str]]:
    """(element of the file, element of the model) of every leaf that a format carries."""
    for where, target in documented(format.rules):
        start = next((old for old in format.becomes if target.startswith(f"{old}.")), "")
        model = format.becomes.get(start, "") + target.removeprefix(start)
        end = next((old for old in format.becomes if model.endswith(old)), "")
        becomes = format.becomes.get(end, "")
        if becomes or not end:
            yield where, model.removesuffix(end) + becomes


def _own() -> str:
    return (
        f"## The project's own JSON (`{own.NAME}`)\n\nThe model itself: every member is one of its elements, "
        "none is left out. `keruen schema Declaration` prints its JSON Schema 2020-12, "
        f"`{own.declaration_schema()['$id']}`. Numbers with decimals are written as text, so that no reader "
        "rounds them; numbers are read, too.\n"
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"{line}\n" for line in _lines(head, rows))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
