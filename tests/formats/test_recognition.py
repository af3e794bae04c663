from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.files import ASYCUDA, CONTAINER, ESADOUT, FILES, R048, R055, WCO_DM, samples

from keruen import formats
from keruen.customs import DeclarationKind, Severity
from keruen.errors import InputError


@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_is_recognised_by_content(name: str) -> None:
    reading = formats.read(FILES[name].encode())
    assert reading.format == name
    assert reading.findings == ()


def test_there_is_a_file_here_of_every_format() -> None:
    named = (formats.R055, formats.R048, formats.ESADOUT, formats.WCO_DM, formats.ASYCUDA)
    assert set(FILES) == {*named, formats.JSON} == set(formats.FORMATS)


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_a_published_sample_is_recognised_by_content(path: Path) -> None:
    folders = {"eaeu-transit": "esadout", "wco-dm": "wco-dm", "asycuda-sad": "asycuda"}
    assert formats.read(path.read_bytes()).format == folders[path.parent.name]


def test_the_published_samples_are_there() -> None:
    if not samples():
        pytest.skip("../shared/samples is absent: the published samples lie beside the repository")
    assert len(samples()) == 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_an_encoding_that_is_stated_is_read(encoding: str) -> None:
    stated = encoding.removesuffix("-sig")
    text = ESADOUT.replace('encoding="utf-8"', f'encoding="{stated}"')
    item = formats.read(text.encode(encoding)).declaration.items[0]
    assert item.description == "МУКА ПШЕНИЧНАЯ"


def test_utf_16_needs_no_statement_but_its_mark() -> None:
    body = ESADOUT.partition("?>")[2].strip()
    assert formats.read(body.encode("utf-16")).format == formats.ESADOUT
    assert formats.read(FILES["json"].encode("utf-16")).format == formats.JSON


@pytest.mark.parametrize("version", ["5.22.0", "5.24.0", "5.23.1"])
def test_a_version_near_the_known_one_is_read_with_a_warning(version: str) -> None:
    text = ESADOUT.replace("ESADout_CU:5.23.0", f"ESADout_CU:{version}")
    reading = formats.read(text.encode())
    assert [(f.code, f.severity, f.declared) for f in reading.findings] == [
        ("version-near", Severity.WARNING, version)
    ]
    assert reading.declaration.items[0].hs == "1101001500"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (R055.replace("R:055", "R:036"), "R.036 v1.0.0"),
        (R055.replace("Declaration:v1.0.0", "Declaration:v1.2.0"), "R.055 v1.2.0"),
        (R055.replace(">R.055<", ">R.036<"), "R.036"),
        (R048.replace("Declaration:v1.0.0", "Declaration:v1.0.1"), "R.048 v1.0.1"),
        (WCO_DM.replace("MetaData-DMS:2", "MetaData-DMS:3"), "MetaData-DMS:3"),
        (WCO_DM.replace(">3.6<", ">3.11<"), "3.11"),
    ],
)
def test_a_structure_near_the_known_one_is_read_and_told(text: str, told: str) -> None:
    reading = formats.read(text.encode())
    assert [(f.code, f.severity) for f in reading.findings] == [("version-near", Severity.WARNING)]
    assert str(reading.findings[0].declared).endswith(told)
    assert len(reading.declaration.items) == 1


@pytest.mark.parametrize("text", [R055, R048])
def test_another_major_version_of_a_structure_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"v2\.0\.0") as refused:
        formats.read(text.replace("Declaration:v1.0.0", "Declaration:v2.0.0").encode())
    assert (refused.value.code, refused.value.exit_code) == ("version-unknown", 3)


def test_another_album_is_refused() -> None:
    text = ESADOUT.replace("ESADout_CU:5.23.0", "ESADout_CU:7.0.0")
    with pytest.raises(InputError, match=r"7\.0\.0") as refused:
        formats.read(text.encode())
    assert (refused.value.code, refused.value.line) == ("version-unknown", 4)


def test_a_declaration_is_taken_out_of_its_envelope() -> None:
    inner = ESADOUT.partition("?>")[2]
    reading = formats.read(CONTAINER.format(inner).encode())
    assert reading.declaration == formats.read(ESADOUT.encode()).declaration


@pytest.mark.parametrize(
    ("inside", "code"), [(0, "declaration-missing"), (2, "declaration-ambiguous")]
)
def test_an_envelope_holds_one_declaration(inside: int, code: str) -> None:
    inner = ESADOUT.partition("?>")[2]
    with pytest.raises(InputError) as refused:
        formats.read(CONTAINER.format(inner * inside).encode())
    assert (refused.value.code, refused.value.path) == (code, "ED_Container")


def test_metadata_without_a_declaration_is_refused() -> None:
    text = WCO_DM.replace("<Declaration>", "<Response>").replace("</Declaration>", "</Response>")
    with pytest.raises(InputError) as refused:
        formats.read(text.encode())
    assert refused.value.code == "declaration-missing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><body/></html>", "html"),
        ("<a:Value xmlns:a='urn:EEC:R:038:CustomsValueDeclaration:v1.5.0'/>", "R:038"),
        ("<Declaration xmlns='urn:other'/>", "urn:other"),
        ("<ESADout_CU/>", "ESADout_CU"),
        ('{"name": "no declaration"}', "kind"),
        ("[1, 2]", "kind"),
        ("number;weight\n1;20", "XML or as JSON"),
        ("%PDF-1.7", "XML or as JSON"),
        ("\x7fELF", "XML or as JSON"),
    ],
)
def test_an_unknown_format_is_refused_and_the_known_ones_are_named(text: str, said: str) -> None:
    with pytest.raises(
        InputError, match="eaeu-r055, eaeu-r048, esadout, wco-dm, asycuda, json"
    ) as refused:
        formats.read(text.encode())
    assert refused.value.code == "format-unknown"
    assert said in refused.value.text
    assert refused.value.exit_code == 3


def test_the_kind_follows_the_declared_type() -> None:
    def kind(text: str) -> DeclarationKind:
        return formats.read(text.encode()).declaration.kind

    assert kind(ESADOUT) is DeclarationKind.TRANSIT
    assert kind(ESADOUT.replace(">ТТ<", ">ЭК<")) is DeclarationKind.EXPORT
    assert kind(WCO_DM) is DeclarationKind.EXPORT
    assert kind(ASYCUDA) is DeclarationKind.EXPORT
    assert kind(ASYCUDA.replace(">EX<", ">IM<")) is DeclarationKind.IMPORT


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (ESADOUT.replace(">ТТ<", ">XX<"), "CustomsProcedure"),
        (ESADOUT.replace("<CustomsProcedure>ТТ</CustomsProcedure>", ""), "CustomsProcedure"),
        (WCO_DM.replace(">EXA<", ">YYA<"), "Declaration/TypeCode"),
        (
            ASYCUDA.replace(">EX<", "><").replace(">E</Sad_flow>", "></Sad_flow>"),
            "Identification/Type/Type_of_declaration",
        ),
    ],
)
def test_a_file_that_does_not_tell_its_kind_is_refused(text: str, path: str) -> None:
    with pytest.raises(InputError) as refused:
        formats.read(text.encode())
    assert (refused.value.code, refused.value.path) == ("declaration-invalid", path)


def test_albanian_samples_are_import_declarations() -> None:
    found = samples("asycuda-sad/*.xml")
    if not found:
        pytest.skip("../shared/samples is absent: the published samples lie beside the repository")
    kinds = {formats.read(path.read_bytes()).declaration.kind for path in found}
    assert kinds == {DeclarationKind.IMPORT}
