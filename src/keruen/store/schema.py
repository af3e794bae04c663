"""The tables of the node's database: one a row type, columns named as the fields.

The same schema on SQLite and PostgreSQL: application-made text keys, the corridor in every primary key
once a message is attributed (inbox and refusals excepted), no triggers, no sequences.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from keruen.customs import Discrepancy
from keruen.store import asked, cases, missed, outside, people, rows, trade, watched
from keruen.store.entry import ArrivalEntry
from keruen.store.figured import FigureRow
from keruen.store.supplied import AnswerDue, SuppliedRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware time as microseconds since 1970 UTC: sorts, and comes back exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write a time."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a time."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Words(TypeDecorator[str]):
    """Text; NUL, which PostgreSQL cannot store, becomes U+FFFD, or a partner could stop the node with it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a text."""
        return (
            value.replace("\0", "\N{REPLACEMENT CHARACTER}") if value and "\0" in value else value
        )


class Letters(Words):
    """Text in the order of its characters, whatever a database's language: its index finds beginnings."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """The type in a database; SQLite orders texts so anyway."""
        return Text(collation="C") if dialect.name == "postgresql" else Text()


class Named(TypeDecorator[StrEnum]):
    """A member of an enumeration as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a member."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Read a member."""
        return None if value is None else self.members(value)


