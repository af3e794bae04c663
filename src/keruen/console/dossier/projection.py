"""Degrees → a plane: Lambert's conformal conic with two standard parallels (Snyder 1987, USGS PP 1395, 15).

On a sphere, which is more than exact enough for outlines that were simplified to a few kilometres. Angles are
kept, so that a country looks as people know it. One unit of the plane is the radius of the earth.
"""

from __future__ import annotations

from math import cos, log, pi, radians, sin, tan

from keruen.customs import Struct

Point = tuple[float, float]


class Conic(Struct, frozen=True):
    """A projection: its two standard parallels and its middle, in degrees.

    The defaults are for the lands between the Caspian and the Tian Shan.
    """

    south: float = 36.0
    north: float = 48.0
    lat: float = 42.0
    lon: float = 70.0

    @property
    def cone(self) -> float:
        """The cone's constant (15-3)."""
        one, two = radians(self.south), radians(self.north)
        return log(cos(one) / cos(two)) / log(_stretch(two) / _stretch(one))

    def radius(self, lat: float) -> float:
        """Distance of a parallel from the cone's tip (15-1, 15-2)."""
        one, cone = radians(self.south), self.cone
        scale = cos(one) * _stretch(one) ** cone / cone
        return float(scale / _stretch(radians(lat)) ** cone)

    def point(self, lat: float, lon: float) -> Point:
        """East and north of the middle (14-1, 14-2, 14-4)."""
        angle = self.cone * radians(lon - self.lon)
        distance = self.radius(lat)
        return distance * sin(angle), self.radius(self.lat) - distance * cos(angle)


def _stretch(lat: float) -> float:
    return tan(pi / 4 + lat / 2)
