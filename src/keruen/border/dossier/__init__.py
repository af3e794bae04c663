"""Takes a consignment's id, gives everything about it: what pages and programs show of one consignment."""

from keruen.border.dossier.comparison import Comparison, compare
from keruen.border.dossier.journey import Stop, journey
from keruen.border.dossier.linked import Linked
from keruen.border.dossier.nextstep import Next, what_next
from keruen.border.dossier.timeline import Moment
from keruen.border.dossier.told import Difference, File, Objection, documents
from keruen.border.dossier.versioning import Versions, side_by_side
from keruen.border.dossier.whole import Dossier, dossier

__all__ = [
    "Comparison",
    "Difference",
    "Dossier",
    "File",
    "Linked",
    "Moment",
    "Next",
    "Objection",
    "Stop",
    "Versions",
    "compare",
    "documents",
    "dossier",
    "journey",
    "side_by_side",
    "what_next",
]
