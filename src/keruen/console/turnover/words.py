"""Codes of turnover in words."""

from __future__ import annotations

from keruen.console.marking import mark
from keruen.mirror.turnover import Basis

MEASURES = {
    "usd-mln": mark("measure", "USD million"),
    "net-mass-t": mark("measure", "net mass, tonnes"),
    "consignments": mark("measure", "consignments"),
}
BASES = {
    "counted": mark("basis", "Counted here"),
    "reported": mark("basis", "Reported"),
    "reported-rounded": mark("basis", "Reported, rounded"),
    "derived": mark("basis", "Derived from others"),
    "added": mark("basis", "Exports and imports added"),
    Basis.NOT_FOUND.value: mark("basis", "Looked for, not found"),
}
LENGTHS = {
    "year": mark("period-length", "Years"),
    "half": mark("period-length", "Half-years"),
    "quarter": mark("period-length", "Quarters"),
    "month": mark("period-length", "Months"),
    "to-date": mark("period-length", "From January to a month"),
    "span": mark("period-length", "Other months"),
}
ORIGINS = {
    "own": mark("turnover-origin", "What this node counted"),
    "published": mark("turnover-origin", "What was published"),
}
TABLES = {
    "turnover": mark("figure-table", "Turnover"),
    "turnover-figures": mark("figure-table", "Figures and sources"),
}
COLUMNS = {
    "measure": mark("figure-column", "Measured in"),
    "flow": mark("figure-column", "Direction"),
    "period": mark("figure-column", "Period"),
    "first_month": mark("figure-column", "First month"),
    "last_month": mark("figure-column", "Last month"),
    "first_reporter": mark("figure-column", "First reporter (exporter)"),
    "first_value": mark("figure-column", "Figure of the first"),
    "first_growth": mark("figure-column", "Growth by the first"),
    "second_reporter": mark("figure-column", "Second reporter (importer)"),
    "second_value": mark("figure-column", "Figure of the second"),
    "second_growth": mark("figure-column", "Growth by the second"),
    "difference": mark("figure-column", "Difference"),
    "ratio": mark("figure-column", "Ratio"),
    "reporter": mark("figure-column", "Reporter"),
    "value": mark("figure-column", "Figure"),
    "growth": mark("figure-column", "Growth on the year before"),
    "basis": mark("figure-column", "How it came about"),
    "source": mark("figure-column", "Source"),
    "note": mark("figure-column", "Note"),
    "series": mark("figure-column", "Series"),
    "line": mark("figure-column", "Line"),
}
