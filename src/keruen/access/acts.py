"""Everything that can be looked at or done, and the one table that says which role may."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from keruen.access.roles import Role


class Act(StrEnum):
    """What a page, a button or an address is about."""

    ENTER = "enter"
    """Open to strangers: the log-in page and what it needs."""
    OWN_ACCOUNT = "own-account"
    """Change one's password and second factor, end one's sessions."""
    FOLLOW = "follow"
    """Be told that something happened; says no more than that."""
    SEE_BOARD = "see-board"
    FIND = "find"
    REGISTER_ARRIVAL = "register-arrival"
    SEE_CONSIGNMENT = "see-consignment"
    SEE_MESSAGE = "see-message"
    SEE_RAW = "see-raw"
    """Envelopes, receipts, files and refused messages, byte for byte."""
    SEE_CONTROL = "see-control"
    """The control room: partners, lines, refusals, storage."""
    SEE_REFERENCE = "see-reference"
    """Code lists and agreements: no data of anybody."""
    SEE_QUALITY = "see-quality"
    SEE_OVERVIEW = "see-overview"
    SEE_TURNOVER = "see-turnover"
    """Trade as both countries report it: sums, nobody's declaration."""
    SEE_INSTRUMENTS = "see-instruments"
    """What was signed, how it stands, and sums that measure it."""
    DOWNLOAD = "download"
    """Figures as a file."""
    RESEND = "resend"
    ENQUIRE = "enquire"
    EXPORT_PACKAGE = "export-package"
    SETTLE_ALARM = "settle-alarm"
    SEE_CASES = "see-cases"
    """What does not add up between the two sides, by firm and post; declarations need more."""
    CLOSE_CASE = "close-case"
    LINK_CASE = "link-case"
    """Say which consignment an arrival or an import declaration belongs to; the other side is told."""
    SUBMIT = "submit"
    """Hand documents in for the national system."""
    SEE_AUDIT = "see-audit"
    MANAGE_USERS = "manage-users"
    MANAGE_TOKENS = "manage-tokens"


EVERYBODY = frozenset({Act.OWN_ACCOUNT, Act.FOLLOW, Act.SEE_REFERENCE})
"""What each role may."""

GRANTS: dict[Role, frozenset[Act]] = {
    Role.OFFICER: EVERYBODY | {Act.SEE_BOARD, Act.FIND, Act.REGISTER_ARRIVAL, Act.SEE_CONSIGNMENT},
    Role.OPERATOR: EVERYBODY
    | {Act.SEE_BOARD, Act.FIND, Act.SEE_CONSIGNMENT, Act.SEE_MESSAGE, Act.SEE_RAW}
    | {Act.SEE_CONTROL, Act.SEE_QUALITY, Act.RESEND, Act.ENQUIRE, Act.EXPORT_PACKAGE}
    | {Act.SETTLE_ALARM, Act.SUBMIT, Act.SEE_CASES, Act.CLOSE_CASE, Act.LINK_CASE},
    Role.ANALYST: EVERYBODY
    | {Act.SEE_OVERVIEW, Act.SEE_TURNOVER, Act.SEE_INSTRUMENTS, Act.SEE_QUALITY, Act.DOWNLOAD}
    | {Act.SEE_CASES, Act.CLOSE_CASE},
    Role.AUDITOR: EVERYBODY
    | {Act.SEE_BOARD, Act.FIND, Act.SEE_CONSIGNMENT, Act.SEE_MESSAGE, Act.SEE_RAW}
    | {Act.SEE_CONTROL, Act.SEE_QUALITY, Act.SEE_OVERVIEW, Act.SEE_TURNOVER, Act.DOWNLOAD}
    | {Act.SEE_INSTRUMENTS, Act.SEE_AUDIT, Act.SEE_CASES},
    Role.ADMINISTRATOR: EVERYBODY
    | {Act.MANAGE_USERS, Act.MANAGE_TOKENS, Act.SEE_AUDIT, Act.SEE_CONTROL},
}
"""Role → its acts; what stands in no row, nobody may."""


def acts_of(roles: Iterable[Role]) -> frozenset[Act]:
    """What somebody with these roles may, somewhere."""
    return frozenset().union(*(GRANTS[role] for role in roles))
