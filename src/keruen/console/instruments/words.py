"""Codes of the register of instruments in words."""

from __future__ import annotations

from keruen.console.marking import mark

KINDS = {
    "treaty": mark("instrument-kind", "Treaty"),
    "agreement": mark("instrument-kind", "Agreement"),
    "convention": mark("instrument-kind", "Convention"),
    "protocol": mark("instrument-kind", "Protocol"),
    "declaration": mark("instrument-kind", "Declaration"),
    "statement": mark("instrument-kind", "Statement"),
    "memorandum": mark("instrument-kind", "Memorandum"),
    "programme": mark("instrument-kind", "Programme"),
    "plan": mark("instrument-kind", "Plan"),
    "joint-plan": mark("instrument-kind", "Joint plan"),
    "roadmap": mark("instrument-kind", "Roadmap"),
    "contract": mark("instrument-kind", "Contract"),
}
FIELDS = {
    "political": mark("instrument-field", "Politics"),
    "diplomacy": mark("instrument-field", "Diplomacy"),
    "customs": mark("instrument-field", "Customs"),
    "trade": mark("instrument-field", "Trade"),
    "agriculture": mark("instrument-field", "Agriculture"),
    "industry": mark("instrument-field", "Industry"),
    "transport": mark("instrument-field", "Transport"),
    "energy": mark("instrument-field", "Energy"),
    "water": mark("instrument-field", "Water"),
    "finance": mark("instrument-field", "Finance"),
    "tourism": mark("instrument-field", "Tourism"),
    "regions": mark("instrument-field", "Regions and cities"),
    "research": mark("instrument-field", "Research"),
    "education": mark("instrument-field", "Education"),
    "culture": mark("instrument-field", "Culture and sports"),
    "health": mark("instrument-field", "Health"),
    "labour": mark("instrument-field", "Labour"),
    "justice": mark("instrument-field", "Justice"),
    "security": mark("instrument-field", "Security"),
    "environment": mark("instrument-field", "Environment"),
    "digital": mark("instrument-field", "Digital development"),
}
STATUSES = {
    "not-signed": mark("instrument-status", "Not signed yet"),
    "signed": mark("instrument-status", "Signed, not yet in force"),
    "in-force": mark("instrument-status", "In force"),
    "suspended": mark("instrument-status", "Suspended"),
    "expired": mark("instrument-status", "Expired"),
    "terminated": mark("instrument-status", "Terminated"),
}
STATUS_TONES = {
    "signed": "wait",
    "in-force": "good",
    "suspended": "warn",
    "terminated": "bad",
}
PROGRESS = {
    "planned": mark("progress", "Planned"),
    "begun": mark("progress", "Begun"),
    "done": mark("progress", "Done"),
    "dropped": mark("progress", "Dropped"),
    "overdue": mark("progress", "Not done in time"),
}
PROGRESS_TONES = {"begun": "wait", "done": "good", "overdue": "bad"}
INDICATORS = {
    "agriculture": mark("indicator", "Trade in farm products and food (HS 01–24)"),
    "industry": mark("indicator", "Trade in industrial goods (HS 25–97)"),
    "turnover": mark("indicator", "Trade turnover"),
    "customs": mark("indicator", "Arrivals on time, discrepancies, clearance time"),
}
DOCUMENT = {
    "signed": mark("instrument", "Signed"),
    "not-signed": mark("instrument", "not signed yet"),
    "in-force": mark("instrument", "In force"),
    "supposed": mark("instrument", "supposed: no entry into force is stated, so from the signing"),
    "period": mark("instrument", "Period"),
    "suspended": mark("instrument", "Suspended"),
    "terminated": mark("instrument", "Terminated"),
    "parties": mark("instrument", "Signed by"),
    "bodies": mark("instrument", "Carried out by"),
    "field": mark("instrument", "Field"),
    "measured": mark("instrument", "Measured by"),
    "source": mark("instrument", "Source"),
    "rests": mark("instrument", "Exchange that rests on it"),
    "milestones": mark("instrument", "Milestones"),
    "due": mark("instrument", "due"),
    "from": mark("instrument", "from"),
    "until": mark("instrument", "until"),
}
