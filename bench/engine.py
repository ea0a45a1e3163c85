"""One footprint, a catalogue and draws, against plain Brightway; and how fast commands start.

The naive way: the product becomes a node in a bw2data project, an edge a line, and gets one bw2calc
LCA of one number. Printed beside it: the node written in one go, and an LCA on ready datapackages,
where nothing has to be written or looked up.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.background import background
from bench.engine_older import compare
from bench.older import compiled_python, older_checkout
from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.model import DEFAULT_GWP_SET, EXCLUDING_BIOGENIC, Inventory
from footprint.inventory.read import read_inventory
from footprint.values.bom import Bom

ROOT = Path(__file__).parents[1]
LINES, PRODUCTS, DRAWS = 40, 1_000, 1_000
PROCESSES = int(os.environ.get("FOOTPRINT_BENCH_PROCESSES", "20000"))
FOREGROUND, BULK = "bench-products", "bench-bulk"


@dataclass(frozen=True)
class Case:
    """A background both ways: compiled, and as it is written into a bw2data project."""

    name: str
    compiled: CompiledInventory
    inventory: Inventory
    naive_repeats: int


def seconds(action: Callable[[], object], repeats: int) -> float:
    """The least time of one call, in seconds: what the machine can do when it is left alone."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """bw2data reports progress on both streams; here it would be in the middle of the table."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def table_of(inventory: CompiledInventory, seed: int) -> str:
    """A bill of materials of 40 lines, as text, of datasets that are counted in kg."""
    random = np.random.default_rng(seed)
    known = sorted(entry.id for entry in inventory.datasets.values() if entry.unit == "kg")
    chosen = random.choice(len(known), LINES, replace=False).tolist()
    rows = [
        f"L{at},Part {at},{amount:.4f},kg,{known[number]},material"
        for at, (number, amount) in enumerate(
            zip(chosen, random.uniform(0.001, 0.5, LINES).tolist(), strict=True)
        )
    ]
    facts = "# name: Bench\n# declared unit: 1 piece\n# country: CN\n# period: 2025\n"
    return "\n".join([facts + "id,name,quantity,unit,dataset,stage", *rows, ""])


class Naive:
    """Plain Brightway on a background: a project, a method, and one LCA a product."""

    def __init__(self, inventory: Inventory) -> None:
        import bw2data

        from bench import plain_project

        plain_project.write_databases(inventory)
        bw2data.Database(FOREGROUND).register()
        self.method = ("GWP100", "fossil")
        made = bw2data.Method(self.method)
        made.register(unit="kg CO2e")
        gwp = inventory.gwp[DEFAULT_GWP_SET]
        made.write(
            [
                ((plain_project.BIOSPHERE, flow.id), gwp[flow.id])
                for flow in inventory.flows.values()
                if flow.category == "fossil" and flow.id in gwp
            ]
        )

    def score(self, bom: Bom) -> float:
        """kg CO2e (fossil) of one product, as Brightway's manual adds one: a node, an edge a line,
        then an LCA. The node is removed again."""
        import bw2data

        from bench import plain_project

        node = bw2data.Database(FOREGROUND).new_node(code="product", name="P", unit="piece")
        node.save()
        node.new_edge(input=node, amount=1.0, type="production").save()
        for line in bom.lines:
            supplier = bw2data.get_node(database=plain_project.BACKGROUND, code=line.dataset)
            node.new_edge(input=supplier, amount=line.quantity, type="technosphere").save()
        found = self._lca(node)
        node.delete()
        return found

    def bulk_score(self, bom: Bom) -> float:
        """The same product, its database written in one go: for those who know."""
        import bw2data

        from bench import plain_project

        key = (BULK, "product")
        production = {"input": key, "amount": 1.0, "type": "production"}
        inputs = [
            {
                "input": (plain_project.BACKGROUND, line.dataset),
                "amount": line.quantity,
                "type": "technosphere",
            }
            for line in bom.lines
        ]
        product = {"name": "P", "unit": "piece", "exchanges": [production, *inputs]}
        bw2data.Database(BULK).write({key: product})
        return self._lca(bw2data.get_node(database=BULK, code="product"))

    def _lca(self, node: Any) -> float:
        import bw2calc
        import bw2data

        demand, objects, _ = bw2data.prepare_lca_inputs({node: 1.0}, method=self.method)
        lca = bw2calc.LCA(demand, data_objs=objects)
        lca.lci()
        lca.lcia()
        return float(lca.score)


def packaged_score(bom: Bom, inventory: CompiledInventory) -> float:
    """kg CO2e (fossil) of one product: one bw2calc LCA on datapackages that lie ready."""
    import plain_brightway as plain

    return plain.score(inventory, plain.amounts_of(bom, inventory), "AR6-fossil")


def show(name: str, one: float, other: float, note: str = "") -> None:
    """One line: milliseconds of both ways and their ratio."""
    print(
        f"  {name:<44}{one * 1e3:11.3g} {other * 1e3:11.4g} {other / one:9.0f}  {note}", flush=True
    )


