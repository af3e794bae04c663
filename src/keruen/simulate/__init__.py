"""Takes an agreement and a seed, gives the traffic of two countries with its truth.

The traffic is what two national systems hand in and what border posts see; the truth is which coded
discrepancies the two nodes must report, and no others. Same seed, same bytes.
"""

from keruen.simulate.course import PLANTED
from keruen.simulate.simulation import simulate
from keruen.simulate.traffic import Announced, Arrival, Step, Submission, Traffic, Truth

__all__ = [
    "PLANTED",
    "Announced",
    "Arrival",
    "Step",
    "Submission",
    "Traffic",
    "Truth",
    "simulate",
]
