"""What the control room calls conditions, purposes of certificates, checks, workers and what was done."""

from __future__ import annotations

from keruen.console.marking import mark

CONDITIONS = {
    "up": mark("condition", "up"),
    "silent": mark("condition", "silent"),
    "down": mark("condition", "down"),
}

PURPOSES = {
    "signing": mark("purpose", "signing"),
    "key-agreement": mark("purpose", "encryption"),
    "authority": mark("purpose", "authority"),
    "tls-server": mark("purpose", "TLS, server"),
    "tls-client": mark("purpose", "TLS, client"),
    "tls-trust": mark("purpose", "TLS, trusted server or its authority"),
    "console": mark("purpose", "TLS, these pages"),
}

CHECKS = {
    "form": mark("check", "Size and form of the message and of its SOAP part"),
    "signature": mark("check", "The sender has a card here, and its pinned certificate signed"),
    "digests": mark("check", "Digests of the very header that is processed"),
    "agreed": mark("check", "Parties, roles, service, action and age as agreed"),
    "limits": mark("check", "Limits of the card: sizes, depth, number of parts, files"),
    "unpacked": mark("check", "Each part decrypted and unpacked within limits"),
    "whole": mark("check", "Authentication tag and digest of each part; none missing, none more"),
    "stored": mark("check", "Stored in one commit, with a leaf in the evidence log"),
    "receipted": mark("check", "Signed receipt sent"),
}
"""In the order in which they are made (docs/explanation/trust.md)."""

PROVED = {
    "receipt-signed": mark("check", "The receipt is signed by the partner's pinned certificate"),
    "receipt-digests": mark(
        "check", "The receipt repeats the digests of everything that was signed"
    ),
    "receipt-stored": mark("check", "Envelope and receipt stored, with a leaf in the evidence log"),
}
"""What a receipt that came has passed before it was stored."""

WORKERS = {
    "outbox": mark("worker", "Sends what waits"),
    "inbox": mark("worker", "Handles what came"),
    "clock": mark("worker", "Looks at what is due by the clock"),
    "deadlines": mark("worker", "Looks for missed deadlines"),
    "retention": mark("worker", "Removes what was kept long enough"),
    "drafts": mark("worker", "Removes files that belong to nothing"),
    "revocation lists": mark("worker", "Keeps revocation lists fresh"),
    "channels": mark("worker", "Gives up what nobody fetched in time"),
    "callbacks": mark("worker", "Sends receipts of what was fetched"),
    "pull": mark("worker", "Fetches what waits at a partner"),
    "folder": mark("worker", "Takes files of the watched folder"),
    "webhook": mark("worker", "Tells an address of events"),
}


def task_of(worker: str) -> tuple[str, str]:
    """A worker's task, as in `WORKERS`, and of whom it is where several have the same: a country, a webhook."""
    task = max(filter(worker.startswith, WORKERS), key=len, default=worker)
    return task, worker.removeprefix(task).strip()


DONE = {
    "resent": mark(
        "done", "Queued once more; the other side knows it by its id and does nothing twice."
    ),
    "hastened": mark("done", "What waits for this partner is tried now."),
    "settled": mark("done", "Settled; if the cause still holds, it is raised anew."),
    "reached": mark(
        "done", "The partner answered with a good receipt; nothing was delivered. Milliseconds:"
    ),
}
"""What the line says that stands on top after an act; a number may follow."""

PURGED = {
    "consignments": mark("purged", "Consignments"),
    "messages": mark("purged", "Contents of messages"),
    "declarations": mark("purged", "National declarations"),
    "transmissions": mark("purged", "Transmissions that were refused or came again"),
    "refusals": mark("purged", "Refusals"),
    "answers": mark("purged", "Answers kept for repeated requests"),
}

TONES = {
    "condition": {"up": "good", "silent": "warn", "down": "bad"},
    "ending": {"ended": "bad", "urgent": "bad", "soon": "warn", "coming": "warn", "good": "good"},
    "fate": {
        "taken": "good",
        "known": "plain",
        "answered": "good",
        "refused": "bad",
        "damaged": "bad",
    },
}

FATES = {
    "taken": mark("fate", "taken"),
    "known": mark("fate", "known before, receipted again"),
    "answered": mark("fate", "receipt or error, applied"),
    "refused": mark("fate", "refused"),
    "damaged": mark("fate", "damaged"),
}

FAILED_AT = {
    "EBMS:0007": "form",
    "EBMS:0009": "form",
    "EBMS:0002": "form",
    "EBMS:0008": "form",
    "EBMS:0010": "signature",
    "EBMS:0101": "signature",
    "EBMS:0001": "agreed",
    "EBMS:0003": "agreed",
    "EBMS:0011": "limits",
    "EBMS:0102": "unpacked",
    "EBMS:0303": "unpacked",
}
"""Code of a refusal → the check at which it stopped, where the code alone tells that."""
