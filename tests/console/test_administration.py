"""The administrator's pages: users and tokens made, changed, ended; the audit trail searched and taken away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from tests.console.people import account, client_in
from tests.console.test_pages import words

from keruen.access import Role, passwords
from keruen.access.passwords import fits
from keruen.api.tokens import token_shown
from keruen.people.accounts import person_of
from keruen.people.trail import COLUMNS
from keruen.store import Account, ApiToken, Reader

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

USERS, TOKENS, AUDIT = (f"/administration/{name}" for name in ("users", "tokens", "audit"))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords.hashed, "__defaults__", (cheap,))


@pytest.fixture
def administrator(node: Node) -> Iterator[AnyClient]:
    with client_in(node.store, node.context, "administrator", name="sitora") as client:
        client.headers["Accept-Language"] = "en"
        yield client


def post(client: AnyClient, address: str, **data: Any) -> Any:
    token = re.findall(r'name="csrf" value="(\w+)"', client.get(USERS).text)[0]
    return client.post(address, data={"csrf": token} | data, follow_redirects=False)


def named(node: Node, name: str) -> Account:
    row = node.store.read(lambda reader: reader.account_named(name))
    assert row is not None
    return row


def acts(node: Node) -> list[tuple[str, str]]:
    rows = node.store.read(lambda reader: reader.audit(name="sitora"))
    return [(row.act, row.subject) for row in reversed(rows) if not row.act.startswith("manage")]


def test_a_user_is_made_with_a_password_that_is_shown_once(
    administrator: AnyClient, node: Node
) -> None:
    answer = post(
        administrator,
        USERS,
        name="Madina",
        display="Мадина Раҳимова",
        role=["officer", "operator"],
        post=["TJ-FOT"],
        language="tg",
        **{"all-partners": "on"},
    )
    shown = re.findall(r'id="first-password">([a-z2-7-]{19})<', answer.text)[0]
    row = named(node, "madina")
    assert fits(row.password or "", shown)
    assert row.must_change
    person = person_of(row)
    assert person.roles == {Role.OFFICER, Role.OPERATOR}
    assert person.posts == frozenset({"TJ-FOT"})
    assert (person.partners, person.language) == (None, "tg")
    assert shown not in administrator.get(USERS).text
    assert acts(node) == [("make-user", "madina")]


def test_posts_and_partners_are_offered_by_name(administrator: AnyClient) -> None:
    said = words(administrator.get(USERS).text)
    assert "Fotekhobod TJ-FOT" in said
    assert "all partners Kazakhstan" in said


def test_nothing_ticked_is_nothing_seen(administrator: AnyClient, node: Node) -> None:
    post(administrator, USERS, name="daler", role="officer")
    person = person_of(named(node, "daler"))
    assert (person.posts, person.partners) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": "sitora", "role": "officer"}, "There is a user of this name already"),
        ({"name": "two words", "role": "officer"}, "2 to 64 characters and no spaces"),
        ({"name": "daler"}, "Choose at least one role"),
        ({"name": "daler", "role": "king"}, "Choose at least one role"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    administrator: AnyClient, node: Node, data: dict[str, str], said: str
) -> None:
    answer = post(administrator, USERS, display="Somebody New", **data)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert 'value="Somebody New"' in answer.text
    assert len(node.store.read(Reader.accounts)) == 1


def test_a_user_is_changed_disabled_let_in_again_and_given_another_password(
    administrator: AnyClient, node: Node
) -> None:
    one = account(node.store, "officer", name="madina", posts={"TJ-FOT"})
    page = f"{USERS}/{one.user_id}"
    assert 'value="TJ-FOT" checked' in administrator.get(page).text
    post(administrator, page, role="operator", display="Мадина", **{"all-posts": "on"})
    assert (named(node, "madina").roles, named(node, "madina").posts) == ("operator", None)
    post(administrator, f"{page}/disable")
    assert named(node, "madina").disabled is not None
    assert "disabled since" in words(administrator.get(page).text)
    post(administrator, f"{page}/enable")
    assert named(node, "madina").disabled is None
    shown = post(administrator, f"{page}/password").text
    assert re.search(r'id="first-password">[a-z2-7-]{19}<', shown)
    post(administrator, f"{page}/drop-factor")
    assert [act for act, _ in acts(node)] == [
        *("change-user", "disable-user", "enable-user", "set-password", "drop-factor"),
    ]
    assert post(administrator, f"{page}/crown").status_code == 404
    assert administrator.get(f"{USERS}/none").status_code == 404


def test_the_last_administrator_cannot_lock_everybody_out(
    administrator: AnyClient, node: Node
) -> None:
    page = f"{USERS}/{named(node, 'sitora').user_id}"
    answer = post(administrator, f"{page}/disable")
    assert answer.status_code == 422
    assert "last administrator" in words(answer.text)
    assert administrator.get(USERS).status_code == 200


def test_a_token_is_made_with_scope_posts_and_an_end_and_shown_once(
    administrator: AnyClient, node: Node
) -> None:
    answer = post(
        administrator,
        TOKENS,
        name="national system",
        scope=["submit", "events"],
        post=["TJ-FOT"],
        days="30",
        **{"all-partners": "on"},
    )
    secret = re.findall(r'id="token" tabindex="0">(keruen_[\w-]+)<', answer.text)[0]
    (row,) = node.store.read(Reader.api_tokens)
    assert (row.scopes, row.posts, row.partners) == ("events submit", "TJ-FOT", None)
    assert (row.expires - row.created).days == 30
    assert secret not in administrator.get(TOKENS).text

    def good() -> ApiToken | None:
        return token_shown(node.store, f"Bearer {secret}", node.context.clock.wall())

    assert good() == row
    post(administrator, f"{TOKENS}/{row.token_id}/revoke")
    assert good() is None
    assert acts(node) == [("make-token", row.token_id), ("revoke-token", row.token_id)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": " ", "scope": "submit", "days": "1"}, "whose token"),
        ({"name": "a", "days": "1"}, "at least one thing"),
        ({"name": "a", "scope": "everything", "days": "1"}, "at least one thing"),
        ({"name": "a", "scope": "submit", "days": "0"}, "1 to 3660 days"),
        ({"name": "a", "scope": "submit", "days": "for ever"}, "1 to 3660 days"),
    ],
)
def test_a_token_that_cannot_be_made_is_explained(
    administrator: AnyClient, node: Node, data: dict[str, str], said: str
) -> None:
    answer = post(administrator, TOKENS, **data)
    assert (answer.status_code, said in words(answer.text)) == (422, True)
    assert node.store.read(Reader.api_tokens) == []


@pytest.fixture
def trail(administrator: AnyClient, node: Node) -> AnyClient:
    """After an officer has searched sixty times and once by a formula."""
    with client_in(node.store, node.context, "officer", name="madina") as officer:
        for number in range(60):
            officer.get("/search", params={"q": f"071KLM{number:02}"})
        officer.get("/search", params={"q": "=HYPERLINK(1)"})
    return administrator


def test_the_audit_trail_is_searched_and_read_page_by_page(trail: AnyClient) -> None:
    answer = trail.get(AUDIT, params={"who": "Madina", "deed": "find"})
    assert answer.status_code == 200, words(answer.text)
    first = trail.get(AUDIT, params={"who": "Madina", "deed": "find"}).text
    assert first.count("<tr>") == 51
    assert "071KLM59" in first
    assert "071KLM05" not in first
    further = re.findall(r'href="([^"]+)" rel="next"', first)[0].replace("&amp;", "&")
    second = trail.get(further).text
    assert second.count("<tr>") == 12
    assert "071KLM00" in second
    assert 'rel="next"' not in second
    assert "Nothing was found" in words(trail.get(AUDIT, params={"since": "2099-01-01"}).text)
    assert trail.get(AUDIT, params={"since": "no day", "before": "x'--"}).status_code == 200


def test_the_audit_trail_is_taken_away_whole_and_harmless(trail: AnyClient) -> None:
    answer = trail.get(f"{AUDIT}.csv", params={"who": "madina"})
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 61
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["subject"] == "'=HYPERLINK(1)"
    plain = trail.get(f"{AUDIT}.json", params={"who": "madina"}).json()
    assert [row["entry_id"] for row in plain] == [row["entry_id"] for row in rows]
    assert trail.get(f"{AUDIT}.json", params={"who": "nobody"}).json() == []


def test_looks_at_the_audit_trail_are_in_it(trail: AnyClient, node: Node) -> None:
    trail.get(f"{AUDIT}.csv", params={"who": "madina"})
    (last, *_) = node.store.read(lambda reader: reader.audit(name="sitora"))
    assert (last.act, last.subject, last.detail) == ("see-audit", "who=madina", "csv")


def test_what_somebody_typed_is_text_on_the_page(administrator: AnyClient, node: Node) -> None:
    display = "<script>alert(1)</script>"
    account(node.store, "officer", name="hostile", display=display)
    for address in (USERS, f"{USERS}/{named(node, 'hostile').user_id}"):
        page = administrator.get(address).text
        assert "<script>alert" not in page