class DiscrepancyJson(TypeDecorator[Discrepancy]):
    """A discrepancy as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Discrepancy | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a discrepancy."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Discrepancy | None:  # noqa: ARG002
        """Read a discrepancy."""
        return None if value is None else msgspec.json.decode(value, type=Discrepancy)


FIGURED = (
    "key", "role", "partner", "post", "announced", "arrived", "timed", "on_time", "differing",
    "due", "delay", "label",
)  # fmt: skip
"""What sums of figures read: all of it lies in the index, so that no row is looked up for it."""
TRADED = (
    "month", "side", "role", "partner", "post", "consignment_id", "value", "net_mass",
)  # fmt: skip
"""What sums of turnover read: all of it lies in the index, too."""

metadata = MetaData()

_TYPES: dict[Any, TypeEngine[Any]] = {
    str: Words(),
    int: BigInteger(),
    bytes: LargeBinary(),
    bool: Boolean(),
    datetime: Moment(),
    Discrepancy: DiscrepancyJson(),
}


_ORDERED = ("folded", "skeleton")
"""Columns of marks that are looked up by their beginning."""


def _table(
    name: str, row: type[rows.Row], key: tuple[str, ...], *extra: Column[Any] | Index
) -> Table:
    """A table with a column for each field of a row type.

    A key opens with the id, so that it finds a row whose corridor is not known, and orders ids, too.
    """
    columns = [_column(field.name, field.type) for field in msgspec.structs.fields(row)]
    return Table(name, metadata, *columns, *extra, PrimaryKeyConstraint(*key))


def _column(name: str, kind: Any) -> Column[Any]:
    optional = getattr(kind, "__args__", ())
    nullable = type(None) in optional
    plain = next((arg for arg in optional if arg is not type(None)), kind) if nullable else kind
    type_ = (
        Named(plain) if isinstance(plain, type) and issubclass(plain, StrEnum) else _TYPES[plain]
    )
    if name in _ORDERED:
        type_ = Letters()
    return Column(name, type_, nullable=nullable)


message = _table(
    "message",
    rows.Message,
    ("message_id", "corridor"),
    Index("message_consignment", "consignment_id"),
    Index("message_answer", "refers_to"),
    Index("message_newest", "stored", "message_id"),
)
TROUBLED = "state != 'delivered' AND last_error IS NOT NULL"
"""Of the outbox what has failed or was tried in vain: little, and looked for twice a second."""
HAS_RECEIPT = "delivered IS NOT NULL"
outbox = _table(
    "outbox",
    rows.OutboxEntry,
    ("message_id", "corridor"),
    Index("outbox_due", "state", "next_attempt", "message_id"),
    Index(
        "outbox_bulky",
        "next_attempt",
        sqlite_where=text("bulky IS 1"),
        postgresql_where=text("bulky IS true"),
    ),
    Index(
        "outbox_troubled",
        "message_id",
        sqlite_where=text(TROUBLED),
        postgresql_where=text(TROUBLED),
    ),
    Index(
        "outbox_delivered",
        "partner",
        "delivered",
        sqlite_where=text(HAS_RECEIPT),
        postgresql_where=text(HAS_RECEIPT),
    ),
)
envelope = _table(
    "envelope",
    rows.Envelope,
    ("ebms_id", "corridor", "direction"),
    Column("leaf", BigInteger, nullable=False),
)
inbox = _table(
    "inbox",
    rows.InboxEntry,
    ("ebms_id", "partner"),
    Index("inbox_waiting", "handled", "received", "ebms_id"),
)
callback = _table(
    "callback", rows.Callback, ("ebms_id", "partner"), Index("callback_due", "next_attempt")
)
event = _table(
    "event",
    rows.Event,
    ("event_id", "corridor"),
    Index("event_consignment", "consignment_id", "event_id"),
)
consignment = _table(
    "consignment",
    rows.Consignment,
    ("consignment_id", "corridor"),
    Index("consignment_expected", "role", "state", "post", "eta", "partner", "late"),
    Index("consignment_due", "state", "eta"),
    Index("consignment_departing", "state", "departed"),
    Index("consignment_arrived", "role", "arrived"),
    Index("consignment_untold", "state", "arrived"),
    Index("consignment_reference", "reference"),
)
identifier = _table(
    "identifier",
    rows.Identifier,
    ("consignment_id", "corridor", "kind", "folded"),
    Index("identifier_folded", "folded"),
    Index("identifier_skeleton", "skeleton"),
)
discrepancy = _table(
    "discrepancy",
    rows.DiscrepancyRow,
    ("consignment_id", "corridor", "source", "code", "item", "path"),
    Column("code", Words, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("path", Words, nullable=False),
    Index("discrepancy_latest", "stated", "consignment_id"),
)
figure = _table(
    "figure",
    FigureRow,
    ("consignment_id", "corridor", "aspect", "key"),
    Index("figure_day", "aspect", "day", "consignment_id", *FIGURED),
)
declaration = _table(
    "declaration",
    rows.NationalDeclaration,
    ("declaration_id", "corridor"),
    Index("declaration_digest", "digest"),
    Index("declaration_reference", "reference"),
)
import_match = _table(
    "import_match",
    rows.ImportMatch,
    ("declaration_id", "corridor", "consignment_id"),
    Index("import_match_consignment", "consignment_id"),
)
import_mark = _table(
    "import_mark",
    rows.ImportMark,
    ("declaration_id", "corridor", "skeleton"),
    Index("import_mark_skeleton", "skeleton"),
)
refusal = _table("refusal", rows.Refusal, ("refusal_id",))
api_token = _table(
    "api_token", outside.ApiToken, ("token_id",), Index("api_token_digest", "digest")
)
kept_answer = _table(
    "kept_answer", outside.KeptAnswer, ("key", "token_id"), Index("kept_answer_at", "at")
)
hook_position = _table("hook_position", outside.HookPosition, ("hook",))
account = _table(
    "account",
    people.Account,
    ("user_id",),
    Index("account_name", "name", unique=True),
    Index("account_subject", "subject", unique=True),
)
session = _table(
    "session",
    people.Session,
    ("session_id",),
    Index("session_digest", "digest", unique=True),
    Index("session_user", "user_id"),
)
second_factor = _table("second_factor", people.SecondFactor, ("user_id",))
attempts = _table("attempts", people.Attempts, ("key",))
audit_entry = _table(
    "audit_entry",
    people.AuditEntry,
    ("entry_id",),
    Index("audit_entry_at", "at"),
    Index("audit_entry_name", "name", "entry_id"),
    Index("audit_entry_subject", "subject", "entry_id"),
)
payload = Table(
    "payload",
    metadata,
    Column("payload_id", Words, primary_key=True),
    Column("ordinal", BigInteger, primary_key=True, autoincrement=False),
    Column("octets", LargeBinary, nullable=False),
)
attachment = _table(
    "attachment",
    rows.Attachment,
    ("ebms_id", "corridor", "direction", "ordinal"),
)
draft = _table("draft", rows.Draft, ("payload_id",))
arrival_entry = _table(
    "arrival_entry",
    ArrivalEntry,
    ("entry_id",),
    Index("arrival_entry_draft", "person", "post", "saved"),
    Index("arrival_entry_saved", "saved"),
)
enquiry = _table(
    "enquiry",
    asked.EnquiryRow,
    ("enquiry_id", "corridor"),
    Index("enquiry_due", "next_step"),
    Index("enquiry_state", "state"),
    Index("enquiry_consignment", "consignment_id"),
)
alarm = _table(
    "alarm",
    asked.Alarm,
    ("subject", "corridor", "code"),
    Index("alarm_raised", "settled", "raised"),
    Index("alarm_consignment", "consignment_id"),
)
report = _table(
    "report",
    asked.Report,
    ("message_id", "corridor"),
    Index("report_until", "corridor", "direction", "until"),
)
unusable = _table(
    "unusable",
    asked.UnusableMessage,
    ("message_id", "corridor"),
    Index("unusable_created", "corridor", "created"),
)
missed_deadline = _table(
    "missed_deadline",
    missed.MissedDeadline,
    ("subject", "corridor", "code"),
    Index("missed_deadline_open", "met", "due"),
    Index("missed_deadline_consignment", "consignment_id"),
)
SUMMED_CASE = (
    "state", "role", "partner", "post", "chapter", "trader", "carrier", "mass", "trader_name",
    "carrier_name", "closed",
)  # fmt: skip
"""What sums of open cases read: all of it lies in the index, so that no row is looked up for it."""
OPEN_CASE = "closed IS NULL"
"""Of the cases those that wait: closed ones are looked at seldom."""
LINKED_CASE = "candidate IS NOT NULL"
reconciliation = _table(
    "reconciliation",
    cases.CaseRow,
    ("subject", "corridor"),
    Index(
        "reconciliation_open",
        "due",
        "subject",
        *SUMMED_CASE,
        sqlite_where=text(OPEN_CASE),
        postgresql_where=text(OPEN_CASE),
    ),
    Index(
        "reconciliation_linked",
        "closed",
        sqlite_where=text(LINKED_CASE),
        postgresql_where=text(LINKED_CASE),
    ),
)
case_act = _table(
    "case_act", cases.CaseAct, ("act_id", "corridor"), Index("case_act_subject", "subject")
)
traded = _table(
    "traded",
    trade.TradedRow,
    ("consignment_id", "corridor", "side", "source"),
    Index("traded_month", *TRADED),
)
published_series = _table("published_series", trade.PublishedSeries, ("series_id",))
deadline_mark = _table("deadline_mark", missed.DeadlineMark, ("corridor", "code"))
supplied = _table("supplied", SuppliedRow, ("corridor", "direction", "office", "month"))
answer_due = _table(
    "answer_due", AnswerDue, ("key", "corridor", "answer"), Index("answer_due_due", "due")
)
failed_try = _table("failed_try", watched.FailedTry, ("message_id", "corridor", "at"))
purge_run = _table("purge_run", watched.PurgeRun, ("run_id",))
evidence_leaf = Table(
    "evidence_leaf",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
evidence_head = Table(
    "evidence_head",
    metadata,
    Column("log", Words, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
)
LOG = {"log": "node"}
"""Key of the only row of `evidence_head`."""

PROJECTIONS = (consignment, identifier, discrepancy, import_match, figure, reconciliation, traded)
"""Tables that can be rebuilt from events and messages."""

COUNTS = (supplied, answer_due)
"""Projections of messages by month: a month whose messages were removed is kept as it was counted."""
