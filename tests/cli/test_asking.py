"""Two running nodes: what is overdue is enquired, reminded of, escalated, found; a declaration is verified."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import eventually, keruen, running

from keruen.node import Node

HOURS = {"enquiry_after": 0.001, "reminder_after": 0.0006, "escalation_after": 0.0006}
"""Hours by which this agreement runs: a few seconds each."""


def hasty(root: Path) -> None:
    """The agreement of a node, with deadlines of seconds: nothing but its text changes."""
    (path,) = (root / "agreements").glob("*.toml")
    text = path.read_text("utf-8")
    for name, hours in {**HOURS, "overdue_after": 0}.items():
        text = re.sub(rf"^{name} = .*$", f'{name} = {{ "*" = {hours} }}', text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def overdue(root: Path) -> str:
    """What was announced is expected now, as if its time had come: the only thing that is not waited for."""
    node = Node.open(root)
    try:
        (one,) = node.store.read(lambda r: r.consignments())
        eta = node.context.clock.now() - timedelta(seconds=1)
        node.store.write_now(
            lambda tx: tx._connection.exec_driver_sql(
                f"UPDATE consignment SET eta = {int(eta.timestamp() * 1e6)}"
            )
        )
        return one.consignment_id
    finally:
        node.close()


def asked(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = keruen("enquiries", root, "list", "--all", "--json").json
    return found


@pytest.mark.slow
def test_an_overdue_consignment_is_enquired_reminded_escalated_and_found(
    kz: Path, tj: Path, transit: Path
) -> None:
    for root in (kz, tj):
        hasty(root)
    with running(kz, tj):
        assert keruen("submit", kz, transit, "--wait", "20").code in (0, 1)
        consignment = overdue(kz)

        def escalated() -> bool:
            return any(one["state"] == "escalated" for one in asked(kz)["enquiries"])

        eventually(escalated, 40)
        status = keruen("status", kz, "--json").json
        assert status["enquiries"] == {"out escalated": 1}
        assert status["alarms"] == {"enquiry-unanswered": 1}
        (waiting,) = asked(tj)["enquiries"]
        assert (waiting["direction"], waiting["state"]) == ("in", "reminded")
        answer = keruen(
            "enquiries", tj, "answer", waiting["enquiry_id"], "--outcome", "found", "--post", "TJ-FOT"
        )  # fmt: skip
        assert answer.code == 0
        eventually(lambda: keruen("status", kz, "--json").json["alarms"] == {}, 20)
        (closed,) = asked(kz)["enquiries"]
        assert (closed["state"], closed["outcome"]) == ("answered", "found")
        assert keruen("status", kz, "--json").json["consignments"] == {"arrived": 1}
        assert consignment == closed["consignment_id"]


@pytest.mark.slow
def test_a_declaration_is_verified_and_a_day_reported_by_command(
    kz: Path, tj: Path, transit: Path
) -> None:
    with running(kz, tj):
        assert keruen("submit", kz, transit, "--wait", "20").code in (0, 1)
        given = ("--partner", "KZ", "--wait", "20", "--json")
        there = keruen("verify", tj, "--declaration", "57201/011126/0025546", *given)
        assert there.code == 0
        assert there.json["reply"]["outcome"] == "exists"
        assert there.json["reply"]["declaration"]["kind"] == "transit"
        absent = keruen("verify", tj, "--declaration", "00000/000000/0000000", *given)
        assert (absent.code, absent.json["reply"]["outcome"]) == (1, "absent")
        made = keruen("report", kz, "--json")
        assert made.code == 0
        counted = {(one["way"], one["kind"]): one["count"] for one in made.json[0]["tallies"]}
        assert counted["sent", "PreliminaryInformation"] == 1

        def came() -> bool:
            messages = keruen("status", tj, "--json").json["messages"]
            return bool(messages.get("in StatusReport") == 1)

        eventually(came, 20)
        assert keruen("status", tj, "--json").json["alarms"] == {}


def test_what_cannot_be_asked_is_said(kz: Path) -> None:
    assert "partner-unknown" in keruen("verify", kz, "--declaration", "1", "--partner", "UZ").err
    unknown = keruen("enquire", kz, "nobody")
    assert (unknown.code, "consignment-unknown" in unknown.err) == (2, True)
    assert keruen("enquiries", kz, "answer").code == 2
    answered = keruen("enquiries", kz, "answer", "nobody", "--outcome", "found")
    assert (answered.code, "enquiry-unknown" in answered.err) == (2, True)
    assert keruen("enquiries", kz).out == "Nobody waits for a reply.\n"
    backwards = keruen(
        "report", kz, "--since", "2026-11-23T12:00+05:00", "--until", "2026-11-22T12:00+05:00"
    )
    assert (backwards.code, "period-empty" in backwards.err) == (3, True)
