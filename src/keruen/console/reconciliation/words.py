"""What the queue of cases calls states, ages, reasons to close, acts, marks that speak for a candidate."""

from __future__ import annotations

from keruen.console.marking import mark

STATES = {
    "expected": mark("case-state", "Expected"),
    "overdue": mark("case-state", "Overdue"),
    "partly-arrived": mark("case-state", "Partly arrived"),
    "never-arrived": mark("case-state", "Never arrived"),
    "arrived-without-export": mark("case-state", "Arrived without export"),
    "imported-without-export": mark("case-state", "Imported without export"),
    "diverted": mark("case-state", "Diverted"),
    "arrived": mark("case-state", "Arrived"),
}

WHY = {
    "expected": mark("case-why", "Its time is not over yet."),
    "overdue": mark(
        "case-why",
        "Its expected time, and what the agreement allows after it, is over, and no arrival was told.",
    ),
    "partly-arrived": mark(
        "case-why", "A part of it has come; nothing was told of the rest since."
    ),
    "never-arrived": mark(
        "case-why",
        "It was looked for in vain, or more than 45 days are over: it counts as never arrived.",
    ),
    "arrived-without-export": mark(
        "case-why", "A vehicle came, and nothing that was announced could be tied to it."
    ),
    "imported-without-export": mark(
        "case-why",
        "An import declaration was handed in, and no announced consignment could be tied to it.",
    ),
    "diverted": mark(
        "case-why", "It came to another post, or went to another country, than was announced."
    ),
}

AGES = {
    "0-3": mark("case-age", "0–3 days"),
    "4-14": mark("case-age", "4–14 days"),
    "15-45": mark("case-age", "15–45 days"),
    "46+": mark("case-age", "over 45 days"),
}

SIDES = {
    "sender": mark("case-side", "Announced by us"),
    "receiver": mark("case-side", "Coming to us"),
}

REASONS = {
    "arrived-otherwise": mark("case-reason", "Arrived, and recorded elsewhere"),
    "period": mark("case-reason", "Belongs to another period"),
    "returned": mark("case-reason", "Did not leave, or turned back"),
    "other-destination": mark("case-reason", "Went to a third country"),
    "not-subject": mark("case-reason", "Not subject to the exchange"),
    "declared-twice": mark("case-reason", "Declared twice"),
    "record-error": mark("case-reason", "Recorded wrongly, corrected with the other side"),
    "offence": mark("case-reason", "Handed over for investigation"),
    "not-cleared-up": mark("case-reason", "Could not be cleared up"),
    "other": mark("case-reason", "Another reason: say it in words"),
}

DEEDS = {
    "closed": mark("case-deed", "Closed"),
    "reopened": mark("case-deed", "Opened again"),
    "linked": mark("case-deed", "Tied to a consignment"),
    "unlinked": mark("case-deed", "Tie undone"),
}

KINDS = {
    "consignment": mark("case-kind", "Announced consignment"),
    "arrival": mark("case-kind", "Arrival without export"),
    "import": mark("case-kind", "Import declaration without export"),
}

SUMS = {
    "trader": mark("case-sum", "Trader"),
    "carrier": mark("case-sum", "Carrier"),
    "post": mark("case-sum", "Entry post"),
    "chapter": mark("case-sum", "HS chapter"),
}

RULES = {
    "reference": mark("case-rule", "Declaration number or reference"),
    "transport-document": mark("case-rule", "Transport document"),
    "container": mark("case-rule", "Container"),
    "wagon": mark("case-rule", "Wagon"),
    "vehicle": mark("case-rule", "Plate of the vehicle"),
    "trailer": mark("case-rule", "Plate of the trailer"),
    "seal": mark("case-rule", "Seal"),
    "consignee": mark("case-rule", "Consignee's number"),
    "hs6": mark("case-rule", "Commodity code"),
    "gross-mass": mark("case-rule", "Gross mass within tolerance"),
    "consignment-id": mark("case-rule", "Named by a person"),
}

DONE = {
    "case-closed": mark(
        "done", "Closed. What changes the case, or tells something new of it, opens it again."
    ),
    "case-reopened": mark("done", "The case is open again."),
    "case-linked": mark("done", "Tied. Until the time below it can be undone."),
    "case-unlinked": mark("done", "The tie is undone; the case is open again."),
    "case-asked": mark(
        "done", "The other side was asked; the reply will stand among the enquiries."
    ),
}

WRONG = {
    "case-closed": mark("case-wrong", "The case is closed already; open it again first."),
    "case-open": mark("case-wrong", "The case is open already."),
    "case-without-words": mark("case-wrong", "Say in words why, where no reason of the list fits."),
    "case-linked": mark("case-wrong", "A candidate was taken for this case; undo that first."),
    "candidate-unfit": mark(
        "case-wrong",
        "This cannot be taken: the consignment is awaited no more, or has its import declaration.",
    ),
    "link-unknown": mark("case-wrong", "Nothing was taken for this case."),
    "link-too-late": mark(
        "case-wrong", "The other side was told of it: correct it with them, by an enquiry."
    ),
    "reason-unknown": mark("case-wrong", "Choose a reason of the list."),
    "number-missing": mark("case-wrong", "Write the number of the declaration to be asked for."),
    "already-asked": mark("case-wrong", "It was asked already, and the reply is awaited."),
    "not-awaited": mark(
        "case-wrong", "Only what this side announced and the other awaits can be asked."
    ),
    "verification-limit": mark("case-wrong", "So many were asked within the hour; ask later."),
}

TONES = {
    "case-state": {
        "expected": "good",
        "overdue": "warn",
        "partly-arrived": "warn",
        "never-arrived": "bad",
        "arrived-without-export": "bad",
        "imported-without-export": "bad",
        "diverted": "warn",
    },
    "case-age": {"0-3": "plain", "4-14": "warn", "15-45": "bad", "46+": "bad"},
}
