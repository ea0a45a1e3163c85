"""What a stranger's file may do that looks sound and is not: doubled, shifted, never-ending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import (
    simapro_file,
    simapro_process,
    spold1,
    spold1_exchange,
    spold1_file,
    workbook,
    zip_of,
)
from scipy.sparse import csc_matrix

from footprint.inventory.productive import unproductive

CO2 = "Carbon dioxide, fossil;;kg;{};Undefined;0;0;0;"
AIR = {"category": "air", "subCategory": "unspecified"}


def export(folder: Path, decimal: str, sections: dict[str, list[str]], more: str = "") -> Path:
    path = folder / "export.csv"
    made = {"Products": ["A;kg;1;100;n;M;"]} | sections
    path.write_text(simapro_file(simapro_process(made, "a"), more, decimal), "utf-8")
    return path


@pytest.mark.parametrize("amount", ["1.000", "12.500", "1.234,5", "2*1.000", "1.000.000"])
def test_points_in_a_file_of_decimal_commas_are_asked_for(amount: str, tmp_path: Path) -> None:
    path = export(tmp_path, ",", {"Emissions to air": [CO2.format(amount)]})
    report = refused(path)
    assert "IMP-015" in codes(report)
    assert "decimal sign is a comma" in report.problems[0].message


@pytest.mark.parametrize(("amount", "right"), [("0.125", 0.125), ("1,5E-3", 0.0015), ("2.5", 2.5)])
def test_points_that_can_only_be_decimal_are_read(
    amount: str, right: float, tmp_path: Path
) -> None:
    path = export(tmp_path, ",", {"Emissions to air": [CO2.format(amount)]})
    assert list(solved(take(path).inventory).values()) == pytest.approx([right])


@pytest.mark.parametrize("title", ["Emissions to Air", "EMISSIONS TO AIR", "emissions to air"])
def test_a_section_is_known_however_its_letters_are_written(title: str, tmp_path: Path) -> None:
    rows = {title: [CO2.format(1)], "Emissions to air": [CO2.format(2)]}
    imported = take(export(tmp_path, ".", rows))
    assert list(solved(imported.inventory).values()) == [3.0]
    assert imported.report.status == "complete"


def test_a_parameter_that_stands_twice_is_refused_unless_it_is_the_same(tmp_path: Path) -> None:
    rows = {"Emissions to air": [CO2.format("x")], "Input parameters": []}
    same = ["x;2;Undefined;0;0;0;No;", "X;2;Undefined;0;0;0;No;"]
    path = export(tmp_path, ".", rows | {"Input parameters": same})
    assert list(solved(take(path).inventory).values()) == [2.0]
    path = export(tmp_path, ".", rows | {"Input parameters": [same[0], same[1].replace("2", "3")]})
    assert codes(refused(path)) == {"IMP-016"}


def test_two_products_of_one_exchange_number_are_two_products(tmp_path: Path) -> None:
    made = spold1_exchange(1, "A", 1, "kg", "o0", location="DE")
    made += spold1_exchange(1, "B", 3, "kg", "o2", location="DE")
    made += spold1_exchange(9, "Carbon dioxide, fossil", 4, "kg", "o4", **AIR)
    path = tmp_path / "a.xml"
    path.write_text(spold1_file(spold1(1, "A", "DE", made)), "utf-8")
    assert codes(refused(path)) == {"IMP-010"}
    values = solved(take(path, "mass").inventory)
    assert (of(values, "x-a-"), of(values, "x-b-")) == (1.0, 1.0)


@pytest.mark.parametrize(
    "kind",
    [
        {"uncertaintyType": "7", "minValue": "1", "maxValue": "9"},
        {"uncertaintyType": "0", "standardDeviation95": "1.3"},
        {"standardDeviation95": "0.3"},
        {"uncertaintyType": "4", "minValue": "5", "maxValue": "9"},
        {"uncertaintyType": "3", "minValue": "5", "mostLikelyValue": "6", "maxValue": "9"},
    ],
)
def test_an_uncertainty_that_says_something_else_is_noticed(
    kind: dict[str, str], tmp_path: Path
) -> None:
    made = spold1_exchange(1, "A", 1, "kg", "o0", location="DE")
    made += spold1_exchange(9, "Carbon dioxide, fossil", 4, "kg", "o4", **AIR, **kind)
    path = tmp_path / "a.xml"
    path.write_text(spold1_file(spold1(1, "A", "DE", made)), "utf-8")
    imported = take(path)
    assert list(solved(imported.inventory).values()) == [4.0]
    assert noticed(imported.report)["IMP-115"] == 1


def test_where_every_process_is_left_out_nothing_is_imported(tmp_path: Path) -> None:
    rows = {"Products": ["A;kg;1;50;n;M;", "B;kg;1;50;n;M;"], "Emissions to air": [CO2.format(1)]}
    report = refused(export(tmp_path, ".", rows), leave_out=True)
    assert codes(report) == {"IMP-007"}


HEAD = ["name", "amount", "unit", "location", "type", "categories", "formula"]


def activity(name: str) -> list[list[Any]]:
    gas = ["Carbon dioxide, fossil", None, "kilogram", None, "biosphere", "air", "x"]
    made = [name, 1, "kilogram", "DE", "production", None, None]
    facts: list[list[Any]] = [["code", name], ["location", "DE"], ["unit", "kilogram"]]
    return [["Activity", name], *facts, ["Exchanges"], [*HEAD], made, gas, []]


def test_each_database_of_a_workbook_has_its_own_parameters(tmp_path: Path) -> None:
    def sheet(database: str, value: int, name: str) -> list[list[Any]]:
        table: list[list[Any]] = [["Database parameters"], ["name", "amount"], ["x", value], []]
        return [["Database", database], [], *table, *activity(name)]

    path = workbook(
        tmp_path / "b.xlsx", {"one": sheet("one", 2, "left"), "two": sheet("two", 7, "right")}
    )
    values = solved(take(path).inventory)
    assert (of(values, "left"), of(values, "right")) == (2.0, 7.0)


def test_two_columns_of_amounts_are_refused(tmp_path: Path) -> None:
    rows = activity("a")
    rows[5] = [*HEAD[:6], "amount"]
    path = workbook(tmp_path / "b.xlsx", {"one": [["Database", "one"], [], *rows]})
    assert "IMP-020" in codes(refused(path))


DATASETS = "id,name_en,unit,location,year,kind,activity,boundary\n"
DATASETS += "a,A,kg,DE,2024,unit_process,transformation,cradle-to-gate\n"


def template(folder: Path, exchanges: str, datasets: str = DATASETS) -> Path:
    return zip_of(folder / "t.zip", {"datasets.csv": datasets, "exchanges.csv": exchanges})


def test_blank_rows_and_semicolons_of_a_template_have_no_effect(tmp_path: Path) -> None:
    rows = "dataset,type,input,amount,unit\n,,,,\n\na,biosphere,co2-fossil,500,g\n"
    assert solved(take(template(tmp_path, rows)).inventory) == {"x-a": 0.5}
    path = template(tmp_path, rows.replace(",", ";"), DATASETS.replace(",", ";"))
    assert solved(take(path).inventory) == {"x-a": 0.5}


def test_a_column_that_stands_twice_in_a_template_is_refused(tmp_path: Path) -> None:
    rows = "dataset,type,input,amount,amount,unit\na,biosphere,co2-fossil,3,5,kg\n"
    assert codes(refused(template(tmp_path, rows))) == {"IMP-020"}


def test_a_sheet_or_column_of_a_template_that_is_not_read_is_said(tmp_path: Path) -> None:
    datasets = [row.split(",") for row in DATASETS.split()]
    head = ["dataset", "type", "input", "amount", "unit"]
    rows: list[list[Any]] = [[*head], ["a", "biosphere", "co2-fossil", 3, "kg"]]
    sheets: dict[str, list[list[Any]]] = {"datasets": [*datasets], "exchanges": rows, "more": rows}
    imported = take(workbook(tmp_path / "t.xlsx", sheets))
    assert solved(imported.inventory) == {"x-a": 3.0}
    assert noticed(imported.report)["IMP-113"] == 1
    sheets["exchanges"] = [[*head], [*rows[1], 77]]
    assert codes(refused(workbook(tmp_path / "t.xlsx", sheets))) == {"IMP-020"}


@pytest.mark.parametrize(
    ("uses", "found"),
    [
        ([[1.2]], [0]),
        ([[0.2]], []),
        ([[0.0, 1.0], [2.0, 0.0]], [0, 1]),
        ([[0.0, 1.0], [1.0, 0.0]], [0, 1]),  # exactly singular
        ([[0.0, 0.5], [1.0, 0.0]], []),
        ([[0.0, -3.0], [1.0, 0.0]], []),  # a credit in a loop
        ([[1.2, -0.5], [0.1, 0.0]], [0, 1]),  # a credit does not mend it
        ([[0.5, -0.9], [0.9, 0.0]], []),
        ([[0.0, 0.0, 0.0], [0.3, 1.5, 0.0], [-9.0, 0.0, 0.0]], [1]),
    ],
)
def test_loops_that_use_as_much_as_they_make_are_found(
    uses: list[list[float]], found: list[int]
) -> None:
    matrix = np.eye(len(uses)) - np.array(uses)
    assert unproductive(csc_matrix(matrix)) == found
