"""One operation of the API as a value: its address, what it needs, what it gives.

    function + its annotations ─► Operation ─► the route (`handling`) and its description (`openapi`)

A function that is an operation takes the call and what it needs of ``place`` (parameters of the path),
``query``, ``headers``, ``body`` and ``tx``; the types that it states are what is checked and described. A
function with ``tx`` writes: it runs in one transaction, once for each Idempotency-Key. One with ``key``
writes, too, and sees to the key itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_type_hints

from keruen.access import Act
from keruen.api.tokens import SCOPE_OF, Scope

Method = Literal["GET", "POST", "DELETE", "PUT"]
JSON = "application/json"
OCTETS = "application/octet-stream"
PARTS = ("place", "query", "headers", "body")


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is taken as it comes, chunk by chunk."""

    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Download:
    """An answer that is octets to be saved.

    Args:
        name: what it is saved as.
    """

    chunks: Iterator[bytes]
    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with headers of its own."""

    value: Any
    headers: Mapping[str, str]


def answered(value: Any, *, repeated: bool) -> Answered:
    """An answer to what acts; it says so where its key was answered before."""
    return Answered(value, {"Idempotency-Replayed": "true"} if repeated else {})


@dataclass(frozen=True, slots=True)
class Operation:
    """What a program can ask for or do.

    Attributes:
        id: its name, ``listConsignments``.
        path: below the API's own, with parameters in braces.
        act: what a person who does the same must be allowed to; ENTER: no token is needed.
        takes: part of the request → its type.
        gives: type of the answer.
        media_type: of the answer.
        writes: whether it acts and so needs a key.
        transacts: whether it runs in a transaction.
        judge: raises the problem that an answer is, after the transaction.
        codes: codes of problems, by status, beside those that every operation has.
        size: octets that its body may have.
        audited: whether the audit trail tells of it: acts, and looks at personal data.
        bucket: name of a limit of its own, beside that on all calls.
    """

    id: str
    method: Method
    path: str
    act: Act
    tag: str
    summary: str
    description: str
    run: Callable[..., Any]
    takes: Mapping[str, Any]
    gives: Any
    media_type: str = JSON
    writes: bool = False
    transacts: bool = False
    judge: Callable[[Any], None] | None = None
    codes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    size: int = 1 << 20
    bucket: str = ""
    audited: bool = False

    @property
    def scope(self) -> Scope | None:
        """What a token must be good for; None: none is needed."""
        return SCOPE_OF.get(self.act)


def _acting(run: Callable[..., Any]) -> dict[str, bool]:
    names = inspect.signature(run).parameters
    transacts = "tx" in names
    return {"transacts": transacts, "writes": transacts or "key" in names}


def operation(
    method: Method,
    path: str,
    *,
    id: str,
    act: Act,
    tag: str,
    **more: Any,
) -> Callable[[Callable[..., Any]], Operation]:
    """Make an operation of a function; its docstring's first sentence is the summary."""

    def made(run: Callable[..., Any]) -> Operation:
        hints = get_type_hints(run, include_extras=True)
        summary, _, rest = inspect.cleandoc(run.__doc__ or "").partition("\n")
        return Operation(
            id=id,
            method=method,
            path=path,
            act=act,
            tag=tag,
            summary=summary.rstrip("."),
            description=" ".join(rest.split()),
            run=run,
            takes={part: hints[part] for part in PARTS if part in hints},
            gives=hints["return"],
            **{"audited": method != "GET"} | _acting(run) | more,
        )

    return made
