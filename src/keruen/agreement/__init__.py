"""Takes an agreement file, gives the rules of one exchange: parties, phases, posts, routes, data list.

Pure: whoever reads the file from the node directory hands its text in.
"""

from keruen.agreement.canonical import canonical, digest
from keruen.agreement.datalist import cut, known_paths, unlisted
from keruen.agreement.model import (
    Agreement,
    AgreementParty,
    AttachmentRule,
    Body,
    Conditional,
    Crossing,
    CrossingPoint,
    Deadlines,
    Exclusion,
    Measured,
    Need,
    Office,
    Period,
    PhaseSpan,
    PhaseState,
    Post,
    Reporting,
    Requirement,
    Retention,
    Route,
    RouteStop,
    Tolerance,
)
from keruen.agreement.pairs import agreement_between
from keruen.agreement.reader import check_agreement, read_agreement
from keruen.agreement.routes import border_mode, departure_of, entry_stop, find_route, with_entry
from keruen.agreement.rules import agreed, groundless, lateness, left_out, missing, places

__all__ = [
    "Agreement",
    "AgreementParty",
    "AttachmentRule",
    "Body",
    "Conditional",
    "Crossing",
    "CrossingPoint",
    "Deadlines",
    "Exclusion",
    "Measured",
    "Need",
    "Office",
    "Period",
    "PhaseSpan",
    "PhaseState",
    "Post",
    "Reporting",
    "Requirement",
    "Retention",
    "Route",
    "RouteStop",
    "Tolerance",
    "agreed",
    "agreement_between",
    "border_mode",
    "canonical",
    "check_agreement",
    "cut",
    "departure_of",
    "digest",
    "entry_stop",
    "find_route",
    "groundless",
    "known_paths",
    "lateness",
    "left_out",
    "missing",
    "places",
    "read_agreement",
    "unlisted",
    "with_entry",
]
