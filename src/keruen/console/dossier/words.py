"""The words of a consignment's page: steps, stops, times, replies, and what ties consignments together.

English here, as in `keruen.console.labels`.
"""

from __future__ import annotations

from keruen.console.marking import mark

NEXT_STEPS = {
    "answer": mark("next-step", "The other side asks about it: answer."),
    "ask-otherwise": mark(
        "next-step", "The other side has not answered: ask by telephone or letter."
    ),
    "send-again": mark("next-step", "A message about it was not delivered: send it again."),
    "correct": mark(
        "next-step", "The other side has rejected it: correct the declaration and hand it in again."
    ),
    "register": mark("next-step", "It is due: register the arrival as soon as it is here."),
    "register-rest": mark("next-step", "A part has come: register the rest when it is here."),
    "search": mark(
        "next-step", "It has not come in time: look for it at the post, then register the arrival."
    ),
    "enquire": mark("next-step", "It has not come in time: ask the other side where it is."),
    "await-reply": mark("next-step", "Wait for the other side's reply."),
    "await-arrival": mark("next-step", "Wait for the arrival."),
    "await-delivery": mark("next-step", "Wait: the message is on its way to the other side."),
    "await-answer": mark("next-step", "Wait for the business answer."),
    "await-import": mark("next-step", "Wait for the import declaration."),
    "find-declaration": mark(
        "next-step", "It came unannounced: ask the other side for its declaration by number."
    ),
    "look-at-differences": mark("next-step", "It differs from what was declared: look at how."),
    "nothing": mark("next-step", "Nothing is to be done."),
}

STOPS = {
    "departure": mark("stop", "departure"),
    "crossing": mark("stop", "on the way"),
    "entry": mark("stop", "entry post"),
    "elsewhere": mark("stop", "arrived here, expected elsewhere"),
    "destination": mark("stop", "destination"),
}

TIMINGS = {
    "left": mark("timing", "Set out"),
    "passed": mark("timing", "Passed"),
    "in-time": mark("timing", "In time"),
    "within": mark("timing", "Later, within what is agreed"),
    "late": mark("timing", "Late"),
    "expected": mark("timing", "Expected"),
    "overdue": mark("timing", "Overdue"),
}
TIMING_TONES = {
    "in-time": "good",
    "within": "warn",
    "late": "bad",
    "overdue": "bad",
}

REPLIES = {
    "found": mark("reply", "It has arrived"),
    "other-number": mark("reply", "It has arrived under another number"),
    "diverted": mark("reply", "It went on to another place"),
    "not-arrived": mark("reply", "It was looked for and has not come"),
    "unknown": mark("reply", "It is not known there"),
    "exists": mark("reply", "There is such a declaration"),
    "absent": mark("reply", "There is no such declaration"),
    "sent-again": mark("reply", "The messages are on their way again"),
}

LINKS = {
    "transport-document": mark("link", "same transport document"),
    "container": mark("link", "same container"),
    "wagon": mark("link", "same wagon"),
    "vehicle": mark("link", "same vehicle"),
    "trailer": mark("link", "same trailer"),
}
