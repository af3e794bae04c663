"""Marks that people and machines read on the road: plates, wagons, containers, seals, documents.

Every mark is new and differs from all others in two characters at least, also for a reader that takes
0 for O. So each can be told from each, and what a matcher confuses is its own mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import Random
from string import ascii_uppercase
from uuid import UUID

from keruen.customs import skeleton

PLATE_LETTERS = "ABCDEFHKLMNOPRSTUVXYZ"
CONTAINER_OWNER = "KRNU"
"""Owner code of the simulated containers."""
WAGON_KINDS = {"grain": "95", "covered": "28", "gondola": "63"}
"""First digits of wagon numbers of the 1520 mm railways, by kind."""
BIN_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
BIN_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)

LOOK_ALIKE = dict(zip("ABEKMHOPCTXY", "АВЕКМНОРСТХУ", strict=True))
"""Latin letter → the Cyrillic one that looks like it."""
MISREAD = {
    "0": "O",
    "O": "0",
    "D": "0",
    "8": "B",
    "B": "8",
    "5": "S",
    "S": "5",
    "Z": "2",
    "1": "I",
}
"""Character → what a camera or a tired person takes it for."""
_TO_CYRILLIC = str.maketrans(LOOK_ALIKE)


class Marks:
    """Makes marks that were never made before.

    Args:
        rng: the only source of chance.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._serial = rng.randrange(10_000, 50_000)

    def truck(self, country: str) -> str:
        """A truck's plate: ``123 ABC 02`` in Kazakhstan, ``1234 AB 01`` in Tajikistan."""
        if country == "KZ":
            return self._new(lambda: f"{self._digits(3)} {self._letters(3)} {self._region(20)}")
        return self._new(lambda: f"{self._digits(4)} {self._letters(2)} {self._region(8)}")

    def trailer(self, country: str) -> str:
        """A trailer's plate: ``12 ABC 02``, ``1234 A 01``."""
        if country == "KZ":
            return self._new(lambda: f"{self._digits(2)} {self._letters(3)} {self._region(20)}")
        return self._new(lambda: f"{self._digits(4)} {self._letters(1)} {self._region(8)}")

    def wagon(self, kind: str) -> str:
        """An eight-digit wagon number with its check digit."""
        return self._new(lambda: with_wagon_digit(WAGON_KINDS[kind] + self._digits(5)))

    def container(self) -> str:
        """An ISO 6346 number; serials whose check digit would be 10 are left out, as the standard asks."""
        return self._new(self._container)

    def _container(self) -> str:
        while True:
            number = CONTAINER_OWNER + self._digits(6)
            digit = container_digit(number)
            if digit < 10:  # noqa: PLR2004 - ten is no digit
                return f"{number}{digit}"

    def seal(self, country: str) -> str:
        """A customs seal: country and seven digits."""
        return self._new(lambda: country + self._digits(7))

    def waybill(self, country: str, mode: str) -> str:
        """Number of a CMR consignment note (road) or an SMGS waybill (rail)."""
        if mode == "2":
            return self._new(lambda: self._digits(8))
        return self._new(lambda: f"{country} {self._digits(7)}")

    def serial(self) -> int:
        """The next number in the register of declarations; others register in between."""
        self._serial += self._rng.randrange(3, 40)
        return self._serial

    def document_id(self) -> str:
        """A random UUID."""
        return str(UUID(int=self._rng.getrandbits(128), version=4))

    def _new(self, make: Callable[[], str]) -> str:
        while True:
            mark = make()
            near = _neighbours(skeleton(mark))
            if self._taken.isdisjoint(near):
                self._taken |= near
                return mark

    def _digits(self, count: int) -> str:
        return f"{self._rng.randrange(10**count):0{count}}"

    def _letters(self, count: int) -> str:
        return "".join(self._rng.choices(PLATE_LETTERS, k=count))

    def _region(self, count: int) -> str:
        return f"{self._rng.randrange(count) + 1:02}"


def _neighbours(text: str) -> set[str]:
    """The text with each character left open: two texts share one if they differ in one place at most."""
    return {f"{text[:place]}?{text[place + 1 :]}" for place in range(len(text))}


def with_wagon_digit(number: str) -> str:
    """Seven digits with the check digit: weights 2 and 1 in turn, digits of the products added up."""
    products = (int(digit) * weight for digit, weight in zip(number, cycle((2, 1)), strict=False))
    return f"{number}{-sum(sum(divmod(product, 10)) for product in products) % 10}"


def container_digit(number: str) -> int:
    """The check digit of owner code and serial (ISO 6346, annex A); 10 where there is none."""
    total = sum(_value(character) << place for place, character in enumerate(number))
    return total % 11


def _value(character: str) -> int:
    """Letters count from 10 and pass over the multiples of 11."""
    if character.isdigit():
        return int(character)
    place = ascii_uppercase.index(character)
    return 10 + place + (place + 9) // 10


def bin_number(rng: Random) -> str:
    """A Kazakh business number: month of registration, kind, serial, check digit.

    The months lie in the 2060s, so that no real firm has it.
    """
    while True:
        body = f"6{rng.randrange(10)}{rng.randrange(12) + 1:02}40{rng.randrange(100_000):05}"
        digit = _weighed(body, BIN_WEIGHTS)
        if digit == 10:  # noqa: PLR2004 - ten is no digit
            digit = _weighed(body, BIN_SECOND_WEIGHTS)
        if digit < 10:  # noqa: PLR2004
            return f"{body}{digit}"


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def inn_number(rng: Random) -> str:
    """A Tajik taxpayer's number: nine digits; 99 at the head is no region, so nobody has it."""
    return f"99{rng.randrange(10**7):07}"


def respelled(rng: Random, mark: str) -> str:
    """A mark as people write it: with spaces, hyphens or neither, in this script or the other."""
    ways = (
        mark,
        mark,
        mark.replace(" ", ""),
        mark.replace(" ", "-"),
        mark.translate(_TO_CYRILLIC),
    )
    return rng.choice(ways)


def as_read(rng: Random, mark: str) -> str:
    """A mark as a camera or a tired person notes it: respelled, and one in seven with a character misread."""
    read = respelled(rng, mark)
    places = [place for place, character in enumerate(read) if character in MISREAD]
    if not places or rng.randrange(7):
        return read
    place = rng.choice(places)
    return read[:place] + MISREAD[read[place]] + read[place + 1 :]
