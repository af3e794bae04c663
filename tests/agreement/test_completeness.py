"""What of the data list is stated: counted by weight and member by member, where the list asks for it."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from keruen.agreement import Agreement, missing, read_agreement
from keruen.agreement.completeness import stated
from keruen.agreement.model import Conditional, Requirement
from keruen.customs import Container, Declaration, DeclarationKind, GoodsItem, Party
from keruen.messages import PreliminaryInformation

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
M, C, O = Requirement.MANDATORY, Requirement.CONDITIONAL, Requirement.OPTIONAL  # noqa: E741
ITEMS = st.lists(
    st.builds(
        GoodsItem,
        ordinal=st.just(1),
        hs=st.sampled_from([None, "110100"]),
        gross_mass=st.sampled_from([None, Decimal(5)]),
        description=st.sampled_from([None, "flour"]),
    ),
    max_size=3,
)


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreement(TEXT)


def listing(agreement: Agreement, **needs: Requirement | Conditional) -> Agreement:
    """The agreement with another data list; dots are written as two underscores."""
    elements = {f"declaration.{path.replace('__', '.')}": need for path, need in needs.items()}
    return replace(agreement, data_list={"PreliminaryInformation": elements})


def information(**values: object) -> PreliminaryInformation:
    declaration = Declaration(kind=DeclarationKind.EXPORT, **values)  # type: ignore[arg-type]
    return PreliminaryInformation(
        header=None,  # type: ignore[arg-type]
        consignment_id="00000000-0000-0000-0000-000000000001",
        declaration=declaration,
    )


def test_each_member_of_a_list_counts(agreement: Agreement) -> None:
    items = (GoodsItem(ordinal=1, hs="110100"), GoodsItem(ordinal=2))
    counts = stated(information(items=items), listing(agreement, items__hs=M))
    assert (counts["mandatory"], counts["mandatory_stated"]) == (2, 1)


def test_what_is_optional_in_a_list_without_members_is_not_asked_for(
    agreement: Agreement,
) -> None:
    rules = listing(agreement, containers__id=C, containers__kind=O, consignee__name=M)
    without = stated(information(), rules)
    assert (without["conditional"], without["optional"], without["mandatory"]) == (0, 0, 1)
    there = stated(
        information(containers=(Container(id="MSKU7084122"),), consignee=Party(name="Нон")), rules
    )
    assert (there["conditional_stated"], there["optional"], there["optional_stated"]) == (1, 1, 0)
    assert there["mandatory_stated"] == 1


def test_a_group_that_is_not_there_states_none_of_its_elements(agreement: Agreement) -> None:
    rules = listing(agreement, consignee__name=M, consignee__address__city=C, consignee__id=O)
    counts = stated(information(), rules)
    assert [counts[name] for name in ("mandatory", "conditional", "optional")] == [1, 1, 1]
    assert not any(counts[name] for name in counts if name.endswith("_stated"))


def test_an_element_whose_condition_holds_is_mandatory_and_else_not_asked_for(
    agreement: Agreement,
) -> None:
    for kind, asked in (("export", 1), ("transit", 0)):
        need = Conditional(when={"declaration.kind": (kind,)})
        assert stated(information(), listing(agreement, carrier__name=need))["mandatory"] == asked


@given(items=ITEMS, number=st.sampled_from([None, "1"]))
def test_what_is_mandatory_and_not_stated_is_what_the_agreement_finds_missing(
    items: list[GoodsItem], number: str | None
) -> None:
    rules = read_agreement(TEXT)
    message = information(items=tuple(items), number=number)
    counts = stated(message, rules)
    assert counts["mandatory"] - counts["mandatory_stated"] == len(missing(message, rules))
    assert all(counts[name] >= counts[f"{name}_stated"] >= 0 for name in counts if "_" not in name)
