"""What an operator sets about coming in, and what a browser is given to come back with."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import Cookie

from keruen.access import Act, Person, SessionRules
from keruen.people.provider import Provider

HOMES = (
    (Act.SEE_BOARD, "/"),
    (Act.SEE_OVERVIEW, "/overview"),
    (Act.SEE_QUALITY, "/quality"),
    (Act.MANAGE_USERS, "/administration/users"),
    (Act.SEE_AUDIT, "/administration/audit"),
)
"""Where somebody's day begins: the first of these that they may see."""
ACCOUNT = "/account"
LOG_IN = "/log-in"

_OWN = re.compile(r"/(?!/)[!-\[\]-~]*")


class Entrance(msgspec.Struct, frozen=True, kw_only=True):
    """How people come in.

    Attributes:
        secure: the console speaks TLS: cookies are for it alone.
        hosts: names that the console answers to, beside those of this machine.
        mark: tells the cookies of two nodes on one machine apart; browsers do not heed the port.
        oidc: the identity provider by which one may come in, too.
        demo: the node is a demonstration: its printed password is taken.
    """

    rules: SessionRules = SessionRules()
    secure: bool = False
    hosts: frozenset[str] = frozenset()
    mark: str = ""
    demo: bool = False
    oidc: Provider | None = None

    @property
    def session_cookie(self) -> str:
        """The name of the cookie of somebody who is in."""
        return self._named("session")

    @property
    def form_cookie(self) -> str:
        """The name of the cookie of somebody who is not in yet, which binds the log-in form to the browser."""
        return self._named("form")

    @property
    def openid_cookie(self) -> str:
        """The name of the cookie of a browser that is on its way to the identity provider."""
        return self._named("openid")

    def _named(self, what: str) -> str:
        name = "-".join(part for part in ("keruen", what, self.mark) if part)
        return f"__Host-{name}" if self.secure else name

    def cookie(self, name: str, value: str, *, ended: bool = False) -> Cookie:
        """A cookie that no script sees, that no other site's form brings along, and that ends with the browser.

        Lax, not Strict: a link in a letter leads to the page and not to the log-in. What changes anything
        is a form, and has `form_token`.
        """
        return Cookie(
            name,
            value=value,
            path="/",
            httponly=True,
            samesite="lax",
            secure=self.secure,
            max_age=0 if ended else None,
        )


def home_of(person: Person) -> str:
    """Where somebody's day begins."""
    return next((address for act, address in HOMES if person.may(act)), ACCOUNT)


def own_address(wanted: str | None) -> str | None:
    """An address within these pages, or None: whoever made the link leads nobody elsewhere by it."""
    if not wanted or not _OWN.fullmatch(wanted) or wanted.startswith((LOG_IN, "/log-out")):
        return None
    return wanted


def log_in_address(wanted: str | None) -> str:
    """The log-in page, from which one comes back to where one wanted to be."""
    own = own_address(wanted)
    return f"{LOG_IN}?{urlencode({'next': own})}" if own and own != "/" else LOG_IN
