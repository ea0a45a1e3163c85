"""Brightway workbooks as people write them: each kind of trap in several forms.

The right value of each is what the layout means by it, and what bw2io 0.9.17 reads (`tests/corpus`
compares with it).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import workbook

Rows = list[list[Any]]
HEAD = ["name", "amount", "unit", "location", "type", "categories"]
CO2 = "Carbon dioxide, fossil"


def activity(
    name: str, unit: str, rows: Rows, header: list[Any] | None = None, **more: Any
) -> Rows:
    facts = {"code": name, "location": "DE", "reference product": name, "unit": unit} | more
    block: Rows = [["Activity", name], *([key, value] for key, value in facts.items())]
    return [*block, ["Exchanges"], header or HEAD, *rows, []]


def made(name: str, unit: str, amount: float = 1) -> list[Any]:
    return [name, amount, unit, "DE", "production", None]


def gas(amount: Any, unit: Any = "kilogram") -> list[Any]:
    return [CO2, amount, unit, None, "biosphere", "air"]


def book(folder: Path, *blocks: Rows, first: Rows | None = None) -> Path:
    rows: Rows = [*(first or []), ["Database", "shop"], [], *(row for b in blocks for row in b)]
    return workbook(folder / "book.xlsx", {"sheet": rows})


@pytest.mark.parametrize("product", ["ton", "gram", "megajoule", "unit"])
@pytest.mark.parametrize("unit", [None, "", "(Unknown)"])
def test_an_emission_without_a_unit_is_in_kg_whatever_the_product_is_in(
    product: str, unit: str | None, tmp_path: Path
) -> None:
    path = book(tmp_path, activity("kiln", product, [made("kiln", product), gas(785, unit)]))
    imported = take(path)
    assert list(solved(imported.inventory).values()) == [785.0]
    assert noticed(imported.report)["IMP-116"] == 1


@pytest.mark.parametrize(
    ("supplier", "user", "amount", "right"),
    [
        ("kilowatt hour", "megajoule", 0.3, 0.12),
        ("megajoule", "kilogram", 5.0, 2.0),
        ("ton", "kilogram", 0.01, 0.004),
        ("kilogram", "ton", 1000.0, 400.0),
    ],
)
def test_an_input_without_a_unit_is_in_that_of_its_supplier(
    supplier: str, user: str, amount: float, right: float, tmp_path: Path
) -> None:
    header = ["name", "amount", "database", "code", "type", None, None]
    path = book(
        tmp_path,
        activity("mix", supplier, [made("mix", supplier), gas(0.4)]),
        activity(
            "heat",
            user,
            [
                ["heat", 1, "shop", "heat", "production"],
                ["mix", amount, "shop", "mix", "technosphere"],
            ],
            header,
        ),
    )
    assert of(solved(take(path).inventory), "heat") == pytest.approx(right)


def test_an_input_from_another_database_has_no_supplier_here(tmp_path: Path) -> None:
    header = ["name", "amount", "unit", "database", "code", "type", "categories"]
    path = book(
        tmp_path,
        activity("mix", "kilogram", [made("mix", "kilogram"), gas(0.4)]),
        activity(
            "heat",
            "kilogram",
            [
                ["heat", 1, "kilogram", "shop", "heat", "production", None],
                ["mix", 1, "kilogram", "ecoinvent", "mix", "technosphere", None],
            ],
            header,
        ),
    )
    assert codes(refused(path)) == {"IMP-012"}


@pytest.mark.parametrize("width", [6, 7, 9])
def test_cutoff_n_keeps_n_columns(width: int, tmp_path: Path) -> None:
    rows = [[*made("kiln", "kilogram"), "see memo"], [*gas(0.785), "guess"]]
    header: list[Any] = [*HEAD, "note"]
    path = book(tmp_path, activity("kiln", "kilogram", rows, header), first=[["cutoff", width]])
    assert list(solved(take(path).inventory).values()) == [0.785]


def test_a_cutoff_that_takes_the_types_away_is_refused(tmp_path: Path) -> None:
    rows = [made("kiln", "kilogram"), gas(0.785)]
    path = book(tmp_path, activity("kiln", "kilogram", rows), first=[["cutoff", 4]])
    assert "IMP-026" in codes(refused(path))


BLANKS: dict[str, Rows] = {
    "between exchanges": [
        ["Activity", "k"], ["unit", "kilogram"], ["Exchanges"], HEAD,
        made("k", "kilogram"), gas(0.53), [], gas(0.31),
    ],
    "several": [
        ["Activity", "k"], ["unit", "kilogram"], ["Exchanges"], HEAD, [], [],
        made("k", "kilogram"), [], [], gas(0.53), [], [], gas(0.31),
    ],
    "among the facts": [
        ["Activity", "k"], [], ["unit", "kilogram"], [], ["location", "DE"], [], ["Exchanges"],
        HEAD, made("k", "kilogram"), gas(0.84),
    ],
    "before the header": [
        ["Activity", "k"], ["unit", "kilogram"], ["Exchanges"], [], HEAD,
        made("k", "kilogram"), gas(0.84),
    ],
}  # fmt: skip


@pytest.mark.parametrize("where", BLANKS)
def test_blank_rows_have_no_effect_inside_an_activity(where: str, tmp_path: Path) -> None:
    imported = take(book(tmp_path, BLANKS[where]))
    assert list(solved(imported.inventory).values()) == pytest.approx([0.84])
    assert imported.report.status == "complete"


def with_parameters(name: str, rows: Rows) -> Rows:
    header = [*HEAD, "formula"]
    exchanges: Rows = [[*made(name, "kilogram"), None], [*gas(None), "1 / eff"]]
    whole = activity(name, "kilogram", exchanges, header)
    at = whole.index(["Exchanges"])
    return [*whole[:at], *([["Parameters", f"act_{name}"], *rows] if rows else []), *whole[at:]]


def test_a_parameter_belongs_to_its_activity_then_the_database_then_the_project(
    tmp_path: Path,
) -> None:
    columns = ["name", "amount", "formula"]
    first: Rows = [
        ["Project parameters"], columns, ["eff", 0.1, None], ["base", 4.0, None], [],
        ["Database parameters"], columns, ["eff", None, "base / 8"], ["out", None, "eff * 2"], [],
    ]  # fmt: skip
    path = book(
        tmp_path,
        with_parameters("own", [columns, ["eff", 0.8, None]]),
        with_parameters("shared", []),
        # `out` stands in the database and takes the `eff` of the database, 0.5.
        with_parameters("outer", [columns, ["base", 100.0, None], ["eff", None, "out / 4"]]),
        first=first,
    )
    values = solved(take(path).inventory)
    assert of(values, "x-own") == pytest.approx(1.25)
    assert of(values, "x-shared") == pytest.approx(2.0)
    assert of(values, "x-outer") == pytest.approx(4.0)


@pytest.mark.parametrize(("stored", "notice"), [(2.0, 0), (3.0, 1), (None, 0)])
def test_a_formula_counts_before_the_amount_beside_it_and_a_difference_is_said(
    stored: float | None, notice: int, tmp_path: Path
) -> None:
    header = [*HEAD, "formula"]
    rows = [[*made("k", "kilogram"), None], [*gas(stored), "4 / 2"]]
    imported = take(book(tmp_path, activity("k", "kilogram", rows, header)))
    assert list(solved(imported.inventory).values()) == [2.0]
    assert noticed(imported.report).get("IMP-117", 0) == notice


def test_a_formula_that_nobody_can_evaluate_leaves_the_stored_amount_with_a_notice(
    tmp_path: Path,
) -> None:
    header = [*HEAD, "formula"]
    rows = [[*made("k", "kilogram"), None], [*gas(2), "median(1, 2)"]]
    imported = take(book(tmp_path, activity("k", "kilogram", rows, header)))
    assert list(solved(imported.inventory).values()) == [2.0]
    assert noticed(imported.report)["IMP-117"] == 1


@pytest.mark.parametrize("cell", ["=1+1", "=Sheet2!A4", "=SUM(B1:B3)"])
def test_a_cell_formula_without_a_stored_value_has_a_message_of_its_own(
    cell: str, tmp_path: Path
) -> None:
    report = refused(book(tmp_path, activity("k", "kilogram", [made("k", "kilogram"), gas(cell)])))
    assert codes(report) >= {"IMP-015"}
    problem = next(p for p in report.problems if p.code == "IMP-015")
    assert "without a stored value" in problem.message
    assert "save it" in problem.hint


@pytest.mark.parametrize("linked_by", ["code", "name"])
@pytest.mark.parametrize("amount", [1, 2])
def test_product_nodes_stand_for_what_a_process_makes(
    linked_by: str, amount: float, tmp_path: Path
) -> None:
    header = ["name", "amount", "database", "code", "type", "unit", "location", "categories"]
    code = "prod-el" if linked_by == "code" else None
    database = "shop" if code else None
    node: Rows = [
        ["Activity", "electricity"], ["code", "prod-el"], ["type", "product"],
        ["unit", "kilowatt hour"], ["location", "DE"], [],
    ]  # fmt: skip
    wind = activity(
        "wind park",
        "",
        [
            ["electricity", amount, database, code, "production", "kilowatt hour", "DE", None],
            [CO2, 0.02 * amount, None, None, "biosphere", "kilogram", None, "air"],
        ],
        header,
        type="process",
        **{"reference product": None},
    )
    part = activity(
        "part",
        "kilogram",
        [
            ["part", 1, "shop", "part", "production", "kilogram", "DE", None],
            ["electricity", 3, database, code, "technosphere", "kilowatt hour", "DE", None],
        ],
        header,
    )
    assert of(solved(take(book(tmp_path, node, wind, part)).inventory), "x-part") == pytest.approx(
        0.06
    )


def test_a_production_amount_only_describes(tmp_path: Path) -> None:
    block = activity("k", "kilogram", [gas(3)], None, **{"production amount": 12})
    imported = take(book(tmp_path, block))
    assert list(solved(imported.inventory).values()) == [3.0]  # 1 is made, as Brightway reads it
    assert noticed(imported.report)["IMP-113"] == 1


def test_what_belongs_to_no_block_is_said_and_counts_against_the_coverage(tmp_path: Path) -> None:
    stray: Rows = [["steel", 4, "kilogram"], []]
    rows = activity("k", "kilogram", [made("k", "kilogram"), gas(3)])
    path = workbook(tmp_path / "b.xlsx", {"s": [["Database", "shop"], [], *stray, *rows]})
    report = take(path).report
    assert noticed(report)["IMP-114"] == 1
    assert (report.status, report.coverage.inputs) == ("incomplete", 0.0)


def test_a_sheet_without_a_first_cell_is_said(tmp_path: Path) -> None:
    rows = activity("k", "kilogram", [made("k", "kilogram"), gas(3)])
    sheets = {"s": [["Database", "shop"], [], *rows], "t": [[], *rows]}
    report = take(workbook(tmp_path / "b.xlsx", sheets)).report
    assert noticed(report)["IMP-114"] == 1
    assert report.status == "incomplete"


def test_a_column_that_is_not_read_is_said(tmp_path: Path) -> None:
    rows = [[*made("k", "kilogram"), 3], [*gas(1), 9]]
    path = book(tmp_path, activity("k", "kilogram", rows, [*HEAD, "correction"]))
    assert noticed(take(path).report)["IMP-113"] == 1
