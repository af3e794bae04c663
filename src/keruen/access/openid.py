"""OpenID Connect, the part that needs no socket: where a browser is sent, and what an ID token must say.

Authorization code with PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636). State, nonce and verifier are derived
from one secret that the browser keeps in a cookie: nothing is stored, and an answer that belongs to another
browser fits none of them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

import msgspec

from keruen.errors import LocalError

LEEWAY = timedelta(seconds=60)
"""Clocks of two machines are not exact."""
REFUSED = "oidc-refused"


class Going(msgspec.Struct, frozen=True):
    """One log-in on its way: what belongs to the browser that began it."""

    secret: str

    @property
    def state(self) -> str:
        """Comes back with the answer."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Comes back in the ID token."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Is shown when the code is redeemed (RFC 7636, 4.1)."""
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """Is shown when the code is asked for (RFC 7636, 4.2, S256)."""
        return _encoded(hashlib.sha256(self.verifier.encode()).digest())

    def _derived(self, what: str) -> str:
        return _encoded(hmac.new(self.secret.encode(), what.encode(), hashlib.sha256).digest())


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What an ID token must say."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Collection[str]


def authorization_address(
    endpoint: str, going: Going, *, client_id: str, back: str, scopes: Iterable[str]
) -> str:
    """Where a browser is sent (OpenID Connect Core 1.0, 3.1.2.1).

    Args:
        back: address that it returns to.
    """
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": back,
        "scope": " ".join(("openid", *scopes)),
        "state": going.state,
        "nonce": going.nonce,
        "code_challenge": going.challenge,
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def claims_of(
    token: str, keys: Mapping[str, Any], expected: Expected, now: datetime
) -> Mapping[str, Any]:
    """What an ID token says of somebody, once all holds (OpenID Connect Core 1.0, 3.1.3.7).

    Args:
        keys: the provider's JSON Web Key Set.

    Raises:
        LocalError: ``oidc-refused``, with the cause as its detail.
    """
    from joserfc import jwt  # noqa: PLC0415 - large, and few nodes have an identity provider
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above
    from joserfc.jwk import KeySet  # noqa: PLC0415 - as above

    try:
        keyset = KeySet.import_key_set({"keys": list(keys["keys"])})
        claims = jwt.decode(token, keyset, algorithms=list(expected.algorithms)).claims
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise refused(f"the ID token cannot be believed: {error}") from error
    for wrong in _mistakes(claims, expected, now.timestamp()):
        raise refused(wrong)
    return claims


def refused(cause: str) -> LocalError:
    """The identity provider's answer is not taken."""
    text = "the identity provider did not confirm who this is"
    return LocalError(REFUSED, text, detail=cause)


def _mistakes(claims: Mapping[str, Any], expected: Expected, now: float) -> Iterator[str]:
    """What is wrong; whoever takes one asks for no further."""
    stated, leeway = claims.get("aud"), LEEWAY.total_seconds()
    audience = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else []
    if claims.get("iss") != expected.issuer:
        yield "the ID token is of another issuer"
    if expected.client_id not in audience:
        yield "the ID token is for another client"
    if claims.get("azp", None if len(audience) > 1 else expected.client_id) != expected.client_id:
        yield "the ID token is for several clients and was given to another one"
    if not _is_number(claims.get("exp")) or now >= claims["exp"] + leeway:
        yield "the ID token has expired"
    if not _is_number(claims.get("iat")) or claims["iat"] > now + leeway:
        yield "the ID token is of the future"
    if not compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        yield "the ID token answers another log-in"
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        yield "the ID token names nobody"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
