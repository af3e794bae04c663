"""Takes a machine, gives figures: what the protocol, two nodes and other software do in a second.

Every share is taken within one run, the limit beside the figure: machines and their neighbours differ.
"""

from keruen.bench.report import Plan, measure_as4, shortfalls

__all__ = ["Plan", "measure_as4", "shortfalls"]
