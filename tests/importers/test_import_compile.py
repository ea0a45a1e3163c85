"""From a file to a compiled inventory: equal to plain Brightway, private, complete or absent."""

from __future__ import annotations

import json
import math
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing
import import_samples as samples
import pytest
from bw_processing.io_helpers import generic_zipfile_filesystem
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from import_helpers import of, solved, take

from bench.background import background
from footprint.bom.read import read_bom
from footprint.canonical import canonical_json, content_hash
from footprint.cli import main as front_door
from footprint.cli.import_command import AllocationChoice, LayoutChoice
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.importers.allocation import ProductSplit
from footprint.importers.install import ImportRejected, install
from footprint.importers.layouts import FileLayout
from footprint.importers.run import ImportOptions
from footprint.inventory.chain import dataset_document
from footprint.inventory.compile import compile_inventory
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.flat_json import flat_writer
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, GWP_SETS, Inventory
from footprint.inventory.packages import dataset_ids
from footprint.inventory.union import unite

pytestmark = pytest.mark.filterwarnings("ignore:All values in characterization matrix are zero")

BOM = """# name: Crate
# mass: 2 kg
# country: CN
# declared_unit: 1 piece
name,quantity,unit,dataset,stage
planks,2,kg,{wood},material
sawing,1,kWh,{power},production
"""


def compiled(inventory: Inventory, folder: Path) -> CompiledInventory:
    folder.mkdir()
    compile_inventory(inventory, folder)
    return load_compiled(folder)


def test_a_result_on_a_dataset_with_cut_off_inputs_says_that_it_is_lower(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    rows = samples.TEMPLATE_EXCHANGES + "wood,technosphere,glue,0.1,kg,\n"
    (files / "datasets.csv").write_text(samples.TEMPLATE_DATASETS, "utf-8")
    (files / "exchanges.csv").write_text(rows, "utf-8")
    inventory = compiled(take(files, cut_off=True).inventory, tmp_path / "compiled")
    table = tmp_path / "crate.csv"
    table.write_text(BOM.format(wood="x-wood", power="x-electricity"), "utf-8")
    found = [note for note in calculate(read_bom(table), inventory).warnings if "018" in note.code]
    assert [(note.code, note.where.row) for note in found] == [("ENG-018", 6)]
    assert "x-wood" in found[0].message


def package(folder: Path, name: str) -> Any:
    return bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename=name, write=False)
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> CompiledInventory:
    folder = tmp_path_factory.mktemp("installed")
    return install(samples.ecospold2(folder), ImportOptions("mine"), folder / "out").inventory


# --- numbers ---------------------------------------------------------------------------------


def test_every_intensity_of_an_import_equals_a_plain_lca(installed: CompiledInventory) -> None:
    numbers = dataset_ids(installed.datasets)
    for gwp_set in GWP_SETS:
        for row, category in enumerate(CATEGORIES):
            lca = bw2calc.LCA(
                {1: 1.0},
                data_objs=[
                    package(installed.folder, "background.zip"),
                    package(installed.folder, f"characterisation-{gwp_set}-{category}.zip"),
                ],
            )
            lca.lci(factorize=True)
            lca.lcia()
            for entry in some(installed.datasets.values()):
                lca.lcia({numbers[entry.id]: 1.0})
                ours = installed.table(gwp_set)[row, entry.column]
                assert ours == pytest.approx(lca.score, rel=1e-12, abs=1e-18), entry.id


def test_the_compiled_intensities_are_the_closed_form(installed: CompiledInventory) -> None:
    totals = {
        name: math.fsum(installed.table("AR6")[list(EXCLUDING_BIOGENIC), entry.column])
        for name, entry in installed.datasets.items()
    }
    assert of(totals, "mine-electricity") == pytest.approx(samples.ELECTRICITY, rel=1e-14)
    assert of(totals, "mine-hard-coal") == pytest.approx(samples.COAL, rel=1e-14)


def test_where_nothing_is_emitted_the_intensity_is_zero(installed: CompiledInventory) -> None:
    row = CATEGORIES.index("biogenic_uptake")
    values = {n: installed.table("AR6")[row, e.column] for n, e in installed.datasets.items()}
    assert of(values, "mine-electricity") == 0.0