def measure(case: Case) -> None:
    """Print one background's single footprint, catalogue and draws."""
    compiled = case.compiled
    bom = read_bom_bytes(table_of(compiled, 1).encode(), "bench.csv")
    with silence():
        naive = Naive(case.inventory)
    print(f"{case.name}: {len(compiled.datasets):,} datasets; product of {LINES} lines")
    print(f"  {'':<44}{'ours, ms':>11} {'naive, ms':>11} {'ratio':>9}")
    ours = seconds(lambda: calculate(bom, compiled), 100)
    with silence():
        plain = seconds(lambda: naive.score(bom), case.naive_repeats)
        bulk = seconds(lambda: naive.bulk_score(bom), case.naive_repeats)
        loose = abs(calculate(bom, compiled).split.fossil / naive.score(bom) - 1.0)
    packaged = seconds(lambda: packaged_score(bom, compiled), case.naive_repeats)
    show("one footprint, against a project", ours, plain, f"bar 100: {_met(plain > 100 * ours)}")
    show("  the product written in one go", ours, bulk)
    show("  one LCA on ready packages", ours, packaged, "ours: with all parts, lines, quality")
    apart = abs(calculate(bom, compiled).split.fossil / packaged_score(bom, compiled) - 1.0)
    print(f"  apart by {apart:.0e} from the packages (float64), {loose:.0e} from the project")
    boms = [
        read_bom_bytes(table_of(compiled, seed).encode(), "bench.csv") for seed in range(PRODUCTS)
    ]
    each = seconds(lambda: [calculate(one, compiled) for one in boms], 1) / PRODUCTS
    show(f"{PRODUCTS:,} products, each with its document", each, plain, "naive: one, times many")
    sums, numbers = catalogue(boms, compiled)
    once = seconds(lambda: sums @ numbers, 20) / PRODUCTS
    show(f"{PRODUCTS:,} products, totals only", once, plain, "one sparse product")
    draws(bom, case, plain)


def catalogue(boms: list[Bom], inventory: CompiledInventory) -> tuple[Any, Any]:
    """The products as a sparse matrix (products, datasets), and the datasets' intensities."""
    from scipy.sparse import csr_matrix

    columns = [inventory.datasets[line.dataset].column for bom in boms for line in bom.lines]
    amounts = [line.quantity for bom in boms for line in bom.lines]
    pointers = np.arange(len(boms) + 1) * LINES
    shape = (len(boms), len(inventory.datasets))
    table = inventory.table(DEFAULT_GWP_SET)[list(EXCLUDING_BIOGENIC)].sum(axis=0)
    return csr_matrix((amounts, columns, pointers), shape=shape), table


def draws(bom: Bom, case: Case, plain: float) -> None:
    """1,000 draws of one product, against 1,000 times the naive way of one number."""
    from footprint.uncertainty.simulate import SimulationSettings, uncertain

    if len(case.compiled.datasets) > 5_000:
        return  # the catalogue over the large background is in bench.uncertainty
    took = (
        seconds(lambda: uncertain(bom, case.compiled, settings=SimulationSettings(draws=DRAWS)), 1)
        / DRAWS
    )
    show(f"{DRAWS:,} draws, a draw", took, plain, "naive: one LCA a draw")


def start_up() -> None:
    """Print what whole commands take, warm, and that they import no Brightway."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.csv"
        compiled = ensure_compiled(ROOT / ".cache" / "footprint")
        path.write_text(table_of(compiled, 1), "utf-8")
        environment = compiled_python({"FOOTPRINT_CACHE": str(ROOT / ".cache" / "footprint")})
        command = str(Path(sys.executable).with_name("footprint"))
        rows: tuple[tuple[str, list[str], float], ...] = (
            ("footprint --help", ["--help"], 0.3),
            (f"footprint calculate, {LINES} lines", ["calculate", str(path)], 1.0),
            ("footprint decide --all", ["decide", str(path), "--all"], 1.0),
        )
        for name, arguments, bar in rows:
            took = seconds(
                lambda given=arguments: subprocess.run(  # type: ignore[misc]
                    [command, *given], env=environment, capture_output=True, check=True
                ),
                5,
            )
            print(f"  {name:<44}{took * 1e3:8.0f} ms  bar {bar * 1e3:.0f}: {_met(took < bar)}")


def _met(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def main() -> None:
    """Print every measure; Brightway's project lies in a folder of its own. With `--old PATH` the
    engine of an older checkout is measured beside this one at the end."""
    older = older_checkout(sys.argv[1:])
    sys.path.insert(0, str(ROOT / "tests" / "engine"))
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["BRIGHTWAY2_DIR"] = scratch
        shipped = ensure_compiled(ROOT / ".cache" / "footprint")
        measure(Case("Shipped inventory", shipped, read_inventory(), 5))
        import bw2data

        with silence():
            for name in list(bw2data.databases):
                del bw2data.databases[name]
        generated = background(PROCESSES, 25 * PROCESSES)
        folder = Path(scratch) / "generated"
        folder.mkdir()
        from footprint.inventory.compile import compile_inventory

        compile_inventory(generated, folder)
        measure(Case("Generated background", load_compiled(folder), generated, 2))
    print("Whole commands, warm, the least of five")
    start_up()
    if older is not None:
        compare(older)


if __name__ == "__main__":
    main()
