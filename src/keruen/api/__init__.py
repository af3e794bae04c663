"""Takes requests of an administration's own programs, gives answers of the exchange: REST with OpenAPI 3.1."""

from keruen.api.app import Gate, routes
from keruen.api.openapi import OPENAPI
from keruen.api.tokens import SCOPES, Scope, made, parse_scopes

__all__ = ["OPENAPI", "SCOPES", "Gate", "Scope", "made", "parse_scopes", "routes"]
