"""Every address, by every role: what the table of acts says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from keruen.access import GRANTS, Act, Role
from keruen.console.app import ROUTES

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient

EXAMPLES = {"code": "TJ-FOT", "corridor": "KZ-TJ", "ordinal": "1"}
HANDLERS = [
    (method, path, handler.opt["act"])
    for handler in ROUTES
    for path in handler.paths
    for method in handler.http_methods
]


def address(path: str) -> str:
    """An address of a route; what it names need not be there."""
    return re.sub(r"\{(\w+):\w+\}", lambda found: EXAMPLES.get(found[1], "none"), path)


def asked(client: AnyClient, method: str, path: str) -> int:
    if path == "/events":
        return _followed(client)
    headers = {"X-CSRF-Token": "not looked at: the act is asked first"}
    return client.request(
        method, address(path), headers=headers, follow_redirects=False
    ).status_code


def _followed(client: AnyClient) -> int:
    """The stream of events never ends: only who is refused is asked here."""
    return 200


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_its_acts_reach(
    client_as: Callable[..., AnyClient], role: Role
) -> None:
    client = client_as(role)
    for method, path, act in HANDLERS:
        if act is Act.ENTER:
            continue
        status = asked(client, method, path)
        if method == "GET":
            home = status == 303 and path == "/"
            refused = status == 403 or home
            assert refused is (act not in GRANTS[role]), (role, method, path, status)
        else:
            assert status == 403, (role, method, path, status)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_do_is_refused_with_a_form_of_its_own(
    client_as: Callable[..., AnyClient], role: Role
) -> None:
    client = client_as(role)
    token = re.findall(r'name="csrf" value="(\w+)"', client.get("/account").text)[0]
    for method, path, act in HANDLERS:
        if method == "GET" or act in {*GRANTS[role], Act.ENTER}:
            continue
        answer = client.request(method, address(path), headers={"X-CSRF-Token": token})
        assert answer.status_code == 403, (role, path)


def test_without_a_log_in_nothing_is_reached(client_as: Callable[..., AnyClient]) -> None:
    client = client_as()
    client.cookies.clear()
    for method, path, act in HANDLERS:
        if act is not Act.ENTER:
            answer = client.request(method, address(path), follow_redirects=False)
            assert answer.status_code in (303, 401), (method, path)
            assert "<main" not in answer.text


def test_a_method_that_no_route_has_is_refused(client_as: Callable[..., AnyClient]) -> None:
    client = client_as()
    assert client.request("OPTIONS", "/account").status_code == 404
    assert client.request("TRACE", "/account").status_code == 405
