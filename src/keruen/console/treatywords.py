"""What the document of an agreement says beside what is in the agreement: titles, states, limits.

English here, as in `keruen.console.labels`.
"""

from __future__ import annotations

from keruen.agreement import CrossingPoint, Measured, PhaseState, Requirement
from keruen.console.marking import mark
from keruen.customs import EtaBasis

STATES = {
    PhaseState.OFF: mark("agreement", "off"),
    PhaseState.TEST: mark("agreement", "test"),
    PhaseState.LIVE: mark("agreement", "live"),
}
STAGES = {
    "export": mark("agreement", "Export declarations"),
    "transit": mark("agreement", "Transit declarations"),
}
NEEDS = {
    Requirement.MANDATORY: mark("agreement", "mandatory"),
    Requirement.CONDITIONAL: mark("agreement", "where the case calls for it"),
    Requirement.OPTIONAL: mark("agreement", "optional"),
}
LIMITS = {
    "before_crossing": mark("agreement", "Preliminary information, before the crossing"),
    "late_after": mark("agreement", "An arrival is late, after the expected time"),
    "overdue_after": mark("agreement", "A consignment has not arrived, after the expected time"),
    "enquiry_after": mark("agreement", "An enquiry is sent, after the expected time"),
    "reminder_after": mark("agreement", "An enquiry without reply is repeated after"),
    "escalation_after": mark("agreement", "A person is told of an enquiry without reply after"),
    "acknowledgement": mark("agreement", "Business answer, after receipt"),
    "arrival_information": mark("agreement", "Arrival information, after the arrival"),
    "arrival_correction": mark(
        "agreement", "An arrival registered by mistake is taken back within"
    ),
    "import_information": mark("agreement", "Import information, after the arrival"),
}
POINTS = {
    CrossingPoint.ENTRY_POST: mark(
        "agreement", "The border is crossed at the first post of the state of destination."
    ),
    CrossingPoint.EXIT_POST: mark(
        "agreement", "The border is crossed at the last post of the state of departure."
    ),
}
MOMENTS = {
    Measured.CREATED: mark(
        "agreement", "The time at which a message was made must be early enough."
    ),
    Measured.RECEIVED: mark("agreement", "The time at which a message came must be early enough."),
}
BASES = {
    EtaBasis.DECLARED: mark("agreement", "declared"),
    EtaBasis.ESTIMATED: mark("agreement", "estimated from the routes"),
}
WORDS = {
    "article": mark("agreement", "Article"),
    "basis": mark("agreement", "Legal basis"),
    "signed": mark("agreement", "Signed"),
    "instrument": mark("agreement", "Rests on"),
    "usable": mark("agreement", "Used while that is in force"),
    "never": mark("agreement", "never"),
    "version": mark("agreement", "Version"),
    "digest": mark("agreement", "Digest"),
    "parties": mark("agreement", "Parties and authorised bodies"),
    "phases": mark("agreement", "Phases"),
    "offices": mark("agreement", "Customs offices that take part"),
    "posts": mark("agreement", "Border posts that take part"),
    "all": mark("agreement", "all offices"),
    "limits": mark("agreement", "Time limits, in hours"),
    "crossing": mark("agreement", "How the time before the crossing is computed"),
    "data": mark("agreement", "Data list"),
    "withheld": mark("agreement", "Data that is never sent"),
    "excluded": mark("agreement", "Goods that are left out"),
    "tolerances": mark("agreement", "Tolerances"),
    "retention": mark("agreement", "Retention, in days"),
    "content": mark("agreement", "Content of messages"),
    "ids": mark("agreement", "Ids of messages"),
    "codes": mark("agreement", "Classification and languages"),
    "edition": mark("agreement", "Edition of the Harmonized System"),
    "languages": mark("agreement", "Languages"),
    "from": mark("agreement", "from"),
    "until": mark("agreement", "until"),
    "when": mark("agreement", "mandatory when"),
    "unless": mark("agreement", "mandatory unless"),
    "any": mark("agreement", "any mode"),
    "pilot": mark("agreement", "code of the pilot"),
    "days": mark("agreement", "The days of its dates begin at"),
    "clock": mark("agreement", "time"),
    "task": mark("agreement", "task"),
    "reporting": mark("agreement", "Status reports, in hours"),
    "every": mark("agreement", "Length of a period"),
    "after": mark("agreement", "A report is made, after its period"),
    "none": mark("agreement", "none by the clock"),
    "attachments": mark("agreement", "Files that may travel with messages"),
    "files": mark("agreement", "files at most"),
    "size": mark("agreement", "octets each at most"),
    "routes": mark("agreement", "Routes and travel times, in hours"),
    "via": mark("agreement", "via"),
    "counts": mark("agreement", "An expected time counts that is:"),
    "uncounted": mark("agreement", "What has no such time is not late."),
}
