"""SimaPro exports: waste scenarios, product stages, scopes, substances, what nobody understands."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import simapro_file, simapro_process

CO2 = "Carbon dioxide, fossil;;kg;{};Undefined;0;0;0;"


def treatment(name: str, co2: float, amount: float = 1) -> str:
    return simapro_process(
        {
            "Emissions to air": [CO2.format(co2)],
            "Waste treatment": [f"{name};kg;{amount:g};All waste types;Landfill;"],
        },
        name,
    )


def scenario(separated: list[str], remaining: list[str], kind: str = "All waste types") -> str:
    return simapro_process(
        {
            "Waste scenario": [f"Bin;kg;1;{kind};Others;"],
            "Separated waste": separated,
            "Remaining waste": remaining,
        },
        "bin",
    )


def export(folder: Path, *blocks: str, more: str = "") -> Path:
    path = folder / "export.csv"
    path.write_text(simapro_file("".join(blocks), more, decimal="."), "utf-8")
    return path


ALL = "All waste types"


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("separated", "remaining", "right"),
    [
        ([f"Burn;{ALL};40;"], [f"Fill;{ALL};100;"], 0.4 * 3 + 0.6 * 0.5),
        ([], [f"Fill;{ALL};75;", f"Burn;{ALL};25;"], 0.75 * 0.5 + 0.25 * 3),
        ([f"Burn;{ALL};20;", f"Fill;{ALL};30;"], [f"Burn;{ALL};100;"], 0.7 * 3 + 0.3 * 0.5),
        ([f"Burn;{ALL};100;"], [], 3.0),
        ([f"Burn;{ALL};100;"], [f"Fill;{ALL};100;"], 3.0),
    ],
)
def test_a_waste_scenario_splits_its_waste(
    separated: list[str], remaining: list[str], right: float, sign: int, tmp_path: Path
) -> None:
    burn, fill = treatment("Burn", 3, sign), treatment("Fill", 0.5, sign)
    imported = take(export(tmp_path, burn, fill, scenario(separated, remaining)))
    assert of(solved(imported.inventory), "x-bin") == pytest.approx(right)
    assert imported.report.status == "complete"


def test_a_scenario_of_one_waste_type_applies_its_rows_of_that_type(tmp_path: Path) -> None:
    bin_ = scenario(["Burn;Plastics;40;"], [f"Fill;{ALL};100;"], "Plastics")
    imported = take(export(tmp_path, treatment("Burn", 3), treatment("Fill", 0.5), bin_))
    assert of(solved(imported.inventory), "x-bin") == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("separated", "remaining"),
    [
        (["Burn;Paper;40;"], [f"Fill;{ALL};100;"]),  # how much paper is in it?
        ([f"Burn;{ALL};40;"], ["Fill;Plastics;100;"]),
        ([f"Burn;{ALL};40;"], [f"Fill;{ALL};90;"]),
        ([f"Burn;{ALL};40;"], []),
        ([f"Burn;{ALL};70;", f"Fill;{ALL};50;"], []),
    ],
)
def test_a_split_that_is_not_known_is_refused_or_cut_off_and_never_complete(
    separated: list[str], remaining: list[str], tmp_path: Path
) -> None:
    path = export(
        tmp_path, treatment("Burn", 3), treatment("Fill", 0.5), scenario(separated, remaining)
    )
    assert codes(refused(path)) == {"IMP-028"}
    report = take(path, cut_off=True).report
    assert (report.status, report.totals.cut_off) == ("cut_off", 1)
    assert report.coverage.inputs < 1.0


def stage(kind: str, product: str, sections: dict[str, list[str]]) -> str:
    lines = ["Product stage", "", "Category type", kind, "", "Status", "", ""]
    lines += ["Products", f"{product};p;1;{kind};", ""]
    for name, rows in sections.items():
        lines += [name, *rows, ""]
    return "\r\n".join([*lines, "End", "", ""])


def test_product_stages_are_processes_of_their_own(tmp_path: Path) -> None:
    steel = simapro_process(
        {"Products": ["Steel;kg;1;100;not defined;Metals;"], "Emissions to air": [CO2.format(2)]},
        "steel",
    )
    chair = stage("assembly", "Chair", {"Materials/assemblies": ["Steel;kg;3;Undefined;0;0;0;"]})
    life = stage(
        "life cycle",
        "Life",
        {"Assembly": ["Chair;p;1;Undefined;0;0;0;"], "Processes": ["Burn;kg;3;Undefined;0;0;0;"]},
    )
    values = solved(take(export(tmp_path, steel, treatment("Burn", 0.5), chair, life)).inventory)
    assert (of(values, "x-chair"), of(values, "x-life")) == pytest.approx((6.0, 7.5))


def plain(name: str, rows: list[str], **sections: list[str]) -> str:
    product = [f"{name};kg;1;100;not defined;Metals;"]
    named = {key.replace("_", " "): value for key, value in sections.items()}
    return simapro_process({"Products": product, "Emissions to air": rows, **named}, name)


def test_a_process_parameter_goes_before_the_project_and_that_before_the_database(
    tmp_path: Path,
) -> None:
    more = (
        "Database Input parameters\r\nf;1;Undefined;0;0;0;No;\r\ng;5;Undefined;0;0;0;No;\r\n\r\n"
        "End\r\n\r\nDatabase Calculated parameters\r\nh;f*10;\r\n\r\nEnd\r\n\r\n"
        "Project Input parameters\r\nf;2;Undefined;0;0;0;No;\r\n\r\nEnd\r\n"
    )
    inner = ["f;3;Undefined;0;0;0;No;"]
    path = export(
        tmp_path,
        plain("A", [CO2.format("f")]),
        plain("B", [CO2.format("f")], Input_parameters=inner),
        plain("C", [CO2.format("g")]),
        plain("D", [CO2.format("h")], Input_parameters=inner),
        more=more,
    )
    values = solved(take(path).inventory)
    found = [of(values, f"x-{name}-") for name in "abcd"]
    assert found == pytest.approx([2.0, 3.0, 5.0, 10.0])  # h: the formula of the database


@pytest.mark.parametrize("row", ["Steel;2;kg;Undefined;0;0;0;", "Steel;kg;2;Undefined;0;0;0;"])
def test_amount_and_unit_may_stand_in_either_order(row: str, tmp_path: Path) -> None:
    path = export(
        tmp_path, plain("Steel", [CO2.format(2)]), plain("Part", [], **{"Materials/fuels": [row]})
    )
    assert of(solved(take(path).inventory), "x-part") == pytest.approx(4.0)


def test_an_unknown_section_with_numbers_leaves_the_process_incomplete(tmp_path: Path) -> None:
    path = export(
        tmp_path,
        plain("A", [CO2.format(2)], Inputs_of_a_new_kind=["Steel;kg;3;Undefined;0;0;0;"]),
        plain("B", [CO2.format(2)], Remarks=["nothing of weight"]),
    )
    imported = take(path)
    found = noticed(imported.report)
    assert (found["IMP-114"], found["IMP-113"]) == (1, 1)
    assert imported.report.status == "incomplete"
    by_name = {d.name_en: d for d in imported.inventory.datasets.values()}
    assert (by_name["A"].status, by_name["A"].completeness) == ("cut_off", 0.5)
    assert (by_name["B"].status, by_name["B"].completeness) == ("imported", 1.0)


def test_an_unknown_block_and_a_row_outside_sections_are_said(tmp_path: Path) -> None:
    broken = plain("A", [CO2.format(2)]).replace("\r\nEnd", "\r\n\r\nSteel;kg;3\r\nEnd")
    report = take(export(tmp_path, broken, more="Surprise\r\na;b;1\r\n\r\nEnd\r\n")).report
    assert noticed(report)["IMP-114"] == 2
    assert report.coverage.inputs == 0.0
