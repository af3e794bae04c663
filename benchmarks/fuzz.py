"""Fuzzing of `wire` and `as4`: nothing but their own errors, whatever comes.

    .venv/bin/python benchmarks/fuzz.py [--inputs N] [--seed N] [--target NAME] [--keep FOLDER] [--coverage]

Prints for each target how many inputs came to what, and the slowest; the exit code is 1 if anything else than
the errors of the room was raised, or something did not hold. Each finding is kept as a file. With `--coverage`
one target is driven by atheris, where that is installed, until it is stopped.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.fuzzing.targets import Target, targets

SLOW = 2.0
"""Seconds for one input that are a finding, too."""


@dataclass
class Report:
    """What came of one target."""

    target: Target
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: dict[str, bytes] = field(default_factory=dict)
    """Last line of a traceback → the first input that led to it."""
    seconds: float = 0.0
    slowest: float = 0.0

    def line(self) -> str:
        counts = ", ".join(f"{name} {n}" for name, n in self.outcomes.most_common(12))
        total = self.outcomes.total()
        rate = total / self.seconds if self.seconds else 0
        worst = f"slowest {self.slowest * 1000:.0f} ms"
        return f"{self.target.name:34} {total:8} {rate:8.0f}/s  {worst}  {counts}"


def fuzz(target: Target, inputs: int, seed: int) -> Report:
    """So many inputs, the same for the same seed."""
    report = Report(target)
    for number in range(inputs):
        random = Random(f"{seed} {target.name} {number}")
        octets = target.mutate(random.choice(target.seeds), random, target.seeds)
        begun = time.perf_counter()
        report.outcomes[_outcome(target, octets, random, report)] += 1
        took = time.perf_counter() - begun
        report.seconds += took
        report.slowest = max(report.slowest, took)
        if took > SLOW:
            report.findings.setdefault("slow", octets)
    return report


def _outcome(target: Target, octets: bytes, random: Random, report: Report) -> str:
    try:
        return target.run(octets, random)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:200]}"
        report.findings.setdefault(name.partition(": ")[0], octets)
        return f"FINDING {type(error).__name__}"


def cover(target: Target, corpus: Path) -> None:
    """Let atheris look for octets that reach further, from the seeds on; it ends the process."""
    atheris = importlib.import_module("atheris")

    atheris.instrument_all()
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup([sys.argv[0], str(corpus)], lambda octets: target.run(octets, Random(0)))
    atheris.Fuzz()


def keep(report: Report, folder: Path) -> None:
    """Findings as files, and on the terminal."""
    for number, (name, octets) in enumerate(report.findings.items()):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{report.target.name.replace(' ', '-')}-{number}"
        file.write_bytes(octets)
        print(f"    {name}: {file}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="only those whose name has this in it")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--coverage", action="store_true", help="one target, driven by atheris")
    asked = parser.parse_args()
    chosen = [one for one in targets() if (asked.target or "") in one.name]
    if asked.coverage:
        cover(chosen[0], asked.keep / "corpus" / chosen[0].name.replace(" ", "-"))
    shares, reports = sum(one.share for one in chosen), []
    for target in chosen:
        report = fuzz(target, asked.inputs * target.share // shares, asked.seed)
        print(report.line(), flush=True)
        keep(report, asked.keep)
        reports.append(report)
    print(f"{sum(one.outcomes.total() for one in reports)} inputs")
    sys.exit(1 if any(one.findings for one in reports) else 0)


if __name__ == "__main__":
    main()
