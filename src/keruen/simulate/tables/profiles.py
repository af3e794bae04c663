"""How often records go wrong, one row a rate, with its reason: the whole of the noise.

A profile is a state of the exchange between two administrations: `light` when preliminary information has
long been exchanged, `medium` in the first years of it, `heavy` before it began. Rates are shares of what
the row names, unless it says otherwise. They are assumptions, anchored where something is published (the
reasons say where), and no matcher may read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NAMES = ("light", "medium", "heavy")


@dataclass(frozen=True, slots=True)
class Rate:
    """One kind of noise: its share in each profile, and why it is there and of that size."""

    light: float
    medium: float
    heavy: float
    reason: str


RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "reference-named": Rate(
            0.9, 0.6, 0.0, "import declarations name the export's number only once it is exchanged"
        ),
        "reference-mistyped": Rate(0.005, 0.02, 0.0, "of those named: one digit typed wrongly"),
        "document-named": Rate(0.9, 0.75, 0.5, "CMR or SMGS number in the import declaration"),
        "document-mistyped": Rate(0.01, 0.03, 0.05, "of those named: one digit typed wrongly"),
        "document-reissued": Rate(0.01, 0.04, 0.08, "another note for the last leg of the way"),
        "vehicle-missing": Rate(0.01, 0.03, 0.06, "inland clearance long after the truck left"),
        "truck-changed": Rate(
            0.02, 0.05, 0.1, "goods reloaded on the way: the corridor crosses one or two countries"
        ),
        "plate-cyrillic": Rate(
            0.1, 0.25, 0.4, "plates typed on a Russian keyboard; look-alikes of the other script"
        ),
        "plate-respelled": Rate(0.3, 0.5, 0.6, "with hyphens or without spaces"),
        "plate-misread": Rate(
            0.02, 0.05, 0.08, "readers get 94-95 % of Kazakh plates right, officers look twice"
        ),
        "exporter-id-known": Rate(0.7, 0.4, 0.1, "the importer's papers name the seller's number"),
        "importer-id-known": Rate(0.9, 0.7, 0.4, "the exporter's papers name the buyer's number"),
        "own-id-missing": Rate(0.001, 0.005, 0.02, "a reporter's own trader without a number"),
        "name-respelled": Rate(
            0.3, 0.6, 0.85, "the other country's firm in Russian letters, Latin or capitals"
        ),
        "name-mistyped": Rate(0.01, 0.03, 0.06, "two neighbouring letters swapped"),
        "hs-subheading": Rate(0.008, 0.025, 0.05, "the importer's office takes another subheading"),
        "hs-heading": Rate(0.002, 0.008, 0.02, "another heading of the chapter"),
        "hs-chapter": Rate(0.0005, 0.002, 0.006, "other goods altogether"),
        "hs-edition": Rate(
            0.01, 0.04, 0.08, "a side's papers still in HS 2017; counts where codes changed"
        ),
        "weight-noise": Rate(
            0.002, 0.004, 0.008, "standard deviation of weighing; moisture of ores and grain"
        ),
        "short-weight": Rate(
            0.01, 0.03, 0.06, "less arrives; shipments are about 4 % smaller on one side at worst"
        ),
        "packages-differ": Rate(0.005, 0.015, 0.03, "counted again at the warehouse"),
        "value-noise": Rate(
            0.001, 0.002, 0.005, "standard deviation: rates of exchange of another day"
        ),
        "undervalued": Rate(0.01, 0.03, 0.06, "a second invoice at 35 to 90 % of the price"),
        "overvalued": Rate(0.002, 0.006, 0.012, "money moved by an invoice at 110 to 160 %"),
        "freight-exported": Rate(0.9, 0.7, 0.5, "C and D terms: the exporter states the freight"),
        "freight-imported": Rate(0.9, 0.7, 0.4, "the importer states the freight separately"),
        "in-tonnes": Rate(0.001, 0.004, 0.01, "mass in tonnes where kilograms are asked"),
        "in-thousands": Rate(
            0.0002, 0.001, 0.003, "mass in tonnes and value in thousands, as in bulletins"
        ),
        "other-unit": Rate(0.01, 0.04, 0.08, "supplementary quantity in another unit"),
        "split": Rate(0.01, 0.03, 0.05, "goods cleared in two or three parts"),
        "merged": Rate(0.005, 0.015, 0.03, "of two like consignments one import declaration"),
        "series": Rate(0.1, 0.1, 0.1, "the like again within two days: contracts run in trucks"),
        "groupage": Rate(0.05, 0.05, 0.05, "two consignments of two traders in one truck"),
        "several-lines": Rate(0.1, 0.1, 0.1, "declarations with two or three lines"),
        "never-arrived": Rate(
            0.01, 0.017, 0.03, "sold on the way, lost, or brought in without declaration"
        ),
        "late": Rate(0.01, 0.02, 0.04, "held up for five to thirty days"),
        "clearance-days": Rate(
            1.5, 2.0, 3.0, "days, the median from arrival to import declaration"
        ),
        "orphan": Rate(
            0.01, 0.03, 0.06, "the export side has up to 8 % fewer transactions (CES-WP-20-11)"
        ),
        "transit-imported": Rate(
            0.003, 0.008, 0.015, "goods on their way to a third country taken for imports"
        ),
        "re-exported": Rate(0.01, 0.02, 0.03, "goods of a third country's origin"),
        "by-origin": Rate(
            0.3, 0.5, 0.7, "of those: recorded by the importer as trade with the origin"
        ),
        "invoiced-elsewhere": Rate(0.01, 0.03, 0.06, "sold through a firm in a third country"),
        "by-invoice": Rate(
            0.1, 0.2, 0.3, "of those: recorded by the importer as trade with that country"
        ),
    }
)
"""Kind of noise → its rates."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The rates of one profile by name."""

    name: str
    rates: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """The rate of one kind of noise."""
        return self.rates[name]


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {name: Profile(name, {key: getattr(row, name) for key, row in RATES.items()}) for name in NAMES}
)
"""Name → profile."""
