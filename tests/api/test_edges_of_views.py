"""What forms of the console take and what its lists show at their edges, without a server."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.console.choosing import Unclear, weight_in
from api.console.columns_view import _CELL, _cell, _sheet
from api.console.compare_view import conversions, factor_of, line_differences, same_unit
from api.console.facts_view import _lacking, _places, facts_in, mass_in
from api.console.held_view import _rough
from api.console.improve_view import change_of
from api.console.match_view import next_open
from api.console.products_view import _share
from api.console.requests_view import _piece, days_left
from api.console.result_view import reach_says
from api.console.tiers_view import _STEP, _group
from footprint.bom.plausible import FIRST_YEAR, MOST_OF_A_PIECE
from footprint.faults import InputRefused
from label_templates.console_pages import console_words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = NOON.date()
KINDS = {"lighter": "quantity", "recycled": "recycled_content", "supplier": "supplier"}


def _form(**typed: str) -> Any:
    return SimpleNamespace(text=lambda name, other="": typed.get(name, other))


# Forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kg"),
    [
        *(("85 g", 0.085), ("1,5 kg", 1.5)),
        *(("0 kg", None), ("85", None), ("kg", None), ("85 m", None), ("", None)),
    ],
)
def test_a_mass_is_a_number_above_zero_with_its_unit(typed: str, kg: float | None) -> None:
    assert mass_in(typed) == kg


def test_the_mass_of_a_piece_has_a_bound() -> None:
    most = f"{MOST_OF_A_PIECE:.0f} kg"
    assert weight_in(_form(mass="999 g"), "mass") == 0.999
    assert weight_in(_form(), "mass") is None
    for wrong in ("999", most):
        with pytest.raises(Unclear):
            weight_in(_form(mass=wrong), "mass")


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ({}, None),
        ({"name": ""}, ("name", "empty")),
        ({"amount": "0"}, ("amount", "number")),
        ({"amount": "0,5"}, None),
        ({"amount": "x"}, ("amount", "number")),
        ({"unit": "furlong"}, ("amount", "number")),
        ({"country": "xx"}, ("country", "place")),
        ({"country": "cn"}, None),
        ({"year": "20"}, ("year", "year")),
        ({"year": str(FIRST_YEAR)}, None),
        ({"year": str(FIRST_YEAR - 1)}, ("year", "old")),
        ({"year": "2026"}, None),
        ({"year": "2027"}, ("year", "ahead")),
        ({"mass": "85"}, ("mass", "unit")),
        ({"mass": "heavy"}, ("mass", "mass")),
        ({"mass": f"{MOST_OF_A_PIECE:.0f} kg"}, ("mass", "heavy")),
        ({"mass": f"{MOST_OF_A_PIECE - 1:.0f} kg"}, None),
        ({"mass": f"{MOST_OF_A_PIECE:.0f} kg", "unit": "kilogram"}, None),
    ],
)
def test_facts_are_taken_within_their_bounds(
    typed: dict[str, str], lacks: tuple[str, str] | None
) -> None:
    found = list(_lacking(_form(**{"name": "Kettle"} | typed), frozenset(), NOON))
    assert [one[:2] for one in found] == ([] if lacks is None else [lacks])
    assert "name" not in {one[0] for one in _lacking(_form(), frozenset({"name"}), NOON)}


def test_facts_are_kept_as_a_product_file_has_them_but_for_those_of_the_list() -> None:
    typed = {"name": "Chair", "amount": "0,5", "unit": "kilogram", "country": "cn", "year": "2025"}
    typed |= {"company": "Chairs Ltd"}
    kept = {
        "name": "Chair", "declared_unit": "0.5 kilogram", "country": "CN", "mass": "",
        "reference_period": "2025", "company": "Chairs Ltd", "company_ids": "", "product_ids": "",
    }  # fmt: skip
    bare: Any = SimpleNamespace(data=b"name,quantity,unit\nLeg,4,piece\n", file="a.csv")
    assert facts_in(_form(**typed), bare, NOON) == (kept, ())
    weighed = kept | {"mass": "4.5 kg"}
    assert facts_in(_form(**typed, mass="4500 g"), bare, NOON) == (weighed, ())
    stated: Any = SimpleNamespace(data=b"# name: Stool\n" + bare.data, file="a.csv")
    facts, lacking = facts_in(_form(**typed), stated, NOON)
    assert (set(kept) - set(facts), lacking) == ({"name"}, ())
    assert facts_in(_form(**typed | {"year": "soon"}), bare, NOON) == (
        {},
        (("year", "year", "soon"),),
    )


def test_a_province_that_is_known_stands_before_the_countries() -> None:
    bare, known = _places("en", "CN"), _places("en", "CN-GD")
    assert known[1:] == bare
    assert known[0][0] == "CN-GD"
    assert known[0][1].endswith("(China)")
    assert _places("en", "CN-XX") == bare
    codes = [code for code, _ in bare]
    assert len(codes) == len(set(codes))
    assert {len(code) for code in codes} == {2}


@pytest.mark.parametrize(
    ("form", "taken", "refused"),
    [
        ("lighter:3:{}", ("0.1", "50", "99,9"), ("0", "100", "-1", "101")),
        ("recycled:3:{}:steel-r", ("0", "50", "100"), ("-0.1", "100.1")),
        ("supplier:3:{}:Steel Ltd", ("0", "1.5", "1e9"), ("-0.1", "2e9")),
    ],
)
def test_a_change_keeps_its_limits(
    form: str, taken: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    for number in taken:
        assert change_of(form.format(number)).change == KINDS[form.partition(":")[0]]
    for number in refused:
        with pytest.raises(InputRefused, match="is not between"):
            change_of(form.format(number))
    for wrong in (form.format("much"), form.partition(":{}")[0]):
        with pytest.raises(InputRefused, match="is not a number"):
            change_of(wrong)


# Lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kg", "total", "share"),
    [(0.0, 4.0, "0"), (1.0, 4.0, "25"), (-1.0, 4.0, ""), (1.0, 0.0, ""), (1.0, -4.0, "")],
)
def test_a_share_is_told_of_what_adds_to_a_total(kg: float, total: float, share: str) -> None:
    assert _share(kg, total) == share


@pytest.mark.parametrize(("due", "days"), [(None, 0), (DAY, 0), (date(2026, 11, 18), -2)])
def test_a_request_has_so_many_days_left(due: date | None, days: int) -> None:
    visit: Any = SimpleNamespace(service=SimpleNamespace(clock=lambda: NOON))
    assert days_left(visit, cast("Any", SimpleNamespace(due=due))) == days


@pytest.mark.parametrize(
    ("until", "shown", "over"),
    [(None, "", False), (DAY, "2026-11-20", False), (date(2026, 11, 19), "2026-11-19", True)],
)
def test_evidence_is_good_on_its_last_day(until: date | None, shown: str, over: bool) -> None:
    piece: Any = SimpleNamespace(
        id="i", title="t", facts=json.dumps({"period": "2025"}), valid_until=until
    )
    row = _piece(piece, DAY, console_words("en"))
    assert (row.until, row.over) == (shown, over)


def test_the_next_open_line_is_behind_the_one_that_was_settled() -> None:
    states = {"a": "open", "b": "settled", "c": "open", "d": "open"}
    kinds = [SimpleNamespace(key=key, state=state) for key, state in states.items()]
    work: Any = SimpleNamespace(kinds=kinds)
    assert [next_open(work, after) for after in ("a", "b", "c", "d", "x")] == list("ccdaa")
    assert next_open(cast("Any", SimpleNamespace(kinds=kinds[:2])), "a") == ""


def test_a_cell_is_shortened_where_it_is_too_long() -> None:
    assert _cell(("x" * _CELL,), 0) == "x" * _CELL
    assert _cell(("x" * (_CELL + 1),), 0) == "x" * (_CELL - 1) + "…"
    assert _cell(("x",), 1) == ""


def test_the_sheet_that_is_shown_is_the_named_one_or_the_first_with_rows() -> None:
    sheets = [
        SimpleNamespace(name=name, rows=rows) for name, rows in (("a", [()]), ("b", [("x",)]))
    ]
    book: Any = SimpleNamespace(sheets=sheets)
    assert _sheet(book, None).name == "b"
    assert _sheet(book, cast("Any", SimpleNamespace(sheet="a"))).name == "a"
    assert _sheet(cast("Any", SimpleNamespace(sheets=sheets[:1])), None).name == "a"


def _compared(amount: float, unit: str, mass: float | None = None, **kgs: float) -> Any:
    items = [{"name": name, "kg_co2e": kg} for name, kg in kgs.items()]
    summary = {"amount": amount, "unit": unit, "mass_kg": mass}
    return SimpleNamespace(summary=summary, document={"contributions": items})


def test_what_is_compared_is_converted_where_that_is_known() -> None:
    kilograms, pieces, heavy = (
        _compared(2, "kilogram"),
        _compared(4, "piece"),
        _compared(1, "piece", 5),
    )
    assert [factor_of(one, "kg") for one in (kilograms, pieces, heavy)] == [0.5, None, 0.2]
    assert [factor_of(one, "one") for one in (kilograms, pieces)] == [0.5, 0.25]
    assert factor_of(pieces, "") == 1.0
    assert conversions([pieces, heavy]) == ("one",)
    assert conversions([kilograms, heavy]) == ("kg",)
    assert conversions([kilograms, pieces]) == ()
    assert same_unit([pieces, pieces])
    assert not same_unit([pieces, heavy])


def test_lines_that_differ_are_listed_by_how_much_they_do() -> None:
    first = _compared(1, "piece", steel=2.0, glue=1.0, box=0.5, same=4.0)
    other = _compared(1, "piece", steel=5.0, box=0.4, same=4.0, foam=2.0)
    found = line_differences([first, other], "")
    assert [(one.name, one.kind) for one in found] == [
        ("steel", "changed"),
        ("foam", "only_other"),
        ("glue", "only_first"),
        ("box", "changed"),
    ]
    assert found[1].kgs == ("", "2.00")
    assert found[2].kgs == ("1.00", "")


# Tiers ------------------------------------------------------------------------------------------


def _decision(verdict: str, offered: str, missing: int = 0, rule: str = "x", **more: Any) -> Any:
    first = SimpleNamespace(verdict=offered, rule="in_force")
    second = SimpleNamespace(verdict="fail" if verdict == "fail" else "pass", rule=rule)
    trace = SimpleNamespace(children=(first, second))
    said = {"changes": (), "missing": tuple(map(str, range(missing))), "confirm_first": ()} | more
    return SimpleNamespace(verdict=verdict, trace=trace, **said)


@pytest.mark.parametrize(
    ("decision", "group"),
    [
        (_decision("pass", "pass"), "earned"),
        (_decision("fail", "fail"), "over"),
        (_decision("fail", "pass", rule="takes"), "over"),
        (_decision("unknown", "unknown"), "unsure"),
        (_decision("fail", "pass", changes=(SimpleNamespace(alone=True),)), "step"),
        (_decision("fail", "pass", changes=(SimpleNamespace(alone=False),)), "later"),
        (_decision("unknown", "pass", _STEP), "step"),
        (_decision("unknown", "pass", _STEP + 1), "later"),
        (_decision("fail", "pass", 1), "later"),
    ],
)
def test_a_tier_is_in_the_group_of_what_keeps_it_away(
    decision: Any, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.console.tiers_view.stays_open", lambda _: False)
    assert _group(decision) == group


def test_a_rough_figure_is_an_estimate_by_material_or_a_model_that_counts_as_one() -> None:
    kept = {"model": SimpleNamespace(screening=True), "steel": SimpleNamespace(screening=False)}
    inventory: Any = SimpleNamespace(datasets=kept)
    for dataset, matched_by, rough in (
        ("steel", "name", False),
        ("steel", "screening", True),
        ("model", "name", True),
        ("gone", "name", False),
    ):
        assert _rough({"dataset": dataset, "matched_by": matched_by}, inventory) == rough


def test_who_has_counted_his_works_is_not_asked_for_their_electricity() -> None:
    assert reach_says("cradle-to-gate", {"material": 1.0}) == "boundary_gate"
    assert reach_says("cradle-to-gate", {"production": 1.0}) == "boundary_gate_made"
    assert reach_says("cradle-to-grave", {"production": 1.0}) == "boundary_grave"
    for language in ("en", "zh"):
        words = console_words(language)
        said = words.say("boundary_gate_made")
        assert words.say("boundary_gate").startswith(said[:-1])
