"""Write an inventory as our own template: a workbook, or `datasets.csv` and `exchanges.csv`."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from footprint.faults import Where
from footprint.importers import faults
from footprint.inventory.model import Dataset, Exchange, Inventory
from footprint.inventory.schema import DatasetRow, ExchangeRow

DATASET_COLUMNS = tuple(name for name in DatasetRow.model_fields if name != "source")
EXCHANGE_COLUMNS = tuple(name for name in ExchangeRow.model_fields if name != "source")

Table = list[tuple[Any, ...]]


def template_tables(inventory: Inventory) -> dict[str, Table]:
    """The two tables, each with its header row. Amounts are per unit of the dataset."""
    datasets: Table = [DATASET_COLUMNS]
    exchanges: Table = [EXCHANGE_COLUMNS]
    for dataset in inventory.datasets.values():
        datasets.append(tuple(_dataset_cell(dataset, column) for column in DATASET_COLUMNS))
        for exchange in dataset.exchanges:
            unit = "kg"
            if exchange.kind == "technosphere":
                unit = inventory.datasets[exchange.input].unit
            cells = _exchange_cells(dataset, exchange, unit)
            exchanges.append(tuple(cells[column] for column in EXCHANGE_COLUMNS))
    return {"datasets": datasets, "exchanges": exchanges}


def _dataset_cell(dataset: Dataset, column: str) -> Any:
    if column == "ref_amount":
        return 1.0
    value = getattr(dataset, column)
    return "|".join(value) if isinstance(value, tuple) else value


def _exchange_cells(dataset: Dataset, exchange: Exchange, unit: str) -> dict[str, Any]:
    return {
        "dataset": dataset.id,
        "type": exchange.kind,
        "input": exchange.input,
        "amount": exchange.amount,
        "unit": unit,
        "gsd2": exchange.gsd2,
        "minimum": exchange.minimum,
        "maximum": exchange.maximum,
        "distribution": exchange.distribution,
        "centre": exchange.centre,
        "sd": exchange.sd,
        "pedigree": "-".join(str(digit) for digit in exchange.pedigree),
        "data_kind": exchange.data_kind,
        "locator": exchange.locator,
        "comment": exchange.comment,
    }


def write_template(inventory: Inventory, path: Path) -> None:
    """Write a workbook (`.xlsx`), or into a folder, which is made, the two CSV files."""
    tables = template_tables(inventory)
    if path.suffix.lower() != ".xlsx":
        path.mkdir(parents=True, exist_ok=True)
        for name, rows in tables.items():
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        return
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_sheet_cell(cell) for cell in row])
    book.save(path)


def _sheet_cell(cell: Any) -> Any:
    """openpyxl writes numbers with 16 digits; one that needs 17 goes as text, to stay exact."""
    if isinstance(cell, float) and float(f"{cell:.16g}") != cell:
        return repr(cell)
    return None if cell == "" else cell


def write_example(path: Path) -> None:
    """Write the template with two example datasets. Raises `InputRefused` (IMP-023)."""
    if path.exists():
        raise faults.EXISTS.refuse("there is something already", Where(str(path)))
    write_template(_example(), path)


def _example() -> Inventory:
    """A workshop that buys steam from its own boiler: figures to be replaced."""
    boiler = Dataset(
        id="boiler-steam",
        name_en="Steam, own boiler",
        name_zh="蒸汽，自有锅炉",
        unit="kg",
        location="CN",
        year=2025,
        kind="unit_process",
        activity="energy",
        boundary="cradle-to-gate",
        source="example",
        locator="example",
        status="draft",
        comment="EXAMPLE: replace every figure",
        exchanges=(_row("biosphere", "co2-fossil", 0.2), _row("biosphere", "ch4-fossil", 0.0001)),
    )
    part = replace(
        boiler,
        id="pressed-part",
        name_en="Pressed part",
        name_zh="压制件",
        unit="piece",
        activity="transformation",
        mass_kg_per_unit=0.25,
        exchanges=(_row("technosphere", "boiler-steam", 1.5),),
    )
    return Inventory({}, {}, {}, {boiler.id: boiler, part.id: part})


def _row(kind: str, name: str, amount: float) -> Exchange:
    return Exchange(kind, name, amount, "example", "example", amount, "kg")
