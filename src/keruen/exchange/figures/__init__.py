"""Takes what happens to consignments, gives figures: on time, arrived, missing, differing, and by what.

event ─► `counting` ─► figure rows ─► `asking` ─► tables, the same for pages, programs and the command line
"""

from keruen.exchange.figures.asking import AGES, By, Figure, Overview, Scale, by, overview

__all__ = ["AGES", "By", "Figure", "Overview", "Scale", "by", "overview"]
