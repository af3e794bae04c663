"""Takes octets from sockets and gives them to the exchange, and the other way round.

The AS4 endpoint for partners, the HTTP client that sends to them, and the servers that run both apps.
"""

from keruen.net.client import HttpTransport
from keruen.net.endpoint import Endpoint
from keruen.net.lists import ListFetcher
from keruen.net.openid import get_json, post_form
from keruen.net.server import Binding, serve
from keruen.net.tls import Terms, client_context, server_context
from keruen.net.watched import WatchedFolder
from keruen.net.webhooks import post_event

__all__ = [
    "Binding",
    "Endpoint",
    "HttpTransport",
    "ListFetcher",
    "Terms",
    "WatchedFolder",
    "client_context",
    "get_json",
    "post_event",
    "post_form",
    "serve",
    "server_context",
]
