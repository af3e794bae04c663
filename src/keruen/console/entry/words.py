"""What the pages call roles, acts and what was wrong with a form."""

from __future__ import annotations

from keruen.console.marking import mark

ROLES = {
    "officer": mark("role", "Officer at a post"),
    "operator": mark("role", "Operator"),
    "analyst": mark("role", "Analyst"),
    "auditor": mark("role", "Auditor"),
    "administrator": mark("role", "Administrator"),
}

ACTS = {
    "enter": mark("act", "Come in"),
    "own-account": mark("act", "Change one's own account"),
    "follow": mark("act", "Follow what happens"),
    "see-board": mark("act", "Look at a post's board"),
    "find": mark("act", "Search"),
    "register-arrival": mark("act", "Register an arrival"),
    "see-consignment": mark("act", "Look at a consignment"),
    "see-message": mark("act", "Look at a message"),
    "see-raw": mark("act", "Take a raw part or a file"),
    "see-control": mark("act", "Look at the control room"),
    "see-reference": mark("act", "Look at code lists and agreements"),
    "see-quality": mark("act", "Look at data quality"),
    "see-overview": mark("act", "Look at the overview"),
    "see-turnover": mark("act", "Look at turnover"),
    "see-instruments": mark("act", "Look at instruments"),
    "download": mark("act", "Download figures"),
    "resend": mark("act", "Send a message again"),
    "enquire": mark("act", "Ask the other side"),
    "export-package": mark("act", "Export a package"),
    "settle-alarm": mark("act", "Settle an alarm"),
    "see-cases": mark("act", "Look at cases of reconciliation"),
    "close-case": mark("act", "Close or reopen a case"),
    "link-case": mark("act", "Tie a case to a consignment"),
    "submit": mark("act", "Hand a document in"),
    "see-audit": mark("act", "Look at the audit trail"),
    "manage-users": mark("act", "Administer users"),
    "manage-tokens": mark("act", "Administer API tokens"),
    "log-in": mark("act", "Log in"),
    "log-out": mark("act", "Log out"),
    "make-user": mark("act", "Make a user"),
    "change-user": mark("act", "Change a user"),
    "disable-user": mark("act", "Disable a user"),
    "enable-user": mark("act", "Let a user in again"),
    "set-password": mark("act", "Set a password"),
    "confirm-factor": mark("act", "Set up a second factor"),
    "drop-factor": mark("act", "Remove a second factor"),
    "end-session": mark("act", "End a session"),
    "make-token": mark("act", "Make an API token"),
    "revoke-token": mark("act", "Revoke an API token"),
}

AUDITED = {
    "done": mark("audited", "done"),
    "refused": mark("audited", "refused"),
    "failed": mark("audited", "failed"),
}

FAULTS = {
    "password-short": mark("fault", "The password is too short: it has at least 12 characters."),
    "password-long": mark("fault", "The password is too long: it has at most 128 characters."),
    "password-simple": mark(
        "fault",
        "This password is the first that somebody would try: take words that do not belong together.",
    ),
    "password-twice": mark("fault", "The two new passwords are not the same."),
    "password-wrong": mark("fault", "The present password is not right."),
    "code-wrong": mark(
        "fault", "This code does not count: it is wrong, too old, or was used before."
    ),
    "try-later": mark("fault", "Too many failures: wait a little before the next try."),
    "user-exists": mark("fault", "There is a user of this name already."),
    "user-name": mark("fault", "A name has 2 to 64 characters and no spaces."),
    "user-roles": mark("fault", "Choose at least one role."),
    "user-unknown": mark("fault", "There is no such user."),
    "last-administrator": mark(
        "fault", "This is the last administrator who may come in: make another one first."
    ),
    "token-name": mark("fault", "Say in a word or two whose token this is."),
    "token-days": mark("fault", "A token is good for 1 to 3660 days."),
    "oidc-refused": mark("fault", "The identity provider did not confirm who you are. Try again."),
    "oidc-unknown": mark(
        "fault",
        "The identity provider knows you, but this node does not: an administrator gives you a role.",
    ),
    "oidc-down": mark(
        "fault", "The identity provider does not answer. Log in with a password, or try again."
    ),
    "scope-unknown": mark("fault", "Choose at least one thing that the token is good for."),
}
