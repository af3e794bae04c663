"""Coming in by OpenID Connect, against a small provider on loopback that also tells lies."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, quote_plus, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from litestar.testing import TestClient
from tests.console.people import LOCAL, account, client_in
from tests.console.test_pages import words

from keruen.access import Role
from keruen.clock import Clock
from keruen.config.people import Group, Oidc
from keruen.console import Entrance, create_app
from keruen.net import get_json, post_form
from keruen.people.accounts import person_of
from keruen.people.provider import Provider
from keruen.store import Account, Reader

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

CLIENT, SECRET, SUBJECT = "keruen", "a secret / of this client", "24400320"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": kid}) for kid in ("one", "two"))


@dataclass
class IdentityProvider:
    """Answers as it should, but for what a test changes."""

    server: ThreadingHTTPServer
    key: RSAKey = field(default_factory=lambda: KEY)
    published: list[RSAKey] = field(default_factory=lambda: [KEY])
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    token: str | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/customs"

    def authorize(self, address: str) -> str:
        """Somebody logs in there; gives the address that their browser is sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid profile"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def redeem(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{quote_plus(SECRET)}".encode()).decode()
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if (
            asked is None
            or authorization != f"Basic {basic}"
            or asked["code_challenge"] != proved
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return {"error": "invalid_grant"}
        return {"id_token": self.token or self._signed(asked["nonce"]), "token_type": "Bearer"}

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
            "name": "Мадина Раҳимова",
            "preferred_username": "Madina",
            "groups": ["fot-officers", "chess club"],
        }
        claims = {k: v for k, v in (usual | self.claims).items() if v is not None}
        return jwt.encode(self.header, claims, self.key, algorithms=[self.header["alg"]])

    def answer(self, path: str) -> dict[str, Any]:
        self.asked.append(path)
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.described
        return {"keys": [key.as_dict(private=False) for key in self.published]}


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(found.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(found.redeem(form, self.headers.get("Authorization", "")))

        def _say(self, value: dict[str, Any]) -> None:
            data = json.dumps(value).encode()
            self.send_response(400 if "error" in value else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    found = IdentityProvider(ThreadingHTTPServer(("127.0.0.1", 0), Answers))
    thread = threading.Thread(target=lambda: found.server.serve_forever(0.02))
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def visit(provider: IdentityProvider, node: Node) -> Iterator[AnyClient]:
    """A browser before a console that knows the provider."""
    settings = Oidc(
        issuer=provider.issuer,
        client_id=CLIENT,
        title="Customs account",
        group=(
            Group(name="fot-officers", roles=(Role.OFFICER,), posts=("TJ-FOT",)),
            Group(name="dus-officers", roles=(Role.OFFICER,), posts=("TJ-DUS",)),
            Group(name="auditors", roles=(Role.AUDITOR,)),
        ),
    )
    known = Provider(settings, get_json, post_form, Clock.wall, SECRET)
    app = create_app(
        store=node.store, context=node.context, entrance=Entrance(mark="tj", oidc=known)
    )
    with TestClient(app, base_url=LOCAL) as client:
        client.headers["Accept-Language"] = "en"
        yield client


def leave(visit: AnyClient, wanted: str = "/messages") -> str:
    answer = visit.get("/log-in/openid", params={"next": wanted}, follow_redirects=False)
    assert answer.status_code == 303, words(answer.text)
    return str(answer.headers["location"])


def come(visit: AnyClient, provider: IdentityProvider, wanted: str = "/messages") -> Any:
    return visit.get(provider.authorize(leave(visit, wanted)), follow_redirects=False)


def refused(answer: Any, said: str = "did not confirm who you are") -> None:
    assert answer.status_code == 422
    assert said in words(answer.text)


def only(node: Node) -> Account:
    (row,) = node.store.read(Reader.accounts)
    return row


def test_who_is_in_a_group_comes_in_with_what_the_group_says(
    visit: AnyClient, provider: IdentityProvider, node: Node
) -> None:
    assert "Log in with Customs account" in words(visit.get("/log-in").text)
    answer = come(visit, provider, "/posts/TJ-FOT")
    assert (answer.status_code, answer.headers["location"]) == (303, "/posts/TJ-FOT")
    assert visit.get("/posts/TJ-FOT", follow_redirects=False).status_code == 200
    person = person_of(only(node))
    assert (person.name, person.display) == ("madina", "Мадина Раҳимова")
    assert (person.roles, person.posts) == (frozenset({Role.OFFICER}), frozenset({"TJ-FOT"}))
    assert only(node).subject == f"{provider.issuer} {SUBJECT}"
    come(visit, provider)
    assert only(node).user_id == person.user_id


def test_groups_say_it_anew_each_time(
    visit: AnyClient, provider: IdentityProvider, node: Node
) -> None:
    come(visit, provider)
    provider.claims["groups"] = ["dus-officers", "fot-officers"]
    come(visit, provider)
    assert person_of(only(node)).posts == frozenset({"TJ-DUS", "TJ-FOT"})
    provider.claims["groups"] = ["auditors", "fot-officers"]
    come(visit, provider)
    person = person_of(only(node))
    assert person.posts is None
    assert person.roles == {Role.AUDITOR, Role.OFFICER}
    provider.claims["groups"] = ["chess club"]
    refused(come(visit, provider), "an administrator gives you a role")


def test_an_account_may_state_the_subject_and_groups_do_not_change_it(
    visit: AnyClient, provider: IdentityProvider, node: Node
) -> None:
    subject = f"{provider.issuer} {SUBJECT}"
    account(node.store, "analyst", name="firuz", subject=subject)
    assert come(visit, provider).status_code == 303
    assert (only(node).name, only(node).roles) == ("firuz", "analyst")


def test_an_account_of_that_name_is_not_taken_over(
    visit: AnyClient, provider: IdentityProvider, node: Node
) -> None:
    theirs = account(node.store, "administrator", name="madina")
    assert come(visit, provider).status_code == 303
    rows = node.store.read(Reader.accounts)
    assert [row.name[:7] for row in rows] == ["madina", "madina-"]
    assert theirs in rows


def test_who_was_disabled_here_does_not_come_in(
    visit: AnyClient, provider: IdentityProvider, node: Node
) -> None:
    come(visit, provider)
    row = only(node)
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    disabled = Account(**fields | {"disabled": row.created})
    node.store.write_now(lambda tx: tx.put_account(disabled))
    refused(come(visit, provider), "an administrator gives you a role")


@pytest.mark.parametrize("groups", [None, "fot-officers", {"fot-officers": 1}, []])
def test_groups_that_are_no_list_are_none(
    visit: AnyClient, provider: IdentityProvider, groups: Any
) -> None:
    provider.claims["groups"] = groups
    refused(come(visit, provider), "an administrator gives you a role")


def test_the_way_there_is_bound_to_the_browser(
    visit: AnyClient, provider: IdentityProvider
) -> None:
    back = provider.authorize(leave(visit))
    visit.cookies.clear()
    refused(visit.get(back))
    own = provider.authorize(leave(visit))
    leave(visit)
    refused(visit.get(own))


def test_an_answer_counts_once(visit: AnyClient, provider: IdentityProvider) -> None:
    back = provider.authorize(leave(visit))
    assert visit.get(back, follow_redirects=False).status_code == 303
    refused(visit.get(back))


@pytest.mark.parametrize(
    "back",
    [
        lambda good: good.replace("state=", "state=x"),
        lambda good: good.partition("&state")[0],
        lambda good: good.replace("code=code-0", "error=access_denied"),
        lambda good: good.replace("code=code-0", "code=guessed"),
        lambda good: f"{good}&iss=https://evil.example",
    ],
    ids=["state", "no-state", "denied", "code", "issuer"],
)
def test_an_answer_that_was_changed_is_refused(
    visit: AnyClient, provider: IdentityProvider, back: Callable[[str], str]
) -> None:
    refused(visit.get(back(provider.authorize(leave(visit)))))


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"]},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"aud": None},
        {"nonce": "of another log-in"},
        {"nonce": None},
        {"exp": -120},
        {"exp": None},
        {"exp": "never"},
        {"iat": +3600},
        {"sub": ""},
        {"sub": None},
    ],
    ids=str,
)
def test_an_id_token_that_says_anything_else_is_refused(
    visit: AnyClient, provider: IdentityProvider, node: Node, lie: dict[str, Any]
) -> None:
    """Numbers are seconds from now."""
    now = int(time.time())
    said = {name: now + value if isinstance(value, int) else value for name, value in lie.items()}
    provider.claims |= said
    refused(come(visit, provider))
    assert node.store.read(Reader.accounts) == []


