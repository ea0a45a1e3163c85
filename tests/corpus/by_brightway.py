"""What bw2io reads in each file of a folder, and what bw2calc makes of it: a script of its own.

`python by_brightway.py FOLDER` prints one JSON object: per file `scores` (kg CO2e per unit of each
product) or `error`. Elementary flows are linked by name to a tiny database of our own.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import bw2calc
import bw2data
import bw2io
from bw2data.parameters import parameters
from bw2io.importers.base_lci import LCIImporter
from bw2io.strategies import link_iterable_by_fields

GWP = {
    "Carbon dioxide, fossil": 1.0,
    "Carbon dioxide": 1.0,
    "Methane, fossil": 29.8,
    "Dinitrogen monoxide": 273.0,
    "Nitrous oxide": 273.0,
    "Methane, tetrafluoro-, CFC-14": 7380.0,
    "Methane, tetrafluoro-, R-14": 7380.0,
    "Ethane, hexafluoro-, HFC-116": 12400.0,
}
METHOD = ("test", "gwp")


def importer_of(path: Path, database: str, scratch: Path) -> LCIImporter:
    """The importer that bw2io has for a file, with its data, by the file's name."""
    layout = path.name.split("-")[0]
    if layout == "excel":
        return bw2io.ExcelImporter(path)
    if layout == "ecospold2":
        return bw2io.SingleOutputEcospold2Importer(str(path), database, use_mp=False)
    if layout == "ecospold1":
        return bw2io.SingleOutputEcospold1Importer(str(path), database, use_mp=False)
    if layout == "simapro":
        return bw2io.SimaProCSVImporter(str(path), database, delimiter=";")
    from bw2io.importers.json_ld import JSONLDImporter

    folder = scratch / path.stem
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)  # our own file
    return JSONLDImporter(folder, database)


def scores(path: Path, scratch: Path) -> dict[str, float]:
    """The score of one unit of everything that the file makes. Raises what bw2io raises."""
    name = f"db {path.name}"
    importer = importer_of(path, name, scratch)
    if not hasattr(importer, "db_name"):
        importer.db_name = name
    importer.apply_strategies(verbose=False) if not path.name.startswith("excel") else None
    if path.name.startswith("excel"):
        importer.db_name = name
        for activity in importer.data:
            activity["database"] = name
            for exchange in activity["exchanges"]:
                if exchange.get("database") == "shop":
                    exchange["database"] = name
        importer.apply_strategies(verbose=False)
        importer.match_database(fields=["code"])
    flows = [{"database": "nature", "code": flow, "name": flow} for flow in GWP]
    importer.data = link_iterable_by_fields(
        importer.data, flows, fields=["name"], edge_kinds=["biosphere"], relink=True
    )
    if path.name.startswith("ecospold1"):
        kinds = ["technosphere", "production", "substitution"]
        importer.data = link_iterable_by_fields(
            importer.data, importer.data, fields=["name", "unit", "location"], edge_kinds=kinds
        )
    left = list(importer.unlinked)
    if left:
        raise ValueError(f"unlinked: {left[0].get('type')} {left[0].get('name')}")
    with contextlib.suppress(KeyError):
        del bw2data.databases[name]
    importer.write_database()
    parameters.recalculate()
    found = {}
    for node in bw2data.Database(name):
        if node.get("type") in {"product", "emission"}:
            continue
        made = [e for e in node.exchanges() if e["type"] in {"production", "generic production"}]
        demand = made[0].input if made else node
        lca = bw2calc.LCA(
            {demand: made[0]["amount"] / abs(made[0]["amount"]) if made else 1.0}, METHOD
        )
        lca.lci()
        lca.lcia()
        found[f"{node['name']} {node.get('location', '')} {node['code']}"] = float(lca.score)
    return found


def main(folder: Path) -> None:
    """Entry point."""
    answer: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        bw2data.projects.set_current("corpus")
        bw2io.create_core_migrations()
        bw2data.config.p["biosphere_database"] = "nature"
        bw2data.Database("nature").write(
            {
                ("nature", flow): {
                    "name": flow,
                    "code": flow,
                    "unit": "kilogram",
                    "type": "emission",
                }
                for flow in GWP
            }
        )
        method = bw2data.Method(METHOD)
        method.register()
        method.write([(("nature", flow), value) for flow, value in GWP.items()])
        scratch = Path(bw2data.projects.dir) / "scratch"
        for path in sorted(folder.iterdir()):
            if path.name.startswith(("ilcd", "template")):
                continue  # bw2io 0.9.17 has no importer for these
            try:
                answer[path.name] = {"scores": scores(path, scratch)}
            except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
                answer[path.name] = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
