"""What a declaration tells beyond its elements."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from keruen.customs import (
    Container,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    Finding,
    GoodsItem,
    Packaging,
    Seal,
    Severity,
    TransportKind,
    TransportMeans,
    TransportStage,
    refuses,
)

KIND = DeclarationKind.EXPORT


def item(**elements: object) -> GoodsItem:
    return msgspec.convert({"ordinal": 1, **elements}, GoodsItem)


@pytest.mark.parametrize(
    ("hs", "six"),
    [
        ("1001990000", "100199"),
        ("100199", "100199"),
        ("1001 99 000 0", "100199"),
        ("1001.99", "100199"),
        ("10019", None),
        ("1001 9", None),
        ("1001XX0000", None),
        ("١٠٠١٩٩", None),
        ("10019²", None),
        ("", None),
        (None, None),
    ],
)
def test_six_digits_are_common_to_all_countries(hs: str | None, six: str | None) -> None:
    assert GoodsItem(ordinal=1, hs=hs).hs6 == six


@pytest.mark.parametrize(
    ("counts", "total"),
    [((), None), ((None,), None), ((3, None), 3), ((3, 4), 7), ((0,), 0)],
)
def test_an_item_has_the_packages_that_are_stated(
    counts: tuple[int | None, ...], total: int | None
) -> None:
    packages = tuple(Packaging(count=None if c is None else Decimal(c)) for c in counts)
    assert GoodsItem(ordinal=1, packages=packages).package_count == total


@pytest.mark.parametrize(
    ("number", "local", "document", "reference"),
    [
        ("N", "L", "D", "N"),
        (None, "L", "D", "L"),
        ("", "L", "D", "L"),
        (None, None, "D", "D"),
        (None, None, None, None),
    ],
)
def test_the_reference_is_the_number_else_the_next_best(
    number: str | None, local: str | None, document: str | None, reference: str | None
) -> None:
    declaration = Declaration(kind=KIND, number=number, local_reference=local, document_id=document)
    assert declaration.reference == reference


def test_the_gross_mass_is_the_declared_total_else_the_sum() -> None:
    items = (item(gross_mass="1.5"), item(), item(gross_mass="2"))
    assert Declaration(kind=KIND, items=items).total_gross_mass == Decimal("3.5")
    declared = Declaration(kind=KIND, items=items, gross_mass=Decimal(0))
    assert declared.total_gross_mass == Decimal(0)
    assert Declaration(kind=KIND, items=(item(),)).total_gross_mass is None


def test_the_means_at_the_border_go_before_those_at_departure() -> None:
    local, truck, trailer = (
        TransportMeans(identity="1", stage=TransportStage.DEPARTURE),
        TransportMeans(identity="2"),
        TransportMeans(identity="3", kind=TransportKind.TRAILER, stage=TransportStage.DEPARTURE),
    )
    declaration = Declaration(kind=KIND, transport_means=(local, truck, trailer))
    assert declaration.means() == (truck,)
    assert declaration.means(TransportKind.TRAILER) == (trailer,)
    assert declaration.means(TransportKind.VEHICLE, TransportKind.TRAILER) == (truck,)
    assert declaration.means(TransportKind.WAGON) == ()
    assert Declaration(kind=KIND, transport_means=(local,)).means() == (local,)


def test_all_seals_are_those_of_the_vehicle_and_of_its_containers() -> None:
    one, two, three = (Seal(number=number) for number in "123")
    declaration = Declaration(
        kind=KIND, seals=(one,), containers=(Container(seals=(two,)), Container(seals=(three,)))
    )
    assert list(declaration.all_seals()) == [one, two, three]


def test_all_documents_are_those_of_the_whole_and_of_the_items() -> None:
    waybill = Document(kind=DocumentKind.TRANSPORT, number="1")
    invoice = Document(number="2")
    declaration = Declaration(
        kind=KIND, documents=(waybill,), items=(GoodsItem(ordinal=1, documents=(invoice,)),)
    )
    assert list(declaration.all_documents()) == [waybill, invoice]
    assert list(declaration.all_documents(DocumentKind.TRANSPORT)) == [waybill]
    assert list(declaration.all_documents(DocumentKind.PRESENTED)) == [invoice]


def test_an_error_refuses_and_a_warning_does_not() -> None:
    bad, odd = Finding(code="a", text="A."), Finding(code="b", text="B.", severity=Severity.WARNING)
    assert refuses([odd, bad])
    assert not refuses([odd, odd])
    assert not refuses([])


def test_absent_elements_are_not_written() -> None:
    written = msgspec.json.encode(Declaration(kind=KIND, items=(GoodsItem(ordinal=1),)))
    assert written == b'{"kind":"export","items":[{"ordinal":1}]}'


def test_a_declaration_is_a_value() -> None:
    one, same = (Declaration(kind=KIND, number="1") for _ in range(2))
    assert one == same
    with pytest.raises(AttributeError):
        one.number = "2"  # type: ignore[misc]
