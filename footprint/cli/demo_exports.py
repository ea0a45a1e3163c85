"""The demo's first part: raw exports, as an ERP, a CAD program and a kitchen make them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from footprint.bom.beside import bytes_beside, bytes_of
from footprint.bom.choices import Choice, read_choices
from footprint.bom.read import read_bom_bytes
from footprint.cli.tables import number, table
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.engine.faults import GAP
from footprint.examples import EXPORTS
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class DemoExport:
    """What became of a raw export: as it is, with the picks of a person, and what was written."""

    file: str
    bom: Bom
    before: Footprint
    after: Footprint
    picks: tuple[Choice, ...]
    missing: tuple[str, ...]
    files: tuple[Path, ...]
    open_for_pact: tuple[str, ...]


def run_exports(
    folder: Path, out: Path, inventory: CompiledInventory, say: Callable[[str], None]
) -> list[DemoExport]:
    """Read each export, calculate what it gives alone and with its picks, write report and PACT
    document of what is ready for them."""
    return [_run(folder / name, out, inventory, say) for name in EXPORTS]


def _run(
    path: Path, out: Path, inventory: CompiledInventory, say: Callable[[str], None]
) -> DemoExport:
    say(f"{path.name}: read, match, pick, calculate ...")
    data, facts = bytes_of(path), bytes_beside(path, ".product.yaml")
    picked = bytes_beside(path, ".matches.yaml")
    alone = read_bom_bytes(data, path.name, facts)
    before = calculate(alone, inventory, allow_gaps=True)
    bom = read_bom_bytes(data, path.name, facts, matches=picked)
    after = calculate(bom, inventory)
    missing = tuple(
        line.name
        for line in alone.lines
        if any(w.code == GAP.code and w.where.row == line.row for w in before.warnings)
    )
    files, refused = _write(path.stem, out, bom, after, inventory)
    choices = tuple(read_choices(picked, path.name)) if picked else ()
    return DemoExport(path.name, bom, before, after, choices, missing, files, refused)


def _write(
    stem: str, out: Path, bom: Bom, result: Footprint, inventory: CompiledInventory
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    from footprint.cli.output import BomFormat
    from footprint.cli.report_output import json_bytes, report_bytes
    from footprint.pact.document import pact_document

    folder = out / stem
    folder.mkdir()
    now = datetime.now(UTC).replace(microsecond=0)
    files = {"footprint.json": json_bytes(footprint_document(result))}
    for language in ("en", "zh"):
        report = report_bytes(result, bom, inventory, now.date(), BomFormat.PDF, language)
        files[f"report.{language}.pdf"] = report
    refused: tuple[str, ...] = ()
    try:
        files["pact.json"] = json_bytes(pact_document(result, now))
    except InputRefused as error:
        refused = tuple(problem.message for problem in error.problems)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files), refused


def exports_summary(exports: list[DemoExport]) -> str:
    """The exports as text: what each gives alone, what was picked, what it gives then."""
    rows = [
        ("raw export", "lines", "alone (kg CO2e)", "without a dataset", "picked", "then (kg CO2e)")
    ]
    for one in exports:
        rows.append(
            (
                one.file,
                str(len(one.bom.lines)),
                f"{one.before.completeness.word} {number(one.before.total)}",
                str(len(one.missing)),
                str(len(one.picks)),
                f"{one.after.completeness.word} {number(one.after.total)}",
            )
        )
    lines = ["", table(rows, most=40), "", "Picks, kept in NAME.matches.yaml and used again:"]
    for one in exports:
        lines += [f"  {one.file}: {pick.name} = {pick.dataset} ({pick.by})" for pick in one.picks]
    for one in exports:
        if one.open_for_pact:
            lines.append(f"  {one.file}, no PACT document yet: {'; '.join(one.open_for_pact)}")
    lines += ["", "Open:"]
    for one in exports:
        lines += [f"  {file}" for file in one.files if file.suffix == ".pdf" or "pact" in file.name]
    return "\n".join(lines)
