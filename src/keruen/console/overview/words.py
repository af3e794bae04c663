"""Codes of figures in words."""

from __future__ import annotations

from keruen.console.marking import mark

TABLES = {
    "trend": mark("figure-table", "Arrivals over time"),
    "on-time": mark("figure-table", "On time, by month"),
    "code": mark("figure-table", "Discrepancies by code"),
    "office": mark("figure-table", "By customs office of departure"),
    "chapter": mark("figure-table", "By chapter of the Harmonized System"),
    "trader": mark("figure-table", "By trader of this country"),
    "missing": mark("figure-table", "Missing arrivals"),
}
COLUMNS = {
    "day": mark("figure-column", "Day"),
    "week": mark("figure-column", "Week from"),
    "month": mark("figure-column", "Month"),
    "code": mark("figure-column", "Discrepancy"),
    "office": mark("figure-column", "Customs office"),
    "chapter": mark("figure-column", "Chapter"),
    "trader": mark("figure-column", "Trader"),
    "key": mark("figure-column", "Code"),
    "consignments": mark("figure-column", "Consignments"),
    "announced": mark("figure-column", "Announced"),
    "arrived": mark("figure-column", "Arrived"),
    "timed": mark("figure-column", "Arrived, with an ETA"),
    "on_time": mark("figure-column", "On time"),
    "on_time_share": mark("figure-column", "On time, share"),
    "net_mass_kg": mark("figure-column", "Net mass, kg"),
    "value_usd": mark("figure-column", "Value, US dollars"),
    "clearance_hours": mark("figure-column", "Clearance, hours"),
    "differing": mark("figure-column", "With discrepancies"),
    "missing": mark("figure-column", "Missing"),
    "unannounced": mark("figure-column", "Unannounced"),
    "reference": mark("figure-column", "Reference"),
    "partner": mark("figure-column", "Partner"),
    "post": mark("figure-column", "Entry post"),
    "eta": mark("figure-column", "ETA"),
    "missing_for": mark("figure-column", "Missing for, days"),
    "arrival": mark("figure-column", "Arrival"),
    "state": mark("figure-column", "State"),
}
AGES = {
    "under-1": mark("missing-for", "Less than 1 day"),
    "1-3": mark("missing-for", "1 to 3 days"),
    "3-7": mark("missing-for", "3 to 7 days"),
    "over-7": mark("missing-for", "More than 7 days"),
}
WHICH = {
    "announced": mark("which", "Announced"),
    "arrived": mark("which", "Arrived"),
    "timed": mark("which", "Arrived, with an ETA"),
    "on-time": mark("which", "Arrived on time"),
    "late": mark("which", "Arrived late"),
    "differing": mark("which", "With discrepancies"),
    "missing": mark("which", "Missing"),
    "unannounced": mark("which", "Arrived unannounced"),
}
SCALES = {
    "day": mark("scale", "Days"),
    "week": mark("scale", "Weeks"),
    "month": mark("scale", "Months"),
}
DIRECTIONS = {
    "receiver": mark("direction-of-goods", "Coming here"),
    "sender": mark("direction-of-goods", "Leaving here"),
}
NAMES = {
    "natural-person": mark("trader", "Natural persons, together"),
    "rest": mark("trader", "All others"),
    "none": mark("trader", "Not stated"),
}
FAULTS = {
    "day-invalid": mark(
        "figure-fault", "That is no day: write it as 2026-11-24. The last 30 days are shown."
    ),
    "period-invalid": mark(
        "figure-fault",
        "The first day must not be after the last, and ten years are the most that is counted. "
        "The last 30 days are shown.",
    ),
}
