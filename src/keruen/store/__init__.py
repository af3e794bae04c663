"""Takes rows of the domain's events, messages and queues, gives them back: durable, on SQLite or PostgreSQL.

The only SQL against the node's database. Writing goes through a group-commit writer.
"""

from keruen.store.asked import OPEN, Alarm, EnquiryRow, EnquiryState, Report, UnusableMessage
from keruen.store.asking import Content
from keruen.store.dossiers import Proved
from keruen.store.entry import ArrivalEntry
from keruen.store.evidence import evidence_entry
from keruen.store.follower import Done, Follower
from keruen.store.missed import MissedDeadline
from keruen.store.outside import ApiToken, HookPosition, KeptAnswer
from keruen.store.people import Account, Attempts, AuditEntry, SecondFactor, Session
from keruen.store.reader import Reader
from keruen.store.recording import CHUNK, rechunked
from keruen.store.rows import (
    Attachment,
    Callback,
    Consignment,
    Direction,
    DiscrepancyRow,
    Draft,
    Envelope,
    Event,
    Identifier,
    IdentifierKind,
    ImportMark,
    ImportMatch,
    InboxEntry,
    Message,
    NationalDeclaration,
    OutboxEntry,
    OutboxState,
    Refusal,
    Role,
    Row,
)
from keruen.store.store import Store
from keruen.store.transaction import Transaction
from keruen.store.watched import FailedTry, PurgeRun

__all__ = [
    "CHUNK",
    "OPEN",
    "Account",
    "Alarm",
    "ApiToken",
    "ArrivalEntry",
    "Attachment",
    "Attempts",
    "AuditEntry",
    "Callback",
    "Consignment",
    "Content",
    "Direction",
    "DiscrepancyRow",
    "Done",
    "Draft",
    "EnquiryRow",
    "EnquiryState",
    "Envelope",
    "Event",
    "FailedTry",
    "Follower",
    "HookPosition",
    "Identifier",
    "IdentifierKind",
    "ImportMark",
    "ImportMatch",
    "InboxEntry",
    "KeptAnswer",
    "Message",
    "MissedDeadline",
    "NationalDeclaration",
    "OutboxEntry",
    "OutboxState",
    "Proved",
    "PurgeRun",
    "Reader",
    "Refusal",
    "Report",
    "Role",
    "Row",
    "SecondFactor",
    "Session",
    "Store",
    "Transaction",
    "UnusableMessage",
    "evidence_entry",
    "rechunked",
]
