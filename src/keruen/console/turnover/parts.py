"""What a node knows of turnover → the parts of its page and of a report, with what must be said of each."""

from __future__ import annotations

from collections.abc import Iterator

from keruen.console.overview.tables import Reading
from keruen.console.turnover.report import Part
from keruen.console.turnover.sections import sections
from keruen.mirror.turnover import Choice, Comparison, Turnover, narrowed

OWN = "own-"
"""Opens the names of charts of what the node counted."""


def chosen(found: Turnover, choice: Choice) -> tuple[Comparison, ...]:
    """All that is shown: the node's own first."""
    return (*narrowed(found.own, choice), *narrowed(found.published, choice))


def parts(found: Turnover, choice: Choice, reading: Reading) -> tuple[Part, ...]:
    """What the node counted, and what was published."""
    label = reading.texts.label
    own, published = narrowed(found.own, choice), narrowed(found.published, choice)
    return (
        Part(
            title=label("own", "turnover-origin"),
            remarks=tuple(_own_remarks(found, reading)),
            sections=sections(own, reading, OWN),
        ),
        Part(
            title=label("published", "turnover-origin"),
            remarks=(
                reading.texts.gettext(
                    "Each figure is as its source states it; none is added to the node's own."
                ),
            ),
            sections=sections(published, reading),
        ),
    )


def _own_remarks(found: Turnover, reading: Reading) -> Iterator[str]:
    gettext = reading.texts.gettext
    yield gettext(
        "Exports count in the month of release, imports in the month of acceptance, as the declarations say; "
        "goods outside the exchange are not among them."
    )
    if found.withheld:
        yield gettext(
            "Prices are withheld in part or in whole by the agreement's data list: where values are missing, "
            "mass and number of consignments stand for them."
        )
