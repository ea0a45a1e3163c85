"""This engine, put to the vectors: all their inventories compiled into one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.vectors.inventory import write_inventory
from footprint.vectors.read import Vector
from footprint.vectors.results import numbers_of
from footprint.vectors.run import Engine


def vector_inventory(cache: Path) -> CompiledInventory:
    """The inventories of all vectors, compiled by the build that compiles the shipped figures."""
    with tempfile.TemporaryDirectory(prefix="footprint-vectors-") as root:
        write_inventory(Path(root) / "test-vectors")
        return ensure_compiled(cache, root=Path(root))


def own_engine(cache: Path) -> Engine:
    """An engine for `run_vector`: reading, matching, calculating as for any product."""
    inventory = vector_inventory(cache)

    def ask(case: Vector) -> dict[str, Any]:
        bom = case.bom()
        return dict(numbers_of(calculate(bom, inventory, case.gwp, electricity=case.electricity)))

    return ask
