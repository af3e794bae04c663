"""Takes requests of an administration's own programs, gives answers of the exchange: REST with OpenAPI 3.1."""

from keruen.api.app import OPERATIONS, create_app, mounted
from keruen.api.gate import Gate
from keruen.api.limits import Limits, rates
from keruen.api.openapi import document
from keruen.api.tokens import SCOPES, Scope, made, parse_scopes

__all__ = [
    "OPERATIONS",
    "SCOPES",
    "Gate",
    "Limits",
    "Scope",
    "create_app",
    "document",
    "made",
    "mounted",
    "parse_scopes",
    "rates",
]
