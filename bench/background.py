"""A background of ecoinvent's size, generated: the same seed gives the same inventory.

Shaped like a real one: hubs (markets for electricity, transport, fuels) that nearly everything uses
and that are made from some thousands of processes, so that there is one large loop; beside them
chains of neighbours. Column sums of the inputs stay below one, so that it can be solved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from footprint.inventory.model import Dataset, Exchange, Inventory, SourceRecord
from footprint.inventory.read import read_flows

SOURCE = "generated"
#: Part of a hub's or a process's output that its inputs amount to, at most.
_GAIN = 0.6
_PLACES = ("CN", "US", "DE", "IN", "GLO", "RER", "FR", "JP")
_EMITTED = ("co2-fossil", "ch4-fossil", "n2o", "co2-biogenic", "co2-uptake", "ch4-biogenic")


def background(processes: int = 20_000, exchanges: int = 500_000, seed: int = 1) -> Inventory:
    """An inventory of so many datasets, with about so many exchanges, some of them emissions."""
    random = np.random.default_rng(seed)
    hubs = max(2, processes // 66)
    each = max(2, exchanges // processes - 2)
    names = [f"process-{number:05d}" for number in range(processes)]
    datasets = {}
    for number, name in enumerate(names):
        suppliers = _suppliers(number, processes, hubs, each, random)
        amounts = random.dirichlet(np.ones(len(suppliers))) * _GAIN * random.random()
        inputs = zip(suppliers.tolist(), amounts.tolist(), strict=True)
        rows = [_exchange("technosphere", names[supplier], amount) for supplier, amount in inputs]
        flows = random.choice(len(_EMITTED), size=2, replace=False)
        rows += [
            _exchange("biosphere", _EMITTED[flow], float(random.lognormal(-2.0, 1.0)))
            for flow in flows.tolist()
        ]
        datasets[name] = _dataset(number, name, tuple(rows))
    flows_by_id, gwp = read_flows()
    return Inventory({SOURCE: _source()}, flows_by_id, gwp, datasets)


def _suppliers(
    number: int, processes: int, hubs: int, each: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """Numbers of the suppliers of a process; hubs are the first numbers."""
    if number < hubs:  # made from processes of its own group, which use the hubs: the loop
        group = hubs + number * 25 + np.arange(25)
        inside: NDArray[np.int64] = group[group < processes]
        return inside
    near = number - 1 - random.integers(0, 40, size=each // 3)
    far = random.integers(0, hubs, size=each - each // 3)
    chosen = np.unique(np.concatenate([near[near >= hubs], far]))
    others: NDArray[np.int64] = chosen[chosen != number]
    return others


def _exchange(kind: str, name: str, amount: float) -> Exchange:
    return Exchange(kind, name, amount, SOURCE, "generated", amount, "kg")


def _dataset(number: int, name: str, exchanges: tuple[Exchange, ...]) -> Dataset:
    return Dataset(
        id=name,
        name_en=f"Process {number}",
        name_zh=f"过程 {number}",
        unit="kg",
        location=_PLACES[number % len(_PLACES)],
        year=2024,
        kind="unit_process",
        activity="transformation",
        boundary="cradle-to-gate",
        source=SOURCE,
        locator="generated",
        exchanges=exchanges,
    )


def _source() -> SourceRecord:
    return SourceRecord(
        id=SOURCE,
        producer="footprint project",
        citation="Generated figures, not to be used",
        title="Generated background",
        edition="1",
        year=2024,
        url="",
        licence="none",
        redistributable="no",
        attribution="",
        accessed="",
        verification="generated",
        taken_from="a random number generator",
        files={},
    )
