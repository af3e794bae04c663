"""Forms that only we made: each shows a token of the session that no other site can know (OWASP, CSRF).

`form_token` is made of the session's secret, so nothing is stored; a browser in which nobody is yet has a
secret of its own for the log-in form.
"""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from typing import TYPE_CHECKING

from litestar.exceptions import PermissionDeniedException
from markupsafe import Markup

from keruen.people.sessions import form_token

if TYPE_CHECKING:
    from keruen.console.rendering import Asked

FIELD, HEADER = "csrf", "X-CSRF-Token"
OURS = ("same-origin", "none")
"""What a browser says of a request that a page of ours, or the reader's own hand, has begun."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class ForeignFormError(PermissionDeniedException):
    """A form that is not of this session: of another site, or of a page that stood open too long."""


def bind(request: Asked, secret: str | None) -> None:
    """Say which secret of the browser this request's forms are bound to."""
    request.state.form_token = form_token(secret) if secret else ""


def token_of(request: Asked) -> str:
    """What forms of this browser show; empty where it has no secret yet."""
    return str(getattr(request.state, "form_token", ""))


def field(token: str) -> Markup:
    """The hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


async def require_own_form(request: Asked) -> None:
    """Check that a request that changes something comes from a page of this session.

    Raises:
        ForeignFormError: it does not.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise ForeignFormError
    token, shown = token_of(request), request.headers.get(HEADER)
    if shown is None:
        shown = (await fields(request)).get(FIELD, "")
    if not token or not compare_digest(token.encode(), shown.encode()):
        raise ForeignFormError


async def choices(request: Asked) -> Mapping[str, tuple[str, ...]]:
    """The texts of a form, with all that was ticked under one name."""
    if not request.headers.get("Content-Type", "").lower().startswith(FORMS):
        return {}
    form = await request.form()
    return {name: tuple(map(str, form.getall(name))) for name in form}


async def fields(request: Asked) -> Mapping[str, str]:
    """The texts of a form, each once; empty for what is no form."""
    if not request.headers.get("Content-Type", "").lower().startswith(FORMS):
        return {}
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
