"""Exchange without a line: package export, package import."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

import click

from keruen.access import Act
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.scope import audit
from keruen.config.newfile import new_file
from keruen.errors import InputError, LocalError
from keruen.exchange import Receiver, Space
from keruen.exchange.packages import (
    GIVEN_UP,
    WAITING,
    Fate,
    Manifest,
    Package,
    Packer,
    Taken,
    check_addressed,
    opened,
    take_all,
)
from keruen.node import Node

NEW_FILE = click.Path(dir_okay=False, path_type=Path)
WORDS = {
    Fate.TAKEN: "taken",
    Fate.KNOWN: "known before, receipted again",
    Fate.ANSWERED: "receipts and errors applied",
    Fate.REFUSED: "refused",
    Fate.DAMAGED: "damaged",
}


@click.group()
def package() -> None:
    """Exchange without a line: carry messages as files."""


@package.command("export")
@DIRECTORY
@click.option("--partner", required=True, metavar="COUNTRY", help="For whom.")
@click.option("--out", required=True, type=NEW_FILE, metavar="FILE", help="Where to.")
@click.option("--given-up", is_flag=True, help="Pack what the line has given up, too.")
@AS_JSON
def export(root: Path, partner: str, out: Path, given_up: bool, as_json: bool) -> None:
    """Write what waits for a partner as one file; it waits on until its receipt is there."""
    node = Node.open(root)
    try:
        with _writing(out) as file, output.bar() as bar:
            packer = Packer(node.store, node.context, node.line, partner.upper(), file)
            task = bar.add_task("Packing", total=None)
            for _ in packer.waiting(GIVEN_UP if given_up else WAITING):
                bar.advance(task)
            manifest = packer.close()
        audit(node, Act.EXPORT_PACKAGE, out.name)
    finally:
        node.close()
    if as_json:
        output.as_json({**_facts(manifest, out), "kinds": packer.kinds})
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(packer.kinds.items()))
    click.echo(f"{out}: {len(manifest.members)} messages for {manifest.receiver}" + _about(kinds))
    if not manifest.members:
        click.echo(f"Nothing waits for {manifest.receiver}.")


@package.command("import")
@DIRECTORY
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--answer", type=NEW_FILE, metavar="FILE", help="Where the receipts go; else FILE.answer."
)
@AS_JSON
def take(root: Path, file: Path, answer: Path | None, as_json: bool) -> None:
    """Take a partner's file as if it came by the line; write the receipts as a file for the way back."""
    node = Node.open(root)
    answer = answer or file.with_name(f"{file.name}.answer")
    try:
        with _reading(file) as source, opened(source) as package:
            check_addressed(package.manifest, node.context, node.line)
            taken, answered = _unpack(node, package, answer)
        audit(node, Act.EXPORT_PACKAGE, file.name)
    finally:
        node.close()
    _print_taken(package.manifest, file, taken, answered, as_json=as_json)
    fates = {one.fate for one in taken}
    sys.exit(1 if fates & {Fate.REFUSED, Fate.DAMAGED} else 0)


def _unpack(node: Node, package: Package, answer: Path) -> tuple[list[Taken], Manifest | None]:
    """What became of each message, and the package of answers where there are any."""
    receiver = Receiver(
        node.store,
        node.context,
        node.line,
        space=Space(node.files.root / "quarantine"),
        owner=f"package:{os.getpid()}",
    )
    with _writing(answer) as file, output.bar() as bar:
        track = partial(bar.track, description="Taking")
        taken, answers = asyncio.run(take_all(receiver, package, file, track))
    if not answers.members:
        answer.unlink()
    return taken, answers if answers.members else None


def _print_taken(
    manifest: Manifest, file: Path, taken: list[Taken], answered: Manifest | None, *, as_json: bool
) -> None:
    counts = Counter(one.fate for one in taken)
    wrong = [one for one in taken if one.why]
    if as_json:
        facts = {**_facts(manifest, file), **{fate.value: counts[fate] for fate in Fate}}
        output.as_json(
            {**facts, "answers": len(answered.members) if answered else 0, "not_taken": wrong}
        )
        return
    parts = ", ".join(f"{counts[fate]} {WORDS[fate]}" for fate in Fate if counts[fate])
    click.echo(f"{file}: {len(taken)} messages of {manifest.sender}" + _about(parts))
    for one in wrong:
        click.echo(f"  {one.name} {one.message_id}: {one.fate}: {one.why}", err=True)
    if answered:
        click.echo(f"{len(answered.members)} answers for {answered.receiver}: carry them back.")


def _facts(manifest: Manifest, file: Path) -> dict[str, object]:
    return {
        "file": str(file),
        "package_id": manifest.package_id,
        "sender": manifest.sender,
        "receiver": manifest.receiver,
        "created": manifest.created,
        "messages": len(manifest.members),
    }


def _about(parts: str) -> str:
    return f": {parts}." if parts else "."


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror}"
        raise InputError("file-unreadable", reason, path=str(path)) from error
    with file:
        yield file


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[IO[bytes]]:
    try:
        with new_file(path) as file:
            yield file
    except OSError as error:
        reason = f"the file cannot be written: {error.strerror or error}"
        raise LocalError("file-unwritable", reason, path=str(path)) from error
