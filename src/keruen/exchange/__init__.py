"""Takes documents of the national system and messages of partners, gives answers, events and states.

What happens to a message: it is announced, sent, retried, received, handled, answered. Handlers of
messages and takers of documents are tables; the composition root adds those of other rooms.
"""

from keruen.exchange.announcing import announce
from keruen.exchange.answering import Handler, acknowledge
from keruen.exchange.attaching import Attached, attach, check_attached
from keruen.exchange.connection import Connection
from keruen.exchange.context import Context, countries_concerned
from keruen.exchange.drafts import drop, drop_forgotten
from keruen.exchange.handlers import HANDLERS
from keruen.exchange.hooks import Hook, Webhook
from keruen.exchange.inbox import Inbox
from keruen.exchange.incoming import Incoming
from keruen.exchange.informing import information
from keruen.exchange.intake import prepare, take
from keruen.exchange.lifecycle import EXPECTED, Happening, State, after
from keruen.exchange.notices import Annulled, LeavesEmpty, Notice, OnTheWay, notice
from keruen.exchange.outgoing import current_phase, mode_of, new_header, send
from keruen.exchange.peers import (
    LIMITS,
    SERVICE,
    SERVICES,
    Answer,
    Channel,
    ErrorPolicy,
    Fetch,
    Line,
    Peer,
    Reply,
    Transport,
)
from keruen.exchange.pinging import Pong, ping
from keruen.exchange.pulling import Callbacks, Puller
from keruen.exchange.quarantine import Space
from keruen.exchange.receiving import Receiver
from keruen.exchange.record import EventData, rebuild, record
from keruen.exchange.sending import Sender
from keruen.exchange.slices import pulled
from keruen.exchange.submission import (
    Document,
    Result,
    Submitted,
    Taker,
    keep,
    submitted,
    too_large,
)
from keruen.exchange.sweep import due, sweep
from keruen.exchange.versions import Validity, Version, versions
from keruen.exchange.working import persist, work

__all__ = [
    "EXPECTED",
    "HANDLERS",
    "LIMITS",
    "SERVICE",
    "SERVICES",
    "Annulled",
    "Answer",
    "Attached",
    "Callbacks",
    "Channel",
    "Connection",
    "Context",
    "Document",
    "ErrorPolicy",
    "EventData",
    "Fetch",
    "Handler",
    "Happening",
    "Hook",
    "Inbox",
    "Incoming",
    "LeavesEmpty",
    "Line",
    "Notice",
    "OnTheWay",
    "Peer",
    "Pong",
    "Puller",
    "Receiver",
    "Reply",
    "Result",
    "Sender",
    "Space",
    "State",
    "Submitted",
    "Taker",
    "Transport",
    "Validity",
    "Version",
    "Webhook",
    "acknowledge",
    "after",
    "announce",
    "attach",
    "check_attached",
    "countries_concerned",
    "current_phase",
    "drop",
    "drop_forgotten",
    "due",
    "information",
    "keep",
    "mode_of",
    "new_header",
    "notice",
    "persist",
    "ping",
    "prepare",
    "pulled",
    "rebuild",
    "record",
    "send",
    "submitted",
    "sweep",
    "take",
    "too_large",
    "versions",
    "work",
]
