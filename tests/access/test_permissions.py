"""Which role may what, and where: the table, written out a second time."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from keruen.access import GRANTS, Act, Person, Role, acts_of

OFFICER, OPERATOR, ANALYST, AUDITOR, ADMINISTRATOR = "OPNUA"
MAY = {
    Act.ENTER: "",
    Act.OWN_ACCOUNT: "OPNUA",
    Act.FOLLOW: "OPNUA",
    Act.SEE_REFERENCE: "OPNUA",
    Act.SEE_BOARD: "OP U",
    Act.FIND: "OP U",
    Act.SEE_CONSIGNMENT: "OP U",
    Act.REGISTER_ARRIVAL: "O",
    Act.SEE_MESSAGE: " P U",
    Act.SEE_RAW: " P U",
    Act.SEE_CONTROL: " P UA",
    Act.SEE_QUALITY: " PNU",
    Act.SEE_OVERVIEW: "  NU",
    Act.SEE_TURNOVER: "  NU",
    Act.SEE_INSTRUMENTS: "  NU",
    Act.DOWNLOAD: "  NU",
    Act.RESEND: " P",
    Act.ENQUIRE: " P",
    Act.EXPORT_PACKAGE: " P",
    Act.SETTLE_ALARM: " P",
    Act.SEE_CASES: " PNU",
    Act.CLOSE_CASE: " PN",
    Act.LINK_CASE: " P",
    Act.SUBMIT: " P",
    Act.SEE_AUDIT: "   UA",
    Act.MANAGE_USERS: "    A",
    Act.MANAGE_TOKENS: "    A",
}
"""Act → officer, operator, analyst, auditor, administrator. `Act.ENTER` is asked of nobody."""
LETTERS = dict(zip(Role, "OPNUA", strict=True))
SCOPES = [None, frozenset(), frozenset({"one"}), frozenset({"one", "two"})]


def person(*roles: Role, **scope: Any) -> Person:
    return Person(user_id="1", name="a", display="A", roles=frozenset(roles), **scope)


@pytest.mark.parametrize("act", Act)
def test_each_role_may_what_the_table_says_and_nothing_else(act: Act) -> None:
    assert {role for role in Role if person(role).may(act)} == {
        role for role, letter in LETTERS.items() if letter in MAY[act]
    }


def test_who_has_no_role_may_nothing() -> None:
    assert not any(person().may(act) for act in Act)
    assert set(GRANTS) == set(Role)


def test_roles_add_up() -> None:
    for one, other in product(Role, Role):
        assert acts_of({one, other}) == GRANTS[one] | GRANTS[other]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("kind", ["post", "partner"])
@pytest.mark.parametrize("role", Role)
def test_posts_and_partners_narrow_every_act_of_every_role(
    role: Role, kind: str, scope: frozenset[str] | None
) -> None:
    somebody = person(role, **{f"{kind}s": scope})
    for act, code in product(Act, ("one", "two", "three")):
        allowed = act in GRANTS[role] and (scope is None or code in scope)
        assert somebody.may(act, **{kind: code}) is allowed
        assert somebody.may(act) is (act in GRANTS[role])


def test_a_post_and_a_partner_both_have_to_be_theirs() -> None:
    somebody = person(Role.OFFICER, posts=frozenset({"one"}), partners=frozenset({"KZ"}))
    assert somebody.may(Act.SEE_BOARD, post="one", partner="KZ")
    assert not somebody.may(Act.SEE_BOARD, post="one", partner="UZ")
    assert not somebody.may(Act.SEE_BOARD, post="two", partner="KZ")
