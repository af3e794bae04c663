"""What to do about a failure, by its cause: one sentence each, and where the act is.

A cause is a code as the line, the checks and the alarms give it. What no row names has the row ``other``.
"""

from __future__ import annotations

import re

from keruen.console.marking import mark

REMEDIES = {
    "EBMS:0001": mark(
        "remedy",
        "The other side does not know a name of the header: compare both cards and the agreement, "
        "then send it again.",
    ),
    "EBMS:0003": mark(
        "remedy",
        "Parties, roles, service or time do not fit what was agreed: compare both cards, and the "
        "clocks of both nodes.",
    ),
    "EBMS:0004": mark(
        "remedy",
        "The other side could not process it: ask their operator for the cause in their list of "
        "refusals, by the AS4 id.",
    ),
    "EBMS:0005": mark(
        "remedy",
        "Nobody answers at the partner's address: try the way; if it stays silent, call their "
        "operator, or carry what waits as a package.",
    ),
    "EBMS:0007": mark(
        "remedy",
        "The message was spoiled on the way or badly packed: if it happens again, look for a "
        "proxy that rewrites messages, and tell their operator.",
    ),
    "EBMS:0009": mark(
        "remedy",
        "The header is not as AS4 wants it: give the raw message to whoever maintains the "
        "sender's software.",
    ),
    "EBMS:0010": mark(
        "remedy",
        "The sender has no card here, or sent what was not agreed: compare its party id with the "
        "cards; if it is a partner, add its card.",
    ),
    "EBMS:0011": mark(
        "remedy",
        "A part lies outside the message, which is not taken: the sender is to pack it into the "
        "message.",
    ),
    "EBMS:0101": mark(
        "remedy",
        "The signature does not hold by the certificates on the card: ask whether the keys were "
        "changed, compare fingerprints by telephone, and take the new card.",
    ),
    "EBMS:0102": mark(
        "remedy",
        "It could not be decrypted: the sender may have encrypted to an old certificate; give "
        "them this node's card again.",
    ),
    "EBMS:0103": mark(
        "remedy",
        "Algorithms or structure are not those of the agreed profile: agree on the profile, and "
        "compare the cards.",
    ),
    "EBMS:0202": mark(
        "remedy",
        "Its time was over before a receipt came: see that the way works, then send it again.",
    ),
    "EBMS:0301": mark(
        "remedy",
        "No receipt came: ask their operator whether the AS4 id is in their books; sending it "
        "again doubles nothing.",
    ),
    "EBMS:0302": mark(
        "remedy",
        "The receipt does not prove what was sent: keep it, tell their operator, and send the "
        "message again.",
    ),
    "EBMS:0303": mark(
        "remedy",
        "A part could not be unpacked: the sender is to pack it anew with gzip, within the limits "
        "of its card.",
    ),
    "EBMS:4001": mark(
        "remedy",
        "The other side says that it has the message: ask their operator for the receipt, or send "
        "the message again.",
    ),
    "internal-error": mark(
        "remedy",
        "Something went wrong in this node: the message keeps its place; give the log of that "
        "moment to whoever maintains the node.",
    ),
    "message-invalid": mark(
        "remedy",
        "The content does not follow the structure that was agreed: the sender was told where; "
        "they correct it and send it anew.",
    ),
    "phase-off": mark(
        "remedy",
        "The agreement does not exchange this on that day: see its phases; if they are to begin, "
        "both sides take the same new file.",
    ),
    "instrument-not-in-force": mark(
        "remedy",
        "What the agreement rests on is not in force on that day: see it among the instruments. Where "
        "that is wrong, correct the register and start the node again.",
    ),
    "agreement-differs": mark(
        "remedy",
        "Both sides must hold the same file: compare the digests with their operator, and put the "
        "file that was signed in place on the side that differs.",
    ),
    "report-differs": mark(
        "remedy",
        "What is missing is being asked for by itself; if it stands for more than a day, send "
        "what failed again, or carry it as a package.",
    ),
    "message-differs": mark(
        "remedy",
        "Both sides hold another content under one id: keep both, compare them with their "
        "operator, and correct the consignment by an amendment.",
    ),
    "message-unknown": mark(
        "remedy",
        "The other side has a message that is not in these books: ask their operator for it, and "
        "see whether a backup was put back here.",
    ),
    "enquiry-unanswered": mark(
        "remedy",
        "Neither the enquiry nor its reminder was answered: call the other side, then settle "
        "this, or enquire again.",
    ),
    "enquiry-contradicted": mark(
        "remedy",
        "Two replies say different things: ask their operator which holds, then enquire again so "
        "that it is on record.",
    ),
    "silent": mark(
        "remedy",
        "Nothing came for longer than a period of reports: try the way, and call their operator "
        "if nobody answers.",
    ),
    "ended": mark(
        "remedy",
        "It has ended, and nothing under it is believed any more: put the new one in place at "
        "once, and exchange cards.",
    ),
    "urgent": mark(
        "remedy",
        "It ends within a week: put the new one in place now; old and new may stand side by side "
        "on a card.",
    ),
    "soon": mark(
        "remedy", "Order the new one now, and agree with the other side on the day of the change."
    ),
    "coming": mark("remedy", "Plan who makes the new one, and when."),
    "disk": mark(
        "remedy",
        "Little room is left: make room on this disk, or move the database, before nothing can be "
        "received any more.",
    ),
    "worker": mark(
        "remedy",
        "It tries again by itself each second: look whether the database and the disk answer, and "
        "give the log to whoever maintains the node.",
    ),
    "deadlines": mark(
        "remedy",
        "Something was due by the agreement and has not come: see what waits, and remind the "
        "other side.",
    ),
    "other": mark(
        "remedy",
        "Read the cause; if the way works, send it again, else give the cause and the AS4 id to "
        "the other side's operator.",
    ),
}

