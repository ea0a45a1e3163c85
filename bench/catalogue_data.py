"""A catalogue of any size: three levels, shared parts, names for ids, mixed units, mistakes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from footprint.inventory.compiled import CompiledInventory

LINES = 40
#: Lines that are assemblies: 0 holds 1 and 2, and those hold the next eight lines each.
_ASSEMBLIES = 3
_UNITS = {
    "kg": ("kg", "kg", "g", "克", "千克", "斤", "lb"),
    "kWh": ("kWh", "度", "MJ"),
    "tkm": ("tkm", "吨公里"),
    "m3": ("m3", "立方米", "l"),
    "m2": ("m2", "平方米"),
    "piece": ("piece", "个", "pcs"),
}
_DIRTY = ("no-such-dataset", "nothing like it")
GROUP = 6_250  # products in a row group: 250,000 lines


class _Parts:
    """The parts that all products share: dataset or name, unit, stage, place."""

    def __init__(self, inventory: CompiledInventory, random: np.random.Generator) -> None:
        entries = sorted(inventory.datasets.values(), key=lambda entry: entry.id)
        rows = [
            (entry, unit) for entry in entries for unit in _UNITS.get(entry.unit, (entry.unit,))
        ]
        count = len(rows)
        named = random.random(count) < 0.1
        unique = [entry.id for entry in entries]
        self.datasets = [*unique, ""]
        place = {name: at for at, name in enumerate(self.datasets)}
        self.names = [
            entry.name_zh if at % 3 == 0 else entry.name_en for at, (entry, _) in enumerate(rows)
        ]
        self.names = [
            name or entry.name_en for name, (entry, _) in zip(self.names, rows, strict=True)
        ]
        self.units = sorted({unit for _, unit in rows} | {"piece"})
        spot = {unit: at for at, unit in enumerate(self.units)}
        self.unit = np.array([spot[unit] for _, unit in rows], dtype=np.int32)
        ids = np.array([place[entry.id] for entry, _ in rows], dtype=np.int32)
        self.dataset = np.where(named, place[""], ids).astype(np.int32)
        self.stage = random.choice(4, count, p=[0.7, 0.1, 0.15, 0.05]).astype(np.int32)
        self.carried = np.array([entry.unit == "kg" for entry, _ in rows])


STAGES = ["material", "packaging", "production", "waste"]
PLACES = ["", "CN", "VN", "DE"]
ROUTES = ["", "road 300 km", "sea 9000 km; road 120 km", "卡车 80 km"]


def write_catalogue(path: Path, inventory: CompiledInventory, products: int, seed: int = 1) -> None:
    """Write `products` of 40 lines; the same seed and inventory give the same lines."""
    random = np.random.default_rng(seed)
    parts = _Parts(inventory, random)
    usable = _usable(parts, inventory)
    writer = None
    for first in range(0, products, GROUP):
        table = _group(parts, usable, first, min(GROUP, products - first), random)
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=table.num_rows)
    if writer is not None:
        writer.close()


def _usable(
    parts: _Parts, inventory: CompiledInventory
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The parts that `calculate` knows: a name may belong to several datasets."""
    from footprint.catalogue.facts import LineContext
    from footprint.catalogue.fits import Fits
    from footprint.catalogue.found import how_of, line_place

    fits, place = Fits(inventory), line_place("", LineContext("CN", "2025"))
    found = []
    for at, name in enumerate(parts.names):
        dataset = parts.datasets[parts.dataset[at]]
        how = how_of(parts.units[parts.unit[at]], STAGES[parts.stage[at]], "", stated=False)
        fit = fits.by_id(dataset, "", how) if dataset else fits.by_name(name, None, how, place)
        if fit.problem is None:
            found.append(at)
    return np.array(found)


def _group(
    parts: _Parts,
    usable: np.ndarray[tuple[int], np.dtype[np.int64]],
    first: int,
    count: int,
    random: np.random.Generator,
) -> pa.Table:
    rows = count * LINES
    at = np.tile(np.arange(LINES), count)
    chosen = usable[random.integers(0, len(usable), rows)]
    assembly = at < _ASSEMBLIES
    names = [*parts.names, "Frame", *_misspelt(parts.names)]
    name = np.where(assembly, len(parts.names), chosen).astype(np.int32)
    blank = len(parts.datasets) - 1
    dataset = np.where(assembly, blank, parts.dataset[chosen]).astype(np.int32)
    dirty = np.repeat(random.random(count) < 0.05, LINES) & (at == 17)
    misspelt = dirty & (random.random(rows) < 0.2)
    datasets = [*parts.datasets, _DIRTY[0]]
    dataset = np.where(dirty, np.where(misspelt, blank, len(datasets) - 1), dataset).astype(
        np.int32
    )
    odd = random.integers(len(parts.names) + 1, len(names), rows)
    name = np.where(misspelt, odd, name).astype(np.int32)
    parent = np.where(
        at == 0, 3, np.where(at < 3, 0, np.where(at < 11, 1, np.where(at < 19, 2, 3)))
    )
    piece = parts.units.index("piece")
    route = np.where(parts.carried[chosen] & ~assembly & (random.random(rows) < 0.1), 1, 0)
    route = route * random.integers(1, len(ROUTES), rows)
    product = np.repeat(np.arange(count, dtype=np.int32), LINES)

    def coded(codes: object, words: list[str]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words))

    return pa.table(
        {
            "product": coded(product, [f"P{first + one:07}" for one in range(count)]),
            "line": coded(at.astype(np.int32), [f"L{one:02}" for one in range(LINES)]),
            "parent": coded(parent.astype(np.int32), ["L00", "L01", "L02", ""]),
            "name": coded(name, names),
            "dataset": coded(dataset, datasets),
            "quantity": np.round(random.uniform(0.001, 2.0, rows), 4),
            "unit": coded(np.where(assembly, piece, parts.unit[chosen]), parts.units),
            "stage": coded(np.where(assembly, 0, parts.stage[chosen]), STAGES),
            "location": coded(random.choice(4, rows, p=[0.7, 0.2, 0.05, 0.05]), PLACES),
            "loss": random.choice([0.0, 0.02, 0.05], rows),
            "transport": coded(route, ROUTES),
            "country": coded(np.zeros(rows, dtype=np.int32), ["CN"]),
            "reference_period": coded(np.zeros(rows, dtype=np.int32), ["2025"]),
        }
    )


def _misspelt(names: list[str]) -> list[str]:
    """Names with a letter too many: some hundred different ones."""
    return [f"{name[:3]}x{name[3:]}" for name in names[::20]]
