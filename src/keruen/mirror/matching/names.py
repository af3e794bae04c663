"""Names of firms as they are compared: in one script, without their legal form, words in one order.

``ТОО «Нан Берсай»``, ``NAN BERSAI LLP`` and ``Товарищество с ограниченной ответственностью «Нан Берсай»`` have
one key. Letters go as ICAO Doc 9303 and the usual practice write them; what differs between tables of
transliteration (ий, ы, й; qazaq letters) falls together.
"""

from __future__ import annotations

SEVERAL = {
    "Щ": "SH",
    "Ш": "SH",
    "Ч": "CH",
    "Ж": "ZH",
    "Х": "H",
    "Ҳ": "H",
    "Һ": "H",
    "Ц": "TS",
    "Ю": "IU",
    "Я": "IA",
    "Ё": "E",
    "Ҷ": "CH",
    "Ь": "",
    "Ъ": "",
}
SINGLE = (
    "АӘБВГҒДЕЗИЙІКҚЛМНҢОӨПРСТУҮҰҮӮФЫӢЭ",
    "AABVGGDEZIIIKKLMNNOOPRSTUUUUUFIIE",
)
LATIN = {"SHCH": "SH", "KH": "H", "DJ": "CH", "J": "ZH", "Y": "I", "Q": "K", "W": "V"}
FORMS = (
    "TOO OOO AO OAO ZAO PAO IP LLP LLC JSC CJSC OJSC LTD INC GMBH CO COMPANY CORP ZHSHS KK CHDMM CHSK CHSP "
    "KHSH TOVARISHESTVO OBSHESTVO OGRANICHENNOI OTVETSTVENNOSTIU S AKTSIONERNOE ZAKRITOE OTKRITOE PUBLICHNOE "
    "INDIVIDUALNII PREDPRINIMATEL FIRMA ZHAUAPKERSHILIGI SHEKTEULI SERIKTESTIGI CHAMIATI MASULIATASH"
    " MAHDUD DOROI"
)
"""Words that say the legal form, transliterated."""


def name_key(text: str) -> str:
    """SQL: the key of a name; null where nothing is left of it.

    Combining marks are gone before: names are NFKC where they are odd (`keruen.mirror.matching.keys`).
    """
    made = f"upper({text})"
    for one, other in SEVERAL.items():
        made = f"replace({made}, '{one}', '{other}')"
    made = f"translate({made}, '{SINGLE[0]}', '{SINGLE[1]}')"
    for one, other in LATIN.items():
        made = f"replace({made}, '{one}', '{other}')"
    forms = ", ".join(f"'{one}'" for one in FORMS.split())
    words = f"string_split_regex({made}, '[^\\pL\\pN]+')"
    kept = f"list_sort(list_filter({words}, lambda word: word <> '' AND word NOT IN ({forms})))"
    return f"nullif(array_to_string({kept}, ''), '')"
