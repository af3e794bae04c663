"""Turnover on its page and as files: both reporters side by side, each figure with its source.

The picture of docs/how-to/turnover.md is taken on the way; `scripts/pictures` brings it there.
"""

from __future__ import annotations

import csv
import re
import struct
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import duckdb
import pytest
from litestar.testing import TestClient
from lxml import etree, html
from tests.console.conftest import NIGHT
from tests.console.people import client_in

from keruen.console.charts import WIDTH
from keruen.console.texts import LANGUAGES
from keruen.console.turnover.drawing import png, svg
from keruen.console.turnover.files import files, for_programs
from keruen.console.turnover.languages import reading_in
from keruen.console.turnover.pairs import MOST, pairs
from keruen.console.turnover.parts import chosen, parts
from keruen.console.turnover.said import signed
from keruen.console.turnover.sections import Section, sections
from keruen.mirror.turnover import (
    Choice,
    Comparison,
    Measure,
    Turnover,
    compared,
    import_series,
    read_series,
    series_row,
)
from keruen.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.console.conftest import AnyClient, Node
    from tests.console.serving import Visitor

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "trade-kz-tj.csv"
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі" + "ӢӣӮӯҲҳҶҷ"
"""Of Kazakh and Tajik, those that many fonts lack."""


def imported(store: Store) -> None:
    row = series_row("1", EXAMPLE.name, EXAMPLE.read_bytes(), NIGHT)
    store.write_now(lambda tx: import_series(tx, row))


def published() -> tuple[Comparison, ...]:
    return compared(read_series(EXAMPLE.read_text("utf-8"), EXAMPLE.name).figures)


def drawn(language: str) -> list[Section]:
    return [one for one in sections(published(), reading_in(language)) if one.drawn]


@pytest.fixture
def analyst(client_as: Callable[..., AnyClient], busy: Node) -> AnyClient:
    imported(busy.store)
    return client_as("analyst")


def test_both_reporters_stand_side_by_side(analyst: AnyClient) -> None:
    page = html.fromstring(analyst.get("/turnover?lang=en&flow=KZ-TJ&length=half").text)
    (table,) = page.xpath("//table[caption='Kazakhstan → Tajikistan, USD million']")
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]
    assert rows[0] == ["2021, first half", "350.4", "–", "398.6", "–", "+48.2", "1.138"]
    assert rows[1] == ["2022, first half", "362.7", "+3.5 %", "397.0", "−0.4 %", "+34.3", "1.095"]


def test_each_figure_has_its_source_and_leads_to_it(analyst: AnyClient) -> None:
    page = html.fromstring(analyst.get("/turnover?lang=en").text)
    links = set(page.xpath("//table[contains(@class, 'sources')]//a/@href"))
    with EXAMPLE.open(encoding="utf-8") as file:
        assert links == {row["source_url"] for row in csv.DictReader(file) if row["source_url"]}


def test_what_the_node_counted_says_where_prices_are_withheld(analyst: AnyClient) -> None:
    page = analyst.get("/turnover?lang=en").text
    assert "What this node counted" in page
    assert "Prices are withheld" in page
    assert re.search(r"0 of \d+ consignments state it", page)
    assert "Kazakhstan → Tajikistan, net mass, tonnes" in page


