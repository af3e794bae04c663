"""Coming in over HTTP: log-in, second factor, cookies, forms that are ours, links that lead nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from litestar import get
from litestar.testing import TestClient
from pyotp import TOTP
from tests.console.people import LOCAL, account, client_in, session
from tests.console.test_pages import words

from keruen.access import Act, passwords
from keruen.access.passwords import hashed
from keruen.console import Entrance, create_app
from keruen.console.entry.admission import require_acts
from keruen.console.entry.entrance import own_address
from keruen.console.texts import LANGUAGES
from keruen.people.accounts import with_password
from keruen.people.sessions import digest_of
from keruen.store import Account, Store

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

PASSWORD = "four donkeys cross at dawn"
COOKIE = "keruen-session-tj"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords.hashed, "__defaults__", (CHEAP,))
    cheaper = passwords.NOBODY.replace("m=65536,t=3,p=4", "m=8,t=1,p=1")
    monkeypatch.setattr("keruen.people.entering.NOBODY", cheaper)


def browser(node: Node, **entrance: Any) -> TestClient[Any]:
    """A browser in which nobody is."""
    settings = Entrance(mark="tj", **entrance)
    app = create_app(store=node.store, context=node.context, entrance=settings)
    secure = settings.secure
    base = LOCAL.replace("http", "https") if secure else LOCAL
    client = TestClient(app, base_url=base)
    client.headers["Accept-Language"] = "en"
    return client


@pytest.fixture
def stranger(busy: Node) -> Iterator[AnyClient]:
    with browser(busy) as client:
        yield client


def somebody(node: Node, *roles: str, by_others: bool = False) -> Account:
    """Somebody who has a password."""
    row = account(node.store, *(roles or ("officer",)), name="madina")
    kept = hashed(PASSWORD, bytes(16))
    clock = node.context.clock
    return node.store.write_now(lambda tx: with_password(tx, clock, row, kept, by_others=by_others))


@pytest.fixture
def madina(busy: Node) -> Account:
    return somebody(busy)


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return dict(found)


def log_in(
    client: AnyClient, name: str = "madina", password: str = PASSWORD, address: str = "/log-in"
) -> Any:
    hidden = form_of(client.get(address).text)
    data = hidden | {"name": name, "password": password}
    return client.post("/log-in", data=data, follow_redirects=False)


def post(client: AnyClient, address: str, page: str, **data: str) -> Any:
    """Send a form of a page."""
    hidden = form_of(client.get(page).text)
    return client.post(address, data={"csrf": hidden["csrf"]} | data, follow_redirects=False)


@pytest.mark.parametrize("address", ["/", "/posts/TJ-FOT", "/messages?direction=in"])
def test_a_stranger_is_led_by_the_log_in_to_the_page(
    stranger: AnyClient, madina: Account, address: str
) -> None:
    answer = stranger.get(address, follow_redirects=False)
    assert answer.status_code == 303
    page = stranger.get(address)
    assert "Fotekhobod" not in page.text
    assert page.url.path == "/log-in"
    done = log_in(stranger, address=answer.headers["location"])
    assert done.headers["location"] == address


def test_what_fetches_is_told_to_come_in_and_nothing_else(stranger: AnyClient) -> None:
    for answer in (
        stranger.get("/", headers={"X-Fragment": "1"}),
        stranger.get("/events"),
        stranger.post("/log-out"),
    ):
        assert (answer.status_code, answer.text) == (401, "")


def test_a_form_that_comes_after_the_session_leads_to_the_log_in(stranger: AnyClient) -> None:
    browsers = {"Accept": "text/html,application/xhtml+xml"}
    answer = stranger.post("/log-out", headers=browsers, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log-in")


def test_the_cookie_is_for_this_node_alone_and_no_script_sees_it(
    stranger: AnyClient, madina: Account
) -> None:
    (given, _) = log_in(stranger).headers.get_list("set-cookie")
    assert given.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(given.split("; "))
    assert "Max-Age" not in given
    assert "Domain" not in given


def test_with_tls_the_cookie_is_bound_to_the_host_and_to_tls(busy: Node, madina: Account) -> None:
    with browser(busy, secure=True) as client:
        answer = log_in(client)
        given = answer.headers.get_list("set-cookie")[0]
        assert given.startswith("__Host-keruen-session-tj=")
        assert "Secure" in given.split("; ")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert client.get("/").status_code == 200


def test_another_name_is_answered_only_where_it_is_set(busy: Node) -> None:
    with browser(busy, hosts=frozenset({"console.customs.example"})) as client:
        for host, status in (
            ("console.customs.example", 200),
            ("Console.Customs.Example:8702", 200),
            ("localhost", 200),
            ("evil.example", 421),
            ("console.customs.example.evil.example", 421),
        ):
            assert client.get("/log-in", headers={"Host": host}).status_code == status


def test_a_session_begins_anew_at_the_log_in(stranger: AnyClient, madina: Account) -> None:
    stranger.cookies.set(COOKIE, "chosen-by-somebody-else", domain="127.0.0.1")
    assert log_in(stranger).status_code == 303
    assert stranger.cookies[COOKIE] != "chosen-by-somebody-else"
    first = stranger.cookies[COOKIE]
    post(stranger, "/log-out", "/")
    log_in(stranger)
    assert stranger.cookies[COOKIE] != first


def test_who_logs_out_is_out(stranger: AnyClient, madina: Account) -> None:
    log_in(stranger)
    secret = stranger.cookies[COOKIE]
    assert post(stranger, "/log-out", "/").headers["location"] == "/log-in"
    stranger.cookies.set(COOKIE, secret)
    assert stranger.get("/", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_speaks_every_language(stranger: AnyClient, language: str) -> None:
    page = stranger.get(f"/log-in?lang={language}").text
    assert f'<html lang="{language}">' in page
    assert "keruen user add DIR NAME --role administrator" in page


def test_once_there_is_a_user_nobody_is_told_how_to_make_one(
    stranger: AnyClient, madina: Account
) -> None:
    assert "keruen user add" not in stranger.get("/log-in").text


def test_guesses_are_answered_later_and_later(stranger: AnyClient, madina: Account) -> None:
    answers = [log_in(stranger, password="not this one") for _ in range(6)]
    assert [one.status_code for one in answers] == [422] * 4 + [429] * 2
    assert "do not belong together" in answers[0].text
    assert "Seconds to wait before the next try: 2" in words(answers[4].text)
    assert log_in(stranger).status_code == 429


def test_somebody_disabled_is_out_at_the_next_request(
    stranger: AnyClient, madina: Account, busy: Node
) -> None:
    log_in(stranger)
    assert stranger.get("/", follow_redirects=False).status_code == 200
    row = madina.__class__(**{**_fields(madina), "disabled": madina.created})
    busy.store.write_now(lambda tx: tx.put_account(row))
    assert stranger.get("/", follow_redirects=False).status_code == 303


def _fields(row: Account) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def test_a_session_ends_by_itself(client_as: Callable[..., AnyClient], busy: Node) -> None:
    client = client_as("officer")
    assert client.get("/", follow_redirects=False).status_code == 200
    found = busy.store.read(lambda r: r.session_shown(digest_of(client.cookies[COOKIE])))
    assert found is not None
    before = busy.context.clock.wall() - timedelta(minutes=31)
    busy.store.write_now(lambda tx: tx.session_seen(found.session_id, before))
    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_page_that_stands_open_does_not_keep_the_session(
    client_as: Callable[..., AnyClient], busy: Node
) -> None:
    client = client_as("officer")
    digest = digest_of(client.cookies[COOKIE])
    before = busy.context.clock.wall() - timedelta(minutes=5)

    def seen() -> Any:
        row = busy.store.read(lambda reader: reader.session_shown(digest))
        assert row is not None
        return row

    busy.store.write_now(lambda tx: tx.session_seen(seen().session_id, before))
    client.get("/", headers={"X-Fragment": "1"})
    assert seen().seen == before
    client.get("/")
    assert seen().seen > before


def test_with_a_second_factor_the_password_opens_no_page(
    stranger: AnyClient, madina: Account, busy: Node
) -> None:
    log_in(stranger)
    page = post(stranger, "/account/factor", "/account")
    assert page.headers["location"] == "/account/factor"
    shown = stranger.get("/account/factor").text
    secret = "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", shown))
    assert "<svg" in shown
    assert not re.search(r"<svg[^>]*style=|<style|<script(?![^>]*src=)", shown)
    wrong = post(stranger, "/account/factor/confirm", "/account/factor", code="000000")
    assert wrong.status_code == 422
    now = busy.context.clock.wall()
    done = post(stranger, "/account/factor/confirm", "/account/factor", code=TOTP(secret).at(now))
    codes = re.findall(r"<li>([a-z2-7]{5}-[a-z2-7]{5})</li>", done.text)
    assert len(codes) == 10
    post(stranger, "/log-out", "/")
    answer = log_in(stranger, address="/log-in?next=/messages")
    assert answer.headers["location"] == "/log-in/second?next=%2Fmessages"
    half = stranger.cookies[COOKIE]
    assert stranger.get("/", follow_redirects=False).status_code == 303
    refused = post(stranger, "/log-in/second", "/log-in/second", code=TOTP(secret).at(now))
    assert refused.status_code == 422
    whole = post(stranger, "/log-in/second", "/log-in/second", code=codes[0])
    assert whole.status_code == 303
    assert stranger.cookies[COOKIE] != half
    assert stranger.get("/", follow_redirects=False).status_code == 200


def test_a_password_that_others_set_is_changed_first(busy: Node) -> None:
    somebody(busy, by_others=True)
    with browser(busy) as client:
        log_in(client)
        assert client.get("/", follow_redirects=False).headers["location"] == "/account"
        assert "Somebody else set your password" in client.get("/").text
        before = client.cookies[COOKIE]
        wanted = "nine carts of flour wait"
        for fault, data in (
            ("not the same", {"present": PASSWORD, "wanted": wanted, "again": "another one, long"}),
            ("not right", {"present": "wrong", "wanted": wanted, "again": wanted}),
            ("too short", {"present": PASSWORD, "wanted": "short", "again": "short"}),
        ):
            answer = post(client, "/account/password", "/account", **data)
            assert (answer.status_code, fault in answer.text) == (422, True)
        data = {"present": PASSWORD, "wanted": wanted, "again": wanted}
        assert post(client, "/account/password", "/account", **data).status_code == 303
        assert client.cookies[COOKIE] != before
        assert client.get("/", follow_redirects=False).status_code == 200
        client.cookies.set(COOKIE, before)
        assert client.get("/", follow_redirects=False).status_code == 303


def test_one_ends_one_s_other_sessions_and_nobody_else_s(
    stranger: AnyClient, madina: Account, busy: Node
) -> None:
    log_in(stranger)
    elsewhere = session(busy.store, busy.context, madina)
    other = account(busy.store, "officer")
    foreign = session(busy.store, busy.context, other)

    def rows(user: Account) -> list[str]:
        return [row.session_id for row in busy.store.read(lambda r: r.sessions_of(user.user_id))]

    assert len(rows(madina)) == 2
    row = busy.store.read(lambda r: r.session_shown(digest_of(elsewhere)))
    theirs = busy.store.read(lambda r: r.session_shown(digest_of(foreign)))
    assert row
    assert theirs
    for one in (row, theirs):
        post(stranger, f"/account/sessions/{one.session_id}/end", "/account")
    assert len(rows(madina)) == 1
    assert len(rows(other)) == 1


@pytest.mark.parametrize(
    ("wanted", "own"),
    [
        ("/", "/"),
        ("/messages?direction=in", "/messages?direction=in"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("\\\\evil.example", None),
        ("https://evil.example/", None),
        ("javascript:alert(1)", None),
        ("messages", None),
        ("/x\r\nSet-Cookie: a=b", None),
        ("/\tevil", None),
        ("/log-out", None),
        ("/log-in?next=/", None),
        ("", None),
        (None, None),
    ],
)
def test_the_way_back_leads_to_pages_of_ours_only(wanted: str | None, own: str | None) -> None:
    assert own_address(wanted) == own


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_log_in_leads_nowhere_else(stranger: AnyClient, madina: Account, wanted: str) -> None:
    page = stranger.get("/log-in", params={"next": wanted}).text
    assert "evil" not in page.partition("<main")[2]
    data = form_of(page) | {"name": "madina", "password": PASSWORD, "next": wanted}
    answer = stranger.post("/log-in", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("token", [None, "", "0" * 64, "another session's"])
def test_a_form_that_is_not_of_this_session_changes_nothing(
    client_as: Callable[..., AnyClient], token: str | None
) -> None:
    client, other = client_as("officer"), client_as("officer")
    if token == "another session's":
        token = form_of(other.get("/account").text)["csrf"]
    data = {} if token is None else {"csrf": token}
    answer = client.post("/log-out", data=data, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "was not one of ours: nothing was changed" in words(answer.text)
    assert client.get("/", follow_redirects=False).status_code == 200


def test_a_log_in_form_of_another_site_is_refused(stranger: AnyClient, madina: Account) -> None:
    data = {"name": "madina", "password": PASSWORD}
    assert stranger.post("/log-in", data=data).status_code == 403
    token = form_of(stranger.get("/log-in").text)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert stranger.post("/log-in", data=data | token, headers=elsewhere).status_code == 403
    assert stranger.post("/log-in", data=data | token, follow_redirects=False).status_code == 303


def test_a_script_of_ours_may_show_the_token_in_a_header(
    client_as: Callable[..., AnyClient],
) -> None:
    client = client_as("officer")
    token = form_of(client.get("/account").text)["csrf"]
    headers = {"X-CSRF-Token": token}
    assert client.post("/log-out", headers=headers, follow_redirects=False).status_code == 303


def test_a_route_without_an_act_does_not_start() -> None:
    @get("/open")
    async def forgotten() -> str:
        return ""

    @get("/stated", act=Act.FOLLOW)
    async def stated() -> str:
        return ""

    require_acts([stated])
    with pytest.raises(TypeError, match="states no act"):
        require_acts([stated, forgotten])


def test_looks_and_acts_are_in_the_audit_trail_refused_ones_too(
    client_as: Callable[..., AnyClient], busy: Node
) -> None:
    client = client_as("officer", name="madina")
    one = busy.store.read(lambda reader: reader.consignments(states=["arrived", "formalities"]))[0]
    page = f"/consignments/{one.consignment_id}"
    client.get(page)
    for _ in range(3):
        client.get(page, headers={"X-Fragment": "1"})
    client.get("/search?q=071KLM02")
    client.get("/administration/users")
    client.get("/codelists")
    found = busy.store.read(lambda reader: reader.audit(name="madina"))
    assert [(one.act, one.subject, one.outcome) for one in reversed(found)] == [
        ("see-consignment", one.consignment_id, "done"),
        ("find", "071KLM02", "done"),
        ("manage-users", "", "refused"),
    ]
    client.get(page)
    assert len(busy.store.read(lambda reader: reader.audit(name="madina"))) == 4


def test_a_look_that_cannot_be_recorded_is_not_given(
    client_as: Callable[..., AnyClient], busy: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as("officer")

    def full(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("keruen.console.entry.trail.noted", full)
    answer = client.get("/search?q=071KLM02")
    assert answer.status_code == 500
    assert "071KLM02" not in answer.text


def test_the_empty_node_is_entered_by_whom_the_command_line_made(store: Store, node: Node) -> None:
    with client_in(store, node.context, "administrator") as client:
        assert client.get("/").url.path == "/administration/users"
