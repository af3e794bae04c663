"""A communiqué's list of signed documents is read whole, and nothing is read that is not there."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.agreement.instruments import Proposal, propose

VISIT = """\
ASTANA, 4 May 2023

At the end of the state visit the two presidents and members of their governments signed nine documents:

1. Declaration on allied cooperation between the Republic of Kazakhstan and the Republic of Tajikistan.

2. Memorandum of cooperation between the Kazakhstan Institute for Strategic Studies under the
   President of the
   Republic of Kazakhstan and the Center for Strategic Studies under the President of the Republic
   of Tajikistan.

3. Protocol between the Ministry of Finance of the Republic of Kazakhstan and the Customs Service
   under the
   Government of the Republic of Tajikistan on how preliminary information is exchanged about goods
   and vehicles
   that move between the Republic of Kazakhstan and the Republic of Tajikistan.

4. Memorandum that makes twin cities of the city of Turkestan and Khujand, concluded between the
   city of Turkestan
   (Republic of Kazakhstan) and the city of Khujand (Republic of Tajikistan).

5. Roadmap on tourism between the Ministry of Culture and Sports of the Republic of Kazakhstan and
   the Committee of
   Tourism Development under the Government of the Republic of Tajikistan.

6. Roadmap for more cooperation in agriculture between the Ministry of Agriculture of the Republic
   of Kazakhstan and
   the Ministry of Agriculture of the Republic of Tajikistan for 2023–2025.

7. Joint plan in industry and innovation between the Ministry of Industry and Infrastructure
   Development of the
   Republic of Kazakhstan and the Ministry of Industry and New Technologies of the Republic of
   Tajikistan for
   2023-2024.

8. Memorandum of understanding between the Ministry of Trade and Integration of the Republic of
   Kazakhstan and the
   Export Agency under the Government of the Republic of Tajikistan in the field of trade and
   export promotion.

9. Programme of cooperation between the Ministry of Foreign Affairs of the Republic of Kazakhstan
   and the Ministry of
   Foreign Affairs of the Republic of Tajikistan for the years 2023 to 2025.

Then the leaders spoke to the press.
"""
RELEASE = """\
Dushanbe, 12 June 2024. JOINT PRESS RELEASE

In the presence of the two ministers the following documents were signed: 1) Agreement between the
   Government of the
Republic of Tajikistan and the Government of the Republic of Kazakhstan on mutual recognition of
   customs controls;
2) Action plan for railway stations between the Ministry of Transport of Kazakhstan and the
   Ministry of Transport of
Tajikistan for the years 2025 to 2027; 3) Protocol on the supply of electricity between the
   Ministry of Energy, Water
and Mineral Resources of Tajikistan and the Ministry of Energy of Kazakhstan for 2025; and 4)
   Memorandum of
understanding between the Agency on Statistics under the President of Tajikistan and the Bureau of
   National Statistics
of Kazakhstan. The ministers thanked their hosts.
"""
NUMBERS = """\
Bishkek: documents signed at the close of the talks

No. 1: Treaty of friendship between the Kyrgyz Republic and the Republic of Kazakhstan

No. 2: Intergovernmental agreement on the joint use of water, between the Governments of the Kyrgyz
   Republic and
       the Republic of Kazakhstan, 2026-2030

No. 3: Road map of cooperation between the Chamber of Commerce and Industry of Kyrgyzstan and the
   Foreign Trade
       Chamber of Kazakhstan in 2026/28

No. 4: Memorandum "On digital customs"
"""
BULLETS = """\
A package of documents was signed by governments, ministries and agencies of the two countries.
   Among them:
– Strategic Partnership Agreement between the Republic of Tajikistan and the Republic of Uzbekistan;
– An action plan for the development of tourism between Jizzakh region of Uzbekistan and Sughd region of
  Tajikistan;
– Memorandum of cooperation in the silk industry.
"""
ITOGI = """\
По итогам переговоров подписан ряд документов:

1) Декларация о союзническом взаимодействии между Республикой Казахстан и Республикой
   Таджикистан;
2) Протокол между Министерством финансов Республики Казахстан и Таможенной службой при
   Правительстве Республики Таджикистан об обмене предварительной информацией о товарах,
   перемещаемых между Республикой Казахстан и Республикой Таджикистан;
