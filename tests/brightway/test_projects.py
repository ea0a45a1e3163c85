"""Projects of Brightway: what we write, Brightway calculates; what Brightway wrote, we read."""

from __future__ import annotations

import io
import json
import math
import os
import pickle
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evidence import some

from footprint.bom.read import read_bom
from footprint.brightway.export import Exported, export_project
from footprint.brightway.project_data import BACKGROUND, PRODUCT, uncertainty_fields
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.importers.install import ImportRejected, Installed, install
from footprint.importers.plain_pickle import NotPlainError, load_plain
from footprint.importers.run import ImportOptions
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, GWP_SETS
from footprint.values.result import Footprint

EXAMPLE = Path(__file__).parents[2] / "examples" / "power-bank.csv"


def by_brightway(code: str, directory: Path, *arguments: str) -> Any:
    """What a script of a plain Brightway user prints last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env={**os.environ, "BRIGHTWAY2_DIR": str(directory)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def footprint(inventory: CompiledInventory) -> Footprint:
    return calculate(read_bom(EXAMPLE), inventory)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("projects")


@pytest.fixture(scope="module")
def exported(inventory: CompiledInventory, footprint: Footprint, directory: Path) -> Exported:
    return export_project(inventory, footprint, "power bank", directory=directory)


USE = """
import json, bw2data as bd, bw2calc
bd.projects.set_current("power bank")
product = bd.get_node(database="footprint-product", code="product")
scores = {}
for method in bd.methods:
    lca = bw2calc.LCA({product: 1.0}, method)
    lca.lci(); lca.lcia()
    scores["|".join(method)] = lca.score
method = ("footprint", "IPCC AR6 GWP100", "total without biogenic CO2")
demand, objects, _ = bd.prepare_lca_inputs({product: 1.0}, method=method)
random = bw2calc.LCA(demand, data_objs=objects, use_distributions=True, seed_override=1)
random.lci(); random.lcia()
draws = [random.score for _ in zip(range(60), random)]
nodes = {n["code"]: {k: n[k] for k in ("name", "unit", "location", "type")} for n in
         bd.Database("footprint-background")}
kinds = sorted({e["uncertainty type"] for n in bd.Database("footprint-background")
                for e in n.exchanges()})
print(json.dumps({"scores": scores, "draws": draws, "nodes": nodes, "kinds": kinds,
                  "databases": sorted(bd.databases),
                  "rows": [e["comment"] for e in product.technosphere()]}))
"""


@pytest.fixture(scope="module")
def used(exported: Exported, directory: Path) -> Any:
    return by_brightway(USE, directory)


def test_brightway_calculates_our_product_from_the_project(
    used: Any, footprint: Footprint, inventory: CompiledInventory
) -> None:
    """To 1e-6: bw2data's arrays are float32."""
    for gwp_set in GWP_SETS:
        ours = calculate(read_bom(EXAMPLE), inventory, gwp_set)
        name = f"footprint|IPCC {gwp_set} GWP100|total without biogenic CO2"
        assert used["scores"][name] == pytest.approx(ours.total, rel=1e-6)
        fossil = used["scores"][f"footprint|IPCC {gwp_set} GWP100|fossil"]
        assert fossil == pytest.approx(ours.split.fossil, rel=1e-6)
    assert len(used["rows"]) == len(footprint.contributions)


def test_activities_are_named_and_measured_in_brightways_words(
    used: Any, inventory: CompiledInventory
) -> None:
    assert set(used["nodes"]) == set(inventory.datasets)
    grid = used["nodes"]["electricity-grid-cn"]
    assert grid["unit"] == "kilowatt hour"
    assert grid["location"] == "CN"
    # What bw2data 4 makes of a process that is its own product; both are what an LCA runs on.
    assert grid["type"] in {"process", "processwithreferenceproduct"}
    assert BACKGROUND in used["databases"]
    assert PRODUCT in used["databases"]


def test_uncertainty_goes_with_the_exchanges_and_can_be_drawn(
    used: Any, footprint: Footprint
) -> None:
    assert {0, 2, 5} <= set(used["kinds"])
    draws = np.array(used["draws"])
    assert len(set(draws.tolist())) == 60
    assert np.median(draws) == pytest.approx(footprint.total, rel=0.2)


