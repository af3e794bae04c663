"""Status reports × what they say × rule of the agreement → outcome; and what the clock does of its own."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.agreements import ruled_by
from tests.exchange.cells import Bench, bench, put
from tests.exchange.papers import header
from tests.exchange.test_asked_rules import raised, refused
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement

from keruen.agreement import Agreement, digest
from keruen.exchange import Context, State
from keruen.exchange.comparing import counted
from keruen.exchange.enquiries import advance, plan
from keruen.exchange.rules import Asking, Rule
from keruen.messages import (
    Entry,
    StatusReport,
    Way,
)
from keruen.store import Alarm, EnquiryRow, EnquiryState, Role, Transaction

pytestmark = pytest.mark.slow

REPORTED = """
agreement figures reply-to | sent                 alarms
same      agree   nothing  | -                    -
same      agree   a-report | -                    -
same      differ  nothing  | StatusReport         report-differs
same      differ  a-report | StatusReport         -
same      listed  nothing  | Enquiry              report-differs
same      listed  a-report | Enquiry              -
other     agree   nothing  | StatusReport         agreement-differs
other     agree   a-report | -                    agreement-differs
other     differ  nothing  | StatusReport         agreement-differs+report-differs
other     differ  a-report | StatusReport         agreement-differs
other     listed  nothing  | Enquiry+StatusReport agreement-differs+report-differs
other     listed  a-report | Enquiry              agreement-differs
"""
"""What a report makes the node do, by what it says and whether it answers one of ours."""


def report(node: Node, agreement: Agreement, figures: str, refers_to: str | None) -> StatusReport:
    missing = () if figures == "agree" else (Entry(node.clock.new_id(), "0" * 64),)
    since, until = NOW - timedelta(days=1), NOW - timedelta(hours=1)
    whole = counted(Way.SENT, since, until, missing)
    if figures == "listed":
        whole = replace(whole, entries=missing)
    return StatusReport(
        header=header(node, StatusReport, refers_to=refers_to),
        since=since,
        until=until,
        agreement_version="1",
        agreement_digest=digest(agreement),
        ranges=(whole,),
    )


def _alarms(tx: Transaction, into: list[Alarm]) -> None:
    into += tx.alarms()


def reported_cells() -> list[tuple[str, ...]]:
    return [tuple(line.replace("|", "").split()) for line in REPORTED.strip().splitlines()[1:]]


@pytest.mark.parametrize(("held", "figures", "reply_to", "sent", "alarms"), reported_cells())
def test_a_report_under_every_rule(
    either: Pair, held: str, figures: str, reply_to: str, sent: str, alarms: str
) -> None:
    did, expected = {}, {}
    with bench(either.tj) as one:
        for rule in Rule:
            agreement = ruled_by(rule, "StatusReport")
            theirs = agreement if held == "same" else replace(agreement, version="2")
            about = one.node.clock.new_id() if reply_to == "a-report" else None
            message = report(either.kz, theirs, figures, about)
            alarmed: list[Alarm] = []
            found = one.took(
                message,
                agreement,
                look=partial(_alarms, into=alarmed),
            )
            codes = refused(rule, Asking.REPORT)
            key = rule.value
            did[key] = (
                tuple(set(found.codes)),
                "+".join(sorted(found.sent)),
                "+".join(sorted(x.code for x in alarmed)),
            )
            expected[key] = (codes, "", "") if codes else ((), sent.strip("-"), alarms.strip("-"))
    assert did == expected


WAITED = """
enquiry   limit            stated    not-stated
-         enquiry_after    planned   -
planned   reminder_after   asked     asked
asked     escalation_after reminded  reminded
reminded  -                escalated escalated
"""
"""State of an enquiry → the limit of the agreement that its next step waits for, and where it comes to."""


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "not stated"])
def test_the_clock_asks_reminds_and_escalates_as_the_agreement_states(
    either: Pair, stated: bool
) -> None:
    standing = the_agreement()
    with bench(either.kz) as one:
        for line in WAITED.strip().splitlines()[1:]:
            before, limit, then, otherwise = line.split()
            changes: dict[str, Any] = {} if stated or limit == "-" else {limit: {}}
            agreement = replace(standing, deadlines=replace(standing.deadlines, **changes))
            found = _stepped(one, agreement, before)
            assert (found.state if found else "-") == (then if stated else otherwise), line
            waits = stated and limit != "-"
            assert bool(found and found.next_step) is waits, line


def _stepped(one: Bench, agreement: Agreement, before: str) -> EnquiryRow | None:
    context = under(one.node, agreement)
    consignment = one.node.clock.new_id()
    put(one.tx, one.node, Role.SENDER, consignment, State.OVERDUE)
    if before == "-":
        known = one.tx.consignment(CORRIDOR, consignment)
        assert known is not None
        plan(one.tx, context, replace(known, eta=NOW))
        return next(iter(one.tx.enquiries(consignment_id=consignment)), None)
    row = replace(raised(one, "nothing"), state=EnquiryState(before), next_step=NOW)
    return advance(one.tx, context, row)


def under(node: Node, agreement: Agreement) -> Context:
    return dataclasses.replace(node.context, agreements=(agreement,))