3) Меморандум о побратимских связях между городом Туркестан (Республика Казахстан) и городом
   Худжанд (Республика Таджикистан);
4) «Дорожная карта» между Министерством культуры и спорта Республики Казахстан и Комитетом по
   развитию туризма при Правительстве Республики Таджикистан по сотрудничеству в сфере туризма;
5) Совместный план сотрудничества в сфере промышленности и инноваций между Министерством
   индустрии и инфраструктурного развития Республики Казахстан и Министерством промышленности
   и новых технологий Республики Таджикистан на 2023–2024 гг.;
6) Программа сотрудничества между министерствами иностранных дел Республики Казахстан и
   Республики Таджикистан на 2023-2025 годы.

Главы государств сделали заявления для прессы.
"""
ABZATS = (
    "Ташкент, 14 сентября. Подписаны: Соглашение между Правительством Республики Узбекистан и "
    "Правительством Республики Таджикистан о международном автомобильном сообщении; Программа "
    "культурного обмена между Министерством культуры Республики Узбекистан и Министерством культуры "
    "Республики Таджикистан на 2025 – 2027 годы; План мероприятий между МЧС Узбекистана и Комитетом по "
    "чрезвычайным ситуациям Таджикистана на 2026 год."
)
SPISOK = """\
Список документов, подписанных в рамках визита

№ 1. Протокол о внесении изменений в Соглашение между Правительством Республики Казахстан и
   Правительством
Кыргызской Республики о пунктах пропуска
№ 2. Межведомственный меморандум между Комитетом государственных доходов Министерства финансов
   Республики Казахстан и
