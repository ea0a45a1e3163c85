"""What an import did: counts per file, coverage, problems and notices."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from footprint.faults import Fault, InputRefused, Problem, Where


@dataclass(slots=True)
class Counts:
    """What became of the processes and exchanges of a file.

    `left_out` processes give no datasets, as asked for. `exchanges` is every exchange read. Of the
    inputs, `linked` have a supplier, `converted` of these changed their unit, `unlinked` have none
    and `cut_off` were left out as asked for, `ambiguous` ones for want of a choice among several;
    `zero` ones say nothing. Of the elementary flows, `gases` were counted, `unmapped` may be
    greenhouse gases and were not, `other` are none. `unread` is what may carry a burden and was not
    understood.
    """

    processes: int = 0
    left_out: int = 0
    datasets: int = 0
    exchanges: int = 0
    products: int = 0
    linked: int = 0
    converted: int = 0
    unlinked: int = 0
    cut_off: int = 0
    ambiguous: int = 0
    zero: int = 0
    gases: int = 0
    unmapped: int = 0
    other: int = 0
    unread: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another file."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class CountedNotice:
    """Something worth knowing that occurs `count` times; `problem` shows the first place."""

    problem: Problem
    count: int

    def as_json(self) -> dict[str, object]:
        """The notice as the report prints it."""
        return self.problem.as_json() | {"count": self.count}


@dataclass(slots=True)
class Log:
    """What is found while reading. Problems are kept one by one; equal notices are counted."""

    counts: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _notices: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)

    def of(self, file: str) -> Counts:
        """The counts of a file."""
        return self.counts.setdefault(file, Counts())

    def refuse(self, fault: Fault, where: Where, message: str, hint: str = "") -> None:
        """Note a problem that will refuse the import when everything has been read."""
        self.add(fault.at(where, message, hint))

    def add(self, problem: Problem) -> None:
        """Note a problem that was found elsewhere."""
        self.problems.append(_printable(problem))

    def take(self, refused: InputRefused) -> None:
        """Note the problems of a part that was refused; what is known already is not repeated."""
        known = set(self.problems)
        for problem in refused.problems:
            if _printable(problem) not in known:
                self.add(problem)

    def note(self, fault: Fault, where: Where, message: str, hint: str = "") -> None:
        """Note something worth knowing."""
        key = (fault.code, message)
        first, count = self._notices.get(key, (None, 0))
        first = first or _printable(fault.at(where, message, hint))
        self._notices[key] = (first, count + 1)

    @property
    def notices(self) -> tuple[CountedNotice, ...]:
        """All notices, ordered by code, the most frequent first."""
        found = [CountedNotice(problem, count) for problem, count in self._notices.values()]
        return tuple(sorted(found, key=lambda n: (n.problem.code, -n.count, n.problem.message)))


def _printable(problem: Problem) -> Problem:
    """A problem without control characters: a name in a file must not steer a terminal."""
    file, column, message = (
        "".join(char if char.isprintable() else "\ufffd" for char in text)
        for text in (problem.where.file, problem.where.column or "", problem.message)
    )
    where = Where(file, problem.where.row, column or None)
    return Problem(problem.code, message, where, problem.hint)


@dataclass(frozen=True, slots=True)
class LinkCoverage:
    """Shares (0 to 1) of the inputs that have a supplier: by count, by kg, by MJ.

    What may carry a burden and was not read counts as an input without a supplier.

    Masses and energies are summed over all datasets, each scaled to one unit of its product; None
    if there are none.
    """

    inputs: float
    mass: float | None
    energy: float | None


@dataclass(frozen=True, slots=True)
class OpenInput:
    """An input that has no supplier or several, as the template lists it. `uses` counts it."""

    flow: str
    place: str
    unit: str
    reason: str
    candidates: tuple[str, ...]
    uses: int = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The report of an import. `status`: complete; incomplete, if something that may carry a burden
    was not read or not counted; cut_off, if inputs were left out; or refused."""

    name: str
    layout: str
    allocation: str
    status: str
    files: dict[str, Counts]
    coverage: LinkCoverage
    problems: tuple[Problem, ...]
    notices: tuple[CountedNotice, ...]
    open_inputs: tuple[OpenInput, ...] = ()

    @property
    def totals(self) -> Counts:
        """The counts of all files together."""
        total = Counts()
        for counts in self.files.values():
            total.add(counts)
        return total

    def as_json(self) -> dict[str, Any]:
        """The report as `--format json` prints it."""
        return {
            "type": "import-report",
            "name": self.name,
            "layout": self.layout,
            "allocation": self.allocation,
            "status": self.status,
            "totals": asdict(self.totals),
            "coverage": asdict(self.coverage),
            "files": [{"file": name} | asdict(counts) for name, counts in self.files.items()],
            "problems": [problem.as_json() for problem in self.problems],
            "notices": [notice.as_json() for notice in self.notices],
            "open_inputs": [asdict(entry) for entry in self.open_inputs],
        }


class ImportRefused(InputRefused):
    """The import was read to its end and refused; `report` says how far it came."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__(report.problems)
