"""The register in a node directory: there from the start, held against agreements, missed where it is not."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from keruen.agreement.model import Period
from keruen.config import directory
from keruen.config.instruments import FILE, resting
from keruen.errors import KeruenError, UsageError

PROTOCOL = "kz-tj-2023-preliminary-information"


def found(root: Path) -> list[KeruenError]:
    return list(directory.mistakes(root))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_directory_begins_with_what_the_two_countries_signed(kz: Path) -> None:
    files = directory.load(kz)
    assert files.register
    assert len(files.register.instruments) == 9
    assert files.agreements[0].usable == (Period(since=date(2023, 5, 4)),)


def test_of_other_countries_nothing_is_known(tmp_path: Path) -> None:
    files = directory.init(tmp_path / "gb", "GB", partner="FR")
    assert files.register
    assert files.register.instruments == ()
    assert found(tmp_path / "gb") == []


def test_an_older_directory_goes_on_and_is_warned(kz: Path) -> None:
    (kz / FILE).unlink()
    assert directory.load(kz).agreements[0].usable is None
    (one,) = found(kz)
    assert (one.code, directory.severity(one)) == ("register-missing", "warning")


def test_an_older_agreement_goes_on_and_is_warned(kz: Path) -> None:
    edit(kz / "agreements" / "kz-tj.toml", f'instrument = "{PROTOCOL}"', "")
    assert directory.load(kz).agreements[0].usable is None
    (one,) = found(kz)
    assert (one.code, directory.severity(one)) == ("instrument-unnamed", "warning")
    assert PROTOCOL in one.text


def test_an_agreement_cannot_rest_on_what_nobody_signed(kz: Path) -> None:
    edit(kz / "agreements" / "kz-tj.toml", PROTOCOL, "kz-tj-2024-dream")
    (one,) = found(kz)
    assert (one.code, directory.severity(one)) == ("instrument-unknown", "error")
    assert one.line == 11
    with pytest.raises(UsageError, match="kz-tj-2024-dream"):
        directory.load(kz)


def test_a_mistake_in_the_register_stops_the_node(kz: Path) -> None:
    edit(kz / FILE, 'kind = "protocol"', 'kind = "gossip"')
    (one,) = found(kz)
    assert "must be one of treaty" in one.text
    with pytest.raises(UsageError, match="instruments-invalid"):
        directory.load(kz)


def test_an_agreement_whose_instrument_has_ended_is_warned_of(kz: Path) -> None:
    ended = f'key = "{PROTOCOL}"\nterminated = 2024-01-01'
    edit(kz / FILE, f'key = "{PROTOCOL}"', ended)
    (one,) = found(kz)
    assert (one.code, directory.severity(one)) == ("instrument-not-in-force", "warning")
    assert directory.load(kz).agreements[0].usable


def test_what_is_terminated_carries_no_exchange_any_more(kz: Path) -> None:
    files = directory.load(kz)
    assert files.register
    ended = tuple(replace(one, terminated=date(2025, 3, 1)) for one in files.register.instruments)
    agreement = resting(files.agreements[0], replace(files.register, instruments=ended))
    assert agreement.usable == (Period(since=date(2023, 5, 4), until=date(2025, 2, 28)),)