def test_an_id_token_of_another_key_is_refused(
    visit: AnyClient, provider: IdentityProvider
) -> None:
    provider.key = OTHER_KEY
    refused(come(visit, provider))


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_algorithm_that_is_not_on_the_list_is_refused(
    visit: AnyClient, provider: IdentityProvider, algorithm: str
) -> None:
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": "one"}).encode())
    body = base64.urlsafe_b64encode(b'{"sub": "24400320"}')
    provider.token = f"{head.decode().rstrip('=')}.{body.decode().rstrip('=')}."
    if algorithm == "HS256":
        mac = hmac.digest(KEY.as_pem(private=False), provider.token[:-1].encode(), "sha256")
        provider.token += base64.urlsafe_b64encode(mac).decode().rstrip("=")
    refused(come(visit, provider))


def test_new_keys_of_the_provider_are_read_when_they_are_met(
    visit: AnyClient, provider: IdentityProvider
) -> None:
    come(visit, provider)
    come(visit, provider)
    assert [path for path in provider.asked if path.endswith("/keys")] == ["/customs/keys"]
    provider.key, provider.published = OTHER_KEY, [KEY, OTHER_KEY]
    provider.header = {"alg": "RS256", "kid": "two"}
    assert come(visit, provider).status_code == 303


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_description_that_leads_elsewhere_is_refused(
    visit: AnyClient, provider: IdentityProvider, described: dict[str, Any]
) -> None:
    provider.described |= described
    refused(visit.get("/log-in/openid", follow_redirects=False))


def test_a_provider_that_does_not_answer_leaves_passwords(
    visit: AnyClient, provider: IdentityProvider
) -> None:
    provider.server.shutdown()
    provider.server.server_close()
    refused(visit.get("/log-in/openid"), "does not answer. Log in with a password")


def test_the_way_back_leads_to_pages_of_ours_only(
    visit: AnyClient, provider: IdentityProvider
) -> None:
    assert come(visit, provider, "//evil.example").headers["location"] == "/"


def test_without_a_provider_there_is_no_such_page(node: Node) -> None:
    for address in ("/log-in/openid", "/log-in/openid/back?code=1&state=2"):
        with client_in(node.store, node.context) as client:
            assert client.get(address).status_code == 404
