"""The record of a consignment in four languages: other words, the same facts, the same digest."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from keruen.console.recorded import Recorder
from keruen.console.texts import LANGUAGES, texts_in
from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.exchange import State
from keruen.exchange.differences import Difference
from keruen.exchange.joint import (
    JointArrival,
    JointDiscrepancy,
    JointImport,
    JointMessage,
    JointRecord,
    JointStop,
    JointVersion,
)
from keruen.exchange.versions import Validity

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
RECORD = JointRecord(
    consignment_id="c-1",
    corridor="KZ-TJ",
    sender="KZ",
    receiver="TJ",
    stage="export",
    mode="live",
    state=State.CLOSED,
    registration_number="TJ/20261123/ABC",
    late=True,
    reference="55301/231126/0000001",
    vehicles=("123ABC02",),
    containers=("MSCU1234566",),
    seals=("KZ0012345",),
    gross_mass=Decimal(20100),
    itinerary=(JointStop("TJ", "TJ-GUL", "Guliston", AT, "estimated"),),
    versions=(
        JointVersion(
            1, "Amendment", "m-1", AT, Validity.HOLDS, "weighed again", ("version-gap",),
            (Difference("gross_mass", "20100", "20000"),),
        ),
    ),
    messages=(JointMessage(AT, "KZ", "PreliminaryInformation", "m-0", "accepted"),),
    arrivals=(
        JointArrival(
            "a-1", "TJ-GUL", AT, partial=True, vehicles=("123ABC02",), seals_broken=("KZ0012345",),
            weighbridge=Decimal(20700), remark="tarpaulin torn",
        ),
    ),
    imports=(JointImport("TJ-IM-1", "40", AT.date()),),
    discrepancies=(
        JointDiscrepancy(
            "m-2", Discrepancy(DiscrepancyCode.OTHER_SEAL, 2, "", "KZ1", "KZ2", "max(20 kg, 2 %)")
        ),
    ),
    digest="0f" * 32,
)  # fmt: skip
ENGLISH = """\
Consignment c-1
  KZ → TJ, Export declaration, live data: Closed
  declaration 55301/231126/0000001
  registered as TJ/20261123/ABC, late
  vehicle 123ABC02, containers MSCU1234566, seals KZ0012345
  gross mass 20100 kg
Journey:
  Tajikistan, TJ-GUL, Guliston: expected, as estimated 2026-11-23 06:00:00Z
Versions:
  1 Amendment of a declaration 2026-11-23 06:00:00Z Holds: weighed again (Versions before this one have not come)
      gross_mass: 20100 → 20000
Messages:
  2026-11-23 06:00:00Z KZ Preliminary information m-0: Accepted
Arrivals:
  2026-11-23 06:00:00Z TJ-GUL, in part: vehicle 123ABC02, broken KZ0012345, weighbridge 20700 kg, remark tarpaulin torn
Imports:
  TJ-IM-1, procedure 40, 2026-11-23
Discrepancies:
  Other seal, item 2: declared KZ1, found KZ2 (tolerance max(20 kg, 2 %))
Digest 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"""  # noqa: E501
FACT = re.compile(r"[\d-]{2,}[\d:Z. -]*|\S*\d\S*|weighed again|tarpaulin torn")


def said(language: str) -> str:
    return "\n".join(Recorder(texts_in(language)).lines(RECORD))


def test_a_record_in_english() -> None:
    assert said("en") == ENGLISH


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_in_another_language_only_the_words_differ(language: str) -> None:
    ours, theirs = said("en").splitlines(), said(language).splitlines()
    assert [FACT.findall(line) for line in theirs] == [FACT.findall(line) for line in ours]
    words = [set(re.findall(r"[A-Za-z]{5,}", line)) for line in theirs]
    latin = set().union(*words) - {"Guliston", "weighed", "again", "tarpaulin", "gross"}
    assert latin - {"ABC"} <= {"KZABC", "gross_mass"}
