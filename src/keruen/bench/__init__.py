"""Takes a machine, gives figures: messages a second of two nodes and other software, pages over years of them.

Every share is taken within one run, the limit beside the figure: machines and their neighbours differ.
"""

from keruen.bench.report import Plan, measure_as4, shortfalls

__all__ = ["Plan", "measure_as4", "shortfalls"]
