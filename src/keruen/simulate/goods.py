"""What goes over the corridor: goods, how they are packed, what a truck or a wagon of them holds.

Shares follow the trade of 2022 (wheat, flour, oil and metal one way; ores, cotton and fruit the other),
prices its unit values. The first six digits are HS 2022; the rest is TN VED of the EAEU or, on the
Tajik side, its like.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

TRUCK_KG = (20_000, 21_900)
"""Gross mass of a truck's load."""
WAGON_KG = (60_000, 68_000)
"""Mass of a wagon's load."""
ROAD, RAIL = "3", "2"
"""Transport modes, UN/ECE Rec 19."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of goods of one country.

    Attributes:
        hs: ten-digit code of the exporting country; `hs_there` that of the importing one.
        other_hs: ten digits of the same heading but another subheading, for a classification that is disputed.
        package: kind of package, UN/ECE Rec 21; V… is bulk.
        net: kg in a package; 0 for bulk. `tare`: kg of an empty package.
        price: USD a kg.
        road, rail: share in the traffic of that mode.
        wagon: kind of wagon that carries it.
        mixed: whether a truck carries several such goods together.
        hs_2017: six digits of HS 2017, where they are others.
    """

    name: str
    origin: str
    hs: str
    hs_there: str
    description: str
    package: str
    net: Decimal
    tare: Decimal
    price: Decimal
    road: int
    rail: int
    other_hs: str | None = None
    wagon: str = "covered"
    mixed: bool = False
    hs_2017: str | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Goods in one declaration line: masses in kg; `packages` is None for bulk."""

    goods: Goods
    packages: int | None
    net: Decimal
    gross: Decimal
    price: Decimal


def row(  # noqa: PLR0913 - what a row of a table has
    name: str,
    origin: str,
    codes: str,
    description: str,
    packing: str,
    price: str,
    shares: tuple[int, int],
    wagon: str = "covered",
    *,
    mixed: bool = False,
    hs_2017: str | None = None,
) -> Goods:
    """Codes: here, there, disputed; packing: package, net, tare; shares: by road, by rail."""
    hs, hs_there, *other = codes.split()
    package, net, tare = (*packing.split(), "0", "0")[:3]
    return Goods(
        name=name,
        origin=origin,
        hs=hs,
        hs_there=hs_there,
        other_hs=other[0] if other else None,
        description=description,
        package=package,
        net=Decimal(net),
        tare=Decimal(tare),
        price=Decimal(price),
        road=shares[0],
        rail=shares[1],
        wagon=wagon,
        mixed=mixed,
        hs_2017=hs_2017,
    )


# fmt: off
GOODS = (
    row("wheat", "KZ", "1001990000 1001990001 1001190000",
           "Пшеница мягкая 3 класса, насыпью, урожай прошлого года",
           "VR", "0.327", (14, 50), "grain"),
    row("wheat flour", "KZ", "1101001500 1101001501",
           "Мука пшеничная высшего сорта, в мешках по 50 кг",
           "5H 50 0.15", "0.39", (22, 20)),
    row("sunflower oil", "KZ", "1512199002 1512199000 1512119101",
           "Масло подсолнечное рафинированное, бутылки ПЭТ 5 л, в коробках",
           "CT 13.8 0.7", "1.32", (16, 0)),
    row("margarine", "KZ", "1517109000 1517109001 1517909900",
           "Маргарин столовый 60 %, монолит, в коробках по 10 кг",
           "CT 10 0.4", "1.55", (10, 0)),
    row("reinforcing bars", "KZ", "7214200000 7214200001 7214991000",
           "Прутки стальные горячекатаные для армирования, А500С, 12 мм",
           "BE 2450 5", "0.71", (8, 8), "gondola"),
    row("wire rod", "KZ", "7213100000 7213100001 7213911000",
           "Катанка стальная с периодическим профилем, в бухтах, 8 мм",
           "CL 1480 4", "0.69", (6, 4), "gondola"),
    row("flat-rolled steel", "KZ", "7208390000 7208390001 7208380000",
           "Прокат плоский горячекатаный в рулонах, толщиной 2,5 мм",
           "CL 6900 20", "0.74", (4, 6), "gondola"),
    row("coal", "KZ", "2701129000 2701120001 2701190000",
           "Уголь каменный марки Д, фракция 0–300 мм, навалом",
           "VO", "0.055", (0, 12), "gondola"),
    row("caramels", "KZ", "1704907500 1704907501 1704101000",
           "Карамель и тоффи в обёртке, в коробках по 5 кг",
           "CT 5 0.35", "2.1", (8, 0), mixed=True),
    row("biscuits", "KZ", "1905319900 1905319901 1905329900",
           "Печенье сладкое сухое, в коробках по 6 кг",
           "CT 6 0.4", "1.7", (7, 0), mixed=True),
    row("chocolate", "KZ", "1806329000 1806329001 1806310000",
           "Шоколад в плитках без начинки, в коробках по 4 кг",
           "CT 4 0.3", "4.2", (5, 0), mixed=True),
    row("copper concentrate", "TJ", "2603000000 2603000000",
           "Концентрат медный, влажность до 8 %, в мягких контейнерах",
           "JB 1500 3", "1.45", (16, 35), "gondola"),
    row("lead concentrate", "TJ", "2607000009 2607000009",
           "Концентрат свинцовый, в мягких контейнерах",
           "JB 1250 3", "1.1", (10, 25), "gondola"),
    row("zinc concentrate", "TJ", "2608000000 2608000000",
           "Концентрат цинковый, в мягких контейнерах",
           "JB 1250 3", "0.85", (8, 25), "gondola"),
    row("cotton fibre", "TJ", "5201009000 5201009000",
           "Волокно хлопковое, сорт 1, в кипах",
           "BL 218 2", "1.9", (12, 15)),
    row("dried apricots", "TJ", "0813100000 0813100000 0813409500",
           "Абрикосы сушёные (курага), в коробках по 10 кг",
           "CT 10 0.5", "1.4", (20, 0)),
    row("onions", "TJ", "0703101900 0703101900 0703200000",
           "Лук репчатый свежий, в сетках по 30 кг",
           "BG 30 0.1", "0.21", (20, 0)),
    row("grapes", "TJ", "0806101000 0806101000 0806203000",
           "Виноград свежий столовых сортов, в ящиках по 8 кг",
           "CR 8 0.6", "0.68", (14, 0)),
)
# fmt: on
"""The goods that two nodes are shown; what else is traded stands in `furthergoods`."""

SUBSTITUTES = {
    "KZ": (
        ("2402209000", "Сигареты с фильтром"),
        ("3102101000", "Карбамид (мочевина) в мешках"),
        ("4011201000", "Шины пневматические для грузовых автомобилей"),
    ),
    "TJ": (
        ("7404009900", "Лом меди"),
        ("7601100000", "Алюминий нелегированный, чушки"),
        ("2401109500", "Табачное сырьё, лист"),
    ),
}
"""What may lie under the declared goods of a country: another chapter altogether."""


def pick(rng: Random, origin: str, mode: str) -> Goods:
    """Goods of a country by their share in the mode."""
    choice = [goods for goods in GOODS if goods.origin == origin]
    shares = [goods.rail if mode == RAIL else goods.road for goods in choice]
    return rng.choices(choice, shares)[0]


def load_truck(rng: Random, goods: Goods, *, share: int = 1) -> tuple[Load, ...]:
    """A full truck, or a share of one: one line, or two or three of goods that travel together."""
    mass = Decimal(rng.randrange(*TRUCK_KG, 10)) / share
    if not goods.mixed:
        return (load(rng, goods, mass),)
    others = [one for one in GOODS if one.mixed and one is not goods]
    lines = [goods, *rng.sample(others, rng.randrange(len(others) + 1))]
    return tuple(load(rng, one, mass / len(lines)) for one in lines)


def load_wagons(rng: Random, goods: Goods, count: int) -> tuple[Load, ...]:
    """One line for a group of wagons."""
    mass = sum(rng.randrange(*WAGON_KG, 50) for _ in range(count))
    return (load(rng, goods, Decimal(mass)),)


def load(rng: Random, goods: Goods, mass: Decimal) -> Load:
    """About `mass` kg of goods in whole packages."""
    price = goods.price * Decimal(rng.randrange(88, 113)) / 100
    if not goods.net:
        net = mass.quantize(Decimal(1))
        return Load(goods, None, net, net, (net * price).quantize(Decimal("0.01")))
    packages = max(1, int(mass / (goods.net + goods.tare)))
    net = packages * goods.net
    gross = packages * (goods.net + goods.tare)
    return Load(goods, packages, net, gross, (net * price).quantize(Decimal("0.01")))