LEADS = {
    "way": mark("lead", "Try the way"),
    "again": mark("lead", "Send it again"),
    "package": mark("lead", "Make a package"),
    "certificates": mark("lead", "Compare certificates"),
    "agreement": mark("lead", "See the agreement"),
    "enquiries": mark("lead", "See the enquiries"),
    "failed": mark("lead", "See what failed"),
    "refusals": mark("lead", "See the refusals"),
    "storage": mark("lead", "See the storage"),
}

LEAD_OF = {
    "EBMS:0001": "agreement",
    "EBMS:0003": "certificates",
    "EBMS:0004": "again",
    "EBMS:0005": "way",
    "EBMS:0007": "way",
    "EBMS:0010": "certificates",
    "EBMS:0101": "certificates",
    "EBMS:0102": "certificates",
    "EBMS:0103": "certificates",
    "EBMS:0202": "again",
    "EBMS:0301": "again",
    "EBMS:0302": "again",
    "EBMS:4001": "again",
    "phase-off": "agreement",
    "instrument-not-in-force": "agreement",
    "agreement-differs": "agreement",
    "report-differs": "failed",
    "message-differs": "failed",
    "enquiry-unanswered": "enquiries",
    "enquiry-contradicted": "enquiries",
    "deadlines": "enquiries",
    "silent": "way",
    "disk": "storage",
    "other": "again",
}
"""Cause → where the act is."""

ALIKE = {"EBMS:0002": "EBMS:0009", "EBMS:0008": "EBMS:0009", "outbox-orphan": "internal-error"}
_CODE = re.compile(r"(EBMS:\d{4}|[a-z]+(?:-[a-z]+)*)\b")


def cause_of(text: str | None) -> str:
    """The row of a failure: what was told of it opens with a code."""
    found = _CODE.match(text or "")
    code = found[1] if found else ""
    code = ALIKE.get(code, code)
    return code if code in REMEDIES else "other"


def lead_of(cause: str, partner: str, corridor: str, message: str = "") -> tuple[str, str] | None:
    """Kind and address of what helps; None where nothing here does.

    Args:
        message: address of the message, where it is about one.
    """
    kind = LEAD_OF.get(cause)
    places = {
        "way": f"/control/partners/{partner}#way",
        "package": f"/control/partners/{partner}#package",
        "certificates": f"/control/partners/{partner}#certificates",
        "again": f"{message}#again" if message else f"/messages?state=failed&partner={partner}",
        "agreement": f"/agreements/{corridor}",
        "enquiries": f"/enquiries?partner={partner}",
        "failed": f"/messages?state=failed&partner={partner}",
        "refusals": f"/refusals?partner={partner}",
        "storage": "/control/storage",
    }
    return (kind, places[kind]) if kind else None
