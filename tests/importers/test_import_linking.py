"""Allocation and linking: explicit, exact, and counted."""

from __future__ import annotations

import json
from pathlib import Path

import import_samples as samples
import pytest
from import_helpers import codes, noticed, of, refused, solved, take

from footprint.importers.report import ImportRefused
from footprint.importers.run import ImportOptions, import_inventory

CO2 = {"category": "emission", "subCategory": "air"}


def spold1(path: Path, *datasets: str) -> Path:
    path.write_text(samples.spold1_file("".join(datasets)), "utf-8")
    return path


def out(number: int, name: str, amount: float, unit: str = "kg", group: str = "o0") -> str:
    return samples.spold1_exchange(number, name, amount, unit, group)


def use(name: str, amount: float, unit: str = "kg") -> str:
    return samples.spold1_exchange(90, name, amount, unit, "i5")


def gas(amount: float) -> str:
    return samples.spold1_exchange(99, "Carbon dioxide, fossil", amount, "kg", "o4", **CO2)


ALLOCATION = (
    '<allocation referenceToCoProduct="1" fraction="80"><referenceToInputOutput>90 99'
    "</referenceToInputOutput></allocation>"
    '<allocation referenceToCoProduct="2" fraction="20"><referenceToInputOutput>90 99'
    "</referenceToInputOutput></allocation>"
)


@pytest.fixture
def refinery(tmp_path: Path) -> Path:
    """3 kg of fuel and 1 kg of gas out of one process with 8 kg of CO2; the file says 80 : 20."""
    return spold1(
        tmp_path / "refinery.xml",
        samples.spold1(
            1,
            "Refinery",
            "US",
            out(1, "Fuel", 3) + out(2, "Gas", 1, group="o2") + gas(8),
            ALLOCATION,
        ),
    )


def test_several_products_are_refused_by_default_and_listed(refinery: Path) -> None:
    report = refused(refinery)
    assert codes(report) == {"IMP-010"}
    assert "3 kg Fuel, 1 kg Gas" in report.problems[0].message
    assert "--allocation" in report.problems[0].hint


def test_mass_allocation_gives_every_kilogram_the_same(refinery: Path) -> None:
    imported = take(refinery, "mass")
    assert sorted(solved(imported.inventory).values()) == pytest.approx([2.0, 2.0])
    assert noticed(imported.report)["IMP-110"] == 1


def test_allocation_as_given_takes_the_shares_of_the_file(refinery: Path) -> None:
    values = solved(take(refinery, "as-given").inventory)
    assert of(values, "x-fuel") == pytest.approx(8 * 0.8 / 3)
    assert of(values, "x-gas") == pytest.approx(8 * 0.2 / 1)


def test_an_allocation_without_its_data_is_refused(refinery: Path) -> None:
    assert codes(refused(refinery, "economic")) == {"IMP-011"}


def test_shares_that_do_not_add_up_are_refused(refinery: Path) -> None:
    refinery.write_text(refinery.read_text("utf-8").replace('"20"', '"30"'), "utf-8")
    assert codes(refused(refinery, "as-given")) == {"IMP-011"}


def test_mass_allocation_refuses_a_product_without_mass(tmp_path: Path) -> None:
    path = spold1(
        tmp_path / "a.xml",
        samples.spold1(
            1, "Plant", "US", out(1, "Goods", 3) + out(2, "Cloth", 1, "m2", "o2") + gas(8)
        ),
        samples.spold1(2, "Other", "US", out(3, "Other", 1) + gas(1)),
    )
    assert codes(refused(path, "mass")) == {"IMP-011"}
    left = take(path, "mass", leave_out=True)
    assert list(solved(left.inventory).values()) == [1.0]
    assert (left.report.totals.left_out, noticed(left.report)["IMP-112"]) == (1, 1)


def test_economic_allocation_uses_the_prices_of_ecospold_2(tmp_path: Path) -> None:
    def price(value: float) -> str:
        return f'<property amount="{value}"><name xml:lang="en">price</name></property>'

    files: dict[str, str | bytes] = {
        "a.spold": samples.spold2(
            "act",
            "joint",
            samples.spold2_output("f1", 3, "kg", "fine", extra=price(2.0))
            + samples.spold2_output("f2", 2, "kg", "coarse", group=2, extra=price(1.0))
            + samples.spold2_emission("Carbon dioxide, fossil", 8),
        )
    }
    values = solved(take(samples.zip_of(tmp_path / "a.zip", files), "economic").inventory)
    assert of(values, "x-fine") == pytest.approx(8 * (6 / 8) / 3)
    assert of(values, "x-coarse") == pytest.approx(8 * (2 / 8) / 2)


