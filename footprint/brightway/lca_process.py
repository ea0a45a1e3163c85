"""A foreground over compiled backgrounds, in bw2calc: `python -m footprint.brightway.lca_process`.

Request (JSON on stdin): `backgrounds` are folders of compiled inventories, in the order of their
columns; `activities` are own activities, each with `inputs` ([column, amount], background columns
first, then the activities in their order) and `emissions` ([flow, kg]); `factors` are kg CO2e per
kg by GWP set, category and flow; `demand` are positions of the activities to be asked for;
`gwp_sets` which sets. Answer: `scores` by GWP set, shape (demands, categories), and the smallest
supply of an own activity that any demand leads to; or `singular` with the reason.

bw2calc imports bw2data, which makes a folder and a database: in a private directory here.
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from footprint.inventory.lca import own_directory
from footprint.inventory.model import CATEGORIES
from footprint.inventory.packages import FIRST_FLOW, Entry, load_package, memory_package, shifted

#: Flows that own activities emit: apart from those of every background.
FIRST_OWN_FLOW = 2 * FIRST_FLOW
#: More flows than any inventory has; keeps those of several backgrounds apart.
FLOWS_PER_PART = 10_000_000


class Foreground:
    """The request as datapackages, and the `LCA` on them."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.folders = [Path(folder) for folder in request["backgrounds"]]
        flows = sorted({flow for one in request["activities"] for flow, _ in one["emissions"]})
        self.flows = {flow: FIRST_OWN_FLOW + at for at, flow in enumerate(flows)}
        self.offsets: list[tuple[int, int]] = []
        packages, columns = [], 0
        for part, folder in enumerate(self.folders):
            self.offsets.append((columns, part * FLOWS_PER_PART))
            package, count = shifted(load_package(folder, "background.zip"), *self.offsets[-1])
            packages.append(package)
            columns += count
        self.first = columns + 1
        packages.append(memory_package("foreground", self._matrices()))
        import bw2calc

        self.lca = bw2calc.LCA({self.first: 1.0}, data_objs=packages)

    def _matrices(self) -> dict[str, list[Entry]]:
        technosphere: list[Entry] = []
        biosphere: list[Entry] = []
        for column, activity in enumerate(self.request["activities"], start=self.first):
            technosphere.append((column, column, 1.0, False))
            technosphere += [(at + 1, column, amount, True) for at, amount in activity["inputs"]]
            biosphere += [
                (self.flows[flow], column, amount, False) for flow, amount in activity["emissions"]
            ]
        return {"technosphere_matrix": technosphere, "biosphere_matrix": biosphere}

    def _characterisation(self, gwp_set: str, category: str) -> Any:
        name = f"characterisation-{gwp_set}-{category}.zip"
        packages = [
            shifted(load_package(folder, name), *offset)[0]
            for folder, offset in zip(self.folders, self.offsets, strict=True)
        ]
        factors = self.request["factors"][gwp_set].get(category, {})
        own = [(self.flows[f], self.flows[f], value, False) for f, value in factors.items()]
        packages.append(memory_package("own", {"characterization_matrix": own}))
        self.lca.load_lcia_data(packages)
        return self.lca.characterization_matrix

    def answer(self) -> dict[str, Any]:
        """Scores of every demand, by `lci` and `lcia`."""
        self.lca.load_lci_data()
        self.lca.decompose_technosphere()
        own = [self.lca.dicts.activity[self.first + at] for at in self._positions()]
        matrices = {
            gwp_set: [self._characterisation(gwp_set, category) for category in CATEGORIES]
            for gwp_set in self.request["gwp_sets"]
        }
        scores: dict[str, list[list[float]]] = {gwp_set: [] for gwp_set in matrices}
        smallest = 0.0
        for position in self.request["demand"]:
            self.lca.lci({self.first + position: 1.0})
            smallest = min(smallest, float(self.lca.supply_array[own].min()))
            for gwp_set, of_set in matrices.items():
                scores[gwp_set].append(list(self._scores(of_set)))
        versions = {name: metadata.version(name) for name in ("bw2calc", "bw_processing")}
        return {"scores": scores, "smallest_supply": smallest, "versions": versions}

    def _positions(self) -> range:
        return range(len(self.request["activities"]))

    def _scores(self, matrices: list[Any]) -> Iterator[float]:
        for matrix in matrices:
            self.lca.characterization_matrix = matrix
            self.lca.lcia()
            yield float(self.lca.score)


def perform(request: dict[str, Any]) -> dict[str, Any]:
    """Answer a request; imports bw2calc into a private directory."""
    with tempfile.TemporaryDirectory(prefix="footprint-brightway-") as private:
        own_directory(Path(private))
        with warnings.catch_warnings():
            # Advice to install a solver of 1 GB; categories that no flow in use belongs to.
            warnings.simplefilter("ignore")
            try:
                return Foreground(request).answer()
            except RuntimeError as error:  # SuperLU: "Factor is exactly singular"
                return {"singular": str(error)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(perform(json.loads(sys.stdin.read()))) + "\n")