def test_a_difference_that_is_rounded_away_has_no_sign() -> None:
    reading = reading_in("en")
    values = (Decimal("-0.04"), Decimal("-0.06"), Decimal(2), Decimal(0), None)
    said_so = [signed(reading, value, Measure.NET_MASS_T) for value in values]
    assert said_so == ["0.0", "−0.1", "+2.0", "0.0", "–"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_figures_says_how_to_import_a_series(node: Node, language: str) -> None:
    with client_in(node.store, node.context, "analyst") as client:
        page = client.get(f"/turnover?lang={language}").text
    assert "keruen turnover DIR --import FILE.csv" in page


def test_a_choice_that_there_is_not_narrows_nothing(analyst: AnyClient) -> None:
    whole = analyst.get("/turnover?lang=en").text.count("<section")
    assert (
        analyst.get("/turnover?lang=en&length=x&since=y&until=20").text.count("<section") == whole
    )
    assert "Nothing is known of these periods" in analyst.get("/turnover?lang=en&since=2090").text


def test_others_see_no_turnover_and_whoever_may_not_download_gets_no_file(
    client_as: Callable[..., AnyClient],
) -> None:
    assert client_as("officer").get("/turnover").status_code == 403
    assert client_as("officer").get("/turnover/files/turnover.pdf").status_code == 403


OPENS = {
    "turnover.pdf": b"%PDF-1.7",
    "turnover.html": b"<!doctype html>",
    "turnover.xlsx": b"PK",
    "turnover.csv": b"\xef\xbb\xbf",
    "turnover-figures.csv": b"\xef\xbb\xbf",
    "KZ-TJ.svg": b"<svg",
    "turnover-KZ-TJ.png": b"\x89PNG",
    "own-KZ-TJ-net-mass-t.svg": b"<svg",
}
"""Files with how they open."""


def test_everything_that_is_shown_can_be_saved(analyst: AnyClient) -> None:
    for name, opens in OPENS.items():
        answer = analyst.get(f"/turnover/files/{name}?lang=tg")
        assert answer.status_code == 200
        assert answer.content.lstrip().startswith(opens)
        assert name in answer.headers["Content-Disposition"]
    for name in ("turnover", "other.csv", "KZ-UZ.svg", "KZ-TJ.gif", "x.pdf"):
        assert analyst.get(f"/turnover/files/{name}").status_code == 404


def test_a_workbook_has_a_sheet_of_comparisons_and_one_of_figures(analyst: AnyClient) -> None:
    with ZipFile(BytesIO(analyst.get("/turnover/files/turnover.xlsx?lang=ru").content)) as book:
        sheets = etree.fromstring(book.read("xl/workbook.xml")).xpath("//*[local-name()='sheet']")
    assert [one.get("name") for one in sheets] == ["Товарооборот", "Показатели и источники"]


def test_csv_and_parquet_say_the_same() -> None:
    reading, found = reading_in("en"), published()
    made = dict(files(found, parts(Turnover(published=found), Choice(), reading), reading, NIGHT))
    folder = {str(name): octets for name, octets in made.items()}
    rows = list(csv.DictReader(StringIO(folder["en/turnover.csv"].decode("utf-8-sig"))))
    parquet = {str(name): octets for name, octets in for_programs(found)}
    assert set(parquet) == {"turnover.parquet", "turnover-figures.parquet"}
    assert len(rows) == len(found)
    assert {row["Ratio"] for row in rows} >= {"1.137557", "1.094569"}


def test_parquet_bears_codes_in_place_of_words(tmp_path: Path) -> None:
    path = tmp_path / "turnover.parquet"
    path.write_bytes({str(name): octets for name, octets in for_programs(published())}[path.name])
    row = duckdb.execute(
        f"SELECT first_value, second_value, round(ratio, 3) FROM '{path}' "
        "WHERE flow = 'KZ-TJ' AND period = '2022 H1'"
    ).fetchone()
    assert row is not None
    assert [float(value) for value in row] == [362.7, 397.0, 1.095]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_says_in_words_what_it_shows(language: str) -> None:
    for section in drawn(language):
        drawing = etree.fromstring(svg(section, language).strip().encode())
        title, described = (drawing.findtext(f"{{*}}{name}") for name in ("title", "desc"))
        assert title == section.title
        assert section.drawn is not None
        for pair in section.drawn.pairs:
            assert pair.label in (described or "")
            assert all(bar.text in (described or "") for bar in pair.bars)
        assert drawing.get("role") == "img"


def test_bars_are_as_long_as_their_values_and_stay_within_the_frame() -> None:
    found = [one for one in published() if str(one.flow) == "KZ-TJ"]
    made = pairs(found, str, str, str)
    assert made is not None
    bars = [bar for pair in made.pairs for bar in pair.bars if bar.length]
    values = [float(bar.text.split()[1]) for bar in bars]
    assert len({round(bar.length / value, 2) for bar, value in zip(bars, values, strict=True)}) == 1
    assert all(0 < bar.length < WIDTH and bar.y < made.height for bar in bars)
    assert len(made.pairs) <= MOST
    assert pairs([], str, str, str) is None


def test_pixels_are_twice_the_drawing() -> None:
    drawing = svg(drawn("kk")[0], "kk").strip()
    width, height = struct.unpack(">II", png(drawing)[16:24])
    frame = etree.fromstring(drawing.encode())
    assert [width, height] == [2 * int(frame.get(name, "0")) for name in ("width", "height")]


def pixels(text: str) -> bytes:
    return png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
        f'<text x="4" y="30" font-size="24" font-family="Libertinus Serif">{text}</text></svg>'
    )


