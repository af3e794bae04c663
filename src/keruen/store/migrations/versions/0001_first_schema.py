"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
MARK = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""A mark, in the order of its characters."""


def upgrade() -> None:  # noqa: PLR0915 - one statement a table and an index
    """Make all tables, and the empty evidence log."""
    op.create_table(
        "alarm",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("next_look", sa.BigInteger(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "corridor", "code"),
    )
    op.create_index("alarm_raised", "alarm", ["settled", "raised"], unique=False)
    op.create_index("alarm_consignment", "alarm", ["consignment_id"], unique=False)
    op.create_table(
        "arrival_entry",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("saved", sa.BigInteger(), nullable=False),
        sa.Column("registered", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index(
        "arrival_entry_draft", "arrival_entry", ["person", "post", "saved"], unique=False
    )
    op.create_index("arrival_entry_saved", "arrival_entry", ["saved"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("ebms_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("content_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("payload_id", sa.Text(), nullable=False),
        sa.Column("packed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("ebms_id", "corridor", "direction", "ordinal"),
    )
    op.create_table(
        "callback",
        sa.Column("ebms_id", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("next_attempt", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("ebms_id", "partner"),
    )
    op.create_index("callback_due", "callback", ["next_attempt"], unique=False)
    op.create_table(
        "consignment",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("information_id", sa.Text(), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("eta", sa.BigInteger(), nullable=True),
        sa.Column("eta_basis", sa.Text(), nullable=True),
        sa.Column("departed", sa.BigInteger(), nullable=True),
        sa.Column("transport_mode", sa.Text(), nullable=True),
        sa.Column("vehicle", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("goods", sa.BigInteger(), nullable=False),
        sa.Column("gross_mass", sa.Text(), nullable=True),
        sa.Column("arrived", sa.BigInteger(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("import_number", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("consignment_id", "corridor"),
    )
    op.create_index("consignment_arrived", "consignment", ["role", "arrived"], unique=False)
    op.create_index("consignment_departing", "consignment", ["state", "departed"], unique=False)
    op.create_index("consignment_due", "consignment", ["state", "eta"], unique=False)
    op.create_index(
        "consignment_expected",
        "consignment",
        ["role", "state", "post", "eta", "partner", "late"],
        unique=False,
    )
    op.create_index("consignment_reference", "consignment", ["reference"], unique=False)
    op.create_table(
        "figure",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("announced", sa.BigInteger(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=False),
        sa.Column("timed", sa.BigInteger(), nullable=False),
        sa.Column("on_time", sa.BigInteger(), nullable=False),
        sa.Column("differing", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("delay", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("consignment_id", "corridor", "aspect", "key"),
    )
    figured = ["key", "role", "partner", "post", "announced", "arrived", "timed", "on_time"]
    figured += ["differing", "due", "delay", "label"]
    op.create_index("figure_day", "figure", ["aspect", "day", "consignment_id", *figured])
    op.create_table(
        "traded",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("net_mass", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("consignment_id", "corridor", "side", "source"),
    )
    by_month = ["month", "side", "role", "partner", "post", "consignment_id", "value", "net_mass"]
    op.create_index("traded_month", "traded", by_month)
    op.create_table(
        "published_series",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("imported", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("series_id"),
    )
    op.create_table(
        "declaration",
        sa.Column("declaration_id", sa.Text(), nullable=False),
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("submitted", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("declaration_id", "corridor"),
    )
    op.create_index("declaration_digest", "declaration", ["digest"], unique=False)
    op.create_index("declaration_reference", "declaration", ["reference"], unique=False)
    op.create_table(
        "discrepancy",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stated", sa.BigInteger(), nullable=False),
        sa.Column("discrepancy", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consignment_id", "corridor", "source", "code", "item", "path"),
    )
    op.create_index("discrepancy_latest", "discrepancy", ["stated", "consignment_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("payload_id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("payload_id"),
    )
    op.create_table(
        "enquiry",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("enquiry_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=True),
        sa.Column("next_step", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reply_id", sa.Text(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("enquiry_id", "corridor"),
    )
    op.create_index("enquiry_consignment", "enquiry", ["consignment_id"], unique=False)
    op.create_index("enquiry_due", "enquiry", ["next_step"], unique=False)
    op.create_index("enquiry_state", "enquiry", ["state"], unique=False)
    op.create_table(
        "envelope",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("ebms_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("references", sa.LargeBinary(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.Text(), nullable=False),
        sa.Column("receipt_time", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("leaf", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ebms_id", "corridor", "direction"),
    )
    op.create_table(
        "event",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "corridor"),
    )
    op.create_index("event_consignment", "event", ["consignment_id", "event_id"], unique=False)
    op.create_table(
        "evidence_head",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log"),
    )
    op.create_table(
        "evidence_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "identifier",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("folded", MARK, nullable=False),
        sa.Column("skeleton", MARK, nullable=False),
        sa.PrimaryKeyConstraint("consignment_id", "corridor", "kind", "folded"),
    )
    op.create_index("identifier_folded", "identifier", ["folded"], unique=False)
    op.create_index("identifier_skeleton", "identifier", ["skeleton"], unique=False)
    op.create_table(
        "import_mark",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Text(), nullable=False),
        sa.Column("skeleton", MARK, nullable=False),
        sa.PrimaryKeyConstraint("declaration_id", "corridor", "skeleton"),
    )
    op.create_index("import_mark_skeleton", "import_mark", ["skeleton"], unique=False)
    op.create_table(
        "import_match",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=False),
        sa.Column("matched", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("declaration_id", "corridor", "consignment_id"),
    )
    op.create_index("import_match_consignment", "import_match", ["consignment_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("ebms_id", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("references", sa.LargeBinary(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("payload_id", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("receipt_id", sa.Text(), nullable=False),
        sa.Column("receipt_time", sa.BigInteger(), nullable=False),
        sa.Column("handled", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("ebms_id", "partner"),
    )
    op.create_index("inbox_waiting", "inbox", ["handled", "received", "ebms_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("ebms_id", sa.Text(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=True),
        sa.Column("refers_to", sa.Text(), nullable=True),
        sa.Column("removed", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("message_id", "corridor"),
    )
    op.create_index("message_answer", "message", ["refers_to"], unique=False)
    op.create_index("message_consignment", "message", ["consignment_id"], unique=False)
    op.create_index("message_newest", "message", ["stored", "message_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queued", sa.BigInteger(), nullable=False),
        sa.Column("next_attempt", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("delivered", sa.BigInteger(), nullable=True),
        sa.Column("bulky", sa.Boolean(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("again", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "corridor"),
    )
    op.create_index(
        "outbox_bulky",
        "outbox",
        ["next_attempt"],
        unique=False,
        sqlite_where=sa.text("bulky IS 1"),
        postgresql_where=sa.text("bulky IS true"),
    )
    op.create_index(
        "outbox_troubled",
        "outbox",
        ["message_id"],
        unique=False,
        sqlite_where=sa.text("state != 'delivered' AND last_error IS NOT NULL"),
        postgresql_where=sa.text("state != 'delivered' AND last_error IS NOT NULL"),
    )
    op.create_index(
        "outbox_delivered",
        "outbox",
        ["partner", "delivered"],
        unique=False,
        sqlite_where=sa.text("delivered IS NOT NULL"),
        postgresql_where=sa.text("delivered IS NOT NULL"),
    )
    op.create_index("outbox_due", "outbox", ["state", "next_attempt", "message_id"], unique=False)
    op.create_table(
        "payload",
        sa.Column("payload_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("payload_id", "ordinal"),
    )
    op.create_table(
        "report",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "corridor"),
    )
    op.create_index("report_until", "report", ["corridor", "direction", "until"], unique=False)
    op.create_table(
        "unusable",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "corridor"),
    )
    op.create_index("unusable_created", "unusable", ["corridor", "created"], unique=False)
    op.create_table(
        "refusal",
        sa.Column("refusal_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("refusal_id"),
    )
    _outside()
    _supplied()
    _missed()
    _people()
    op.execute(
        sa.text(
            "INSERT INTO evidence_head (log, size, frontier) VALUES ('node', 0, :empty)"
        ).bindparams(sa.bindparam("empty", b"", sa.LargeBinary()))
    )


def _outside() -> None:
    """Tables about programs that call the API, and hooks that are told of events."""
    op.create_table(
        "api_token",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.BigInteger(), nullable=True),
        sa.Column("posts", sa.Text(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("token_id"),
    )
    op.create_index("api_token_digest", "api_token", ["digest"], unique=False)
    op.create_table(
        "kept_answer",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "token_id"),
    )
    op.create_index("kept_answer_at", "kept_answer", ["at"], unique=False)
    op.create_table(
        "hook_position",
        sa.Column("hook", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_attempt", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("hook"),
    )
    op.create_table(
        "failed_try",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "corridor", "at"),
    )
    op.create_table(
        "purge_run",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id"),
    )


def _supplied() -> None:
    """Counts of what each side supplied, and answers that are awaited."""
    counts = (
        "declarations",
        "clean",
        "warned",
        "errors",
        "warnings",
        "mandatory",
        "mandatory_stated",
        "conditional",
        "conditional_stated",
        "optional",
        "optional_stated",
        "announced",
        "in_time",
        "amendments",
        "annulments",
        "acknowledgement_given",
        "acknowledgement_in_time",
        "arrival_given",
        "arrival_in_time",
        "import_given",
        "import_in_time",
        "enquiry_given",
        "enquiry_in_time",
    )
    op.create_table(
        "supplied",
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in counts),
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("corridor", "direction", "office", "month"),
    )
    op.create_table(
        "answer_due",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", "corridor", "answer"),
    )
    op.create_index("answer_due_due", "answer_due", ["due"], unique=False)


def _missed() -> None:
    """Deadlines that were missed, and how far messages were looked at for them."""
    op.create_index("consignment_untold", "consignment", ["state", "arrived"], unique=False)
    op.create_table(
        "missed_deadline",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("noted", sa.BigInteger(), nullable=False),
        sa.Column("consignment_id", sa.Text(), nullable=True),
        sa.Column("met", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "corridor", "code"),
    )
    op.create_index("missed_deadline_open", "missed_deadline", ["met", "due"], unique=False)
    op.create_index(
        "missed_deadline_consignment", "missed_deadline", ["consignment_id"], unique=False
    )
    op.create_table(
        "deadline_mark",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("corridor", "code"),
    )


def _people() -> None:
    """Those who use the console, and what they did."""
    op.create_table(
        "account",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("posts", sa.Text(), nullable=True),
        sa.Column("partners", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("by_groups", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_index("account_name", "account", ["name"], unique=True)
    op.create_index("account_subject", "account", ["subject"], unique=True)
    op.create_table(
        "session",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_index("session_digest", "session", ["digest"], unique=True)
    op.create_index("session_user", "session", ["user_id"], unique=False)
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "reconciliation",
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("vehicle", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("mass", sa.BigInteger(), nullable=True),
        sa.Column("trader", sa.Text(), nullable=False),
        sa.Column("trader_name", sa.Text(), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("carrier_name", sa.Text(), nullable=True),
        sa.Column("chapter", sa.Text(), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("candidate", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "corridor"),
    )
    summed = ["state", "role", "partner", "post", "chapter", "trader", "carrier", "mass"]
    summed += ["trader_name", "carrier_name", "closed"]
    op.create_index(
        "reconciliation_open",
        "reconciliation",
        ["due", "subject", *summed],
        sqlite_where=sa.text("closed IS NULL"),
        postgresql_where=sa.text("closed IS NULL"),
    )
    op.create_index(
        "reconciliation_linked",
        "reconciliation",
        ["closed"],
        sqlite_where=sa.text("candidate IS NOT NULL"),
        postgresql_where=sa.text("candidate IS NOT NULL"),
    )
    op.create_table(
        "case_act",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("corridor", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("act_id", "corridor"),
    )
    op.create_index("case_act_subject", "case_act", ["subject"])
    op.create_table(
        "attempts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("corridor", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("audit_entry_at", "audit_entry", ["at"], unique=False)
    op.create_index("audit_entry_name", "audit_entry", ["name", "entry_id"], unique=False)
    op.create_index("audit_entry_subject", "audit_entry", ["subject", "entry_id"], unique=False)
