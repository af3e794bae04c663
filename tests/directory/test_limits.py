"""What is taken of one partner at most: the table [limits] of its card."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from keruen.config import directory
from keruen.config.cards import check_card, read_card, write_card
from keruen.config.limits import PartnerLimits
from keruen.exchange import LIMITS
from keruen.node import Node

TABLE = "\n[limits]\nmessage_size = 2_000_000_000\npart_size = 50_000_000\ndepth = 20\n"


def test_a_card_without_limits_has_the_usual_ones(card: str) -> None:
    assert read_card(card).limits.limits() == LIMITS
    assert "[limits]" not in card


def test_limits_are_read_as_they_were_written(card: str) -> None:
    partner = read_card(card + TABLE)
    assert (partner.limits.message_size, partner.limits.depth) == (2_000_000_000, 20)
    assert partner.limits.parts == PartnerLimits().parts
    assert read_card(write_card(partner)) == partner


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("message_size = 1", "limits.message_size: must be a whole number >= 16384"),
        ("part_size = -1", "limits.part_size: must be a whole number >= 1024"),
        ("parts = 0", "limits.parts: must be a whole number >= 1"),
        ("ratio = 1.5", "limits.ratio: must be a whole number"),
        ("depth = 41", "limits.depth: must be a whole number <= 40"),
        ('header_size = "1 MiB"', "limits.header_size: must be a whole number"),
        ("envelope_sise = 9999", "limits.envelope_sise: there is no such key; is envelope_size"),
    ],
)
def test_a_mistake_is_said_with_file_key_and_line(card: str, line: str, reason: str) -> None:
    text = f"{card}\n[limits]\n{line}\n"
    (mistake,) = check_card(text, name="KZ.toml").mistakes
    assert reason in mistake.text
    assert (mistake.path, mistake.line) == ("KZ.toml", text.splitlines().index(line) + 1)


def test_the_limits_of_the_card_hold_for_its_partner_and_the_loosest_before_it_is_known(
    kz: Path, card: str
) -> None:
    directory.add_card(kz, card + TABLE)
    node = Node.open(kz)
    try:
        pmode = node.line.peers["TJ"].pmode
        assert pmode.limits.message_size == 2_000_000_000
        assert node.line.limits == pmode.limits
    finally:
        node.close()


def test_every_limit_of_as4_can_be_set_but_one_that_is_the_machines_own() -> None:
    from keruen.as4 import Limits

    names = {field.name for field in msgspec.structs.fields(PartnerLimits)}
    assert set(Limits.__slots__) - names == {"xml_part_size"}
