"""Commands of the national system: submit, status."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.access import Act
from keruen.agreement import groundless
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY, FILES, LANGUAGE
from keruen.cli.scope import audit
from keruen.customs import Finding
from keruen.errors import InputError
from keruen.exchange import Result, Submitted
from keruen.exchange.deadlines import missed_deadlines
from keruen.formats.documents import SIZE
from keruen.node import Node, waiting
from keruen.store import OutboxEntry, OutboxState, Reader

POLL_SECONDS = 0.1
BATCH = 50


@click.command()
@DIRECTORY
@FILES
@click.option(
    "--wait",
    default=0.0,
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Wait so long for the partner's answers.",
)
@LANGUAGE
@AS_JSON
def submit(root: Path, files: tuple[str, ...], wait: float, language: str, as_json: bool) -> None:
    """Hand declarations in: export and transit go to the partner, imports are matched."""
    node = Node.open(root)
    try:
        results = _submit(node, files)
        audit_submitted(node, results)
        _hint(node, results)
        answers = answers_to(node, results, wait) if wait else {}
    finally:
        node.close()
    if as_json:
        output.as_json([_submitted(one, answers) for one in results])
    else:
        for one in results:
            _print_submitted(one, answers, language)
    refused = any(one.result is Result.REFUSED for one in results)
    rejected = any(answer.get("outcome") == "rejected" for answer in answers.values())
    sys.exit(3 if refused or rejected else 1 if any(one.findings for one in results) else 0)


def audit_submitted(node: Node, results: Sequence[Submitted]) -> None:
    """Tell in the audit trail what was taken; of what was refused or known before nothing was done."""
    taken = [one for one in results if one.result not in (Result.REFUSED, Result.KNOWN)]
    audit(node, Act.SUBMIT, *(one.reference or one.name for one in taken))


def _submit(node: Node, files: Sequence[str]) -> list[Submitted]:
    results: list[Submitted] = []
    with output.bar(wanted=len(files) >= BATCH) as bar:
        task = bar.add_task("Submitting", total=len(files))
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            results += _submit_batch(node, batch)
            bar.advance(task, len(batch))
    return results


def _hint(node: Node, results: Sequence[Submitted]) -> None:
    """Say so if something is queued for a partner of whom there is no card yet."""
    known = {partner.country for partner in node.files.partners}
    for country in sorted({one.partner for one in waiting(results) if one.partner} - known):
        click.echo(
            f"There is no card of {country} yet: what is queued for it waits. Add it: "
            f"keruen card {node.files.root} --add {country}.toml",
            err=True,
        )


def _submit_batch(node: Node, paths: Sequence[str]) -> Iterator[Submitted]:
    """Answers in the order of the files; one that cannot be read keeps nothing from the others."""
    unread: dict[int, Submitted] = {}
    documents: list[tuple[str, bytes]] = []
    for index, path in enumerate(paths):
        try:
            documents.append((path, output.read_file(path, SIZE)))
        except InputError as error:
            found = (Finding(code=error.code, text=error.text, values=error.values),)
            unread[index] = Submitted(name=path, result=Result.REFUSED, findings=found)
    taken = iter(node.submit(documents))
    return (unread.get(index) or next(taken) for index in range(len(paths)))


def answers_to(
    node: Node, results: Sequence[Submitted], seconds: float
) -> dict[str, dict[str, Any]]:
    """Answers of the partner by message id, as far as they come in time."""
    end = time.monotonic() + seconds
    told = (one for one in results if one.result in (Result.QUEUED, Result.MATCHED))
    missing = {one.message_id: one for one in told if one.message_id}
    answers: dict[str, dict[str, Any]] = {}
    while missing and time.monotonic() < end:
        for message_id, one in list(missing.items()):
            answer = node.answer(one.corridor or "", message_id)
            if answer is not None:
                answers[message_id] = msgspec.to_builtins(answer)
                del missing[message_id]
        if missing:
            time.sleep(POLL_SECONDS)
    return answers


def _submitted(one: Submitted, answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    answer = answers.get(one.message_id or "")
    if answer:
        plain["answer"] = {
            key: answer[key]
            for key in ("outcome", "registration_number", "findings")
            if key in answer
        }
    return plain


def _print_submitted(one: Submitted, answers: dict[str, dict[str, Any]], language: str) -> None:
    words = {
        Result.QUEUED: f"queued for {one.partner}",
        Result.KNOWN: "known, nothing done again",
        Result.REFUSED: "refused",
        Result.MATCHED: "matched",
        Result.UNMATCHED: "kept, unmatched",
    }[one.result]
    about = " ".join(part for part in (one.kind, one.reference) if part)
    tail = f" as consignment {one.consignment_id}" if one.consignment_id else ""
    click.echo(f"{one.name}: {words}{tail}" + (f" ({about})" if about else ""))
    output.findings(one.findings, language=language)
    answer = answers.get(one.message_id or "")
    if answer:
        number = answer.get("registration_number")
        click.echo(f"  {one.partner}: {answer['outcome']}" + (f", {number}" if number else ""))
        found = msgspec.convert(answer.get("findings", ()), tuple[Finding, ...])
        output.findings(found, language=language)


REPORTED = {OutboxState.FAILED: "EBMS:0202", OutboxState.PROBABLE: "EBMS:0301"}
"""What the line reports of a message that it could not deliver (ebMS 3.0 Core, 6.7.4; AS4 1.0, 5.1)."""


def _failure(entry: OutboxEntry) -> dict[str, Any]:
    """A message that failed or may fail, without its seed, which is secret."""
    plain: dict[str, Any] = msgspec.to_builtins(entry)
    del plain["seed"]
    return {**plain, "reported": REPORTED.get(entry.state)}


@click.command()
@DIRECTORY
@AS_JSON
def status(root: Path, as_json: bool) -> None:
    """Count what was sent and received, what waits, what failed, and deadlines that were missed.

    With it: agreements whose instrument is not in force.
    """
    node = Node.open(root)
    try:
        counts = node.store.read(lambda reader: reader.counts())
        failed = node.store.read(lambda reader: reader.outbox_failures(limit=20))
        missed = node.store.read(lambda reader: missed_deadlines(reader, node.context))
        hooks = [one for one in node.store.read(Reader.hook_positions) if one.attempts]
    finally:
        node.close()
    now = node.context.clock.now()
    counts = {"country": node.context.country, "now": now, **counts, "deadlines_missed": missed}
    unfounded = [found for one in node.context.agreements for found in groundless(one, now)]
    if as_json:
        failures = [_failure(entry) for entry in failed]
        output.as_json(
            {**counts, "failures": failures, "webhooks_waiting": hooks, "agreements": unfounded}
        )
        return
    _print_counts({**counts, "now": f"{now:%Y-%m-%d %H:%M:%S} UTC"})
    output.findings(unfounded)
    for entry in failed:
        code = REPORTED.get(entry.state)
        reported = f"{code}, " if code else ""
        click.echo(
            f"{entry.state}: {entry.message_id} to {entry.partner}: {reported}{entry.last_error}"
        )
    for hook in hooks:
        click.echo(f"webhook {hook.hook} waits, {hook.attempts} attempts: {hook.last_error}")


def _print_counts(counts: Mapping[str, Any]) -> None:
    for key, value in counts.items():
        name = key.replace("_", " ")
        if not isinstance(value, dict):
            click.echo(f"{name}: {value}")
            continue
        click.echo(f"{name}:" if value else f"{name}: none")
        for what, count in value.items():
            click.echo(f"  {what}: {count}")
