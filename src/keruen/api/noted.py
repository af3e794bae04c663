"""The audit trail of programs: which token did what, or looked at what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request

from keruen.api.gate import Call
from keruen.api.operation import Operation
from keruen.people.audit import Outcome, note
from keruen.store import Transaction


def entry_of(
    operation: Operation, call: Call, request: Request[Any, Any, Any], outcome: Outcome
) -> Callable[[Transaction], None]:
    """What writes that a program did something, or looked at something.

    The subject is what the path names, else what was looked for.
    """
    doer = call.caller.doer(request.client.host if request.client else "")
    named = " ".join(map(str, request.path_params.values()))

    def write(tx: Transaction) -> None:
        note(
            tx,
            call.gate.context.clock,
            doer,
            operation.act,
            named or request.query_params.get("q", ""),
            outcome=outcome,
            corridor=request.path_params.get("corridor"),
            detail=operation.id,
        )

    return write