def test_a_loop_that_feeds_on_itself_is_refused(tmp_path: Path) -> None:
    """A makes B and B makes A, one for one: nothing ever comes out."""
    own = {
        "datasets.csv": "id,name_en,unit,location,year,kind,activity,boundary\n"
        "a,A,kg,CN,2022,unit_process,transformation,cradle-to-gate\n"
        "b,B,kg,CN,2022,unit_process,transformation,cradle-to-gate\n",
        "exchanges.csv": "dataset,type,input,amount,unit\n"
        "a,technosphere,b,1,kg\nb,technosphere,a,1,kg\na,biosphere,co2-fossil,1,kg\n",
    }
    path = samples.zip_of(tmp_path / "a.zip", dict(own))
    with pytest.raises(ImportRejected, match="INV-009"):
        install(path, ImportOptions("x"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_loop_that_uses_more_than_it_makes_is_refused_and_named(tmp_path: Path) -> None:
    """It could be solved, with a footprint below zero: -1 kg for each of them."""
    own = {
        "datasets.csv": "id,name_en,unit,location,year,kind,activity,boundary\n"
        "a,A,kg,CN,2022,unit_process,transformation,cradle-to-gate\n"
        "b,B,kg,CN,2022,unit_process,transformation,cradle-to-gate\n",
        "exchanges.csv": "dataset,type,input,amount,unit\n"
        "a,technosphere,b,2,kg\nb,technosphere,a,1,kg\na,biosphere,co2-fossil,1,kg\n",
    }
    path = samples.zip_of(tmp_path / "a.zip", dict(own))
    with pytest.raises(ImportRejected, match=r"uses as much of its products as it makes.*x-a, x-b"):
        install(path, ImportOptions("x"), tmp_path / "out")


def test_compiling_twice_gives_the_same_hash_and_tables(tmp_path: Path) -> None:
    inventory = take(samples.simapro(tmp_path)).inventory
    one, other = compiled(inventory, tmp_path / "a"), compiled(inventory, tmp_path / "b")
    assert one.hash == other.hash
    for gwp_set in GWP_SETS:
        assert (one.table(gwp_set) == other.table(gwp_set)).all()


def test_the_document_is_canonical_json_and_its_hash_the_identity(tmp_path: Path) -> None:
    made = compiled(take(samples.ilcd(tmp_path)).inventory, tmp_path / "a")
    data = (made.folder / "inventory.json").read_bytes()
    assert canonical_json(json.loads(data)) == data
    assert content_hash(json.loads(data)) == made.hash


@dataclass(frozen=True, slots=True)
class Flat:
    """A record of everything that an exchange may hold."""

    text: str
    number: float
    none: float | None
    digits: tuple[int, ...]


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.floats(-1e-3, 1e-3),
    st.lists(st.integers(1, 5)).map(tuple),
)
def test_the_fast_writer_gives_the_bytes_of_the_general_one(
    text: str, number: float, none: float | None, digits: tuple[int, ...]
) -> None:
    record = Flat(text, number, none, digits)
    document = {"text": text, "number": number, "none": none, "digits": list(digits)}
    written = flat_writer(["text", "number", "none", "digits"])(record)
    assert written.encode("utf-8") == canonical_json(document)


# --- the folder ------------------------------------------------------------------------------


def test_the_folder_is_complete_and_for_its_owner_only(installed: CompiledInventory) -> None:
    assert stat.S_IMODE(installed.folder.stat().st_mode) == 0o700
    for path in installed.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    names = {path.name for path in installed.folder.iterdir()}
    assert {"manifest.json", "index.json", "background.zip", "report.json"} <= names


def test_a_refused_import_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = samples.ecospold2(tmp_path)
    (folder / "plant.spold").unlink()
    with pytest.raises(ImportRejected) as caught:
        install(folder, ImportOptions("x"), tmp_path / "deep" / "out")
    assert {problem.code for problem in caught.value.problems} == {"IMP-012"}
    assert caught.value.report["status"] == "refused"
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_folder_with_something_else_is_never_touched(tmp_path: Path) -> None:
    path = samples.ecospold2(tmp_path)
    holiday = tmp_path / "photos"
    holiday.mkdir()
    (holiday / "beach.jpg").write_text("sand", "utf-8")
    with pytest.raises(InputRefused, match="IMP-023"):
        install(path, ImportOptions("x"), holiday, replace=True)
    assert (holiday / "beach.jpg").read_text("utf-8") == "sand"


def test_a_process_that_dies_is_an_error_with_a_code_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(InputRefused, match="IMP-024"):
        install(samples.ecospold2(tmp_path), ImportOptions("x"), tmp_path / "deep" / "out")
    assert list((tmp_path / "deep").iterdir()) == []


def test_another_import_is_replaced_only_when_asked(
    installed: CompiledInventory, tmp_path: Path
) -> None:
    path = samples.ecospold2(tmp_path)
    first = install(path, ImportOptions("x"), tmp_path / "out").inventory.hash
    assert install(path, ImportOptions("x"), tmp_path / "out").inventory.hash == first
    (path / "mill.spold").unlink()
    with pytest.raises(InputRefused, match="IMP-023"):
        install(path, ImportOptions("x"), tmp_path / "out")
    assert load_compiled(tmp_path / "out").hash == first
    second = install(path, ImportOptions("x"), tmp_path / "out", replace=True).inventory
    assert second.hash != first
    assert len(second.datasets) == 2


# --- next to ours, or instead of it ----------------------------------------------------------


def names(inventory: CompiledInventory) -> dict[str, str]:
    return {
        "wood": next(name for name in inventory.datasets if "mine-wood" in name),
        "power": next(name for name in inventory.datasets if "mine-electricity" in name),
    }


def test_an_import_is_calculated_with_next_to_ours(
    installed: CompiledInventory, inventory: CompiledInventory, tmp_path: Path
) -> None:
    both = unite([inventory, installed])
    path = tmp_path / "crate.csv"
    path.write_text(BOM.format(wood=names(installed)["wood"], power="electricity-grid-cn"), "utf-8")
    result = calculate(read_bom(path), both)
    ours = sum(
        inventory.table("AR6")[at, inventory.entry("electricity-grid-cn").column]
        for at in EXCLUDING_BIOGENIC
    )
    assert result.split.excluding_biogenic_uptake == pytest.approx(2 * samples.WOOD + ours)
    assert result.split.biogenic_uptake == pytest.approx(2 * samples.UPTAKE)
    assert result.provenance.inventory == content_hash([inventory.hash, installed.hash])
    assert "mine" in {source.id for source in result.sources}


def test_a_united_inventory_shows_the_chain_of_every_part(
    installed: CompiledInventory, inventory: CompiledInventory
) -> None:
    both = unite([inventory, installed])
    document = dataset_document(both, names(installed)["wood"])
    assert document["sources"][0]["id"] == "mine"
    assert document["upstream"][0]["dataset"] == names(installed)["power"]
    assert dataset_document(both, "electricity-grid-cn")["unit"] == "kWh"


def test_one_inventory_alone_stays_as_it_is(installed: CompiledInventory) -> None:
    assert unite([installed]) is installed
    with pytest.raises(ValueError, match="no inventory"):
        unite([])


def test_two_inventories_with_an_id_in_common_are_refused(installed: CompiledInventory) -> None:
    with pytest.raises(InputRefused) as caught:
        unite([installed, installed])
    assert {problem.code for problem in caught.value.problems} == {"INV-014"}
    assert len(caught.value.problems) == 2  # a dataset and the source


def test_inventories_with_different_factors_are_not_mixed(
    installed: CompiledInventory, tmp_path: Path
) -> None:
    given = take(samples.simapro(tmp_path)).inventory
    gwp = {name: dict(values) for name, values in given.gwp.items()}
    gwp["AR5"]["ch4-fossil"] = 1.0
    other = compiled(Inventory(given.sources, given.flows, gwp, given.datasets), tmp_path / "o")
    with pytest.raises(InputRefused, match="INV-012"):
        unite([installed, other])


# --- the command -----------------------------------------------------------------------------


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["footprint", *arguments])
    with pytest.raises(SystemExit) as stopped:
        front_door.main()
    return int(stopped.value.code or 0)


