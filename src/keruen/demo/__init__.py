"""Takes a number of consignments, gives two nodes that exchange them, and a reckoning against the truth."""

from keruen.demo.books import Books, faults, reckon
from keruen.demo.play import COUNTRIES, Demonstration, demonstration

__all__ = ["COUNTRIES", "Books", "Demonstration", "demonstration", "faults", "reckon"]