@pytest.mark.parametrize(
    ("stated", "fields"),
    [
        ((2.0, 1.44), {"uncertainty type": 2, "loc": math.log(2), "scale": math.log(1.2)}),
        ((-2.0, 1.44), {"uncertainty type": 2, "loc": math.log(2), "negative": True}),
        ((2.0, None, 1.0, 4.0), {"uncertainty type": 5, "minimum": 1.0, "maximum": 4.0}),
        ((2.0, None, 1.0, 3.0), {"uncertainty type": 4, "minimum": 1.0, "maximum": 3.0}),
        ((2.0,), {"uncertainty type": 0, "loc": 2.0}),
        ((2.0, 1.0), {"uncertainty type": 0, "loc": 2.0}),
        ((0.0, 1.44), {"uncertainty type": 0, "loc": 0.0}),
    ],
)
def test_each_distribution_has_the_fields_of_stats_arrays(
    stated: tuple[Any, ...], fields: dict[str, Any]
) -> None:
    found = uncertainty_fields(*stated)
    for name, value in some(fields.items()):
        assert found[name] == pytest.approx(value), name


def test_a_project_is_not_overwritten_unasked(
    exported: Exported, inventory: CompiledInventory, directory: Path
) -> None:
    with pytest.raises(InputRefused) as refused:
        export_project(inventory, None, "power bank", directory=directory)
    assert [problem.code for problem in refused.value.problems] == ["BRW-006"]


def test_a_project_is_replaced_when_asked(inventory: CompiledInventory, tmp_path: Path) -> None:
    export_project(inventory, None, "again", directory=tmp_path)
    export_project(inventory, None, "again", directory=tmp_path, replace=True)
    code = "import bw2data as bd, json; bd.projects.set_current('again');"
    code += "print(json.dumps([len(bd.Database('footprint-background')), len(bd.methods)]))"
    assert by_brightway(code, tmp_path) == [len(inventory.datasets), 7 * len(GWP_SETS)]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "x" * 81, "\n"])
def test_a_name_that_is_none_is_refused(inventory: CompiledInventory, name: str) -> None:
    with pytest.raises(InputRefused, match="BRW-006"):
        export_project(inventory, None, name)


