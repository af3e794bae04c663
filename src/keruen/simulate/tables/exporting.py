"""What the exporting side writes down."""

from __future__ import annotations

import numpy as np

from keruen.simulate.tables import marks
from keruen.simulate.tables.lettering import texts
from keruen.simulate.tables.numbering import (
    dates,
    documents,
    export_ids,
    given,
    origin,
    references,
    terms_of,
    unless,
    vehicles,
    whole,
)  # fmt: skip
from keruen.simulate.tables.schema import Columns
from keruen.simulate.tables.story import Story


def export_rows(rng: np.random.Generator, told: Story) -> Columns:
    """The rows of the exporting side, one a line; the orphans' lines are not among them."""
    those, lines = told.consignments, told.lines
    kept = np.flatnonzero(~those.orphan[lines.of])
    of = lines.of[kept]
    per = _of_exports(rng, told)
    terms, by_seller = terms_of(told)
    stated = by_seller & (rng.random(len(those)) < told.plan.profile["freight-exported"])
    return {
        "export_id": export_ids(told)[kept],
        "reference": texts(references(told))[of],
        "date": dates(told, those.day)[of],
        **{name: column[of] for name, column in per.items()},
        "hs6": told.codes.exported[kept],
        "net_mass_kg": lines.mass[kept] / 1000,
        "packages": whole(lines.packages[kept]),
        "value_usd": lines.value[kept] / 100,
        "flow": np.full(len(kept), f"{told.sender}-{told.receiver}", object),
        "mode": told.mode[of],
        "office": told.office[of],
        "hs_edition": told.codes.exported_edition[kept],
        "procedure": np.where(given(told.partners.origin), "re-export", "export").astype(object)[
            of
        ],
        "country_of_origin": origin(told)[of],
        "country_of_dispatch": np.full(len(kept), told.sender, object),
        "country_of_destination": np.full(len(kept), told.receiver, object),
        "delivery_terms": terms[of],
        "freight_usd": unless(stated[of], lines.freight[kept]),
        "quantity": lines.mass[kept] / 1000,
        "unit": np.full(len(kept), "KGM", object),
        "invoicing_country": told.partners.seller[of],
    }


def _of_exports(rng: np.random.Generator, told: Story) -> Columns:
    """What is the same in all lines of a consignment."""
    those, rates, firms = told.consignments, told.plan.profile, told.world.firms
    ours, theirs = firms[told.sender], firms[told.receiver]
    return {
        "exporter_id": marks.ids(rng, 1 - rates["own-id-missing"], ours, those.exporter),
        "exporter_name": marks.names(rng, rates, ours, those.exporter, own=True),
        "importer_id": marks.ids(rng, rates["importer-id-known"], theirs, those.importer),
        "importer_name": marks.names(rng, rates, theirs, those.importer, own=False),
        "vehicle": marks.plates(rng, rates, vehicles(told, those.truck, those.rail), there=False),
        "transport_document": texts(documents(told, those.document, those.rail)),
    }
