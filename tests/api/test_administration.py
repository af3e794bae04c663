"""Users, tokens and the audit trail by program."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from tests.api.books import Books

NEW: dict[str, Any] = {"name": "aigul", "roles": ["officer"], "posts": ["TJ-FOT"]}

SAYS = f"""
from keruen.api.users import NewUser
from keruen.api.repeating import octets_of
import msgspec
print(octets_of(msgspec.convert({ {**NEW, "posts": [f"TJ-{one}" for one in range(9)]} }, NewUser)))
"""


def test_a_request_is_the_same_in_every_process() -> None:
    """Else who repeats one after the node was started anew is told that the key stands for another."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SAYS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_somebody_is_let_in_changed_and_let_in_no_more(books: Books) -> None:
    made, again = books.post("/users", NEW), books.post("/users", NEW)
    assert (made.json()["roles"], made.json()["posts"]) == (["officer"], ["TJ-FOT"])
    assert (again.json(), again.headers["idempotency-replayed"]) == (made.json(), "true")
    assert books.post("/users", NEW, key="two").json()["code"] == "user-exists"
    changed = books.call("PUT", "/users/aigul", json={"roles": ["operator"]}).json()
    assert (changed["roles"], "posts" in changed) == (["operator"], False)
    assert "disabled" in books.call("PUT", "/users/aigul/disabled").json()
    assert "disabled" not in books.call("DELETE", "/users/aigul/disabled").json()
    assert [one["name"] for one in books.get("/users").json()] == ["aigul"]
    assert books.call("PUT", "/users/nobody", json={"roles": ["operator"]}).status_code == 404


def test_nothing_of_a_secret_is_shown(books: Books) -> None:
    books.post("/users", {**NEW, "password": "correct horse battery staple"})
    shown = books.get("/users").text + books.get("/tokens").text + books.get("/audit").text
    assert "argon2" not in shown
    assert "horse" not in shown
    assert "digest" not in shown


def test_a_token_is_ended_by_program(books: Books) -> None:
    victim = books.secret("events")
    (found,) = (one for one in books.get("/tokens").json() if one["scopes"] == ["events"])
    assert books.get("/events", "events").status_code == 200
    ended = books.call("DELETE", f"/tokens/{found['token_id']}").json()
    assert ended == books.call("DELETE", f"/tokens/{found['token_id']}").json()
    assert victim not in str(ended)
    assert books.get("/events", "events").status_code == 401


def test_the_audit_trail_is_searched(books: Books) -> None:
    books.post("/users", NEW)
    books.call("PUT", "/users/aigul/disabled")
    found = books.get("/audit?act=disable-user").json()["items"]
    assert [(one["subject"], one["name"]) for one in found] == [("aigul", "token a program")]
