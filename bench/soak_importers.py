"""Fuzzed import files of all layouts: fields removed, renamed, reordered, sections added.

Whatever a file lacks or has too much of, the result is equal, refused, or noticed; never silently
another one. The bases are the files of tests/corpus; each mutant has one change. Not counted as a
field are rows: a file without one of its exchanges is another file, and no reader can know.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from lxml import etree
from openpyxl import Workbook, load_workbook

from footprint.importers.allocation import ProductSplit
from footprint.importers.report import ImportRefused, ImportReport
from footprint.importers.run import Imported, ImportOptions, import_inventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, Inventory

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
#: A flag that a format gives a default cannot be missed: without it the file says the default.
DEFAULTED = frozenset(
    (
        *("isAvoidedProduct", "avoidedProduct", "isInput", "input", "isInputParameter"),
        *("isRefUnit", "referenceUnit", "infrastructureProcess", "isRefFlowProperty"),
    )
)
_COUNTED = {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}

Files = dict[str, bytes]
Change = Callable[[bytes, random.Random], tuple[bytes, str]]

#: How many mutants of a SimaPro file lose whole lines, not only a cell of one.
_RUN_ON = 0.2

#: Cases of a whole soak (`python -m bench soak`).
COUNT = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What an import gave: its values in order, and what it said of itself."""

    values: tuple[float, ...]
    said: Counter[str]
    status: str
    coverage: float


def run(count: int, seed: int) -> int:
    """Import `count` mutants; prints every silent change and every crash, and returns how many."""
    chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
    expected = yaml.safe_load((CORPUS / "expected.yaml").read_text("utf-8"))
    bases = {name: (_files(CORPUS / "files" / name), row) for name, row in expected.items()}
    plain = {name: _seen(_import(files, name, row)) for name, (files, row) in bases.items()}
    outcomes: Counter[str] = Counter()
    names = sorted(bases)
    failures = 0
    for number in range(count):
        name = names[number % len(names)]
        files, row = bases[name]
        mutant, what = _mutant(files, chance)
        outcome, detail = _outcome(mutant, name, row, plain[name])
        outcomes[outcome] += 1
        if outcome in {"silent", "crash"}:
            failures += 1
            sys.stdout.write(f"{outcome}: {name}, {what}: {detail}\n")
    sys.stdout.write(f"{count} mutants: {dict(sorted(outcomes.items()))}\n")
    return failures


def _outcome(files: Files, name: str, row: dict[str, Any], plain: Seen) -> tuple[str, str]:
    try:
        found = _seen(_import(files, name, row))
    except ImportRefused:
        return "refused", ""
    except Exception as error:  # noqa: BLE001  # whatever it is, it is a failure
        return "crash", f"{type(error).__name__}: {error}"
    if len(found.values) == len(plain.values) and np.allclose(
        found.values, plain.values, rtol=1e-9, atol=0.0
    ):
        return "equal", ""
    if found.said - plain.said or found.status != plain.status or found.coverage < plain.coverage:
        return "noticed", ""
    return "silent", f"{plain.values} became {found.values}"


def _import(files: Files, name: str, row: dict[str, Any]) -> Imported:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / name
        if len(files) == 1 and "" in files:
            path.write_bytes(files[""])
        else:
            with zipfile.ZipFile(path, "w") as archive:
                for inner, data in files.items():
                    archive.writestr(inner, data)
        allocation = ProductSplit(row.get("allocation", "refuse"))
        return import_inventory(path, ImportOptions("x", allocation=allocation))


def _seen(imported: Imported) -> Seen:
    report: ImportReport = imported.report
    said: Counter[str] = Counter()
    for notice in report.notices:
        said[notice.problem.code] += notice.count
    values = tuple(sorted(_solved(imported.inventory)))
    return Seen(values, said, report.status, report.coverage.inputs)


