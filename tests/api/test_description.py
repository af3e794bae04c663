"""The description of the API: whole, true to itself, with examples that hold; its pages are made of it."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest
from tests.api.books import Books

from keruen.api import OPERATIONS, document

DESCRIBED = document(OPERATIONS)
EVERY = [one for methods in DESCRIBED["paths"].values() for one in methods.values()]


def holds(schema: dict[str, Any], value: Any) -> None:
    components = {"components": DESCRIBED["components"]}
    jsonschema.Draft202012Validator({**components, **schema}).validate(value)


def test_every_operation_has_a_name_words_and_answers() -> None:
    ids = [one["operationId"] for one in EVERY]
    assert len(ids) == len(set(ids)) == len(OPERATIONS)
    for one in EVERY:
        assert one["summary"], one["operationId"]
        assert {"200", "500"} <= set(one["responses"]), one["operationId"]
        assert all(parameter["description"] for parameter in one["parameters"]), one
        assert not one["security"] or {"401", "403", "429"} <= set(one["responses"])


def test_every_act_takes_a_key_or_says_why_it_needs_none() -> None:
    for one in OPERATIONS:
        if one.method == "POST" and not one.writes:
            assert "no key is needed" in one.description.lower().replace("\n", " ") or (
                "no key" in one.description
            ), one.id


@pytest.mark.parametrize("one", EVERY, ids=lambda one: str(one["operationId"]))
def test_examples_follow_their_schemas(one: dict[str, Any]) -> None:
    bodies = [one["requestBody"]] if "requestBody" in one else []
    for said in (*bodies, *one["responses"].values()):
        for media_type, content in said["content"].items():
            if media_type.endswith("json"):
                holds(content["schema"], content["example"])
    for parameter in one["parameters"]:
        if "example" in parameter:
            holds(parameter["schema"], parameter["example"])


def test_the_description_is_one_of_openapi(books: Books) -> None:
    import schemathesis

    served = books.client.get("/api/v1/openapi.json").json()
    assert served == DESCRIBED
    assert served["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(served).validate()


def test_the_page_for_people_fetches_nothing_from_elsewhere(books: Books) -> None:
    page = books.client.get("/api/v1/docs")
    assert page.headers["content-type"].startswith("text/html")
    targets = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert [one for one in targets if "//" in one] == []
    assert "<script" not in page.text
    assert " style=" not in page.text
    for one in OPERATIONS:
        assert one.id in page.text, one.id
    style = books.client.get("/api/v1/docs.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "url(" not in style.text
