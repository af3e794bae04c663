"""Errors as Problem Details (RFC 9457): a stable code, a text for people, findings where there are some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException

from keruen.customs import Finding
from keruen.errors import KeruenError

PROBLEM = "application/problem+json"
MISSING, REFUSED, INTERNAL = 404, 422, 500
TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Refused",
    429: "Too many requests",
    500: "Internal error",
    502: "Bad gateway",
    503: "Unavailable",
}
"""Statuses of problems, in words."""
CODES = {404: "address-unknown", 405: "method-not-allowed", 413: "body-too-large"}
"""Codes of what no operation was reached for."""

log = structlog.get_logger(__name__)


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong.

    Attributes:
        status: of the answer.
        title: the status in words.
        code: stable, for programs.
        detail: for people, what is wrong and what would be right.
        type: always `about:blank`, since the code tells.
        findings: of a document or an arrival that was refused.
        number: under which the operator finds an internal error in the log.
    """

    status: int
    title: str
    code: str
    detail: str = ""
    type: str = "about:blank"
    findings: tuple[Finding, ...] = ()
    number: str | None = None


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = headers


def problem(
    status: int,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
) -> ProblemError:
    """A problem to be raised."""
    return ProblemError(Problem(status, TITLES[status], code, detail, findings=findings), headers)


def missing(code: str, detail: str) -> ProblemError:
    """That there is no such thing, or not for this caller, which are told alike."""
    return problem(MISSING, code, detail)


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """A problem as the answer to a request."""
    body = msgspec.json.encode(problem)
    return Response(
        body, status_code=problem.status, media_type=PROBLEM, headers=dict(headers or {})
    )


def problem_of(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The problem that an exception is; a stranger learns no more of ours than a number."""
    match error:
        case ProblemError():
            return answer(error.problem, error.headers)
        case KeruenError():
            return answer(Problem(REFUSED, TITLES[REFUSED], error.code, error.text))
        case HTTPException():
            return _of_http(error)
    number = hex(id(error))
    log.error("request failed", number=number, exc_info=error)
    text = "This node could not do it; its operator finds the cause in the log."
    return answer(Problem(INTERNAL, TITLES[INTERNAL], "internal-error", text, number=number))


def _of_http(error: HTTPException) -> Response[bytes]:
    status = error.status_code
    code = CODES.get(status, f"http-{status}")
    title = TITLES.get(status, "Not possible")
    return answer(Problem(status, title, code, error.detail), error.headers)
