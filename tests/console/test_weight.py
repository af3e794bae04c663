"""A first visit is light: the page with its styles, scripts and pictures is under 150 kB, even unpacked."""

from __future__ import annotations

from typing import Any

import pytest

from keruen.bench.weight import loaded

LIMIT = 150_000


@pytest.mark.parametrize("path", ["/", "/posts/TJ-FOT", "/search?q=489"])
def test_a_first_visit_is_under_150_kilobytes(path: str, client: Any) -> None:
    page = client.get(path)
    assert page.status_code == 200
    parts = [page, *(client.get(one) for one in loaded(page.text))]
    assert len(parts) > 2
    assert sum(len(one.content) for one in parts) < LIMIT
