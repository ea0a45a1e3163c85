"""What pages say of products, comparisons, changes and data, each case both ways, without a
server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from evidence import some

from api.answering.offers import FootprintOffer
from api.console import facts_view, library
from api.console.columns_view import _columns, _first_cell, _questions, _unique
from api.console.compare_view import bars, line_differences, one_view, to_compare
from api.console.figures import mass_text, rounded_percent
from api.console.forms import whole_number
from api.console.improve_view import LineChoice, change_views, grids, recycled
from api.console.pictures import _Bar, _drawn, _hatched
from api.console.products_view import kept_rows, version_view
from api.console.public import _table, sentence_for
from api.console.requests_view import case_rows, offer_row, pack_row, question_row
from api.console.result_view import _like
from api.console.total_view import covered_bar, data_lack
from api.store.products import StoredProduct, StoredVersion
from api.store.variants import StoredVariant
from footprint.certificates import faults
from footprint.drafts.cards import Card, reason_of
from footprint.drafts.covered import Covered
from footprint.engine.screening import screening_name_zh
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.candidates import Fit
from footprint.reading.model import Remark
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import ACCENT
from label_templates.held_numbers import held_together

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EN, ZH = console_words("en"), console_words("zh")
TOLD: dict[str, Any] = {
    "kg": 2.0, "word": "at least", "share": 0.5, "by_data": 0.25, "by_mass": True, "counted": 2,
    "open": 1, "amount": 1.0, "unit": "piece", "low": None, "high": None, "mass_kg": 0.5,
    "inventory": "sha256:0123456789abcdef", "boundary": "cradle-to-gate",
}  # fmt: skip


def _version(**told: Any) -> StoredVersion:
    return StoredVersion("v", "t", "p", 3, NOON, "Li", "f", json.dumps(TOLD | told))


# Figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "says"),
    [
        *((1.0, "100"), (0.999, "99"), (1.004, "100"), (0.994, "99")),
        *((0.0, "0"), (0.001, "< 1"), (-0.001, "0"), (0.5, "50")),
    ],
)
def test_a_share_is_all_or_nothing_only_where_it_is(share: float, says: str) -> None:
    assert rounded_percent(share) == says


@pytest.mark.parametrize(
    ("kg", "says"),
    [*((None, ""), (1.0, "1.00 kg"), (0.999, "999 g")), *((-1.0, "-1.00 kg"), (0.0, "0 g"))],
)
def test_a_mass_below_a_kilogram_is_in_grams(kg: float | None, says: str) -> None:
    assert mass_text(kg) == says


def test_a_whole_number_has_at_most_nine_digits() -> None:
    assert whole_number("9" * 9) == 999_999_999
    for wrong in ("9" * 10, "-1", "1.5", "²", ""):
        assert whole_number(wrong) is None


# Pictures ---------------------------------------------------------------------------------------


def test_the_bar_is_full_where_all_is_counted_and_never_else() -> None:
    full, almost = covered_bar(1.0, "t", "s"), covered_bar(0.9999, "t", "s")
    (box,) = full.boxes
    assert box.width == full.width
    assert not full.shapes
    assert [one.width for one in almost.boxes] == [almost.width - 2.0, 1.5]
    assert len(covered_bar(0.0, "t", "s").boxes) == 1
    # A line of the hatching ends within the bar: 6 behind where it begins.
    assert not covered_bar(234 / 240, "t", "s").shapes
    assert len(covered_bar(226 / 240, "t", "s").shapes) == 1


def test_a_bar_is_hatched_within_its_ends() -> None:
    assert len(_hatched(0.0, 0.0, 8.0)) == 0
    assert len(_hatched(0.0, 0.0, 8.1)) == 1


@pytest.mark.parametrize(
    ("by_mass", "by_data", "lacks"),
    [(True, 0.25, True), (True, 0.5, False), (True, 0.5001, False), (False, 0.25, False)],
)
def test_data_lack_where_it_can_be_read(by_mass: bool, by_data: float, lacks: bool) -> None:
    assert data_lack(Covered(0.5, by_data, by_mass, 1, 1)) == lacks


# Versions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["at least", "complete"])
def test_a_version_says_whether_its_total_is_the_least(word: str) -> None:
    view = version_view(_version(word=word), "en")
    assert view.least == (word == "at least")
    assert view.bar.description.startswith("At least" if view.least else "2.00 kg")
    assert (view.low, view.high) == ("", "")
    assert view.unit == EN.word("units", "piece")
    spread = version_view(_version(word=word, low=1.0, high=3.0, amount=2.0), "en")
    assert (spread.low, spread.high) == ("1.00", "3.00")
    assert spread.unit == f"2 {view.unit}s"


def test_rows_of_a_version_are_its_largest_and_the_others_together() -> None:
    items = [
        {"row": at, "line": "1", "name": f"Part {at}", "kg_co2e": float(at),
         "dataset": "steel" if at == 12 else "gone", "dataset_name": "Steel"}
        for at in range(1, 13)
    ]  # fmt: skip
    document = {
        "totals": {"excluding_biogenic_uptake_kg_co2e": 78.0},
        "contributions": [*items, items[0]],
    }
    inventory: Any = SimpleNamespace(datasets={"steel": SimpleNamespace(name_zh="钢")})
    rows = kept_rows(document, inventory, "en")
    assert [row.name for row in rows] == [
        *(f"Part {at}" for at in range(12, 2, -1)),
        EN.say("other_rows", count=2),
    ]
    assert [(row.kg, row.name_zh) for row in rows[:2]] == [("12.0", "钢"), ("11.0", "")]
    assert (rows[-1].kg, rows[-1].share) == ("4.00", "5")


@pytest.mark.parametrize(
    ("fit", "reason", "says"),
    [
        ("needs-mass", "mass", "还缺质量"),
        ("needs-size", "size", "还缺尺寸"),
        ("none", "unit", "单位不能换算"),
    ],
)
def test_a_line_that_only_lacks_its_weight_says_so(fit: Fit, reason: str, says: str) -> None:
    card = Card("motor", "Motor", "电机", "GLO", 2014, "kg", "fits", 1.0, fit, None, False)
    assert reason_of((card,)) == reason
    assert ZH.word("reasons", reason) == says


@pytest.mark.parametrize(
    ("page", "held"),
    [
        ("<p>98.7 % and 5 %.</p>", "<p>98.7\u00a0% and 5\u00a0%.</p>"),
        ("<p>实测 0 %；3</p>", "<p>实测 0\u00a0%；3</p>"),
        ("<p>到 2026-11-20。</p>", '<p>到 <span class="day">2026-11-20</span>。</p>'),
        *((same, same) for same in (
            '<input value="2026-11-20"><b>A-2026-11-20, 12026-11-201</b>',
            "<text>2026-11-20</text>", "<text>2026-11-20<tspan>a</tspan></text>",
            "<title>2026-11-20</title>",
        )),
        *((same, same) for same in (
            '<input value="5 %"><b>100 pieces</b>', "<code>5 %</code>",
            "<textarea>5 %</textarea>", "<option>5 %</option>",
        )),
    ],
)  # fmt: skip
def test_a_number_keeps_its_sign_beside_it_where_it_is_read(page: str, held: str) -> None:
    assert held_together(page) == held


def test_a_variant_in_a_list_has_its_total() -> None:
    told = json.dumps(TOLD)
    variant = StoredVariant("v", "t", "p", "f", "-20 %", NOON, "Li", "[]", "{}", told)
    view = version_view(variant, "en")
    assert (view.number, view.kg, view.least, view.day) == (0, "2.00", True, "2026-11-20")


def test_a_part_of_a_country_has_the_brackets_of_the_page() -> None:
    assert ("CN-GD", "广东（中国）") in facts_view._places("zh", "CN-GD")
    assert ("CN-GD", "Guangdong (China)") in facts_view._places("en", "CN-GD")


def test_an_estimate_by_material_has_a_chinese_name() -> None:
    row = {"row": 5, "line": "1", "name": "滤网", "kg_co2e": 0.9, "dataset": "screening-plastic",
           "dataset_name": "Screening figure: plastics"}  # fmt: skip
    document = {"totals": {"excluding_biogenic_uptake_kg_co2e": 0.9}, "contributions": [row]}
    (shown,) = kept_rows(document, cast("Any", SimpleNamespace(datasets={})), "zh")
    assert (shown.name_en, shown.name_zh) == (
        "Screening figure: plastics",
        "按材料类别估算：塑料",
    )
    assert screening_name_zh("plastic") == screening_name_zh("screening-no-such") == ""


# Comparisons ------------------------------------------------------------------------------------


def _compared(name: str = "", **told: Any) -> Any:
    product = SimpleNamespace(name="Chair", name_zh="椅子")
    return SimpleNamespace(
        id="i", product=product, number=3, name=name, created_at=NOON, summary=TOLD | told
    )


@pytest.mark.parametrize(
    ("per", "kg", "unit"),
    [("", "2.00", "2 pieces"), ("kg", "4.00", None), ("one", "1.00", "piece")],
)
def test_one_of_those_compared_is_per_what_was_asked_for(per: Any, kg: str, unit: Any) -> None:
    view = one_view(1, _compared(amount=2.0, low=1.0, high=4.0), per, "en")
    by = float(kg) / 2.0
    assert (view.letter, view.kg, view.least) == ("B", kg, True)
    assert [float(view.low), float(view.high)] == [by, 4 * by]
    words = {"2 pieces": f"2 {EN.word('units_many', 'piece')}", "piece": EN.word("units", "piece")}
    assert view.unit == words.get(unit, EN.word("units", "kilogram"))
    assert (view.name, view.variant) == (EN.say("version_number", number=3), False)
    named = one_view(0, _compared("Lighter", word="complete"), per, "en")
    assert (named.name, named.variant, named.least) == ("Lighter", True, False)
    assert (named.low, named.high) == ("", "")


def test_only_the_pale_bars_have_an_edge() -> None:
    pale = _Bar("Rest", 0.5, "1 kg", "#eee")
    for phone in (True, False):
        drawing = _drawn([_Bar("Steel", 1.0, "2 kg", ACCENT), pale], "", "", phone=phone)
        assert [bool(box.stroke) for box in drawing.boxes] == [False, True]


def test_bars_show_the_interval_where_there_is_one() -> None:
    found = [_compared(low=1.0, high=3.0), _compared("Lighter", word="complete")]
    for drawing in some(bars(found, "", "en")):
        assert "(1.00–3.00)" in drawing.description
        assert "(2.00–2.00)" in drawing.description
        assert [text.content for text in drawing.texts if text.content.endswith(" kg")] == [
            "At least 2.00 kg",
            "2.00 kg",
        ]


def test_what_can_be_compared_says_whether_it_is_the_least() -> None:
    chair = StoredProduct("c", "t", "Chair", NOON, NOON, name_zh="椅子")
    version = to_compare(chair, _version(word="complete"), "en")
    assert (version.variant, version.least, version.kg) == (False, False, "2.00")
    assert version.name == EN.say("version_number", number=3)
    kept = StoredVariant("x", "t", "p", "f", "Lighter", NOON, "Li", "[]", "{}", json.dumps(TOLD))
    variant = to_compare(chair, kept, "zh")
    assert (variant.variant, variant.least, variant.name) == (True, True, "Lighter")
    assert (version.product, variant.product) == ("Chair", "椅子")


def test_lines_that_differ_by_the_noise_alone_are_the_same() -> None:
    def one(kg: float) -> Any:
        items = [{"name": "Steel", "kg_co2e": kg}]
        return SimpleNamespace(summary=TOLD, document={"contributions": items})

    assert not line_differences([one(1.0), one(1.0 + 1e-13)], "")
    (found,) = line_differences([one(1.0), one(1.0 + 1e-9)], "")
    assert found.kind == "changed"


# Changes ----------------------------------------------------------------------------------------


def test_a_change_is_said_in_words_with_its_row() -> None:
    dataset = SimpleNamespace(name_en="Recycled steel", name_zh="再生钢")
    inventory: Any = SimpleNamespace(datasets={"steel-r": dataset})
    texts = ["grid:VN", "supplier:3:1.5:Steel Ltd", "recycled:3:40:steel-r", "recycled:9:40:x",
             "lighter:3:25"]  # fmt: skip
    lines = [LineChoice(3, "Tube", "1.00")]
    found = change_views(texts, [-1.0, 0.0, 1.0, 0.0, -2.0], lines, inventory, "en")
    assert [one.says for one in found] == [
        "Electricity of Viet Nam",
        "Tube: 1.5 kg CO2e for one, as its supplier Steel Ltd says",
        "Tube: 40 % Recycled steel",
        "9: 40 % x",
        "Tube: 25 % lighter",
    ]
    assert [one.name for one in found] == ["", "Tube", "Tube", "", "Tube"]
    assert [one.effect for one in found] == ["−1.00", "±0", "+1.00", "±0", "−2.00"]
    assert found[0].without.count("c=") == len(texts) - 1
    assert "grid" not in found[0].without
    assert "lighter" in found[0].without
    chinese = change_views(texts[2:3], [1.0], lines, inventory, "zh")
    assert "再生钢" in chinese[0].says


def test_a_place_with_one_mix_of_electricity_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def head(place: str, kind: str, activity: str = "market", unit: str = "kWh") -> dict[str, str]:
        return {"location": place, "kind": kind, "activity": activity, "unit": unit}

    heads = {
        "a": head("AA", "market"),
        "b1": head("BB", "market"), "b2": head("BB", "market"),
        "c": head("CC", "model"),
        "d1": head("DD", "model"), "d2": head("DD", "other"),
        "e": head("EE", "market", activity="production"),
        "f": head("FF", "market", unit="MJ"),
        "g": head("GG", "market"),
        "h1": head("HH", "market"), "h2": head("HH", "model"),
    }  # fmt: skip
    monkeypatch.setattr(
        "api.console.improve_view.base_of", lambda at, _: "b" if at == "g" else None
    )
    monkeypatch.setattr("api.console.improve_view._grids_of", {})
    asked: list[int] = []

    def document() -> dict[str, Any]:
        asked.append(1)
        return {"datasets": heads}

    inventory: Any = SimpleNamespace(
        hash="grids of a test", datasets={name: name for name in heads}, document=document
    )
    assert grids(inventory) == grids(inventory) == ("AA", "CC", "HH")
    assert asked == [1]


def test_recycled_material_is_known_by_its_english_name() -> None:
    entries = {
        name: SimpleNamespace(id=name, name_en=english, name_zh=chinese)
        for name, english, chinese in (
            ("a", "Recycled PET", "再生聚酯"),
            ("b", "Aluminium, secondary ingot", ""),
            ("c", "Steel", "钢"),
        )
    }
    inventory: Any = SimpleNamespace(datasets=entries)
    names = {"b": "Aluminium, secondary ingot", "a": "Recycled PET"}
    assert dict(recycled(inventory, "en")) == names
    assert dict(recycled(inventory, "zh")) == names | {"a": "再生聚酯"}


# Columns ----------------------------------------------------------------------------------------


def _reading(*asks: Remark, cell: Any = None) -> Any:
    column = SimpleNamespace(index=0, header="W", means="unit_mass", unit=None)
    other = replace_of(column, header="N", means="name")
    return SimpleNamespace(columns=(column, other), asks=asks, cell=cell)


def replace_of(one: SimpleNamespace, **changes: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(one), **changes})


def test_a_column_shows_what_a_person_said_of_it() -> None:
    said = {"W": ("unit_mass", "g"), "N": ("name", None)}
    draft: Any = SimpleNamespace(options=SimpleNamespace(columns=said))
    assert [one.choice for one in _columns(draft, _reading())] == ["unit_mass:g", "name"]


def test_a_question_about_columns_shows_the_cell_that_it_is_of() -> None:
    ask = Remark("mass_unit", "mass_ambiguous", (4, 5), (), True)
    cell = lambda row, means: f"{row} {means}"  # noqa: E731  one line says it
    assert _first_cell(_reading(cell=cell), ask) == "“4 unit_mass”"
    assert _first_cell(_reading(), ask) == ""
    assert _first_cell(_reading(cell=cell), replace(ask, rows=None)) == ""


def test_what_was_chosen_is_shown_but_for_columns_which_are_chosen_one_by_one() -> None:
    options = SimpleNamespace(columns={"W": ("unit_mass", "g")}, unit="kg")
    draft: Any = SimpleNamespace(options=options)
    asks = [
        Remark("unit", "unit_missing", None, (), True),
        Remark("quantity", "quantity_columns", None, (("columns", "A, B"),), True),
        Remark("unit", "unit_piece", None, (), False),
    ]
    found = list(_questions(draft, _reading(*asks), "en"))
    assert [(one.field, one.chosen) for one in found] == [("unit", "kg"), ("columns", "")]


def test_a_problem_is_said_once() -> None:
    one, other = (Problem("BOM-001", text, Where("f")) for text in ("a", "b"))
    assert list(_unique([one, other, one])) == [one, other]


# Strangers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "codes", "sentence"),
    [
        ("valid", (), "valid"),
        ("unknown", (faults.ISSUER.code,), "unknown"),
        ("invalid", (faults.FILE_UNREADABLE.code,), "no_certificate"),
        ("invalid", (faults.ISSUER.code,), "foreign"),
        ("invalid", ("X-001",), "changed"),
    ],
)
def test_a_check_says_what_was_found(verdict: str, codes: Any, sentence: str) -> None:
    assert sentence_for(cast("Any", SimpleNamespace(verdict=verdict, codes=codes))) == sentence


def test_a_table_of_the_register_leaves_out_what_is_not_known() -> None:
    rows: list[dict[str, object]] = [{"number": "1", "state": None}, {"number": "=1", "state": "x"}]
    head, first, second = _table(rows).decode("utf-8-sig").splitlines()
    assert (head, first) == ("number,state", "1,")
    assert second.endswith("=1,x")
    assert second != "=1,x"
    assert _table([]).decode("utf-8-sig").strip() == "number"


# Data -------------------------------------------------------------------------------------------


def test_data_that_hold_the_words_stand_before_what_is_like_them(
    inventory: CompiledInventory,
) -> None:
    found = [one.id for one in library._search(inventory, "Cold-Rolled")]
    words = {
        name: f"{one.id} {one.name_en} {one.name_zh}".casefold()
        for name, one in inventory.datasets.items()
    }
    holds = ["cold-rolled" in words[one] for one in found]
    assert any(holds)
    assert holds == sorted(holds, reverse=True)
    assert {name for name, text in words.items() if "cold-rolled" in text} <= set(found)
    # The ones that the matcher ranks first are first among those that hold the words.
    assert found[: sum(holds)] != sorted(found[: sum(holds)]) or sum(holds) == 1
    assert library._search(inventory, "cold-rolled") == library._search(inventory, "COLD-ROLLED")


def test_a_total_of_nothing_is_like_nothing(inventory: CompiledInventory) -> None:
    def like(total: float) -> str:
        return _like(cast("Any", SimpleNamespace(total=total, gwp_set="AR6")), inventory, EN)

    assert like(-1.0) == like(0.0) == ""


# Requests of buyers -----------------------------------------------------------------------------


def test_a_pack_says_when_it_was_sent() -> None:
    pack = SimpleNamespace(id="p", made_at=NOON, made_by="token:x", sent_at=None, sent_how="",
                           manifest='{"files": ["a.pdf"]}')  # fmt: skip
    row = pack_row(cast("Any", pack), {"token:x": "ERP"})
    assert (row.sent, row.by, row.files) == ("", "ERP", ["answer.json", "a.pdf"])
    sent = replace_of(pack, sent_at=NOON, made_by="Li")
    assert pack_row(cast("Any", sent), {}).sent == "2026-11-20"


def test_a_question_offers_evidence_of_its_own_kind() -> None:
    pieces: list[Any] = [
        SimpleNamespace(id=kind, kind=kind, title=f"About {kind}", facts="{}", valid_until=None)
        for kind in ("targets", "measures")
    ]
    offers: list[Any] = [
        FootprintOffer(name, name, "", 2.0, name == "f", "1", "piece", NOON, name == "g")
        for name in "fg"
    ]
    answer = SimpleNamespace(footprint="f", against="gone", evidence=("targets", "lost"))
    case: Any = SimpleNamespace(questions={"targets": answer}, due=None, worker="Li")
    service = SimpleNamespace(clock=lambda: NOON, log=SimpleNamespace(names=lambda _: {"x": "y"}))
    visit: Any = SimpleNamespace(language="en", service=service, actor=None)
    row = question_row(visit, case, "targets", offers, pieces)
    assert [one.id for one in row.pieces] == ["targets"]
    assert row.called == ["f, at least 2.00 kg CO2e per 1 piece", "gone", "About targets", "lost"]
    totals = [offer_row(one, words).total for one in offers for words in (EN, ZH)]
    assert totals == [
        "at least 2.00 kg CO2e per 1 piece",
        "每 1 件至少 2.00 千克 CO2e",
        "2.00 kg CO2e per 1 piece, complete",
        "每 1 件 2.00 千克 CO2e，完整",
    ]
    assert row.suggested == "g"
    assert [one.left for one in case_rows(visit, [case])] == [0]
    assert date(2026, 11, 20) == NOON.date()
