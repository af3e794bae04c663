"""What is published of the trade of the two countries, as far as the simulation follows it.

Figures are facts, each with its source; shares are computed from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TradeFact:
    """One published figure.

    Attributes:
        period: year, or year and part of it (Q1, H1, 9M: January to September).
        flow: sender and receiver; `reporter`: whose statistics.
        hs: heading, or empty for all goods.
        musd: USD million.
    """

    period: str
    flow: str
    reporter: str
    hs: str
    musd: float
    source: str


_DZEN = "dzen.ru/a/ZFIu7ak4bW9SlsmC"
_ASTANA = "astanatimes.com, May 2023"
_SILK = "silkroad2021.org/index-2874.html (statistics of Kazakhstan)"
_KHOVAR = "khovar.tj, July 2022 (statistics of Tajikistan)"
_EADAILY = "eadaily.com, 2022-04-28 (statistics of Tajikistan)"
_HYDRO = "naturehydro.com, January to September 2022 (statistics of Tajikistan)"
_KIEREK = "derived: shares of the total trade of Tajikistan (kierunekkaukaz)"

TRADE_FACTS = (
    TradeFact("2022", "KZ-TJ", "KZ", "", 877.6, _ASTANA),
    TradeFact("2022", "TJ-KZ", "KZ", "", 501.4, f"{_ASTANA}; {_DZEN}"),
    TradeFact("2022 Q1", "KZ-TJ", "KZ", "", 161.9, f"derived from 2023 Q1, {_DZEN}"),
    TradeFact("2022 H1", "KZ-TJ", "KZ", "", 362.7, _SILK),
    TradeFact("2022 9M", "KZ-TJ", "TJ", "", 591.0, _HYDRO),
    TradeFact("2022 H1", "KZ-TJ", "TJ", "", 397.0, _KHOVAR),
    TradeFact("2022", "KZ-TJ", "TJ", "", 956.0, _KIEREK),
    TradeFact("2022 Q1", "TJ-KZ", "TJ", "", 147.2, _EADAILY),
    TradeFact("2022 H1", "TJ-KZ", "TJ", "", 245.0, _KHOVAR),
    TradeFact("2022 9M", "TJ-KZ", "TJ", "", 388.0, f"derived, {_HYDRO}"),
    TradeFact("2022", "TJ-KZ", "TJ", "", 484.0, _KIEREK),
    TradeFact("2022 H1", "TJ-KZ", "KZ", "", 258.6, _SILK),
    TradeFact("2022", "KZ-TJ", "KZ", "1001", 309.9, _DZEN),
    TradeFact("2022 9M", "KZ-TJ", "KZ", "1001", 194.7, "news; 596 100 t, about 327 USD/t"),
    TradeFact("2022", "KZ-TJ", "KZ", "1517", 18.1, _DZEN),
    TradeFact("2022", "KZ-TJ", "KZ", "1512", 43.8, f"derived: +42.2 % are +13 million, {_DZEN}"),
    TradeFact("2022 H1", "TJ-KZ", "KZ", "2603", 87.2, "news"),
    TradeFact("2022 H1", "TJ-KZ", "KZ", "2607", 129.6, "news; lead and zinc ores together"),
)
"""What the simulation follows."""


def musd(period: str, flow: str, reporter: str, hs: str = "") -> float:
    """A published figure, USD million."""
    wanted = (period, flow, reporter, hs)
    return next(
        fact.musd
        for fact in TRADE_FACTS
        if (fact.period, fact.flow, fact.reporter, fact.hs) == wanted
    )


def _quarters_there() -> tuple[float, ...]:
    """KZ-TJ: the first half by the exporter, the second divided as the importer divides it."""
    first, half = musd("2022 Q1", "KZ-TJ", "KZ"), musd("2022 H1", "KZ-TJ", "KZ")
    rest = musd("2022", "KZ-TJ", "KZ") - half
    whole = musd("2022", "KZ-TJ", "TJ") - musd("2022 H1", "KZ-TJ", "TJ")
    last = (musd("2022", "KZ-TJ", "TJ") - musd("2022 9M", "KZ-TJ", "TJ")) / whole
    return first, half - first, rest * (1 - last), rest * last


def _quarters_back() -> tuple[float, ...]:
    """TJ-KZ: all by the exporter."""
    ends = [0.0, *(musd(f"2022{part}", "TJ-KZ", "TJ") for part in (" Q1", " H1", " 9M", ""))]
    return tuple(later - earlier for earlier, later in pairwise(ends))


QUARTERS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"KZ": _quarters_there(), "TJ": _quarters_back()}
)
"""Sender → USD million in each quarter of 2022: the seasons."""

VALUE_SHARES: Mapping[str, Mapping[tuple[str, ...], float]] = MappingProxyType(
    {
        "KZ": {
            (hs,): musd("2022", "KZ-TJ", "KZ", hs) / musd("2022", "KZ-TJ", "KZ")
            for hs in ("1001", "1517", "1512")
        },
        "TJ": {
            codes: musd("2022 H1", "TJ-KZ", "KZ", codes[0]) / musd("2022 H1", "TJ-KZ", "KZ")
            for codes in (("2603",), ("2607", "2608"))
        },
    }
)
"""Sender → headings → their share in the value of all that it sends."""