def _solved(inventory: Inventory) -> list[float]:
    names = {name: at for at, name in enumerate(inventory.datasets)}
    matrix, burden = np.eye(len(names)), np.zeros(len(names))
    for name, dataset in inventory.datasets.items():
        for exchange in dataset.exchanges:
            if exchange.kind == "technosphere":
                matrix[names[exchange.input], names[name]] -= exchange.amount
            elif inventory.flows[exchange.input].category in _COUNTED:
                burden[names[name]] += exchange.amount * inventory.gwp["AR6"][exchange.input]
    solved: list[float] = np.linalg.solve(matrix.T, burden).tolist()
    return solved


def _files(path: Path) -> Files:
    """The parts of a base: one under an empty name, or those of an archive or folder."""
    if path.is_dir():
        return {file.name: file.read_bytes() for file in sorted(path.iterdir())}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {"": path.read_bytes()}


def _mutant(files: Files, chance: random.Random) -> tuple[Files, str]:
    name = chance.choice(sorted(files))
    data, what = _change_of(files[name])(files[name], chance)
    return files | {name: data}, f"{name or 'the file'}: {what}"


def _change_of(data: bytes) -> Change:
    if data.startswith(b"PK"):
        return _workbook
    if data.lstrip().startswith(b"<"):
        return _xml
    if data.lstrip().startswith(b"{") and not data.startswith(b"{SimaPro"):
        return _json
    return _simapro if data.startswith(b"{SimaPro") else _table


