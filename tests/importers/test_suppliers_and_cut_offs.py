"""Supplier files, and what a cut-off does all the way to the PACT document."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import spold1, spold1_exchange, spold1_file

from footprint.bom.read import read_bom
from footprint.catalogue.datasets import Datasets
from footprint.cli import main as front_door
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compile import compile_inventory
from footprint.inventory.compiled import load_compiled
from footprint.pact.document import pact_document
from footprint.report.remarks import cut_offs
from footprint.values.result import Footprint

AIR = {"category": "air", "subCategory": "unspecified"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def out(name: str, amount: float, unit: str, place: str, group: str = "o0") -> str:
    return spold1_exchange(1 if group == "o0" else 2, name, amount, unit, group, location=place)


def gas(amount: float) -> str:
    return spold1_exchange(900, "Carbon dioxide, fossil", amount, "kg", "o4", **AIR)


def use(name: str, amount: float, unit: str, number: int = 50) -> str:
    return spold1_exchange(number, name, amount, unit, "i5")


def write(folder: Path, *datasets: str) -> Path:
    path = folder / "a.xml"
    path.write_text(spold1_file("".join(datasets)), "utf-8")
    return path


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """Two makers of power in two places, and users that do not say which."""
    return write(
        tmp_path,
        spold1(1, "power", "CN", out("power", 1, "kWh", "CN") + gas(0.8)),
        spold1(2, "power", "FR", out("power", 1, "kWh", "FR") + gas(0.05)),
        spold1(3, "pipe", "FR", out("pipe", 1, "kg", "FR") + use("power", 2, "kWh")),
        spold1(4, "rod", "CN", out("rod", 1, "kg", "CN") + use("power", 1, "kWh")),
        spold1(5, "wire", "DE", out("wire", 1, "kg", "DE") + use("copper", 1, "kg") + gas(1)),
    )


def fill(path: Path, **answers: str) -> Path:
    """Fill the column `dataset` of a template, by flow and place joined with an underscore."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for entry in rows:
        entry["dataset"] = answers.get(f"{entry['flow']}_{entry['place']}", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["footprint", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        front_door.main()
    return int(ended.value.code or 0)


def test_the_import_writes_the_template_and_reads_it_filled_in(
    market: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, made = tmp_path / "suppliers.csv", tmp_path / "made"
    line = ("data", "import", market, "--name", "x", "--out", made, "--suppliers", table)
    assert run(monkeypatch, *line) == 1
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {(r["flow"], r["place"]): r for r in csv.DictReader(file)}
    assert set(rows) == {("power", "FR"), ("power", "CN"), ("copper", "DE")}
    candidates = rows["power", "FR"]["candidates"].split()
    assert len(candidates) == 2
    assert rows["power", "FR"]["reason"] == "IMP-013"
    cn, fr = sorted(candidates)
    fill(table, power_FR=fr, power_CN=cn, copper_DE="cut-off")
    capfd.readouterr()
    assert run(monkeypatch, *line, "--format", "json") == 0
    report = json.loads(capfd.readouterr().out)
    assert (report["totals"]["linked"], report["totals"]["cut_off"]) == (2, 1)
    values = load_compiled(made)
    totals = {name: values.intensity(name)["fossil"] for name in values.datasets}
    assert of(totals, "x-pipe") == pytest.approx(0.1)
    assert of(totals, "x-rod") == pytest.approx(0.8)


def test_ambiguous_suppliers_are_a_choice_and_no_cut_off(market: Path) -> None:
    report = take(market, cut_off=True).report
    assert (report.totals.ambiguous, report.totals.cut_off) == (2, 1)
    assert report.coverage.inputs == 0.0
    assert {entry.reason for entry in report.open_inputs} == {"IMP-012", "IMP-013"}


@pytest.mark.parametrize(
    "text",
    [
        "flow,place,dataset\npower,,x-nothing\n",
        "flow,dataset,colour\npower,,red\n",
        "flow,density_kg_per_m3\npower,-3\n",
        "flow,density_kg_per_m3\npower,heavy\n",
        "flow,place\npower,FR\npower,fr\n",
        "place\nFR\n",
    ],
)
def test_a_supplier_file_that_does_not_fit_is_refused(
    text: str, market: Path, tmp_path: Path
) -> None:
    table = tmp_path / "s.csv"
    table.write_text(text, "utf-8")
    assert "IMP-029" in codes(refused(market, suppliers=table, cut_off=True))


def test_a_row_that_no_input_asks_for_is_said(market: Path, tmp_path: Path) -> None:
    table = tmp_path / "s.csv"
    table.write_text("flow,place,dataset\npowre,,cut-off\n", "utf-8")
    assert noticed(take(market, suppliers=table, cut_off=True).report)["IMP-113"] == 1


@pytest.mark.parametrize(
    ("made", "used", "amount", "density", "heating", "right"),
    [
        ("kg", "m3", 2.0, "850", "", 1700.0),
        ("kg", "l", 3.0, "850", "", 2.55),
        ("m3", "kg", 425.0, "850", "", 0.5),
        ("kg", "MJ", 84.0, "", "42", 2.0),
        ("MJ", "kg", 2.0, "", "42", 84.0),
        ("MJ", "m3", 0.001, "850", "42", 35.7),
    ],
)
def test_densities_and_heating_values_bridge_units(
    made: str, used: str, amount: float, density: str, heating: str, right: float, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        spold1(1, "fuel", "DE", out("fuel", 1, made, "DE") + gas(1)),
        spold1(2, "heat", "DE", out("heat", 1, "unit", "DE") + use("fuel", amount, used)),
    )
    assert codes(refused(path)) == {"IMP-014"}
    table = tmp_path / "s.csv"
    header = "flow,density_kg_per_m3,heating_value_mj_per_kg"
    table.write_text(f"{header}\nfuel,{density},{heating}\n", "utf-8")
    assert of(solved(take(path, suppliers=table).inventory), "x-heat") == pytest.approx(right)


def test_a_density_keeps_the_litres_of_a_refinery_in_its_allocation(tmp_path: Path) -> None:
    made = out("diesel", 1000, "l", "US") + out("coke", 150, "kg", "US", "o2") + gas(100)
    path = write(tmp_path, spold1(1, "refinery", "US", made))
    assert codes(refused(path, "mass")) == {"IMP-011"}
    table = tmp_path / "s.csv"
    table.write_text("flow,density_kg_per_m3\ndiesel,850\n", "utf-8")
    values = solved(take(path, "mass", suppliers=table).inventory)
    assert of(values, "diesel") == pytest.approx(100 * 0.85 / 1000)
    assert of(values, "coke") == pytest.approx(100 * 0.15 / 150)


CHAIN = (
    spold1(1, "ore", "DE", out("ore", 1, "kg", "DE") + use("power", 1, "kWh") + gas(1)),
    spold1(
        2, "iron", "DE", out("iron", 1, "kg", "DE") + use("ore", 2, "kg") + use("lime", 1, "kg", 51)
    ),
    spold1(3, "lime", "DE", out("lime", 1, "kg", "DE") + gas(0.5)),
    spold1(4, "sand", "DE", out("sand", 1, "kg", "DE") + gas(0.1)),
)


def test_completeness_is_passed_on_to_what_uses_a_dataset(tmp_path: Path) -> None:
    imported = take(write(tmp_path, *CHAIN), cut_off=True)
    found = {d.name_en: (d.completeness, d.status) for d in imported.inventory.datasets.values()}
    assert found == {
        "ore": (0.5, "cut_off"),
        "iron": (0.75, "imported"),
        "lime": (1.0, "imported"),
        "sand": (1.0, "imported"),
    }


def calculated(folder: Path, word: str, facts: str = "") -> Footprint:
    """The footprint of 1 kg of a dataset of the chain, whose ore lacks its power."""
    (folder / "made").mkdir()
    compile_inventory(take(write(folder, *CHAIN), cut_off=True).inventory, folder / "made")
    inventory = load_compiled(folder / "made")
    dataset = next(name for name in inventory.datasets if f"-{word}-" in name)
    bom = folder / "bom.csv"
    bom.write_text(
        "# name: Thing\n# mass: 1 kg\n# country: DE\n# declared_unit: 1 piece\n# company: Maker\n"
        "# reference_period: 2025\n# company_ids: urn:a:b\n# product_ids: urn:c:d\n"
        + facts
        + f"name,quantity,unit,dataset,stage\npart,1,kg,{dataset},material\n",
        "utf-8",
    )
    return calculate(read_bom(bom), inventory)


@pytest.mark.parametrize(("word", "share"), [("ore", 0.5), ("iron", 0.75), ("sand", 1.0)])
def test_the_coverage_of_a_result_falls_by_what_was_cut_off(
    word: str, share: float, tmp_path: Path
) -> None:
    found = calculated(tmp_path, word)
    assert (found.coverage.mass, found.coverage.lines) == (share, share)
    warned = [problem for problem in found.warnings if problem.code == "ENG-018"]
    assert len(warned) == (share < 1.0)
    remarks = {remark.code: dict(remark.values) for remark in cut_offs(found)}
    assert ("imported_cut_offs" in remarks) == (share < 1.0)


@pytest.mark.parametrize(
    ("word", "said"), [("ore", "at least"), ("iron", "at least"), ("sand", "complete")]
)
def test_a_cut_off_far_upstream_makes_the_total_at_least_too(
    word: str, said: str, tmp_path: Path
) -> None:
    whole = calculated(tmp_path, word).completeness
    assert (whole.word, whole.lacks) == (said, ("cut_off",) if said == "at least" else ())
    datasets = Datasets(load_compiled(tmp_path / "made"))
    (lacks,) = (
        found
        for entry, found in zip(datasets.entries, datasets.lacks, strict=True)
        if f"-{word}-" in entry.id
    )
    assert bool(lacks) == (said == "at least")


def pact(found: Footprint) -> Any:
    return pact_document(found, NOW)["pcf"]


def test_a_pact_document_is_refused_until_the_exempted_share_is_stated(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="PAC-003"):
        pact(calculated(tmp_path, "iron"))


def test_nothing_exempted_contradicts_a_cut_off(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="PAC-003"):
        pact(calculated(tmp_path, "iron", "# exempted_emissions_percent: 0\n"))


def test_the_exemption_of_a_pact_document_names_what_was_cut_off(tmp_path: Path) -> None:
    facts = "# exempted_emissions_percent: 2\n# exempted_emissions_description: power of the mine\n"
    made = pact(calculated(tmp_path, "iron", facts))
    assert made["exemptedEmissionsPercent"] == "2"
    described = made["exemptedEmissionsDescription"]
    assert described.startswith("power of the mine")
    assert "cut off at the import" in described
    assert "x-iron" in described


def test_a_complete_dataset_needs_no_exemption(tmp_path: Path) -> None:
    assert pact(calculated(tmp_path, "sand"))["exemptedEmissionsPercent"] == "0"
