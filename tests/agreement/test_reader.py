from importlib import resources

import pytest

from keruen.agreement import Agreement, read_agreement
from keruen.errors import UsageError

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreement(TEXT)


def test_the_agreement_of_kazakhstan_and_tajikistan_is_without_mistakes(
    agreement: Agreement,
) -> None:
    assert agreement.corridor == "KZ-TJ"
    assert {post.country for post in agreement.posts} == {"KZ", "TJ"}
    assert all(post.pilot for post in agreement.posts)


def test_every_post_has_a_name_in_every_language(agreement: Agreement) -> None:
    assert all(set(post.names) == set(agreement.languages) for post in agreement.posts)


def test_the_other_side_is_the_other_country(agreement: Agreement) -> None:
    assert agreement.other("KZ") == "TJ"
    assert agreement.other("TJ") == "KZ"


@pytest.mark.parametrize(
    ("old", "new", "key", "line_holds"),
    [
        ("hours = 14", 'hours = "x"', "route[1].hours", 'hours = "x"'),
        ('post = "TJ-NAU"', 'post = "TJ-NAV"', "route[3].post", 'post = "TJ-NAV"'),
        ("version =", "versionx =", "versionx", "versionx ="),
        (
            '"declaration.items.hs" = "M"',
            '"declaration.items.hsx" = "M"',
            "declaration.items.hsx",
            "declaration.items.hsx",
        ),
        (
            '"declaration.items.hs" = "M"',
            '"declaration.items.price" = "M"',
            "both listed and withheld",
            "declaration.items.price",
        ),
        ('before_crossing = { "*" = 2,', "before_crossing = {", "before_crossing", "before_"),
        ("[tolerances]", "[[tolerances", "not valid TOML", "[[tolerances"),
        ('export = "live"', 'export = "alive"', "phases", "phases"),
    ],
)
def test_a_mistake_is_told_with_its_key_and_line(
    old: str, new: str, key: str, line_holds: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    with pytest.raises(UsageError) as raised:
        read_agreement(text, name="a.toml")
    assert raised.value.code == "agreement-invalid"
    assert raised.value.path == "a.toml"
    assert key in raised.value.text
    assert raised.value.line is not None
    assert line_holds in text.splitlines()[raised.value.line - 1]


def test_a_post_in_a_third_country_is_a_mistake() -> None:
    text = TEXT.replace('country = "TJ"\nmodes', 'country = "UZ"\nmodes', 1)
    with pytest.raises(UsageError, match="neither party's country"):
        read_agreement(text)
