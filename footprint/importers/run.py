"""Import a file: read, recognise gases, allocate, link, and hand over an inventory and a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from footprint.faults import InputRefused, Problem, Where
from footprint.importers import faults, template
from footprint.importers.allocate import NotSplit, Single, SplitChoices, singles
from footprint.importers.allocation import ProductSplit
from footprint.importers.assemble import ImportOrigin, assemble, make_nodes
from footprint.importers.flows import emissions_of
from footprint.importers.layouts import READERS, FileLayout, recognise
from footprint.importers.link import InputLinks, link
from footprint.importers.mapping import Suppliers, read_allocations, read_mapping
from footprint.importers.measures import FileUnits, Measures
from footprint.importers.members import Members, open_members
from footprint.importers.neutral import Process
from footprint.importers.report import ImportRefused, ImportReport, LinkCoverage, Log
from footprint.inventory.model import Inventory
from footprint.inventory.read import read_flows
from footprint.late_pattern import late_pattern

_NAME = late_pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import. `name` prefixes every id.

    `cut_off` leaves out inputs that cannot be linked, `leave_out` processes that make nothing or
    cannot be split; both are counted and reported. `confirmed`: names of reference products that
    may keep little of their process. `suppliers` and `allocations` are files (see `mapping`); one
    that is not there yet is no fault: the report lists what it should say.
    """

    name: str
    layout: FileLayout | None = None
    allocation: ProductSplit = ProductSplit.REFUSE
    cut_off: bool = False
    leave_out: bool = False
    confirmed: tuple[str, ...] = ()
    suppliers: Path | None = None
    allocations: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import gives: an inventory like the shipped one, and what became of the file."""

    inventory: Inventory
    report: ImportReport


def import_inventory(path: Path, options: ImportOptions) -> Imported:
    """Read a file, folder or zip. Raises `ImportRefused` with the report and all problems.

    Opens no socket and writes nothing.
    """
    log = Log()
    layout = options.layout
    links = InputLinks(coverage=LinkCoverage(0.0, None, None))
    try:
        check_name(options.name)
        choices = _choices(options)
        with open_members(path) as members:
            layout = layout or recognise(members)
            if layout is FileLayout.TEMPLATE:
                inventory, links = template.read_template(
                    members, options.name, log, cut_off=options.cut_off
                )
            else:
                inventory, links = _import(members, layout, options, choices, log)
    except InputRefused as refused:
        log.take(refused)
    except _Refused as refused:
        links = refused.links
    if log.problems:
        raise ImportRefused(_report(options, layout, log, links, "refused"))
    return Imported(inventory, _report(options, layout, log, links, _status(log, links)))


class _Refused(Exception):
    """There are problems in the log; carries what was linked all the same."""

    def __init__(self, links: InputLinks) -> None:
        self.links = links
        super().__init__()


def _choices(options: ImportOptions) -> SplitChoices:
    """What the user chose. Raises `InputRefused` (IMP-029)."""
    suppliers, by_process = Suppliers(), {}
    if options.suppliers is not None and options.suppliers.is_file():
        suppliers = read_mapping(options.suppliers)
    if options.allocations is not None:
        by_process = read_allocations(options.allocations, tuple(ProductSplit))
    confirmed = frozenset(name.casefold() for name in options.confirmed)
    return SplitChoices(options.allocation, by_process, confirmed, suppliers)


def _status(log: Log, links: InputLinks) -> str:
    if links.cut_off:
        return "cut_off"
    lacking = any(counts.unread or counts.unmapped for counts in log.counts.values())
    return "incomplete" if lacking else "complete"


def check_name(name: str) -> None:
    """Raise `InputRefused` (IMP-022) if this cannot be the name of an import."""
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise faults.BAD_NAME.refuse(
            f"{name!r} is not a name for an import", hint="Such as: mill-2026"
        )


def _import(
    members: Members, layout: FileLayout, options: ImportOptions, choices: SplitChoices, log: Log
) -> tuple[Inventory, InputLinks]:
    units: FileUnits = {}
    measures = Measures(log, units)
    processes = list(_processes(members, layout, measures, units, log))
    if not processes and not log.problems:
        raise faults.NO_PROCESSES.refuse("there is no process", Where(members.name))
    if processes and not any(process.emissions for process in processes):
        message = "no greenhouse gas was recognised: every footprint would be zero"
        log.refuse(faults.NO_GASES, Where(members.name), message)
    found: list[Single] = []
    for process in processes:
        try:
            found += singles(process, choices, measures, log)
        except NotSplit as reason:
            _not_split(process, reason.problem, options, log)
    if not found and not log.problems:
        message = "no process is left: each was left out"
        raise faults.NO_PROCESSES.refuse(message, Where(members.name), "See --allocation.")
    nodes = make_nodes(found, options.name, measures, log)
    links = link(nodes, measures, log, choices.suppliers, cut_off=options.cut_off)
    if log.problems:
        raise _Refused(links)
    flows, gwp = read_flows()
    origin = ImportOrigin(options.name, members.name, layout.value, members.digest())
    inventory = assemble(nodes, links, origin, flows, gwp, log)
    return inventory, links


def _not_split(process: Process, problem: Problem, options: ImportOptions, log: Log) -> None:
    if not options.leave_out:
        log.add(problem)
        return
    log.of(process.file).left_out += 1
    log.note(faults.LEFT_OUT, problem.where, f"left out: {problem.message}")


def _processes(
    members: Members, layout: FileLayout, measures: Measures, units: FileUnits, log: Log
) -> Iterator[Process]:
    """The processes with their gases; elementary flows are dropped one process at a time."""
    for process in READERS[layout](members, log, units):
        counts = log.of(process.file)
        counts.processes += 1
        counts.products += len(process.products)
        counts.unread += len(process.unread)
        counts.exchanges += len(process.products) + len(process.inputs) + len(process.elementary)
        yield emissions_of(process, measures, log, counts)


def _report(
    options: ImportOptions, layout: FileLayout | None, log: Log, links: InputLinks, status: str
) -> ImportReport:
    return ImportReport(
        name=options.name,
        layout=layout.value if layout else "unknown",
        allocation=options.allocation.value,
        status=status,
        files=log.counts,
        coverage=links.coverage,
        problems=tuple(log.problems),
        notices=log.notices,
        open_inputs=tuple(links.open),
    )
