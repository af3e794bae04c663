"""Takes published figures of trade and what a node counted, gives both reporters side by side.

`series` and `own`, `kept` in a node ─► `Figure` ─► `compare` ─► `Comparison`: growth, difference, ratio
"""

from keruen.mirror.turnover.choice import Choice, narrowed
from keruen.mirror.turnover.compare import Comparison, Reported, compared
from keruen.mirror.turnover.kept import Kept, Turnover, import_series, series_row, turnover_of
from keruen.mirror.turnover.model import Basis, Figure, Flow, Measure
from keruen.mirror.turnover.period import Length, Period, period_of
from keruen.mirror.turnover.series import Series, read_series

__all__ = [
    "Basis",
    "Choice",
    "Comparison",
    "Figure",
    "Flow",
    "Kept",
    "Length",
    "Measure",
    "Period",
    "Reported",
    "Series",
    "Turnover",
    "compared",
    "import_series",
    "narrowed",
    "period_of",
    "read_series",
    "series_row",
    "turnover_of",
]
