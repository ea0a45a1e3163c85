"""EcoSpold 1 and 2: infrastructure, groups, waste by-products; and what is a co-product at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import spold1, spold1_exchange, spold1_file, spold2, spold2_emission
from sample_spold import spold2_output

AIR = {"category": "air", "subCategory": "unspecified"}


def gas(amount: float) -> str:
    return spold1_exchange(900, "Carbon dioxide, fossil", amount, "kg", "o4", **AIR)


def file1(folder: Path, *datasets: str) -> Path:
    path = folder / "a.xml"
    path.write_text(spold1_file("".join(datasets)), "utf-8")
    return path


def boiler(number: int, co2: float, flag: str) -> str:
    made = spold1_exchange(
        1,
        "boiler",
        1,
        "unit",
        "o0",
        location="DE",
        **({"infrastructureProcess": flag} if flag else {}),
    )
    return spold1(number, "boiler", "DE", made + gas(co2))


@pytest.mark.parametrize(("flag", "right"), [("true", 0.07), ("false", 0.06007)])
@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("1", "0"), ("true", "")])
def test_a_plant_and_its_service_are_told_apart_by_the_infrastructure_flag(
    flag: str, right: float, yes: str, no: str, tmp_path: Path
) -> None:
    wanted = {"infrastructureProcess": flag}
    heat = spold1_exchange(1, "heat", 1, "MJ", "o0", location="DE") + gas(0.06)
    heat += spold1_exchange(2, "boiler", 1e-5, "unit", "i5", location="DE", **wanted)
    path = file1(
        tmp_path, boiler(1, 1000, yes), boiler(2, 7, no or "false"), spold1(3, "heat", "DE", heat)
    )
    assert of(solved(take(path).inventory), "x-heat") == pytest.approx(right)


def test_without_the_flag_the_twins_are_ambiguous(tmp_path: Path) -> None:
    heat = spold1_exchange(1, "heat", 1, "MJ", "o0", location="DE")
    heat += spold1_exchange(2, "boiler", 1e-5, "unit", "i5", location="DE")
    path = file1(
        tmp_path, boiler(1, 1000, "true"), boiler(2, 7, "false"), spold1(3, "heat", "DE", heat)
    )
    assert codes(refused(path)) == {"IMP-013"}
    report = take(path, cut_off=True).report
    assert (report.totals.ambiguous, report.totals.cut_off) == (1, 0)


def test_an_unflagged_product_serves_either(tmp_path: Path) -> None:
    flagged = {"infrastructureProcess": "true"}
    heat = spold1_exchange(1, "heat", 1, "MJ", "o0", location="DE")
    heat += spold1_exchange(2, "boiler", 0.5, "unit", "i5", location="DE", **flagged)
    path = file1(tmp_path, boiler(1, 1000, ""), spold1(3, "heat", "DE", heat))
    assert of(solved(take(path).inventory), "x-heat") == pytest.approx(500.0)


@pytest.mark.parametrize("treated", [1.0, -1.0, -2.0])
def test_waste_to_treatment_is_a_burden_whichever_sign_the_treatment_has(
    treated: float, tmp_path: Path
) -> None:
    made = spold1_exchange(1, "part", 1, "kg", "o0", location="DE") + gas(2)
    made += spold1_exchange(2, "sand", 1, "kg", "o3", location="DE")
    treatment = spold1_exchange(2, "sand", treated, "kg", "o0", location="DE")
    path = file1(
        tmp_path,
        spold1(1, "part", "DE", made),
        spold1(2, "sand", "DE", treatment + gas(0.1 * abs(treated))),
    )
    assert of(solved(take(path).inventory), "x-part") == pytest.approx(2.1)


@pytest.mark.parametrize(
    "group", ["<outputGroup>7</outputGroup>", "<inputGroup>0</inputGroup>", ""]
)
def test_a_group_that_is_unknown_or_missing_is_refused(group: str, tmp_path: Path) -> None:
    heat = spold1_exchange(1, "heat", 1, "MJ", "o0", location="DE") + gas(3)
    avoided = spold1_exchange(2, "heat", 1, "MJ", "o1", location="DE")
    broken = avoided.replace("<outputGroup>1</outputGroup>", group)
    made = spold1_exchange(3, "part", 1, "kg", "o0", location="DE") + gas(9) + broken
    path = file1(tmp_path, spold1(1, "heat", "DE", heat), spold1(2, "part", "DE", made))
    assert "IMP-026" in codes(refused(path))


def test_an_unknown_element_among_the_exchanges_is_said(tmp_path: Path) -> None:
    made = spold1_exchange(3, "part", 1, "kg", "o0", location="DE") + gas(9) + "<flow amount='3'/>"
    report = take(file1(tmp_path, spold1(1, "part", "DE", made))).report
    assert noticed(report)["IMP-114"] == 1
    assert (report.status, report.coverage.inputs) == ("incomplete", 0.0)


def classified(value: str) -> str:
    return (
        '<classification classificationId="c"><classificationSystem xml:lang="en">By-product '
        f'classification</classificationSystem><classificationValue xml:lang="en">{value}'
        "</classificationValue></classification>"
    )


def casting(folder: Path, value: str, amount: float, treated: float) -> Path:
    path = folder / "spold"
    path.mkdir()
    cast = spold2_output("p1", 1, "kg", "cast part")
    cast += spold2_output("w1", amount, "kg", "moulding sand", group=2, extra=classified(value))
    files = {
        "cast": spold2("a1", "casting", cast + spold2_emission("Carbon dioxide, fossil", 2.0)),
        "treat": spold2(
            "a2",
            "treatment",
            spold2_output("w1", treated, "kg", "moulding sand")
            + spold2_emission("Carbon dioxide, fossil", 0.1 * abs(treated)),
        ),
    }
    for name, text in files.items():
        (path / f"{name}.spold").write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("allocation", ["refuse", "mass", "economic", "reference"])
@pytest.mark.parametrize(("amount", "treated"), [(1.0, -1.0), (3.0, -1.0), (1.0, 1.0), (0.5, -4.0)])
def test_a_by_product_that_is_classified_as_waste_goes_to_its_treatment(
    amount: float, treated: float, allocation: str, tmp_path: Path
) -> None:
    values = solved(take(casting(tmp_path, "Waste", amount, treated), allocation).inventory)
    assert of(values, "x-cast-part") == pytest.approx(2.0 + 0.1 * amount)


def test_a_by_product_that_is_no_waste_shares_the_burden(tmp_path: Path) -> None:
    (tmp_path / "spold").mkdir()
    path = casting(tmp_path / "spold", "allocatable product", 1.0, -1.0)
    (path / "treat.spold").unlink()
    assert of(solved(take(path, "mass").inventory), "x-cast-part") == pytest.approx(1.0)


def works(folder: Path, by_flow: str, amount: float, unit: str = "kg", main: float = 1.0) -> Path:
    made = spold1_exchange(1, "metal", main, "kg", "o0", location="DE") + gas(9)
    made += spold1_exchange(2, by_flow, amount, unit, "o2", location="DE")
    return file1(folder, spold1(1, "metal", "DE", made))


@pytest.mark.parametrize(
    ("by_flow", "unit"),
    [
        ("Water (river water from technosphere, turbined)", "kg"),
        ("Water, turbine use, unspecified natural origin", "kg"),
        ("Cooling water", "t"),
        ("Compressed air", "kg"),
        ("Electricity, at plant", "kWh"),
        ("Recovered energy", "MJ"),
        ("Steam, at plant", "kg"),
        ("Carbon dioxide, fossil", "kg"),
        ("Particulates", "kg"),
        ("冷却水", "kg"),
    ],
)
def test_what_is_no_product_takes_no_share_by_mass(by_flow: str, unit: str, tmp_path: Path) -> None:
    imported = take(works(tmp_path, by_flow, 55_750, unit), "mass")
    assert list(solved(imported.inventory).values()) == [9.0]
    assert noticed(imported.report)["IMP-120"] == 1


@pytest.mark.parametrize(
    "by_flow", ["Watermelon", "Hot water tank", "Air conditioner", "Heat exchanger", "Sander dust"]
)
def test_a_product_whose_name_only_holds_such_a_word_is_a_co_product(
    by_flow: str, tmp_path: Path
) -> None:
    imported = take(works(tmp_path, by_flow, 2, main=1.0), "mass")
    assert sorted(solved(imported.inventory).values()) == pytest.approx([3.0, 3.0])


@pytest.mark.parametrize("by_flow", ["Municipal solid waste", "Waste paper", "废渣"])
def test_waste_beside_a_product_needs_its_treatment(by_flow: str, tmp_path: Path) -> None:
    assert codes(refused(works(tmp_path, by_flow, 2), "mass")) == {"IMP-012"}
    report = take(works(tmp_path, by_flow, 2), "mass", cut_off=True).report
    assert (report.status, report.totals.cut_off) == ("cut_off", 1)


@pytest.mark.parametrize(("by_flow", "share"), [(8.0, 1 / 9), (9.0, 0.1)])
def test_a_tenth_is_enough(by_flow: float, share: float, tmp_path: Path) -> None:
    imported = take(works(tmp_path, "slag", by_flow), "mass")
    assert of(solved(imported.inventory), "x-metal") == pytest.approx(9 * share)


def test_a_reference_product_that_keeps_less_than_a_tenth_needs_its_name(tmp_path: Path) -> None:
    path = works(tmp_path, "slag", 19.0)
    report = refused(path, "mass")
    assert codes(report) == {"IMP-027"}
    assert "5.00%" in report.problems[0].message
    assert codes(refused(path, "mass", confirmed=("other",))) == {"IMP-027"}
    imported = take(path, "mass", confirmed=("Metal",))
    assert of(solved(imported.inventory), "x-metal") == pytest.approx(9 * 0.05)


def test_all_to_the_reference_product(tmp_path: Path) -> None:
    imported = take(works(tmp_path, "slag", 19.0), "reference")
    assert list(solved(imported.inventory).values()) == [9.0]


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ("metal,reference,", [9.0]),
        ("1,reference,", [9.0]),
        ("metal,reference,slag", [3.0]),
        ("metal,mass,", [2.25, 2.25]),
        ("other,reference,", None),
    ],
)
def test_a_file_says_the_allocation_of_single_processes(
    rows: str, right: list[float] | None, tmp_path: Path
) -> None:
    table = tmp_path / "allocations.csv"
    table.write_text(f"process,allocation,product\n{rows}\n", "utf-8")
    path = works(tmp_path, "slag", 3.0)
    if right is None:
        assert codes(refused(path, allocations=table)) == {"IMP-010"}
        return
    values = solved(take(path, allocations=table).inventory)
    assert sorted(values.values()) == pytest.approx(right)


@pytest.mark.parametrize(
    "text",
    ["process\nmetal\n", "process,allocation\nmetal,guess\n", "process,allocation,x\na,mass,1\n"],
)
def test_an_allocation_file_that_does_not_fit_is_refused(text: str, tmp_path: Path) -> None:
    table = tmp_path / "allocations.csv"
    table.write_text(text, "utf-8")
    assert codes(refused(works(tmp_path, "slag", 3.0), allocations=table)) == {"IMP-029"}
