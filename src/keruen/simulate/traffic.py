"""The traffic as values: files and arrivals in the order of their time, and the truth about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from keruen.customs import DiscrepancyCode
from keruen.simulate.arrivals import Data


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that a national system hands to its node.

    Attributes:
        at: domain time; `country`: whose node takes it.
    """

    at: datetime
    country: str
    name: str
    data: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a post of `country` registers at `at`; `data` as ``keruen arrive --from`` takes it."""

    at: datetime
    country: str
    data: Data


Step = Submission | Arrival


@dataclass(frozen=True, slots=True)
class Truth:
    """One coded discrepancy that both nodes must report.

    Attributes:
        reference: of the consignment's declaration.
        item: ordinal of the goods item; None for the consignment as a whole.
    """

    reference: str
    item: int | None
    code: DiscrepancyCode


@dataclass(frozen=True, slots=True)
class Announced:
    """One consignment of which there is preliminary information.

    Attributes:
        eta: at the entry post, as the nodes can know it; None where the format tells no time.
        import_name: name of the import declaration's file; None if nothing came.
        fact: what was planted, if anything.
    """

    reference: str
    sender: str
    receiver: str
    mode: str
    format: str
    goods: str
    eta: datetime | None
    export_name: str
    import_name: str | None
    fact: DiscrepancyCode | None


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is fed to two nodes, and what they must find.

    Attributes:
        steps: sorted by time.
        end: when all is over, marks as overdue included.
    """

    start: datetime
    end: datetime
    steps: tuple[Step, ...]
    truth: frozenset[Truth]
    announced: tuple[Announced, ...]

    @property
    def consignments(self) -> int:
        """How many are announced."""
        return len(self.announced)

    @property
    def planted(self) -> dict[DiscrepancyCode, int]:
        """How many facts of each kind were planted; a fact may imply further codes."""
        return dict(Counter(one.fact for one in self.announced if one.fact is not None))

    def script(self) -> Iterator[dict[str, object]]:
        """What happens, in the order of time, as values of JSON: files handed in and arrivals registered.

        Gives:
            ``at`` (UTC) and ``country`` with either ``submit``, the name of a file, or ``arrive``, a record as
            ``keruen arrive --from`` takes it.
        """
        for step in self.steps:
            what = {"submit": step.name} if isinstance(step, Submission) else {"arrive": step.data}
            yield {"at": step.at.astimezone(UTC).isoformat(), "country": step.country, **what}

    def describe(self) -> dict[str, dict[str, int]]:
        """How many consignments by direction, mode, format, goods and planted fact."""
        modes = {"2": "rail", "3": "road"}
        return {
            "direction": _counted(f"{one.sender}-{one.receiver}" for one in self.announced),
            "mode": _counted(modes[one.mode] for one in self.announced),
            "format": _counted(one.format for one in self.announced),
            "goods": _counted(one.goods for one in self.announced),
            "planted": _counted(one.fact.value for one in self.announced if one.fact),
        }


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())