def _xml(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    root = etree.fromstring(data)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    attributes = [(e, name) for e in elements for name in e.attrib if name not in DEFAULTED]
    leaves = [element for element in elements if not len(element) and element is not root]
    kind = chance.choice(["drop attribute", "rename attribute", "drop", "rename", "order", "add"])
    if kind.endswith("attribute"):
        element, name = chance.choice(attributes)
        value = element.attrib.pop(name)
        if kind.startswith("rename"):
            element.set("renamed", value)
        what = f"{kind} {name} of {etree.QName(element).localname}"
    elif kind in {"drop", "rename"}:
        fields = [e for e in leaves if etree.QName(e).localname not in {"exchange", "unit"}]
        element = chance.choice(fields)
        what = f"{kind} {etree.QName(element).localname}"
        if kind == "drop":
            element.getparent().remove(element)
        else:
            element.tag = f"{{{etree.QName(element).namespace}}}renamed"
    elif kind == "order":
        parent = chance.choice([e for e in elements if len(e) > 1])
        children = list(parent)
        chance.shuffle(children)
        parent[:] = children
        what = f"order in {etree.QName(parent).localname}"
    else:
        parent = chance.choice([e for e in elements if len(e)])
        etree.SubElement(parent, "surprise", amount="3").text = "4"
        what = f"add to {etree.QName(parent).localname}"
    return etree.tostring(root, xml_declaration=True, encoding="utf-8"), what


def _json(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    root = json.loads(data)
    objects = list(_objects(root))
    held = chance.choice([item for item in objects if item])
    kind = chance.choice(["drop", "rename", "order", "add"])
    names = [name for name in held if name not in DEFAULTED]
    name = chance.choice(names) if names else ""
    if kind in {"drop", "rename"} and name:
        value = held.pop(name)
        if kind == "rename":
            held["renamed"] = value
    elif kind == "order":
        rows = list(held.items())
        chance.shuffle(rows)
        held.clear()
        held.update(rows)
    else:
        held["surprise"] = [{"amount": 3}]
    return json.dumps(root).encode(), f"{kind} {name} of {held.get('@type') or sorted(held)[:3]}"


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _simapro(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    text = data.decode("utf-8-sig")
    if chance.random() < _RUN_ON:
        return _run_on(text, chance)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    rows = [at for at, line in enumerate(lines) if ";" in line]
    titles = [
        at
        for at in range(1, len(lines) - 1)
        if lines[at]
        and ";" not in lines[at]
        and not lines[at - 1]
        and not lines[at].startswith("{")
    ]
    kinds = ["clear a cell", "blank line"]
    if any(lines[at] not in {"End", "Process"} for at in titles):
        kinds += ["rename a section", "add a section", "drop"]
    kind = chance.choice(kinds)
    if kind == "clear a cell":
        at = chance.choice(rows)
        cells = lines[at].split(";")
        place = chance.randrange(len(cells))
        cells[place] = ""
        what = f"{place} of {lines[at][:50]!r}"
        lines[at] = ";".join(cells)
    elif kind == "rename a section":
        at = chance.choice([t for t in titles if lines[t] != "End"])
        what = lines[at]
        lines[at] = f"{lines[at]} renamed"
    elif kind == "blank line":
        at = chance.choice(rows)
        what = lines[at][:50]
        lines.insert(at, "")
    elif kind == "add a section":
        at = chance.choice([t for t in titles if lines[t] not in {"End", "Process"}])
        what = f"before {lines[at]}"
        lines[at:at] = ["Surprise", "Steel;kg;3;Undefined;0;0;0;", ""]
    else:
        at = chance.choice(titles)
        what = lines.pop(at)
    return end.join(lines).encode(), f"{kind}: {what}"


def _run_on(text: str, chance: random.Random) -> tuple[bytes, str]:
    """What stands between two separators removed, ends of lines and headings of sections too."""
    cells = text.split(";")
    place = chance.randrange(1, len(cells))
    what = cells[place]
    cells[place] = ""
    return ";".join(cells).encode(), f"run on: {what[:50]!r}"


def _table(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    grid, what = _grid(rows, chance, header=0)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    return text.getvalue().encode(), what


def _workbook(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    headers = [
        at + 1 for at, row in enumerate(rows[:-1]) if row[0] == "Exchanges" and rows[at + 1][0]
    ]
    header = chance.choice(headers) if headers else 0
    kind = chance.choice(["grid", "fact", "blank row", "stray row", "order"])
    what = kind
    if kind == "grid":
        grid, what = _grid(rows[header:], chance, header=0)
        rows[header:] = grid
    elif kind == "fact":
        facts = [at for at, row in enumerate(rows) if row[0] in {"code", "location", "unit"}]
        facts += [at for at, row in enumerate(rows) if row[0] in {"reference product", "type"}]
        at = chance.choice(facts)
        what = f"fact {rows[at][0]}"
        rows[at] = ["renamed", *rows[at][1:]] if chance.random() < 0.5 else [None] * len(rows[at])
    elif kind == "blank row":
        rows.insert(chance.randrange(2, len(rows)), [])
    elif kind == "stray row":
        rows.insert(chance.randrange(2, len(rows)), ["surprise", 3, "kilogram"])
    else:
        width = max(len(row) for row in rows[header:])
        order = list(range(width))
        chance.shuffle(order)
        end = next((at for at in range(header, len(rows)) if not any(rows[at])), len(rows))
        for at in range(header, end):
            rows[at] = [rows[at][place] if place < len(rows[at]) else None for place in order]
    made = Workbook(write_only=True)
    out = made.create_sheet(sheet.title)
    for row in rows:
        out.append(row)
    text = io.BytesIO()
    made.save(text)
    return text.getvalue(), what


def _grid(rows: list[list[Any]], chance: random.Random, header: int) -> tuple[list[list[Any]], str]:
    """A table with a name of its header removed or changed, or a cell cleared."""
    kind = chance.choice(["clear a name", "rename", "clear a cell"])
    named = [at for at, name in enumerate(rows[header]) if name]
    place = chance.choice(named)
    what = f"{kind} {rows[header][place]}"
    if kind == "clear a name":
        rows[header][place] = None
    elif kind == "rename":
        rows[header][place] = "renamed"
    else:
        full = [r for r in rows[header + 1 :] if place < len(r) and r[place] not in (None, "")]
        if full:
            chance.choice(full)[place] = None
    return rows, what


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(min(1, run(*(given or [2000, 1]))) if math.isfinite(sum(given)) else 1)
