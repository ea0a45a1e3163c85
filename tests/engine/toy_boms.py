"""Small products on the toy inventory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from toy_inventory import toy_inventory

from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.values.bom import Bom
from footprint.values.result import Footprint

INVENTORY = toy_inventory()
COLUMNS = (
    "id parent name quantity unit dataset stage loss transport unit_mass data_type contract "
    "recycled_content recycled_dataset supplier_pcf"
).split()


def row(name: str = "x", **cells: Any) -> str:
    """A row of a CSV table; cells by column."""
    values = {"name": name, "quantity": 1, "unit": "kg"} | cells
    assert set(values) <= set(COLUMNS)
    return ",".join(str(values.get(column, "")) for column in COLUMNS)


def bom(
    *rows: str,
    facts: str = "",
    documents: Mapping[str, Any] | None = None,
    site: Any = None,
) -> Bom:
    """A bill of materials; `facts` are separated by `|`."""
    head = ["# name: Toy", *(f"# {fact}" for fact in facts.split("|") if fact)]
    text = "\n".join([*head, ",".join(COLUMNS), *rows])
    files = None if documents is None else {n: as_bytes(d) for n, d in documents.items()}
    year = None if site is None else yaml.safe_dump(site).encode()
    return read_bom_bytes(text.encode(), "toy.csv", documents=files, site=year)


def as_bytes(document: Any) -> bytes:
    return document if isinstance(document, bytes) else json.dumps(document).encode()


def footprint(*rows: str, electricity: Any = "location", **more: Any) -> Footprint:
    gaps = more.pop("gaps", False)
    read = bom(*rows, **more)
    return calculate(read, INVENTORY, electricity=electricity, allow_gaps=gaps)


def refused(*rows: str, **more: Any) -> list[tuple[str, int | None, str | None]]:
    """Codes and places of a refusal."""
    with pytest.raises(InputRefused) as caught:
        footprint(*rows, **more)
    return [(p.code, p.where.row, p.where.column) for p in caught.value.problems]


def codes(result: Footprint) -> list[str]:
    return [warning.code for warning in result.warnings]
