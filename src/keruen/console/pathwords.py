"""The names of a declaration's elements in words: what the reader sees in place of ``transport_means``.

English here, as in `keruen.console.labels`. A name that has no words is shown as it is.
"""

from __future__ import annotations

from keruen.console.marking import mark

STEPS = {
    "amount": mark("step", "amount"),
    "border_mode": mark("step", "mode of transport at the border"),
    "carrier": mark("step", "carrier"),
    "code": mark("step", "code"),
    "consignee": mark("step", "consignee"),
    "consignor": mark("step", "consignor"),
    "containers": mark("step", "container"),
    "correction": mark("step", "number of the correction"),
    "count": mark("step", "quantity"),
    "country": mark("step", "country"),
    "created": mark("step", "time of creation"),
    "currency": mark("step", "currency"),
    "customs_value": mark("step", "customs value"),
    "description": mark("step", "description of the goods"),
    "documents": mark("step", "document"),
    "drivers": mark("step", "driver"),
    "eta": mark("step", "expected time"),
    "eta_basis": mark("step", "basis of the expected time"),
    "gross_mass": mark("step", "gross mass"),
    "hs": mark("step", "commodity code (HS)"),
    "id": mark("step", "identifier"),
    "identity": mark("step", "registration mark"),
    "invoice": mark("step", "invoice"),
    "issued": mark("step", "date of issue"),
    "item_count": mark("step", "number of goods items"),
    "items": mark("step", "goods item"),
    "itinerary": mark("step", "stop on the route"),
    "kind": mark("step", "kind"),
    "mode": mark("step", "mode of transport"),
    "name": mark("step", "name"),
    "nationality": mark("step", "country of registration"),
    "net_mass": mark("step", "net mass"),
    "number": mark("step", "number"),
    "office": mark("step", "customs office"),
    "ordinal": mark("step", "ordinal"),
    "origin": mark("step", "country of origin"),
    "package_count": mark("step", "number of packages"),
    "packages": mark("step", "packages"),
    "place": mark("step", "place"),
    "price": mark("step", "price"),
    "procedure": mark("step", "customs procedure"),
    "released": mark("step", "time of release"),
    "seals": mark("step", "seal"),
    "trade_description": mark("step", "trade description"),
    "transport_means": mark("step", "vehicle"),
    "transshipments": mark("step", "transshipment"),
}
"""Name of an element → English."""

VALIDITIES = {
    "holds": mark("validity", "Holds"),
    "replaced": mark("validity", "Replaced"),
    "waiting": mark("validity", "Not answered yet"),
    "rejected": mark("validity", "Rejected"),
}
"""Whether a version counts → English."""
