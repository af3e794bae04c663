"""What the importing side writes down, with all that goes wrong on the way."""

from __future__ import annotations

import numpy as np

from keruen.simulate.tables import marks
from keruen.simulate.tables.lettering import Letters, Texts
from keruen.simulate.tables.numbering import (
    dates,
    destination,
    documents,
    import_ids,
    origin,
    references,
    terms_of,
    unless,
    vehicles,
    whole,
)  # fmt: skip
from keruen.simulate.tables.schema import Columns
from keruen.simulate.tables.story import Story


def import_rows(rng: np.random.Generator, told: Story) -> Columns:
    """The rows of the importing side that are there when the tables are drawn up."""
    those, tied, amounts = told.consignments, told.links, told.amounts
    kept = np.flatnonzero(told.here)
    clearing = tied.clearing[told.first[kept]]
    of = told.clearings.of[clearing]
    rates = told.plan.profile
    per = _of_clearings(rng, told)
    terms, _ = terms_of(told)
    stated = rng.random(len(kept)) < rates["freight-imported"]
    mass = amounts.mass[kept] / 1000
    tonnes = rng.random(len(kept)) < rates["other-unit"]
    return {
        "import_id": import_ids(told)[kept],
        **{name: column[clearing] for name, column in per.items()},
        "hs6": told.codes.imported[kept],
        "net_mass_kg": np.where(amounts.tonnes[kept], mass / 1000, mass),
        "packages": whole(amounts.packages[kept]),
        "value_usd": amounts.value[kept] / 100,
        "flow": (told.partners.counted + f"-{told.receiver}")[of],
        "mode": told.mode[of],
        "office": told.office[of],
        "hs_edition": told.codes.imported_edition[kept],
        "procedure": np.where(those.transit, "transit", "import").astype(object)[of],
        "country_of_origin": origin(told)[of],
        "country_of_dispatch": np.full(len(kept), told.sender, object),
        "country_of_destination": destination(told)[of],
        "delivery_terms": terms[of],
        "freight_usd": unless(stated, amounts.freight[kept]),
        "quantity": np.where(tonnes, mass / 1000, mass),
        "unit": np.where(tonnes, "TNE", "KGM").astype(object),
        "invoicing_country": told.partners.seller[of],
    }


def _of_clearings(rng: np.random.Generator, told: Story) -> Columns:
    """What is the same in all rows of an import declaration."""
    cleared, those, rates = told.clearings, told.consignments, told.plan.profile
    firms, of, count = told.world.firms, cleared.of, len(cleared.of)
    ours, theirs = firms[told.receiver], firms[told.sender]
    rail = those.rail[of]
    other = (cleared.part > 0) | (~rail & (rng.random(count) < rates["truck-changed"]))
    fleet = len(told.world.trucks[told.sender])
    truck = np.where(other, rng.integers(0, fleet, count), those.truck[of])
    reissued = rng.random(count) < rates["document-reissued"]
    document = np.where(reissued, rng.integers(0, 10**7, count), those.document[of])
    seen = rng.random(count) >= rates["vehicle-missing"]
    vehicle = marks.plates(rng, rates, vehicles(told, truck, rail), there=True)
    return {
        "reference": _named(rng, told),
        "date": dates(told, cleared.day),
        "exporter_id": marks.ids(rng, rates["exporter-id-known"], theirs, those.exporter[of]),
        "exporter_name": marks.names(rng, rates, theirs, those.exporter[of], own=False),
        "importer_id": marks.ids(rng, 1 - rates["own-id-missing"], ours, those.importer[of]),
        "importer_name": marks.names(rng, rates, ours, those.importer[of], own=True),
        "vehicle": marks.masked(vehicle, seen),
        "transport_document": _note(rng, told, documents(told, document, rail)),
    }


def _named(rng: np.random.Generator, told: Story) -> Texts:
    """The export's number where the importer names it; nobody can name what was never declared."""
    rates, cleared = told.plan.profile, told.clearings
    number = references(told)[cleared.of]
    known = rng.random(len(number)) < rates["reference-named"]
    column = marks.mistyped(rng, rates["reference-mistyped"], number)
    return marks.masked(column, known & ~told.consignments.orphan[cleared.of])


def _note(rng: np.random.Generator, told: Story, number: Letters) -> Texts:
    rates = told.plan.profile
    column = marks.mistyped(rng, rates["document-mistyped"], number)
    return marks.masked(column, rng.random(len(column)) < rates["document-named"])
