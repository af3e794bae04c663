"""Whether the node is there and can work: for watchers, without a token, without any fact of the exchange."""

from __future__ import annotations

from keruen import __version__
from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.customs import Struct
from keruen.store import Reader


class Health(Struct, frozen=True):
    """That the node answers."""

    status: str
    version: str


@operation("GET", "/health", id="getHealth", tag="Health", act=Act.ENTER)
def health(call: Call) -> Health:  # noqa: ARG001 - as all operations
    """Whether the node answers."""
    return Health(status="ok", version=__version__)


@operation("GET", "/ready", id="getReadiness", tag="Health", act=Act.ENTER)
def ready(call: Call) -> Health:
    """Whether the node can work: its database answers, too."""
    call.gate.store.read(Reader.last_event_id)
    return Health(status="ok", version=__version__)


OPERATIONS = (health, ready)
