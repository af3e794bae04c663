"""Takes octets from sockets and gives them to the exchange, and the other way round.

The AS4 endpoint for partners, the HTTP client that sends to them, and the servers that run both apps.
"""

from keruen.net.client import HttpTransport
from keruen.net.endpoint import as4_app
from keruen.net.lists import ListFetcher
from keruen.net.server import Binding, serve
from keruen.net.tls import Terms, client_context, server_context
from keruen.net.watched import WatchedFolder

__all__ = [
    "Binding",
    "HttpTransport",
    "ListFetcher",
    "Terms",
    "WatchedFolder",
    "as4_app",
    "client_context",
    "serve",
    "server_context",
]
