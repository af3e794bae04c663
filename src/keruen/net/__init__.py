"""Takes octets from sockets and gives them to the exchange, and the other way round.

The AS4 endpoint for partners, the HTTP client that sends to them, and the servers that run both apps.
"""

from keruen.net.client import HttpTransport
from keruen.net.endpoint import as4_app
from keruen.net.server import Binding, serve

__all__ = ["Binding", "HttpTransport", "as4_app", "serve"]
