"""Takes arrivals at border posts and import declarations, gives identified consignments and what differs.

What is expected, what came, what was imported: each is tied to its announcement by marks that survive other
scripts and misread plates, compared with it, and told to the other side with coded differences.
"""

from keruen.border.align import align
from keruen.border.arrival import Arrival, InspectedItem, arrival, arrival_schema, read_arrivals
from keruen.border.choice import Choice, choose
from keruen.border.compare import compare_arrival, compare_import
from keruen.border.entry import answer_of, keep_draft, places_of, register_entry, withdraw_entry
from keruen.border.expected import Expected, expected
from keruen.border.finding import Found, How, find
from keruen.border.handlers import HANDLERS, TAKERS, information_and_matching
from keruen.border.identify import Candidate, candidates
from keruen.border.judge import Judgement, judge
from keruen.border.lanes import Hint, Lane, lanes
from keruen.border.match import retry_unmatched, take_import
from keruen.border.parts import ArrivalRegistered
from keruen.border.register import register_arrival
from keruen.border.rules import RULES
from keruen.border.withdraw import withdraw_arrival

__all__ = [
    "HANDLERS",
    "RULES",
    "TAKERS",
    "Arrival",
    "ArrivalRegistered",
    "Candidate",
    "Choice",
    "Expected",
    "Found",
    "Hint",
    "How",
    "InspectedItem",
    "Judgement",
    "Lane",
    "align",
    "answer_of",
    "arrival",
    "arrival_schema",
    "candidates",
    "choose",
    "compare_arrival",
    "compare_import",
    "expected",
    "find",
    "information_and_matching",
    "judge",
    "keep_draft",
    "lanes",
    "places_of",
    "read_arrivals",
    "register_arrival",
    "register_entry",
    "retry_unmatched",
    "take_import",
    "withdraw_arrival",
    "withdraw_entry",
]