def test_simapro_percentages_are_allocation_as_given(tmp_path: Path) -> None:
    process = samples.simapro_process(
        {
            "Products": ["Rice;kg;6250;95.8;x;y;", "Straw;kg;3125;4.2;x;y;"],
            "Emissions to air": ["Methane, biogenic;;kg;100"],
        },
        "rice",
    )
    path = tmp_path / "a.csv"
    path.write_text(samples.simapro_file(process, decimal="."), "utf-8")
    assert codes(refused(path)) == {"IMP-010"}
    values = solved(take(path, "as-given").inventory)
    assert of(values, "x-rice") == pytest.approx(100 * 27.0 * 0.958 / 6250)
    assert of(values, "x-straw") == pytest.approx(100 * 27.0 * 0.042 / 3125)


def test_openlca_factors_of_the_default_method_are_taken(tmp_path: Path) -> None:
    def factor(flow: str, kind: str, value: float) -> dict[str, object]:
        return {"allocationType": kind, "product": {"@id": samples.UUIDS[flow]}, "value": value}

    process = samples.openlca_process(
        "p",
        "joint",
        [
            samples.openlca_exchange("coal", 2, "kg", version=2, incoming=False, ref=True),
            samples.openlca_exchange("wood", 1, "kg", version=2, incoming=False),
            samples.openlca_exchange(
                "co2", 8, "kg", version=2, incoming=False, name="Carbon dioxide, fossil"
            ),
        ],
        defaultAllocationMethod="ECONOMIC_ALLOCATION",
        allocationFactors=[
            factor("coal", "PHYSICAL_ALLOCATION", 0.1),
            factor("wood", "PHYSICAL_ALLOCATION", 0.9),
            factor("coal", "ECONOMIC_ALLOCATION", 0.75),
            factor("wood", "ECONOMIC_ALLOCATION", 0.25),
        ],
    )
    files: dict[str, str | bytes] = {"processes/p.json": json.dumps(process)}
    for flow in ("coal", "wood"):
        files[f"flows/{flow}.json"] = json.dumps(samples.openlca_flow(flow, "PRODUCT_FLOW"))
    values = solved(take(samples.zip_of(tmp_path / "a.zip", files), "as-given").inventory)
    assert of(values, "x-coal") == pytest.approx(8 * 0.75 / 2)
    assert of(values, "x-wood") == pytest.approx(8 * 0.25)


def test_ilcd_shares_stand_at_the_exchanges(tmp_path: Path) -> None:
    files = samples.ilcd_files()
    share = (
        '<allocations><allocation internalReferenceToCoProduct="0" allocatedFraction="70"/>'
        '<allocation internalReferenceToCoProduct="1" allocatedFraction="30"/></allocations>'
    )
    files["processes/mill.xml"] = samples.ilcd_process(
        "mill",
        "Both",
        "RER",
        samples.ilcd_exchange(0, "wood", 2, "Output")
        + samples.ilcd_exchange(1, "coal", 1, "Output")
        + samples.ilcd_exchange(2, "co2", 10, "Output", share),
    )
    del files["processes/mine.xml"], files["processes/plant.xml"]
    values = solved(take(samples.zip_of(tmp_path / "a.zip", files), "as-given").inventory)
    assert of(values, "x-wood") == pytest.approx(10 * 0.7 / 2)
    assert of(values, "x-hard-coal") == pytest.approx(10 * 0.3)


# --- linking ---------------------------------------------------------------------------------


def test_an_input_without_a_supplier_is_refused_or_cut_off_and_counted(tmp_path: Path) -> None:
    path = spold1(
        tmp_path / "a.xml",
        samples.spold1(1, "A", "US", out(1, "A", 1) + use("B", 2) + use("C", 3) + gas(1)),
        samples.spold1(2, "B", "US", out(2, "B", 1) + gas(10)),
    )
    assert codes(refused(path)) == {"IMP-012"}
    imported = take(path, cut_off=True)
    assert of(solved(imported.inventory), "x-a-") == pytest.approx(21.0)
    report = imported.report
    assert (report.status, report.totals.linked, report.totals.cut_off) == ("cut_off", 1, 1)
    assert report.coverage.inputs == 0.5
    assert report.coverage.mass == pytest.approx(2 / 5)
    assert report.coverage.energy is None
    dataset = next(d for d in imported.inventory.datasets.values() if d.status == "cut_off")
    assert (dataset.boundary, dataset.technological) == ("gate-to-gate", 5)
    assert "Cut off: C" in dataset.comment
    assert "1 inputs without a supplier" in imported.inventory.sources["x"].citation


def test_an_input_with_two_suppliers_is_not_guessed(tmp_path: Path) -> None:
    path = spold1(
        tmp_path / "a.xml",
        samples.spold1(1, "A", "US", out(1, "A", 1) + use("B", 2) + gas(1)),
        samples.spold1(2, "B", "US", out(2, "B", 1) + gas(10)),
        samples.spold1(3, "B", "CN", out(2, "B", 1) + gas(20)),
    )
    assert codes(refused(path)) == {"IMP-013"}


