"""The identity provider as this node knows it: its description and keys, read when needed, kept a while."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlsplit

from keruen.access.openid import Expected, Going, authorization_address, claims_of, refused
from keruen.config.people import Oidc, is_loopback
from keruen.errors import LocalError

KEPT = timedelta(minutes=10)
DOWN = "oidc-down"

Get = Callable[[str], Awaitable[Any]]
Post = Callable[[str, Mapping[str, str], tuple[str, str] | None], Awaitable[Any]]


@dataclass(slots=True)
class Provider:
    """One identity provider.

    Args:
        get, post: ask it; they raise OSError.
        secret: of this node as its client; None: a public client.
    """

    settings: Oidc
    get: Get
    post: Post
    wall: Callable[[], datetime]
    secret: str | None = None
    _kept: dict[str, tuple[datetime, Any]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the log-in page calls it."""
        return self.settings.title

    async def way_to(self, going: Going, back: str) -> str:
        """Where a browser is sent.

        Raises:
            LocalError: ``oidc-down``, ``oidc-refused``.
        """
        endpoint = self._endpoint(await self._described(), "authorization_endpoint")
        settings = self.settings
        return authorization_address(
            endpoint, going, client_id=settings.client_id, back=back, scopes=settings.scopes
        )

    async def claims(self, going: Going, code: str, back: str) -> Mapping[str, Any]:
        """What the provider says of whoever came back with this code.

        Raises:
            LocalError: ``oidc-down``, ``oidc-refused``.
        """
        described, settings = await self._described(), self.settings
        token = await self._redeemed(described, going, code, back)
        expected = Expected(
            issuer=settings.issuer,
            client_id=settings.client_id,
            nonce=going.nonce,
            algorithms=settings.algorithms,
        )
        address = self._endpoint(described, "jwks_uri")
        fresh = address not in self._kept
        try:
            return claims_of(token, await self._read(address), expected, self.wall())
        except LocalError:
            if fresh:
                raise
            del self._kept[address]  # the provider may have changed its keys since
            return claims_of(token, await self._read(address), expected, self.wall())

    async def _redeemed(
        self, described: Mapping[str, Any], going: Going, code: str, back: str
    ) -> str:
        """The ID token for a code (OpenID Connect Core 1.0, 3.1.3; RFC 6749, 2.3.1)."""
        own = self.settings.client_id
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": going.verifier,
        }
        credentials = (quote_plus(own), quote_plus(self.secret)) if self.secret else None
        fields |= {} if credentials else {"client_id": own}
        endpoint = self._endpoint(described, "token_endpoint")
        try:
            answer = await self.post(endpoint, fields, credentials)
        except OSError as error:
            raise _down(error) from error
        token = answer.get("id_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise refused(f"no ID token was given for the code: {str(answer)[:200]}")
        return token

    async def _described(self) -> Mapping[str, Any]:
        issuer = self.settings.issuer
        found = await self._read(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if not isinstance(found, dict) or found.get("issuer") != issuer:
            raise refused(f"the description there is not of {issuer}")
        return found

    async def _read(self, address: str) -> Any:
        known = self._kept.get(address)
        if known is not None and self.wall() - known[0] < KEPT:
            return known[1]
        try:
            found = await self.get(address)
        except OSError as error:
            raise _down(error) from error
        self._kept[address] = self.wall(), found
        return found

    def _endpoint(self, described: Mapping[str, Any], name: str) -> str:
        address = str(described.get(name, ""))
        parts = urlsplit(address)
        local = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not (parts.scheme == "https" or local) or not parts.hostname:
            raise refused(f"{name} is no https address: {address}")
        return address


def _down(error: OSError) -> LocalError:
    return LocalError(DOWN, "the identity provider does not answer", detail=str(error))