@pytest.fixture(scope="module")
def again(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    assert exported.directory is not None
    folder = tmp_path_factory.mktemp("imported") / "inventory"
    return install(exported.directory, ImportOptions("again"), folder)


def test_what_comes_back_from_a_project_has_the_same_numbers(
    again: Installed, inventory: CompiledInventory
) -> None:
    """Amounts as written are float64: only the last digits of divisions by 1 kg differ."""
    ours = {entry.name_en: entry for entry in inventory.datasets.values()}
    matched = 0
    for entry in again.inventory.datasets.values():
        if entry.name_en not in ours or entry.location != ours[entry.name_en].location:
            continue
        matched += 1
        for gwp_set in GWP_SETS:
            found = again.inventory.table(gwp_set)[:, entry.column]
            expected = inventory.table(gwp_set)[:, ours[entry.name_en].column]
            assert found == pytest.approx(expected, rel=1e-12, abs=1e-15), entry.id
    assert matched > 900
    assert again.report["status"] == "complete"


def test_the_product_of_a_project_is_a_dataset_too(again: Installed, footprint: Footprint) -> None:
    (entry,) = (e for e in again.inventory.datasets.values() if e.name_en == footprint.product.name)
    row = again.inventory.table("AR6")[:, entry.column]
    assert row[CATEGORIES.index("fossil")] == pytest.approx(footprint.split.fossil, rel=1e-12)


def test_a_backup_is_restored_by_brightway_and_imported_by_us(
    inventory: CompiledInventory, again: Installed, footprint: Footprint, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar.gz"
    made = export_project(inventory, footprint, "power bank", backup=file)
    assert made.backup == file
    assert made.directory is None
    assert [path.name for path in tmp_path.iterdir()] == ["backup.tar.gz"]
    mine = tmp_path / "brightway"
    mine.mkdir()
    code = "import bw2io, bw2data as bd, json, sys; bw2io.restore_project_directory(sys.argv[1]);"
    code += "bd.projects.set_current('power bank'); print(json.dumps(sorted(bd.databases)))"
    assert PRODUCT in by_brightway(code, mine, str(file))
    found = install(file, ImportOptions("again"), tmp_path / "inventory")
    assert np.array_equal(found.inventory.table("AR6"), again.inventory.table("AR6"))


#: A project as its owner would write it: product nodes, substitution, a waste, no production edge.
WRITE = """
import json, bw2data as bd, bw2calc
bd.projects.set_current("plant")
bd.Database("air").write({("air", "co2"): {"name": "Carbon dioxide, fossil", "unit": "kilogram",
    "categories": ("air",), "type": "emission", "exchanges": []}})
def p(code, unit, *exchanges, **more):
    return {"name": code, "unit": unit, "location": "CN", "type": "process",
            "exchanges": list(exchanges), **more}
def e(code, amount, kind="technosphere", db="plant", **more):
    return {"input": (db, code), "amount": amount, "type": kind, **more}
bd.Database("plant").write({
    ("plant", "power"): p("power", "kilowatt hour", e("power", 2.0, "production"),
                          e("co2", 1.8, "biosphere", "air"), e("steel", 0.01)),
    ("plant", "steel"): p("steel", "kilogram", e("steel", 1.0, "production"), e("power", 0.6),
                          e("co2", 1.8, "biosphere", "air", **{"uncertainty type": 2,
                            "loc": 0.5877866649, "scale": 0.1})),
    ("plant", "ash"): p("ash", "kilogram", e("ash", -1.0, "production"),
                        e("co2", 0.05, "biosphere", "air")),
    ("plant", "car"): p("car", "unit", e("car", 1.0, "production"), e("steel", 900.0),
                        e("power", 40.0, "substitution"), e("ash", -3.0)),
    ("plant", "paint line"): p("paint line", "unit", e("paint", 4.0, "production"),
                               e("power", 1.0)),
    ("plant", "paint"): {"name": "paint", "unit": "kilogram", "type": "product", "location": "CN"},
    ("plant", "art"): p("art", "unit", e("art", 1.0, "production"), e("paint", 2.0)),
})
bd.Method(("m",)).register(); bd.Method(("m",)).write([(("air", "co2"), 1.0)])
scores = {}
for code in ("power", "steel", "ash", "car", "paint", "art"):
    lca = bw2calc.LCA({bd.get_node(database="plant", code=code): 1.0}, ("m",))
    lca.lci(); lca.lcia()
    scores[code] = lca.score
print(json.dumps({"scores": scores, "folder": str(bd.projects.dir)}))
"""


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    answer = by_brightway(WRITE, tmp_path_factory.mktemp("plant"))
    return Path(answer["folder"]), answer["scores"]


def test_a_project_of_someone_else_gives_brightways_own_scores(
    plant: tuple[Path, dict[str, float]], tmp_path: Path
) -> None:
    folder, scores = plant
    found = install(folder, ImportOptions("plant"), tmp_path / "inventory").inventory
    values = {
        entry.name_en: found.intensity(entry.id)["fossil"] for entry in found.datasets.values()
    }
    for name, score in some(scores.items()):
        sign = -1.0 if name == "ash" else 1.0  # a waste is imported per kilogram that is treated
        named = "paint line" if name == "paint" else name  # the process that makes it
        assert values[named] == pytest.approx(sign * score, rel=1e-6), name


def change(folder: Path, target: Path, statement: str, values: tuple[Any, ...]) -> Path:
    """A copy of a project with one statement run on its database."""
    (target / "lci").mkdir(parents=True)
    file = target / "lci" / "databases.db"
    file.write_bytes((folder / "lci" / "databases.db").read_bytes())
    with sqlite3.connect(file) as connection:
        connection.execute(statement, values)
    return target


class Evil:
    def __init__(self, folder: str = "was-here") -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        return (os.mkdir, (self.folder,))


def test_a_project_that_would_run_something_is_refused(
    plant: tuple[Path, dict[str, float]], tmp_path: Path
) -> None:
    """bw2data unpickles every row that it reads."""
    data = pickle.dumps(
        {"name": "power", "unit": "kilowatt hour", "x": Evil(str(tmp_path / "was-here"))}
    )
    statement = "UPDATE activitydataset SET data = ? WHERE code = 'power'"
    folder = change(plant[0], tmp_path / "evil", statement, (data,))
    with pytest.raises(ImportRejected) as refused:
        install(folder, ImportOptions("evil"), tmp_path / "inventory")
    assert "IMP-001" in {problem.code for problem in refused.value.problems}
    assert "posix.mkdir" in str(refused.value)
    assert not (tmp_path / "was-here").exists()


@pytest.mark.parametrize(
    ("statement", "values", "code"),
    [
        ("UPDATE exchangedataset SET type = ? WHERE type = 'biosphere'", ("odd",), "IMP-020"),
        ("UPDATE exchangedataset SET data = ?", (b"\x80\x04.",), "IMP-001"),
        ("UPDATE exchangedataset SET data = ?", (pickle.dumps({"amount": "3"}),), "IMP-015"),
        ("UPDATE exchangedataset SET data = ?", (pickle.dumps([1]),), "IMP-001"),
        ("UPDATE exchangedataset SET input_code = ? WHERE input_code = 'paint'", ("x",), "IMP"),
        ("DELETE FROM activitydataset WHERE database = ?", ("plant",), "IMP-007"),
        ("DROP TABLE exchangedataset", (), "IMP-001"),
    ],
)
def test_a_damaged_project_is_refused_and_nothing_is_lost(
    plant: tuple[Path, dict[str, float]],
    tmp_path: Path,
    statement: str,
    values: tuple[Any, ...],
    code: str,
) -> None:
    folder = change(plant[0], tmp_path / "damaged", statement, values)
    with pytest.raises(ImportRejected) as refused:
        install(folder, ImportOptions("damaged"), tmp_path / "inventory")
    assert any(problem.code.startswith(code) for problem in refused.value.problems)


def values() -> Iterator[Any]:
    yield from (1, 1.5, True, None, "a", b"b", (1, "x"), {"k": [1, {"z": (2,)}]}, date(2025, 1, 2))


#: Old protocols write bytes and dates as a call of `codecs`, which is not plain.
PICKLES = [
    (value, protocol)
    for value in values()
    for protocol in (0, 2, 4, 5)
    if protocol > 2 or not isinstance(value, bytes | date)
]


@pytest.mark.parametrize(("value", "protocol"), PICKLES)
def test_plain_values_come_out_of_their_pickle(value: Any, protocol: int) -> None:
    assert load_plain(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize(
    "value", [np.float64(1.25), np.float32(0.5), np.int64(-7), np.bool_(True), np.uint8(200)]
)
def test_numbers_of_numpy_come_out_as_pythons(value: Any) -> None:
    found = load_plain(pickle.dumps(value, 4))
    assert found == value.item()
    assert type(found) is type(value.item())


@pytest.mark.parametrize(
    "value",
    [Evil(), print, os.path.join, np.array([1.0]), np.str_("x"), Path("x"), {1: Evil()}],
    ids=["call", "builtin", "function", "array", "text of numpy", "path", "nested"],
)
def test_anything_else_does_not(value: Any) -> None:
    with pytest.raises(NotPlainError):
        load_plain(pickle.dumps(value, 4))


def archive(path: Path, name: str, data: bytes, kind: bytes) -> Path:
    with tarfile.open(path, "w:gz") as made:
        info = tarfile.TarInfo(name)
        info.size, info.type, info.linkname = len(data), kind, "/etc/passwd"
        made.addfile(info, io.BytesIO(data) if kind == tarfile.REGTYPE else None)
    return path


@pytest.mark.parametrize(
    ("name", "data", "kind", "code"),
    [
        ("../lci/databases.db", b"x", tarfile.REGTYPE, "IMP-003"),
        ("/lci/databases.db", b"x", tarfile.REGTYPE, "IMP-003"),
        ("p/lci/databases.db", b"", tarfile.SYMTYPE, "IMP-003"),
        ("p/lci/databases.db", b"no database", tarfile.REGTYPE, "IMP-001"),
        ("p/other", b"x", tarfile.REGTYPE, "IMP-001"),
        ("p/other", bytes(300_000_000), tarfile.REGTYPE, "IMP-002"),
    ],
)
def test_a_hostile_archive_is_refused(
    tmp_path: Path, name: str, data: bytes, kind: bytes, code: str
) -> None:
    file = archive(tmp_path / "a.tar.gz", name, data, kind)
    with pytest.raises(ImportRejected) as refused:
        install(file, ImportOptions("hostile"), tmp_path / "inventory")
    assert refused.value.problems[0].code == code
