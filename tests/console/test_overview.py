"""The analyst's pages: tiles, charts with a table beside each, files, and the consignments behind a figure."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import UTC, timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.console.conftest import NIGHT
from tests.console.people import client_in

from keruen.console.figures import Figures
from keruen.console.naming import Names
from keruen.console.overview.files import sheet_name
from keruen.console.overview.tables import REST, Reading
from keruen.console.overview.view import TOP, top
from keruen.console.texts import LANGUAGES, texts_in
from keruen.customs.codelists import BUILT_IN
from keruen.exchange.figures import By, Figure

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

PERIOD = "since=2026-11-01&until=2026-11-30"
NAMES = ["trend", "on-time", "code", "office", "chapter", "trader", "missing"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def analyst(client_as: Callable[..., AnyClient]) -> AnyClient:
    return client_as("analyst")


def tile(page: str, name: str) -> str:
    found = re.search(rf"<dt>{name}</dt>\s*<dd>(?:<a[^>]*>)?([^<]*)<", page)
    assert found, name
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_a_table_beside_it(analyst: AnyClient, language: str) -> None:
    page = analyst.get(f"/overview?{PERIOD}&lang={language}").text
    sections = re.findall(r'<section class="chart-section".*?</section>', page, re.DOTALL)
    assert len(sections) == len(NAMES)
    for section in sections:
        assert '<table class="list figures-table">' in section
        assert 'role="img"' in section or '<ul class="bars"' in section
    assert " style=" not in page


def test_tiles_say_how_it_goes(analyst: AnyClient) -> None:
    page = analyst.get(f"/overview?{PERIOD}&lang=en").text
    assert tile(page, "Announced") == "7"
    assert tile(page, "Arrived") == "2"
    assert tile(page, "Unannounced") == "1"
    assert tile(page, "On time, share") == "100 %"
    assert tile(page, "Median delay") == "50 min later"


def test_each_link_opens_as_many_consignments_as_it_says(analyst: AnyClient) -> None:
    page = analyst.get(f"/overview?{PERIOD}&lang=en").text
    links = set(re.findall(r'<td[^>]*class="figure"><a href="([^"]+)">(\d+)</a>', page))
    assert len(links) > 20
    for href, number in links:
        behind = analyst.get(href.replace("&amp;", "&")).text
        assert behind.count('<td data-label="Reference">') == int(number), href


def test_an_analyst_sees_no_plate_no_goods_and_no_consignment(analyst: AnyClient) -> None:
    page = analyst.get(f"/overview/consignments?{PERIOD}&lang=en").text
    assert "39857201/221126/0004417" in page
    assert "528ADZ13" not in page
    assert "Мука" not in page
    assert 'href="/consignments/' not in page


def test_whoever_may_open_a_consignment_is_led_to_it(client_as: Callable[..., AnyClient]) -> None:
    page = client_as("auditor").get(f"/overview/consignments?{PERIOD}").text
    assert 'href="/consignments/' in page


def test_figures_are_those_of_ones_posts_and_partners(client_as: Callable[..., AnyClient]) -> None:
    for scope, announced in (({"posts": {"TJ-NAU"}}, "1"), ({"partners": {"UZ"}}, None)):
        page = client_as("analyst", **scope).get(f"/overview?{PERIOD}&lang=en").text
        if announced:
            assert tile(page, "Announced") == announced
        else:
            assert "Nothing is counted in this period." in page


def test_nothing_announced_yet_and_nothing_in_the_period_are_told_apart(node: Node) -> None:
    with client_in(node.store, node.context, "analyst") as client:
        assert "Nothing has been announced yet." in client.get("/overview?lang=en").text
        node.announced("39855302/241126/0012001", "777NEW02", eta=NIGHT + timedelta(hours=1))
        assert tile(client.get("/overview?lang=en").text, "Announced") == "1"
        assert "is counted in this period" in client.get("/overview?until=2025-01-01&lang=en").text


def test_a_period_that_is_none_is_told_and_the_usual_one_shown(analyst: AnyClient) -> None:
    for typed in ("since=yesterday", "since=2026-02-01&until=2026-01-01", "since=0001-01-01"):
        page = analyst.get(f"/overview?{typed}&lang=en")
        assert page.status_code == 200
        assert "The last 30 days are shown." in page.text


def test_each_table_is_a_csv_file(analyst: AnyClient) -> None:
    for name in NAMES:
        _is_csv(analyst, name)


def _is_csv(analyst: AnyClient, name: str) -> None:
    answer = analyst.get(f"/overview/files/{name}.csv?{PERIOD}&lang=ru")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(re.search("[А-Яа-я]", head) for head in rows[0])


def test_and_a_workbook_with_typed_cells_and_a_frozen_head(analyst: AnyClient) -> None:
    for name in NAMES:
        _is_workbook(analyst, name)


def _is_workbook(analyst: AnyClient, name: str) -> None:
    answer = analyst.get(f"/overview/files/{name}.xlsx?{PERIOD}&lang=tg")
    book = ZipFile(BytesIO(answer.content))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.xpath("string(//*[local-name()='pane']/@state)") == "frozen"
    cells = [(one.get("t"), one.find(f"{SHEET}f")) for one in sheet.iter(f"{SHEET}c")]
    assert {"inlineStr"} < {kind for kind, _ in cells} | {"inlineStr", "n"}
    assert any(kind in (None, "n") for kind, _ in cells)
    assert all(formula is None for _, formula in cells)


def test_a_download_is_in_the_audit_trail(busy: Node, analyst: AnyClient) -> None:
    analyst.get(f"/overview/files/trader.csv?{PERIOD}")
    told = busy.store.read(lambda reader: reader.audit(act="download"))
    assert [(one.act, one.subject) for one in told] == [("download", "trader.csv")]


def test_there_is_no_other_file(analyst: AnyClient) -> None:
    for name in ("trader.exe", "trader", "drivers.csv", ".csv"):
        assert analyst.get(f"/overview/files/{name}").status_code == 404


def test_what_a_partner_calls_a_trader_is_neither_markup_nor_a_formula(node: Node) -> None:
    # Consignee of the sample: a firm; the list of what is missing names references that the partner chose.
    node.announced("=cmd|' /C calc'!A0", "777NEW02", eta=NIGHT - timedelta(hours=30))
    node.announced("<script>alert(1)</script>", "778NEW02", eta=NIGHT - timedelta(hours=31))
    with client_in(node.store, node.context, "analyst") as client:
        assert "<script>alert" not in client.get("/overview").text
        lines = client.get("/overview/files/missing.csv").content.decode("utf-8-sig")
    assert "\r\n'=cmd|' /C calc'!A0," in lines


def test_the_rest_is_one_row_and_adds_up() -> None:
    many = [
        Figure(key=str(number), announced=100 - number, timed=2, on_time=1) for number in range(30)
    ]
    shown = top(many)
    assert len(shown) == TOP + 1
    assert sum(one.announced for one in shown) == sum(one.announced for one in many)
    assert shown[-1].on_time_share == 0.5
    assert top(many[: TOP + 1]) == tuple(many[: TOP + 1])


def test_a_sheet_has_a_name_that_spreadsheets_take() -> None:
    assert sheet_name("By chapter: of [the] Harmonized/System") == "By chapter  of  the  Harmonized"


@pytest.mark.parametrize("by", [By.OFFICE, By.CHAPTER, By.TRADER])
def test_all_others_are_called_so_in_every_table(by: By) -> None:
    texts = texts_in("ru")
    reading = Reading(texts, Figures(texts, UTC), Names(BUILT_IN, texts))
    assert reading.key(by, Figure(key=REST)) == "Все остальные"