def test_the_command_imports_prints_a_report_and_the_result_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path, out = samples.ecospold2(tmp_path), tmp_path / "out"
    options = ("--name", "mine", "--out", str(out))
    assert run(monkeypatch, "data", "import", str(path), *options) == 0
    text = capfd.readouterr().out
    assert "ecospold2, complete" in text
    assert "3 linked (1 in another unit), 0 unlinked, 0 cut off" in text
    assert load_compiled(out).hash in text
    bom = tmp_path / "crate.csv"
    bom.write_text(BOM.format(**names(load_compiled(out))), "utf-8")
    arguments = ("--inventory", str(out), "--only-imported", "--format", "json")
    assert run(monkeypatch, "calculate", str(bom), *arguments) == 0
    document = json.loads(capfd.readouterr().out)
    expected = 2 * samples.WOOD + samples.ELECTRICITY
    assert document["totals"]["excluding_biogenic_uptake_kg_co2e"] == pytest.approx(expected)
    assert document["provenance"]["inventory"] == load_compiled(out).hash


def test_a_refused_import_is_one_json_document_and_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = samples.ecospold2(tmp_path)
    (folder / "plant.spold").unlink()
    options = ("--name", "mine", "--out", str(tmp_path / "out"), "--format", "json")
    assert run(monkeypatch, "data", "import", str(folder), *options) == 1
    document = json.loads(capfd.readouterr().out)
    assert (document["type"], document["status"]) == ("import-report", "refused")
    assert {problem["code"] for problem in document["problems"]} == {"IMP-012"}
    assert document["totals"]["unlinked"] == 2


def test_the_choices_of_the_command_are_those_of_the_importers() -> None:
    assert [choice.value for choice in LayoutChoice] == ["auto", *(one.value for one in FileLayout)]
    assert [choice.value for choice in AllocationChoice] == [one.value for one in ProductSplit]


def test_only_imported_without_an_import_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bom = tmp_path / "crate.csv"
    bom.write_text(BOM.format(wood="a", power="b"), "utf-8")
    assert run(monkeypatch, "calculate", str(bom), "--only-imported") == 2


def test_solving_matches_a_dense_solution_on_a_generated_background(tmp_path: Path) -> None:
    inventory = background(processes=300, exchanges=6_000, seed=7)
    made = compiled(inventory, tmp_path / "b")
    expected = solved(inventory)
    table = made.table("AR6")[list(EXCLUDING_BIOGENIC)].sum(axis=0)
    for name, entry in made.datasets.items():
        assert table[entry.column] == pytest.approx(expected[name], rel=1e-12)
    assert background(processes=300, exchanges=6_000, seed=7) == inventory
