"""Names of firms, made up and saying so, in the spellings that papers of two countries have for one firm.

As in `keruen.simulate.traders`, and with a word of two or three syllables by which thousands differ.
"""

from __future__ import annotations

from random import Random

SPELLINGS = 7

_FORMS = {
    "KZ": ("Товарищество с ограниченной ответственностью", "LLP", "TOO"),
    "TJ": ("Общество с ограниченной ответственностью", "LLC", "OOO"),
}
# fmt: off
_HEADS = (
    "Бер", "Ақ", "Тау", "Сар", "Нұр", "Жол", "Дар", "Кең", "Бай", "Шар", "Зар", "Мир", "Гул", "Чаш", "Пар",
)
_MIDDLES = ("", "", "а", "ма", "ра", "ты", "и", "ли", "ни")
_TAILS = (
    "сай", "дала", "бек", "тас", "көл", "жан", "абад", "зор", "вон", "манд", "дон", "ӣён", "гар", "шод", "кент",
)
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}
# fmt: on
_RUSSIAN = str.maketrans("ҮүҰұҚқӘәІіҢңҒғӨөҺһҶҷҲҳӢӣӮӯ", "УуУуКкАаИиНнГгОоХхЧчХхИиУу")


def word(rng: Random, kinds: tuple[str, ...]) -> str:
    """Kind of trade and a made-up word."""
    return f"{rng.choice(kinds)} {rng.choice(_HEADS)}{rng.choice(_MIDDLES)}{rng.choice(_TAILS)}"


def spellings(country: str, own: str) -> list[str]:
    """`SPELLINGS` of a firm's name `own`, which is the first."""
    long, latin_form, looks = _FORMS[country]
    short, bare = own.split(" ", 1)[0], own.split("«")[1].rstrip("»")
    russian, latin = bare.translate(_RUSSIAN), _latin(bare)
    return [
        own,
        f'{short} "{bare}"',
        f'{short} "{russian}"',
        f"{short} {russian}".upper(),
        f"{latin} {latin_form}".upper(),
        f'{looks} "{latin}"',
        f"{long} «{russian}»",
    ]


def _latin(word: str) -> str:
    plain = word.translate(_RUSSIAN)
    lower = "".join(_LATIN.get(one, one) for one in plain.lower())
    return lower.title()
