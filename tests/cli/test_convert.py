"""Conversion between formats: what is lost and what is missing is said; an arrival becomes a confirmation."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import keruen
from tests.formats.files import R048, R055
from tests.formats.test_confirmation import NUMBER, arrival

from keruen import messages


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    path = tmp_path / "goods.xml"
    path.write_text(R055, "utf-8")
    return path


@pytest.fixture
def message(tmp_path: Path) -> Path:
    path = tmp_path / "arrival.json"
    path.write_bytes(messages.encode(arrival()))
    return path


def test_a_goods_declaration_is_converted_and_back(goods: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(keruen("convert", goods).out, "utf-8")
    back = keruen("convert", own, "--to", "eaeu-r055")
    assert (back.code, back.err) == (0, "")
    assert "<casdo:CustomsDocumentId>0000077<" in back.out


def test_what_a_format_wants_and_the_declaration_lacks_is_an_error(goods: Path) -> None:
    answer = keruen("convert", goods, "--to", "eaeu-r048")
    assert answer.code == 1
    assert "element-missing: eaeu-r048 wants TransitProcedureCode" in answer.err


def test_what_has_no_place_in_a_format_is_counted_and_listed(goods: Path) -> None:
    assert "elements have no place in asycuda" in keruen("convert", goods, "--to", "asycuda").err
    account = keruen("convert", goods, "--to", "asycuda", "--coverage", "--json").json["written"]
    assert account["format"] == "asycuda"
    assert "document_id" in account["lost"]
    assert "items[0].hs" not in account["lost"]


def test_a_structure_near_the_known_one_is_a_warning(goods: Path) -> None:
    goods.write_text(R055.replace("R:055", "R:036"), "utf-8")
    answer = keruen("convert", goods)
    assert answer.code == 1
    assert "version-near" in answer.err
    assert "R.036 v1.0.0" in answer.err


def test_an_arrival_is_converted_to_its_confirmation(message: Path) -> None:
    answer = keruen("convert", message, "--to", "arrival-confirmation", "--declaration", NUMBER)
    assert answer.code == 0
    assert "<cat:GTDNumber>0000077<" in answer.out


def test_a_confirmation_needs_the_number_of_the_declaration(message: Path) -> None:
    answer = keruen("convert", message, "--to", "arrival-confirmation")
    assert answer.code == 2
    assert "--declaration" in answer.err


def test_only_an_arrival_is_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "transit.xml"
    path.write_text(R048, "utf-8")
    answer = keruen("convert", path, "--to", "arrival-confirmation", "--declaration", NUMBER)
    assert answer.code == 3
    assert "message-invalid" in answer.err
