"""How many declarations of ten items one core checks in a second, all checks together.

    .venv/bin/python benchmarks/checks.py [--rounds 20] [--profile]

Process time, so that what else the machine does counts little; the best round, whose caches were least
disturbed, and the median. The declaration is like those of the simulated traffic, with ten items; a good one
and one with three findings are measured.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import statistics
import time
from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from keruen.customs import (
    Address,
    Amount,
    Container,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Document,
    EtaBasis,
    GoodsItem,
    ItineraryStop,
    Packaging,
    Party,
    Quantity,
    Seal,
    TransportKind,
    TransportMeans,
    check,
)

ITEMS = 10
TODAY = date(2026, 11, 23)
NOON = datetime.fromisoformat("2026-11-23T12:00:00+05:00")
EVENING = datetime.fromisoformat("2026-11-24T18:00:00+05:00")
CODES = ("1704907500", "1905319900", "1806329000", "1101001500", "1512199002")


def item(ordinal: int) -> GoodsItem:
    return GoodsItem(
        ordinal=ordinal,
        hs=CODES[ordinal % len(CODES)],
        hs_edition="2022",
        description="Кондитерские изделия в обёртке, в коробках по 5 кг",
        gross_mass=Decimal("2142.5"),
        net_mass=Decimal(2000),
        packages=(Packaging(count=Decimal(400), kind="CT"),),
        supplementary=(Quantity(value=Decimal(2000), unit="KGM"),),
        origin="KZ",
        procedure="1000",
        price=Amount(value=Decimal("3400.50"), currency="USD"),
        documents=(Document(code="04021", number=f"INV-{ordinal}", issued=TODAY),),
    )


GOOD = Declaration(
    kind=DeclarationKind.EXPORT,
    number="57201/231126/0000017",
    language="RU",
    created=NOON,
    registered=TODAY,
    released=NOON,
    office=CustomsOffice(code="39857201", country="KZ"),
    office_of_destination=CustomsOffice(code="TJ-KHU", country="TJ"),
    consignor=Party(
        id="660440000018",
        name="ТОО «Үлгі Тәттілер»",
        address=Address(country="KZ", city="Шымкент", street="ул. Примерная, 7"),
    ),
    consignee=Party(
        id="990000017",
        name="ООО «Намуна Савдо»",
        address=Address(country="TJ", city="Худжанд", street="ул. Примерная, 9"),
    ),
    carrier=Party(id="990000025", name="ООО «Намуна Транс»", address=Address(country="TJ")),
    country_of_dispatch="KZ",
    country_of_destination="TJ",
    itinerary=(
        ItineraryStop(ordinal=1, country="UZ"),
        ItineraryStop(ordinal=2, country="TJ", eta=EVENING, eta_basis=EtaBasis.DECLARED),
    ),
    transport_means=(
        TransportMeans(identity="123 ABC 02", nationality="KZ", mode="3"),
        TransportMeans(kind=TransportKind.TRAILER, identity="12 ABC 02", nationality="KZ"),
    ),
    containers=(Container(id="CSQU3054383", seals=(Seal(number="KZ1234567"),)),),
    documents=(Document(code="02015", number="KZ 1234567", issued=TODAY),),
    invoice=Amount(value=Decimal("34005.00"), currency="USD"),
    item_count=ITEMS,
    package_count=Decimal(4000),
    gross_mass=Decimal(21_425),
    items=tuple(item(ordinal) for ordinal in range(1, ITEMS + 1)),
)
WRONG = replace(
    GOOD,
    gross_mass=Decimal(22_425),
    containers=(Container(id="CSQU3054384"),),
    items=(replace(GOOD.items[0], origin="ZG"), *GOOD.items[1:]),
)


def seconds(declaration: Declaration, rounds: int, repeat: int = 500) -> list[float]:
    """Process time of one check, by round."""
    found = []
    for _ in range(rounds):
        before = time.process_time()
        for _ in range(repeat):
            check(declaration, today=TODAY)
        found.append((time.process_time() - before) / repeat)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    asked = parser.parse_args()
    for name, declaration in (("good", GOOD), ("three findings", WRONG)):
        found = check(declaration, today=TODAY)
        taken = seconds(declaration, asked.rounds)
        result = {
            "declaration": name,
            "findings": [one.code for one in found],
            "best_us": round(min(taken) * 1e6, 1),
            "median_us": round(statistics.median(taken) * 1e6, 1),
            "per_second": round(1 / min(taken)),
            "per_second_median": round(1 / statistics.median(taken)),
        }
        print(json.dumps(result))
    if asked.profile:
        cProfile.runctx("seconds(GOOD, 4)", globals(), {}, sort="tottime")


if __name__ == "__main__":
    main()