Государственной таможенной службой при Министерстве финансов Кыргызской Республики
№ 3. План совместных действий на 2024-26 гг. между городами Тараз и Талас
"""


class Read(NamedTuple):
    kind: str
    field: str | None
    parties: tuple[str, ...]
    years: tuple[int, int] | None = None


KZ, TJ, KG = "Republic of Kazakhstan", "Republic of Tajikistan", "Kyrgyz Republic"
EXPECTED: dict[str, tuple[str, list[Read]]] = {
    "English, a number and a paragraph each": (
        VISIT,
        [
            Read("declaration", "political", (KZ, TJ)),
            Read(
                "memorandum",
                "research",
                (
                    f"Kazakhstan Institute for Strategic Studies under the President of the {KZ}",
                    f"Center for Strategic Studies under the President of the {TJ}",
                ),
            ),
            Read(
                "protocol",
                "customs",
                (
                    f"Ministry of Finance of the {KZ}",
                    f"Customs Service under the Government of the {TJ}",
                ),
            ),
            Read(
                "memorandum",
                "regions",
                (f"city of Turkestan ({KZ})", f"city of Khujand ({TJ})"),
            ),
            Read(
                "roadmap",
                "tourism",
                (
                    f"Ministry of Culture and Sports of the {KZ}",
                    f"Committee of Tourism Development under the Government of the {TJ}",
                ),
            ),
            Read(
                "roadmap",
                "agriculture",
                (f"Ministry of Agriculture of the {KZ}", f"Ministry of Agriculture of the {TJ}"),
                (2023, 2025),
            ),
            Read(
                "joint-plan",
                "industry",
                (
                    f"Ministry of Industry and Infrastructure Development of the {KZ}",
                    f"Ministry of Industry and New Technologies of the {TJ}",
                ),
                (2023, 2024),
            ),
            Read(
                "memorandum",
                "trade",
                (
                    f"Ministry of Trade and Integration of the {KZ}",
                    f"Export Agency under the Government of the {TJ}",
                ),
            ),
            Read(
                "programme",
                "diplomacy",
                (
                    f"Ministry of Foreign Affairs of the {KZ}",
                    f"Ministry of Foreign Affairs of the {TJ}",
                ),
                (2023, 2025),
            ),
        ],
    ),
    "English, one paragraph": (
        RELEASE,
        [
            Read("agreement", "customs", (f"Government of the {TJ}", f"Government of the {KZ}")),
            Read(
                "plan",
                "transport",
                ("Ministry of Transport of Kazakhstan", "Ministry of Transport of Tajikistan"),
                (2025, 2027),
            ),
            Read(
                "protocol",
                "energy",
                (
                    "Ministry of Energy, Water and Mineral Resources of Tajikistan",
                    "Ministry of Energy of Kazakhstan",
                ),
                (2025, 2025),
            ),
            Read(
                "memorandum",
                None,
                (
                    "Agency on Statistics under the President of Tajikistan",
                    "Bureau of National Statistics of Kazakhstan",
                ),
            ),
        ],
    ),
    "English, No. 1, a heading": (
        NUMBERS,
        [
            Read("treaty", "political", (KG, KZ)),
            Read("agreement", "water", (KG, KZ), (2026, 2030)),
            Read(
                "roadmap",
                "trade",
                (
                    "Chamber of Commerce and Industry of Kyrgyzstan",
                    "Foreign Trade Chamber of Kazakhstan",
                ),
                (2026, 2028),
            ),
            Read("memorandum", "digital", ()),
        ],
    ),
    "English, bullets": (
        BULLETS,
        [
            Read("agreement", "political", (TJ, "Republic of Uzbekistan")),
            Read(
                "plan",
                "tourism",
                ("Jizzakh region of Uzbekistan", "Sughd region of Tajikistan"),
            ),
            Read("memorandum", "industry", ()),
        ],
    ),
    "Russian, wrapped lines": (
        ITOGI,
        [
            Read("declaration", "political", ("Республикой Казахстан", "Республикой Таджикистан")),
            Read(
                "protocol",
                "customs",
                (
                    "Министерством финансов Республики Казахстан",
                    "Таможенной службой при Правительстве Республики Таджикистан",
                ),
            ),
            Read(
                "memorandum",
                "regions",
                (
                    "городом Туркестан (Республика Казахстан)",
                    "городом Худжанд (Республика Таджикистан)",
                ),
            ),
            Read(
                "roadmap",
                "tourism",
                (
                    "Министерством культуры и спорта Республики Казахстан",
                    "Комитетом по развитию туризма при Правительстве Республики Таджикистан",
                ),
            ),
            Read(
                "joint-plan",
                "industry",
                (
                    "Министерством индустрии и инфраструктурного развития Республики Казахстан",
                    "Министерством промышленности и новых технологий Республики Таджикистан",
                ),
                (2023, 2024),
            ),
            Read(
                "programme",
                "diplomacy",
                ("Республики Казахстан", "Республики Таджикистан"),
                (2023, 2025),
            ),
        ],
    ),
    "Russian, one paragraph without numbers": (
        ABZATS,
        [
            Read(
                "agreement",
                "transport",
                ("Правительством Республики Узбекистан", "Правительством Республики Таджикистан"),
            ),
            Read(
                "programme",
                "culture",
                (
                    "Министерством культуры Республики Узбекистан",
                    "Министерством культуры Республики Таджикистан",
                ),
                (2025, 2027),
            ),
            Read(
                "plan",
                None,
                ("МЧС Узбекистана", "Комитетом по чрезвычайным ситуациям Таджикистана"),
                (2026, 2026),
            ),
        ],
    ),
    "Russian, № 1, a heading": (
        SPISOK,
        [
            Read(
                "protocol",
                "customs",
                ("Правительством Республики Казахстан", "Правительством Кыргызской Республики"),
            ),
            Read(
                "memorandum",
                "customs",
                (
                    "Комитетом государственных доходов Министерства финансов Республики Казахстан",
                    (
                        "Государственной таможенной службой при Министерстве финансов "
                        "Кыргызской Республики"
                    ),
                ),
            ),
            Read("joint-plan", None, ("Тараз", "Талас"), (2024, 2026)),
        ],
    ),
}

SILENT = {
    "news": (
        "Trade grew by a fifth. In 2023 the sides signed a memorandum between the Ministry of Trade of "
        "Kazakhstan and the Ministry of Economy of Tajikistan. The president named three tasks: 1) raise "
        "turnover; 2) agreement on tariffs is to be prepared; 3) open a post."
    ),
    "agenda": (
        "Agenda of the commission\n\n1. Protocol of the last session between the Ministry of Finance of "
        "Kazakhstan and the Customs Service of Tajikistan\n2. Memorandum on statistics\n"
    ),
    "participants": (
        "The agreement was signed in Astana. Participants:\n\n1. Minister of Finance of Kazakhstan\n"
        "2. Head of the Customs Service of Tajikistan\n"
    ),
    "what is to come": (
        "The following documents will be signed in June:\n1. Agreement between the Government of "
        "Kazakhstan and the Government of Tajikistan for 2025-2027\n"
    ),
    "повестка": "Повестка дня:\n1. Протокол между МИД Казахстана и МИД Таджикистана на 2025-2026 годы\n",
    "проекты": (
        "К подписанию подготовлены:\n1) Соглашение между Правительством Республики Казахстан и "
        "Правительством Республики Таджикистан;\n2) Программа на 2025-2027 годы.\n"
    ),
    "nothing": "",
}


def read(one: Proposal) -> Read:
    years = one.period.since and one.period.until
    return Read(
        one.kind,
        one.field,
        tuple(next(iter(party.names.values())) for party in one.parties),
        (one.period.since.year, one.period.until.year)
        if years and one.period.since and one.period.until
        else None,
    )


@pytest.mark.parametrize("text", EXPECTED)
def test_every_document_is_found_with_its_parties_and_period(text: str) -> None:
    written, expected = EXPECTED[text]
    assert [read(one) for one in propose(written)] == expected


@pytest.mark.parametrize("text", EXPECTED)
def test_what_cannot_be_read_stays_empty_and_is_named(text: str) -> None:
    for one in propose(EXPECTED[text][0]):
        empty = {"parties": not one.parties, "field": not one.field, "period": not read(one).years}
        assert set(one.unread) == {name for name, missing in empty.items() if missing}


@pytest.mark.parametrize("text", EXPECTED)
def test_its_place_leads_back_to_its_words(text: str) -> None:
    lines = EXPECTED[text][0].splitlines()
    for one in propose(EXPECTED[text][0]):
        at = one.place
        found = lines[at.line - 1 : at.end_line]
        found[-1] = found[-1][: at.end_column]
        found[0] = found[0][at.column - 1 :]
        assert " ".join(" ".join(found).split()) == one.title


@pytest.mark.parametrize("text", SILENT)
def test_what_lists_nothing_signed_proposes_nothing(text: str) -> None:
    assert propose(SILENT[text]) == ()


def test_what_is_said_once_for_both_is_kept_beside_them() -> None:
    assert propose(ITOGI)[5].shared == "министерствами иностранных дел"
    assert propose(NUMBERS)[1].shared == "the Governments of the"


def test_three_parties_are_three() -> None:
    text = (
        "Signed today:\n1. Agreement between the Government of Kazakhstan, the Government of the Kyrgyz "
        "Republic and the Government of Tajikistan on railways"
    )
    (one,) = propose(text)
    assert [party.country for party in one.parties] == ["KZ", "KG", "TJ"]


WORDS = st.sampled_from(
    [
        *(
            "Signed:",
            "were signed",
            "Подписаны:",
            "1.",
            "2)",
            "№ 3",
            "–",
            ";",
            ".",
            ",",
            "\n",
            "\n\n",
        ),
        *("Agreement", "Memorandum", "Протокол", "Joint plan", "Программа", "between", "между"),
        *("and", "и", "the", "Ministry of Finance", "of Kazakhstan", "Republic of Tajikistan"),
        *(
            "Комитетом",
            "Республики Казахстан",
            "Таджикистана",
            "on customs",
            "о торговле",
            "Governments of",
        ),
        *(
            "for 2023–2025",
            "на 2024 год",
            "2019",
            "26",
            "1999-2004",
            "for",
            "по туризму",
            "в сфере",
        ),
    ]
)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_no_party_and_no_year_is_proposed_that_is_not_in_the_text(text: str) -> None:
    flat = " ".join(f"Signed:\n1. {text}".split())
    for one in propose(f"Signed:\n1. {text}"):
        assert one.title in flat
        assert all(name in one.title for party in one.parties for name in party.names.values())
        ends = (one.period.since, one.period.until)
        assert all(f"{day.year % 100:02}" in one.title for day in ends if day)


@pytest.mark.parametrize(
    ("mark", "end"),
    list(product(["1.", "1)", "(1)", "№ 1", "№1.", "No. 1:", "- 1)", "• 1.", "1 –"], ["", ";"])),
)
def test_a_number_is_written_in_many_ways(mark: str, end: str) -> None:
    text = f"Documents signed\n{mark} Convention between Kazakhstan and Tajikistan{end}\n"
    (one,) = propose(text)
    assert (one.number, one.kind, len(one.parties)) == (1, "convention", 2)