def test_the_fonts_have_every_letter_of_kazakh_and_tajik() -> None:
    """A letter that a font lacks is drawn as a box, the same for all of them."""
    lacking = pixels("\N{EGYPTIAN HIEROGLYPH A001}")
    drawings = {letter: pixels(letter) for letter in LETTERS}
    assert lacking not in drawings.values()
    assert len(set(drawings.values())) > len(LETTERS) - 3, "О and І look like others, no more do"


def test_a_report_of_the_same_figures_is_the_same_bytes() -> None:
    def made() -> dict[str, bytes]:
        reading, found = reading_in("kk"), Turnover(published=published())
        shown = chosen(found, Choice())
        made = files(shown, parts(found, Choice(), reading), reading, NIGHT)
        return {str(name): octets for name, octets in made if name.suffix != ".xlsx"}

    first = made()
    assert made() == first
    assert b"/Lang(kk)" in first["kk/turnover.pdf"].replace(b" ", b"")
    assert b"pdfuaid" in first["kk/turnover.pdf"]


@pytest.mark.browser
def test_the_page_and_the_report_with_a_series_are_for_everyone(
    browser_as: Callable[..., Visitor], chromium: Browser, busy: Node, site: str, tmp_path: Path
) -> None:
    from tests.console.test_browser import NARROW, WIDE
    from tests.console.test_everyone import look

    imported(busy.store)
    visitor = browser_as("analyst")
    found: list[Any] = []
    for language, viewport, scheme in (
        ("kk", NARROW, "dark"),
        ("tg", WIDE, "light"),
        ("ru", NARROW, "light"),
        ("en", WIDE, "dark"),
    ):
        found += look(visitor, site, "turnover", "/turnover?", language, viewport, scheme)
    assert [str(one) for one in found] == []
    assert list(report_faults(chromium, tmp_path)) == []


@pytest.mark.browser
def test_without_javascript_the_charts_are_the_same(
    browser_as: Callable[..., Visitor], busy: Node, site: str
) -> None:
    from tests.console.test_analyst import PICTURE, PICTURES

    imported(busy.store)
    PICTURES.mkdir(parents=True, exist_ok=True)
    context = browser_as("analyst").new_context(
        viewport=PICTURE, java_script_enabled=False, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/turnover?lang=en&length=half")
    page.locator("#h-KZ-TJ").scroll_into_view_if_needed()
    bars = [one.bounding_box() for one in page.locator("#KZ-TJ-title ~ rect").all()]
    assert len(bars) == 4
    assert all(one and one["width"] > 50 for one in bars)
    page.screenshot(path=PICTURES / "turnover-en.png")
    context.close()


def report_faults(chromium: Browser, folder: Path) -> Iterator[object]:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    found = Turnover(published=published())
    for language in LANGUAGES:
        reading = reading_in(language)
        made = files(found.published, parts(found, Choice(), reading), reading, NIGHT)
        report = next(octets for name, octets in made if name.suffix == ".html")
        path = folder / f"{language}.html"
        path.write_bytes(report)
        page = chromium.new_page()
        page.goto(path.as_uri())
        yield from ((language, one["id"]) for one in Axe().run(page).response["violations"])
        page.close()


def test_the_page_with_a_series_says_nothing_in_english_to_a_tajik(
    analyst: TestClient[Any],
) -> None:
    from tests.console.test_everyone import NAMES, NOT_SAID, QUOTED

    page = html.fromstring(analyst.get("/turnover?lang=tg").content)
    for silent in page.xpath(NOT_SAID):
        silent.drop_tree()
    said = QUOTED.sub("", " ".join(page.itertext()))
    assert set(re.findall(r"[A-Za-z]{4,}", said)) - NAMES == set()
