"""Keruen: two customs administrations tell each other what is on the road."""

__version__ = "0.1.0"
