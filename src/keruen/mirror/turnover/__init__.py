"""Takes published figures of trade and what a node counted, gives both reporters side by side.

`series` and `own` ─► `Figure` ─► `compare` ─► `Comparison`: both reporters, growth, difference, ratio
"""

from keruen.mirror.turnover.choice import Choice, narrowed
from keruen.mirror.turnover.compare import Comparison, Reported, compared
from keruen.mirror.turnover.model import Basis, Figure, Flow, Measure
from keruen.mirror.turnover.period import Length, Period, period_of
from keruen.mirror.turnover.series import Series, read_series

__all__ = [
    "Basis",
    "Choice",
    "Comparison",
    "Figure",
    "Flow",
    "Length",
    "Measure",
    "Period",
    "Reported",
    "Series",
    "compared",
    "narrowed",
    "period_of",
    "read_series",
]
