"""Who trades and who drives, and where they declare: all names are made up and say so.

"Үлгі" and "Намуна" are Kazakh and Tajik for "sample". Offices of Kazakhstan are real codes; codes of
Tajik offices are the project's own pilot codes, as in the agreement.
"""

from __future__ import annotations

from random import Random

from keruen.customs import Address, CustomsOffice, IdentityDocument, Party, Person
from keruen.simulate.goods import RAIL
from keruen.simulate.marks import bin_number, inn_number

COUNTRY_NAMES = {"KZ": "КАЗАХСТАН", "TJ": "ТАДЖИКИСТАН"}

FIRMS = {
    "KZ": ("ТОО «Үлгі {}»", ("Астық", "Ұн", "Май", "Металл", "Тәттілер", "Сауда", "Жеміс", "Кен")),
    "TJ": ("ООО «Намуна {}»", ("Орд", "Равған", "Пахта", "Маъдан", "Мева", "Сохтмон", "Савдо", "Ширинӣ")),
}  # fmt: skip
_CARRIERS = {
    "KZ": ("ТОО «Үлгі Транс {}»", ("Оңтүстік", "Жетісу", "Арқа", "Батыс")),
    "TJ": ("ООО «Намуна Транс {}»", ("Суғд", "Хатлон", "Душанбе", "Роҳ")),
}
_CITIES = {
    "KZ": ("Шымкент", "Алматы", "Костанай", "Актобе"),
    "TJ": ("Душанбе", "Худжанд", "Бохтар", "Исфара"),
}
_DRIVERS = {
    "KZ": ("Үлгібаев", ("Арман", "Ерлан", "Нұрлан", "Серік", "Талғат")),
    "TJ": ("Намунаев", ("Далер", "Рустам", "Фаррух", "Ҷамшед", "Шерали")),
}
OFFICES = {
    "KZ": (
        ("39857201", "Т/п «Шымкент-Центр таможенного оформления»", 45, 25),
        ("39855302", "Т/п «Алматы-Центр таможенного оформления»", 30, 15),
        ("39850417", "Т/п «Актобе-Центр таможенного оформления»", 15, 40),
        ("39851712", "Т/п «Орал-Центр таможенного оформления»", 10, 20),
    ),
    "TJ": (
        ("TJ-KHU", "Худжанд", 50, 40),
        ("TJ-ISF", "Исфара", 25, 0),
        ("TJ-DSH", "Душанбе", 25, 60),
    ),
}
"""Code, name, share by road, share by rail."""


class Traders:
    """The firms of both countries, the same for the whole traffic.

    Args:
        rng: the only source of chance.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._firms = {country: self._parties(country, *FIRMS[country]) for country in FIRMS}
        self._carriers = {
            country: self._parties(country, *_CARRIERS[country]) for country in _CARRIERS
        }

    def _parties(self, country: str, form: str, names: tuple[str, ...]) -> list[Party]:
        return [
            Party(
                id=bin_number(self._rng) if country == "KZ" else inn_number(self._rng),
                name=form.format(name),
                address=Address(
                    country=country,
                    country_name=COUNTRY_NAMES[country],
                    city=self._rng.choice(_CITIES[country]),
                    street=f"ул. Примерная, {self._rng.randrange(1, 200)}",
                ),
            )
            for name in names
        ]

    def firm(self, country: str) -> Party:
        """An exporter or importer."""
        return self._rng.choice(self._firms[country])

    def carrier(self, country: str) -> Party:
        """A haulier."""
        return self._rng.choice(self._carriers[country])

    def driver(self, country: str) -> Person:
        """A driver with a passport. Personal data, which must stay at home."""
        surname, names = _DRIVERS[country]
        number = f"N{self._rng.randrange(10**8):08}"
        return Person(
            surname=surname,
            given_name=self._rng.choice(names),
            identity=IdentityDocument(name="паспорт", number=number),
        )

    def office(self, country: str, mode: str) -> CustomsOffice:
        """An inland office of a country."""
        shares = [rail if mode == RAIL else road for _, _, road, rail in OFFICES[country]]
        code, name, *_ = self._rng.choices(OFFICES[country], shares)[0]
        return CustomsOffice(code=code, name=name, country=country)
