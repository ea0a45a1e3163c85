"""Every layout: the same economy gives the same numbers, broken files are refused with a place."""

from __future__ import annotations

import json
import math
import socket
from pathlib import Path

import import_samples as samples
import pytest
from import_helpers import codes, noticed, of, refused, solved, take

from footprint.importers.layouts import FileLayout

LAYOUTS = list(samples.LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_economy_has_the_same_intensities_in_every_layout(
    layout: str, tmp_path: Path
) -> None:
    imported = take(samples.LAYOUTS[layout](tmp_path))
    values = solved(imported.inventory)
    per_kwh = {d.unit for d in imported.inventory.datasets.values()}
    # ILCD amounts are in reference units, so its electricity is per MJ.
    per = 1.0 / 3.6 if "MJ" in per_kwh else 1.0
    coal = of(values, "hard-coal" if layout in {"ecospold2", "ilcd"} else "x-coal")
    power, wood = of(values, "x-electricity"), of(values, "x-wood")
    assert coal == pytest.approx(samples.COAL, rel=1e-12)
    assert power == pytest.approx(samples.ELECTRICITY * per, rel=1e-12)
    assert wood == pytest.approx(samples.WOOD, rel=1e-12)
    uptake = solved(imported.inventory, {"biogenic_uptake"})
    assert of(uptake, "x-wood") == pytest.approx(samples.UPTAKE, rel=1e-12)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_report_counts_every_exchange_once(layout: str, tmp_path: Path) -> None:
    report = take(samples.LAYOUTS[layout](tmp_path)).report
    totals = report.totals
    assert totals.processes == totals.datasets == 3
    assert (totals.linked, totals.unlinked, totals.cut_off) == (3, 0, 0)
    assert totals.gases == 4
    if layout not in {"template", "ilcd"}:
        assert totals.converted == 1  # MJ to kWh
    if layout != "template":
        products = totals.products
        assert totals.exchanges == products + 3 + totals.gases + totals.other
        assert totals.other == (2 if layout == "simapro" else 1)
    assert report.coverage.inputs == 1.0
    assert (report.status, report.problems) == ("complete", ())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_is_recognised_and_can_be_said(layout: str, tmp_path: Path) -> None:
    path = samples.LAYOUTS[layout](tmp_path)
    wanted = FileLayout(layout.removesuffix("-1").removesuffix("-2"))
    assert take(path).report.layout == wanted.value
    assert take(path, layout=wanted).report.layout == wanted.value


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_file_gives_the_same_inventory(layout: str, tmp_path: Path) -> None:
    path = samples.LAYOUTS[layout](tmp_path)
    assert take(path) == take(path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_importer_opens_a_socket(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an importer opened a socket")

    path = samples.LAYOUTS[layout](tmp_path)
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert take(path).report.status == "complete"


def test_ids_carry_the_name_of_the_import_and_do_not_depend_on_the_rest(tmp_path: Path) -> None:
    path = samples.ecospold2(tmp_path)
    ids = set(take(path).inventory.datasets)
    (path / "mill.spold").unlink()
    assert all(name.startswith("x-") for name in ids)
    assert set(take(path).inventory.datasets) < ids


def test_an_ecospold_2_head_tells_place_year_and_uncertainty(tmp_path: Path) -> None:
    imported = take(samples.ecospold2(tmp_path))
    assert {d.location for d in imported.inventory.datasets.values()} == {"CN", "RER"}
    plant = next(d for d in imported.inventory.datasets.values() if "electricity" in d.id)
    assert (plant.location, plant.year, plant.unit) == ("CN", 2023, "kWh")
    fuel = next(e for e in plant.exchanges if e.kind == "technosphere")
    assert fuel.gsd2 == pytest.approx(math.exp(0.4))
    assert noticed(imported.report)["IMP-105"] == 2  # CN-SGCC, Europe without Switzerland


def test_a_multi_dataset_ecospold_1_file_is_read_tolerantly(tmp_path: Path) -> None:
    imported = take(samples.ecospold1(tmp_path))  # "n.a." for a CAS number, an empty startYear
    plant = next(d for d in imported.inventory.datasets.values() if "electricity" in d.id)
    assert (plant.location, plant.year) == ("CN", 2021)
    assert {e.gsd2 for e in plant.exchanges if e.kind == "technosphere"} == {1.21}


@pytest.mark.parametrize("version", [1, 2])
def test_an_openlca_location_with_parentheses_becomes_its_code(
    version: int, tmp_path: Path
) -> None:
    imported = take(samples.openlca(tmp_path, version))
    assert {d.location for d in imported.inventory.datasets.values()} == {"US", "RNA"}
    assert {d.year for d in imported.inventory.datasets.values()} == {2022}


def test_an_openlca_flow_in_another_property_is_converted(tmp_path: Path) -> None:
    """1 m3 of wood weighs 500 kg: the flow says so, and the user needs 2 m3."""
    wood = {
        "@id": samples.UUIDS["wood"],
        "flowType": "PRODUCT_FLOW",
        "flowProperties": [
            {"isRefFlowProperty": True, "flowProperty": {"@id": "mass"}, "conversionFactor": 1.0},
            {"flowProperty": {"@id": "volume"}, "conversionFactor": 0.002},
        ],
    }
    group = {
        "volume": {
            "@id": "volumes",
            "units": [{"name": "m3", "isRefUnit": True, "conversionFactor": 1.0}],
        },
        "mass": {
            "@id": "masses",
            "units": [{"name": "kg", "isRefUnit": True, "conversionFactor": 1.0}],
        },
    }
    give = samples.openlca_exchange
    saw = give("wood", 1, "kg", version=2, incoming=False, ref=True)
    chair = give("coal", 1, "Item(s)", version=2, incoming=False, ref=True, name="chair")
    used = give("wood", 2, "m3", version=2, incoming=True, flowProperty={"@id": "volume"})
    gas = give("co2", 3, "kg", version=2, incoming=False, name="Carbon dioxide, biogenic")
    files: dict[str, str | bytes] = {}
    for name, value in {
        "processes/a": samples.openlca_process("a", "saw", [saw, gas]),
        "processes/b": samples.openlca_process("b", "carpenter", [chair, used]),
        "flows/wood": wood,
        "flows/chair": samples.openlca_flow("coal", "PRODUCT_FLOW"),
        "flows/co2": samples.openlca_flow("co2", "ELEMENTARY_FLOW", category="emission/air"),
        "unit_groups/v": group["volume"],
        "unit_groups/m": group["mass"],
        "flow_properties/v": {"@id": "volume", "unitGroup": {"@id": "volumes"}},
        "flow_properties/m": {"@id": "mass", "unitGroup": {"@id": "masses"}},
    }.items():
        files[f"{name}.json"] = json.dumps(value)
    inventory = take(samples.zip_of(tmp_path / "p.zip", files)).inventory
    chair_made = next(d for d in inventory.datasets.values() if d.unit == "piece")
    assert [e.amount for e in chair_made.exchanges] == [1000.0]


def test_an_openlca_formula_is_evaluated_only_where_no_amount_is_stored(tmp_path: Path) -> None:
    give = samples.openlca_exchange
    goods = give("coal", 1, "kg", version=2, incoming=False, ref=True)
    first = give("co2", 5, "kg", version=2, incoming=False, name="Carbon dioxide, fossil")
    second = give("co2", None, "kg", version=2, incoming=False, name="Carbon dioxide, fossil")
    process = samples.openlca_process(
        "a",
        "A",
        [goods, {**first, "amountFormula": "open('x')"}, {**second, "amountFormula": "2*yield"}],
        parameters=[{"name": "yield", "formula": "half + 1"}, {"name": "half", "value": 0.5}],
    )
    files: dict[str, str | bytes] = {"processes/a.json": json.dumps(process)}
    (dataset,) = take(samples.zip_of(tmp_path / "a.zip", files)).inventory.datasets.values()
    assert [exchange.amount for exchange in dataset.exchanges] == [5.0, 3.0]


def test_a_simapro_amount_may_be_a_formula_on_parameters(tmp_path: Path) -> None:
    inventory = take(samples.simapro(tmp_path)).inventory
    plant = next(d for d in inventory.datasets.values() if "electricity" in d.id)
    fuel = next(e for e in plant.exchanges if e.kind == "technosphere")
    assert fuel.amount == pytest.approx(0.5 * (1 - 0.2))
    assert fuel.gsd2 == 1.21
    assert {d.location for d in inventory.datasets.values()} == {"CN", "RER"}


def test_ilcd_names_are_kept_in_both_languages(tmp_path: Path) -> None:
    inventory = take(samples.ilcd(tmp_path)).inventory
    mine = next(d for d in inventory.datasets.values() if "coal" in d.id)
    assert mine.name_en == "hard coal | Coal mining"
    assert mine.name_zh == "过程Coal mining"
    assert mine.location == "CN-SD"  # Shandong, and no part of Sudan


def test_a_waste_treatment_with_negative_production_serves_its_users(tmp_path: Path) -> None:
    """Treatment: -1 kg of waste gives 0.5 kg CO2. A factory has 2 kg of waste: 1 kg CO2."""
    waste = "00000099-0000-4000-8000-000000000000"
    files: dict[str, str | bytes] = {
        "treatment.spold": samples.spold2(
            samples.UUIDS["mill"],
            "treatment of sludge",
            samples.spold2_output(waste, -1, "kg", "sludge")
            + samples.spold2_emission("Carbon dioxide, fossil", 0.5),
        ),
        "factory.spold": samples.spold2(
            samples.UUIDS["mine"],
            "factory",
            samples.spold2_output(samples.UUIDS["coal"], 1, "kg", "goods")
            + samples.spold2_input(waste, -2, "kg", samples.UUIDS["mill"]),
        ),
    }
    imported = take(samples.zip_of(tmp_path / "w.zip", files))
    values = solved(imported.inventory)
    assert of(values, "x-goods") == pytest.approx(1.0)
    assert of(values, "x-sludge") == pytest.approx(0.5)  # per kg treated, not per kg made
    treatment = next(d for d in imported.inventory.datasets.values() if "sludge" in d.id)
    assert treatment.activity == "treatment"


def test_an_avoided_product_is_a_negative_input(tmp_path: Path) -> None:
    text = samples.simapro_file(
        samples.simapro_process(
            {
                "Products": ["Heat;MJ;1;100;x;y;"],
                "Emissions to air": ["Carbon dioxide, fossil;;kg;2"],
            },
            "heat",
        )
        + samples.simapro_process(
            {
                "Products": ["Waste;kg;1;100;x;y;"],
                "Avoided products": ["Heat;MJ;3;Undefined;0;0;0;"],
                "Emissions to air": ["Carbon dioxide, fossil;;kg;10"],
            },
            "burner",
        )
    )
    path = tmp_path / "avoid.csv"
    path.write_text(text, "utf-8")
    assert of(solved(take(path).inventory), "x-waste") == pytest.approx(10 - 3 * 2)


# --- broken files ----------------------------------------------------------------------------

BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "ecospold2": (
        {"a.spold": "<ecoSpold xmlns='http://www.EcoInvent.org/EcoSpold02'><x>"},
        "IMP-001",
    ),
    "ecospold1": (
        {"a.xml": "<ecoSpold xmlns='http://www.EcoInvent.org/EcoSpold01'><dataset"},
        "IMP-001",
    ),
    "openlca": ({"processes/a.json": '{"@id": "a", "exchanges": ['}, "IMP-001"),
    "openlca-list": ({"processes/a.json": "[1, 2]"}, "IMP-001"),
    "simapro": ({"a.csv": '{SimaPro 9}\n\nProcess\n\nProducts\n"open;kg;1'}, "IMP-015"),
    "ilcd": (
        {"processes/a.xml": "<processDataSet xmlns='http://lca.jrc.it/ILCD/Process'>"},
        "IMP-001",
    ),
    "excel": ({"a.xlsx": b"PK\x03\x04 this is no workbook"}, "IMP-001"),
    "template": ({"datasets.csv": "id,unit\nA B,kg\n", "exchanges.csv": "dataset\n"}, "IMP-020"),
    "unknown": ({"a.txt": "hello"}, "IMP-006"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_its_name(case: str, tmp_path: Path) -> None:
    files, code = BROKEN[case]
    for name, content in files.items():
        path = tmp_path / "broken" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = refused(tmp_path / "broken")
    assert code in codes(report)
    found = next(problem for problem in report.problems if problem.code == code)
    assert found.message
    assert case == "unknown" or found.where.file


def test_all_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    folder = samples.ecospold2(tmp_path)
    (folder / "broken-1.spold").write_text("<a", "utf-8")
    (folder / "broken-2.spold").write_text("<b", "utf-8")
    (folder / "mine_coal.spold").unlink()
    report = refused(folder)
    assert codes(report) == {"IMP-001", "IMP-012"}
    assert len([p for p in report.problems if p.code == "IMP-001"]) == 2


@pytest.mark.parametrize("amount", ["", "abc", "nan", "inf", "1e999"])
def test_an_amount_that_is_no_finite_number_is_never_zero(amount: str, tmp_path: Path) -> None:
    text = samples.spold1_file(
        samples.spold1(
            1,
            "A",
            "CN",
            samples.spold1_exchange(1, "A", 1, "kg", "o0")
            + '<exchange number="2" name="Carbon dioxide, fossil" unit="kg" category="air" '
            f'meanValue="{amount}"><outputGroup>4</outputGroup></exchange>',
        )
    )
    path = tmp_path / "a.xml"
    path.write_text(text, "utf-8")
    assert "IMP-015" in codes(refused(path))