def test_a_unit_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = spold1(
        tmp_path / "a.xml",
        samples.spold1(1, "A", "US", out(1, "A", 1) + use("B", 2, "m3") + gas(1)),
        samples.spold1(2, "B", "US", out(2, "B", 1) + gas(10)),
    )
    report = refused(path)
    assert codes(report) == {"IMP-014"}
    assert "'m3'" in report.problems[0].message


def test_a_process_may_use_some_of_its_own_product_but_not_all(tmp_path: Path) -> None:
    path = spold1(
        tmp_path / "a.xml",
        samples.spold1(1, "A", "US", out(1, "A", 1) + use("A", 0.5) + gas(1)),
    )
    assert list(solved(take(path).inventory).values()) == pytest.approx([2.0])
    spold1(path, samples.spold1(1, "A", "US", out(1, "A", 1) + use("A", 1.0) + gas(1)))
    assert codes(refused(path)) == {"IMP-025"}


def test_two_processes_of_one_identity_are_refused(tmp_path: Path) -> None:
    folder = samples.ecospold2(tmp_path)
    (folder / "again.spold").write_bytes((folder / "plant.spold").read_bytes())
    assert "IMP-008" in codes(refused(folder))


def test_a_process_that_makes_nothing_is_refused(tmp_path: Path) -> None:
    path = spold1(tmp_path / "a.xml", samples.spold1(1, "A", "US", out(1, "A", 0) + gas(1)))
    assert codes(refused(path)) == {"IMP-009"}


def test_a_gas_that_is_no_mass_is_refused(tmp_path: Path) -> None:
    methane = samples.spold1_exchange(9, "Methane, fossil", 1, "m3", "o4", **CO2)
    path = spold1(tmp_path / "a.xml", samples.spold1(1, "A", "US", out(1, "A", 1) + methane))
    assert "IMP-018" in codes(refused(path))


def test_a_file_in_which_nothing_is_a_greenhouse_gas_is_refused(tmp_path: Path) -> None:
    dust = samples.spold1_exchange(9, "Dust", 1, "kg", "o4", **CO2)
    path = spold1(tmp_path / "a.xml", samples.spold1(1, "A", "US", out(1, "A", 1) + dust))
    assert codes(refused(path)) == {"IMP-021"}


def test_what_may_be_a_gas_stays_visible_in_the_dataset(tmp_path: Path) -> None:
    freon = samples.spold1_exchange(9, "Methane, dibromo-, Halon-1002", 1, "kg", "o4", **CO2)
    path = spold1(tmp_path / "a.xml", samples.spold1(1, "A", "US", out(1, "A", 1) + freon + gas(1)))
    imported = take(path)
    (dataset,) = imported.inventory.datasets.values()
    assert "Not counted: Methane, dibromo-, Halon-1002" in dataset.comment
    assert noticed(imported.report)["IMP-103"] == 1


def test_an_ilcd_flow_that_the_package_leaves_out_is_never_counted_as_nothing(
    tmp_path: Path,
) -> None:
    files = samples.ilcd_files()
    del files["flows/so2.xml"]
    path = samples.zip_of(tmp_path / "a.zip", files)
    assert codes(refused(path)) == {"IMP-019"}
    assert take(path, cut_off=True).report.totals.cut_off == 1


@pytest.mark.parametrize("name", ["", "Mill", "a b", "a--b", "../x", "x" * 41])
def test_the_name_of_an_import_is_an_id(name: str, refinery: Path) -> None:
    with pytest.raises(ImportRefused) as caught:
        import_inventory(refinery, ImportOptions(name))
    assert [problem.code for problem in caught.value.problems] == ["IMP-022"]


def test_what_is_worth_knowing_is_noticed(tmp_path: Path) -> None:
    """A file in Windows-1252, without years, with a process that does nothing."""
    text = samples.simapro_file(
        samples.simapro_process({"Products": ["Kälte;MJ;1;100;x;y;"]}, "idle")
        + samples.simapro_process(
            {"Products": ["Heat;MJ;1;100;x;y;"], "Emissions to air": ["Carbon dioxide;;kg;1"]}, "h"
        )
    )
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("windows-1252"))
    assert noticed(take(path).report) == {
        "IMP-102": 1,  # of unstated origin
        "IMP-106": 2,  # no location
        "IMP-107": 2,  # no year
        "IMP-108": 1,  # without burden
        "IMP-109": 1,  # encoding assumed
    }
    assert {d.year for d in take(path).inventory.datasets.values()} == {1900}


def test_a_gas_that_goes_the_wrong_way_is_noticed(tmp_path: Path) -> None:
    taken = samples.spold1_exchange(9, "Methane, fossil", 1, "kg", "i4", **CO2)
    path = spold1(tmp_path / "a.xml", samples.spold1(1, "A", "US", out(1, "A", 1) + taken + gas(1)))
    assert noticed(take(path).report)["IMP-111"] == 1


def test_a_file_without_processes_is_refused(tmp_path: Path) -> None:
    assert codes(refused(spold1(tmp_path / "a.xml"))) == {"IMP-007"}
