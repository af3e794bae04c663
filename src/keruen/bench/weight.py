"""What a first visit weighs: a page with its styles, scripts and pictures, on the wire and unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from keruen.bench.visitor import Fetched, Visitor

_TAGS = re.compile(r"<(?:link|script|img)\b[^>]*>")
_ADDRESS = re.compile(r"\b(?:href|src)=\"(/[^\"]*)\"")


def loaded(page: str) -> list[str]:
    """Addresses that a browser fetches with a page, each once."""
    found = (_ADDRESS.search(tag) for tag in _TAGS.findall(page))
    return list(dict.fromkeys(one[1] for one in found if one))


def first_visit(visitor: Visitor, paths: Iterable[str] = ("/",)) -> dict[str, dict[str, int]]:
    """Octets of each page with all that comes with it: ``wire`` as sent, ``raw`` unpacked."""
    weights = {}
    for path in paths:
        page = visitor.fetch(path)
        all_of_it: list[Fetched] = [page, *(visitor.fetch(one) for one in loaded(page.text))]
        weights[path] = {
            "wire": sum(one.wire for one in all_of_it),
            "raw": sum(one.size for one in all_of_it),
        }
    return weights
