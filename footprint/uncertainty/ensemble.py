"""Many draws of an inventory's intensities, made once and kept: the same draws for all products."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from footprint.faults import InputRefused, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import EXCLUDING_BIOGENIC
from footprint.inventory.own import OwnProcesses
from footprint.inventory.union import united_inventories
from footprint.uncertainty import faults
from footprint.uncertainty.figures import beside, load_figures
from footprint.uncertainty.files import kept
from footprint.uncertainty.spread import Floats
from footprint.uncertainty.system import DrawnSystem, prepared_draws, solve_draw

#: Part of the file's name: raise it when the same seed would give other draws.
FORM = "3"
DEFAULT_DRAWS = 1000
DEFAULT_SEED = 1
_DRAWS = range(100, 100_001)
_SEEDS = range(2**63)
#: Draws that a thread solves before it writes them: 5 MB for 20,000 datasets.
_CHUNK = 32


def nominal_intensities(inventory: CompiledInventory, gwp_set: str) -> Floats:
    """kg CO2e per unit of each dataset, without biogenic CO2. Raises `InputRefused` (INV-013)."""
    rows = inventory.table(gwp_set)[list(EXCLUDING_BIOGENIC)]
    return np.asarray(rows.sum(axis=0), dtype=np.float64)


def ensemble(
    inventory: CompiledInventory, gwp_set: str, draws: int, seed: int, workers: int = 1
) -> Floats:
    """Intensities in every draw, shape (datasets, draws), kg CO2e per unit, excluding biogenic CO2.

    Kept in a file beside the inventory after the first time. It depends on the inventory, the GWP
    set, the seed and the number of draws, not on `workers` (threads). The first draws of a longer
    ensemble are those of a shorter one.
    Raises `InputRefused`: UNC-001 for a setting out of range, UNC-003 for a draw without solution.
    """
    check_settings(draws, seed)
    parts = united_inventories(inventory)
    if any(isinstance(part, OwnProcesses) for part in parts):
        parts = (inventory,)  # own processes take from the others: they are drawn with them
    tables = [
        kept(
            ensemble_file(part, gwp_set, draws, seed),
            partial(_draw, part, gwp_set, draws, seed, workers),
        )
        for part in parts
    ]
    return tables[0] if len(tables) == 1 else np.concatenate(tables)


def ensemble_file(inventory: CompiledInventory, gwp_set: str, draws: int, seed: int) -> Path:
    """Where the draws of an inventory that is none of several are kept."""
    return beside(inventory, f"ensemble-{FORM}-{gwp_set}-{seed}-{draws}")


def _draw(
    inventory: CompiledInventory, gwp_set: str, draws: int, seed: int, workers: int
) -> Floats:
    figures = load_figures(inventory, gwp_set)
    system = prepared_draws(figures, nominal_intensities(inventory, gwp_set), seed)
    table = np.empty((len(inventory.datasets), draws))
    fill(table, system, workers)
    return table


def fill(table: Floats, system: DrawnSystem, workers: int = 1) -> float:
    """Fill a (datasets, draws) table; returns the worst residual, relative to the intensities."""
    draws = table.shape[1]

    def chunk(first: int) -> float:
        numbers = range(first, min(first + _CHUNK, draws))
        solved = [solve_draw(system, number) for number in numbers]
        table[:, first : numbers.stop] = np.stack([h for h, _ in solved], axis=1)
        return max(residual for _, residual in solved)

    return max(_each(chunk, range(0, draws, _CHUNK), workers))


def _each(action: Callable[[int], float], items: range, workers: int) -> list[float]:
    if workers == 1:
        return [action(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(action, items))


def check_settings(draws: int, seed: int, level: float = 0.95) -> None:
    """Refuse (UNC-001) draws, a seed or a level that are out of range."""
    problems = []
    for name, value, known in (("draws", draws, _DRAWS), ("seed", seed, _SEEDS)):
        if value not in known:
            message = f"{name} is {value}, not from {known.start:,} to {known.stop - 1:,}"
            problems.append(faults.BAD_SETTING.at(Where(), message))
    if not 0.5 <= level <= 0.999:
        message = f"level is {level}, not from 0.5 to 0.999"
        problems.append(faults.BAD_SETTING.at(Where(), message))
    if problems:
        raise InputRefused(problems)
