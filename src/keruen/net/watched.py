"""The watched folder: the national system puts files in, the node takes each once and says what became of it.

    in/                       files that nobody writes any more; written elsewhere and renamed, or left alone
    in/taken/2026-11-24/      what was taken, each beside NAME.result.json
    in/refused/2026-11-24/    what was not, each beside NAME.result.json with its findings

A file is moved after it was committed. Where the node is killed between the two, it takes the file again and
finds that it is known. A name that opens with a dot or ends in .tmp or .part is still being written.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import structlog

from keruen.exchange import Result, Submitted, too_large, work

SECONDS = 0.5
"""How often the folder is looked at."""
BATCH = 50
"""Files that are taken at a time."""
UNFINISHED = (".tmp", ".part")
"""Endings of files that somebody still writes."""
TAKEN, REFUSED = "taken", "refused"
RESULT = ".result.json"

Look = tuple[int, int, int]
"""A file as it was seen: inode, octets, time of its last change in ns."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class WatchedFolder:
    """Takes what is put into a folder, until cancelled.

    Args:
        folder: made where it is missing.
        submit: takes documents, name and content; gives an answer for each, in their order.
        limit: octets of a document at most.
        settle: seconds for which a file must not have changed before it is taken.
        today: the day that files are sorted under.
        seconds: passing seconds, only differences count.
    """

    folder: Path
    submit: Callable[[Sequence[tuple[str, bytes]]], Sequence[Submitted]]
    limit: int
    settle: float
    today: Callable[[], date]
    seconds: Callable[[], float]
    _seen: dict[str, tuple[Look, float]] = field(default_factory=dict)
    _troublesome: set[str] = field(default_factory=set)
    """Files that could not be read or moved: said once."""

    async def run(self) -> None:
        """Look again and again."""
        await work(lambda: asyncio.to_thread(self.round), asyncio.Event(), SECONDS, "folder")

    def round(self) -> int:
        """One look: take what has settled; gives how many files were moved."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        documents: list[tuple[str, bytes]] = []
        answers: list[Submitted] = []
        for name in list(self._settled())[:BATCH]:
            read = self._read(name)
            if isinstance(read, Submitted):
                answers.append(read)
            elif read is not None:
                documents.append((name, read))
        answers += self.submit(documents) if documents else ()
        return sum(self._move(one) for one in answers)

    def _settled(self) -> Iterator[str]:
        """Names of files that have not changed for long enough, in the order of their names."""
        now, there = self.seconds(), dict(self._files())
        for name in self._seen.keys() - there.keys():
            del self._seen[name]
            self._troublesome.discard(name)
        for name, look in sorted(there.items()):
            known, since = self._seen.get(name, (None, now))
            if known != look:
                self._seen[name] = look, now
            elif now - since >= self.settle and name not in self._troublesome:
                yield name

    def _files(self) -> Iterator[tuple[str, Look]]:
        with os.scandir(self.folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") or name.endswith(UNFINISHED):
                    continue
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # gone between the two looks
                    continue
                if stat.S_ISREG(about.st_mode):  # what a link leads to was not put here
                    yield name, (about.st_ino, about.st_size, about.st_mtime_ns)

    def _read(self, name: str) -> bytes | Submitted | None:
        """The content; why it is refused; None where it cannot be read now."""
        try:
            handle = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW)
            with open(handle, "rb") as file:  # noqa: PTH123 - of a descriptor
                data = file.read(self.limit + 1)
        except OSError as error:
            self._trouble(name, "unreadable", error)
            return None
        if len(data) > self.limit:
            return too_large(name, self.limit)
        return data

    def _move(self, answer: Submitted) -> int:
        """Put a file where its fate belongs, beside the answer."""
        kind = REFUSED if answer.result is Result.REFUSED else TAKEN
        target = self.folder / kind / self.today().isoformat()
        try:
            target.mkdir(mode=0o750, parents=True, exist_ok=True)
            path = _free(target, answer.name)
            result = path.with_name(path.name + RESULT)
            result.write_bytes(msgspec.json.format(msgspec.json.encode(answer), indent=2))
            (self.folder / answer.name).rename(path)
        except OSError as error:
            self._trouble(answer.name, "not moved", error)
            return 0
        log.info("file", name=answer.name, result=answer.result, consignment=answer.consignment_id)
        return 1

    def _trouble(self, name: str, what: str, error: OSError) -> None:
        """Say it once; the file is tried again when it has changed or the node starts again."""
        self._troublesome.add(name)
        log.error("file", what=what, name=name, folder=str(self.folder), why=error.strerror)


def _free(folder: Path, name: str) -> Path:
    """A path that nothing has yet: the name, or the name with a number."""
    path, number = folder / name, 1
    while path.exists() or path.with_name(path.name + RESULT).exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path
