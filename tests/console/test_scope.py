"""Posts and partners narrow every address that names something: what lies outside is not there for anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from keruen.access import Act, Role
from keruen.console.app import ROUTES
from keruen.store import Direction

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

EVERYBODY = {Act.ENTER, Act.OWN_ACCOUNT, Act.MANAGE_USERS, Act.MANAGE_TOKENS, Act.SEE_REFERENCE}
"""Acts on what belongs to no post and no partner."""
NAMED = sorted(
    path
    for handler in ROUTES
    if "GET" in handler.http_methods and handler.opt["act"] not in EVERYBODY
    for path in handler.paths
    if "{" in path
)
NOWHERE: list[dict[str, Any]] = [
    {"posts": frozenset(), "partners": frozenset()},
    {"partners": {"UZ"}},
]


@pytest.fixture
def address(busy: Node) -> Callable[[str], str]:
    """Fills the addresses of routes with what there is."""
    message = busy.store.read(lambda reader: reader.messages(direction=Direction.IN))[0]
    refusal = busy.store.read(lambda reader: reader.refusals())[0]
    there = {
        "code": "TJ-FOT",
        "country": "KZ",
        "corridor": message.corridor,
        "message_id": message.message_id,
        "consignment_id": message.consignment_id,
        "refusal_id": refusal.refusal_id,
        "part": "envelope",
        "ordinal": "1",
        "agreement_id": "kz-tj",
    }
    return lambda path: re.sub(r"\{(\w+):\w+\}", lambda one: there.get(one[1]) or "none", path)


@pytest.mark.parametrize("path", NAMED)
def test_what_is_outside_is_not_found_by_anybody(
    client_as: Callable[..., AnyClient], address: Callable[[str], str], path: str
) -> None:
    for scope in NOWHERE[: 1 if path.startswith("/posts/") else 2]:  # a post is of no partner
        answer = client_as(*Role, **scope).get(address(path))
        assert answer.status_code == 404, (path, scope)


def test_what_is_inside_is_found(
    client_as: Callable[..., AnyClient], address: Callable[[str], str]
) -> None:
    client = client_as(*Role, posts={"TJ-FOT"}, partners={"KZ"})
    for path in ("/posts/{code:str}", "/messages/{corridor:str}/{message_id:str}"):
        assert client.get(address(path)).status_code == 200, path


@pytest.mark.parametrize(
    "scope",
    [{"posts": frozenset({"TJ-NAU"})}, {"partners": frozenset({"UZ"})}, {"posts": frozenset()}],
)
def test_the_list_of_consignments_holds_only_what_is_inside(
    client_as: Callable[..., AnyClient], scope: dict[str, Any]
) -> None:
    whole = client_as(Role.OFFICER).get("/consignments").text
    assert "640TTA02" in whole
    assert "528ADZ13" in whole
    listed = client_as(Role.OFFICER, **scope).get("/consignments").text
    assert ("640TTA02" in listed) is ("TJ-NAU" in scope.get("posts", ()))
    assert "528ADZ13" not in listed
