"""Screening figures by class of material, and totals that say complete or at least."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from evidence import some

from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.engine.screening import FEWEST, chosen_screening, class_values, screening_of
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.materials import materials
from footprint.pact.document import pact_document
from footprint.rules.facts import facts_from_document
from footprint.values.bom import Bom
from footprint.values.line import Line, Stage
from footprint.values.product import Product

STEEL = Line(2, "L2", "Steel", 1.0, "kg", dataset="steel-cold-rolled-cn")
#: No dataset has EPDM; its class is known.
FOOT = Line(3, "L3", "Foot", 4.0, "piece", unit_mass_kg=0.0125, material="EPDM")
#: Nothing says what it is made of.
PLINTH = Line(4, "L4", "Plinth", 1.0, "piece", unit_mass_kg=0.1)


def bom(*lines: Line, mass_kg: float | None = None) -> Bom:
    return Bom(Product("Lamp", country="CN", mass_kg=mass_kg), lines, "lamp.csv", "sha256:0")


def test_a_line_with_mass_and_class_counts_with_its_class_when_asked(
    inventory: CompiledInventory,
) -> None:
    with pytest.raises(InputRefused):
        calculate(bom(STEEL, FOOT), inventory)
    result = calculate(bom(STEEL, FOOT), inventory, screening=True)
    figure = screening_of(FOOT, "CN", inventory, "AR6")
    assert figure is not None
    line = result.contributions[1]
    assert (line.dataset, line.matched_by) == ("screening-rubber", "screening")
    assert line.kg_co2e == pytest.approx(0.05 * figure.value)
    whole = result.completeness
    assert whole.word == "at least"
    assert whole.lacks == ("screening",)
    assert whole.screening_low_kg_co2e == pytest.approx(0.05 * figure.low)
    assert whole.screening_high_kg_co2e == pytest.approx(0.05 * figure.high)
    assert whole.screening_mass_share == pytest.approx(0.05 / 1.05)
    assert result.coverage.lines == 0.5
    assert [w.code for w in result.warnings].count("ENG-021") == 1


@pytest.mark.parametrize(
    ("product_kg", "lacks"),
    [(None, ()), (0.9, ()), (1.0, ()), (1.01, ()), (1.02, ("unlisted_mass",))],
)
def test_a_product_that_weighs_more_than_its_lines_is_at_least(
    inventory: CompiledInventory, product_kg: float | None, lacks: tuple[str, ...]
) -> None:
    """Up to 1 % is rounding of weights; a list that weighs more than its product lacks nothing."""
    whole = calculate(bom(STEEL, mass_kg=product_kg), inventory).completeness
    assert whole.lacks == lacks
    assert whole.word == ("at least" if lacks else "complete")
    missing = (product_kg or 0.0) - 1.0
    assert whole.unlisted_mass_share == pytest.approx(missing / 1.02 if lacks else 0.0)
    assert whole.lacking_share == whole.unlisted_mass_share
    assert not whole.screening_result


def test_a_product_of_energy_alone_whose_weight_is_stated_is_at_least(
    inventory: CompiledInventory,
) -> None:
    power = Line(2, "L2", "Power", 1.0, "kWh", dataset="electricity-grid-cn", stage="production")
    whole = calculate(bom(power, mass_kg=1.0), inventory).completeness
    assert (whole.lacks, whole.unlisted_mass_share) == (("unlisted_mass",), 1.0)
    assert (whole.screening_result, whole.lacking_share) == (True, 1.0)


@pytest.mark.parametrize(("product_kg", "screening_result"), [(1.05, False), (1.06, True)])
def test_above_5_percent_in_no_line_it_is_a_screening_result(
    inventory: CompiledInventory, product_kg: float, screening_result: bool
) -> None:
    """What stands in no list has no figure either: 0.05 of 1.05 is 4.8 %, 0.06 of 1.06 is 5.7 %."""
    whole = calculate(bom(STEEL, mass_kg=product_kg), inventory).completeness
    assert whole.screening_result is screening_result


@pytest.mark.parametrize(
    ("percent", "word", "lacks"),
    [(None, "complete", ()), (0.0, "complete", ()), (2.5, "at least", ("exempted",))],
)
def test_what_its_maker_left_out_is_no_part_of_a_complete_total(
    inventory: CompiledInventory, percent: float | None, word: str, lacks: tuple[str, ...]
) -> None:
    product = Product(
        "Lamp",
        country="CN",
        exempted_emissions_percent=percent,
        exempted_emissions_description="glue" if percent else "",
    )
    whole = calculate(Bom(product, (STEEL,), "lamp.csv", "sha256:0"), inventory).completeness
    assert (whole.word, whole.lacks) == (word, lacks)
    assert whole.lacking_share == pytest.approx((percent or 0.0) / 100.0)


@pytest.mark.parametrize(("percent", "share"), [(None, 1.0), (2.0, 0.02)])
def test_a_stated_share_stands_for_what_was_cut_off_at_an_import(
    inventory: CompiledInventory, percent: float | None, share: float
) -> None:
    entry = replace(inventory.datasets["steel-cold-rolled-cn"], id="cut", status="cut_off")
    cut = replace(inventory, datasets={**inventory.datasets, "cut": entry})
    product = Product("Lamp", country="CN", exempted_emissions_percent=percent)
    one = Bom(product, (replace(STEEL, dataset="cut"),), "lamp.csv", "sha256:0")
    whole = calculate(one, cut).completeness
    assert whole.lacks == ("cut_off", *(("exempted",) if percent else ()))
    assert whole.lacking_share == pytest.approx(share)


def test_how_much_of_a_total_stands_on_figures_that_lack_something(
    inventory: CompiledInventory,
) -> None:
    """Pieces of a raw material lack their making: their share of the total, not of the mass."""
    bracket = replace(STEEL, row=3, id="L3", quantity=1.0, unit="piece", unit_mass_kg=0.2)
    power = Line(4, "L4", "Power", 5.0, "kWh", dataset="electricity-grid-cn", stage="production")
    result = calculate(bom(STEEL, bracket, power), inventory)
    known = {one.row: one.kg_co2e for one in result.contributions}
    assert result.completeness.lacks == ("making_of_parts",)
    assert result.completeness.lacking_share == pytest.approx(known[3] / result.total)
    assert 0.0 < result.completeness.lacking_share < 0.17


def test_without_the_word_nothing_is_screened(inventory: CompiledInventory) -> None:
    result = calculate(bom(STEEL, FOOT), inventory, allow_gaps=True)
    assert len(result.contributions) == 1
    assert result.completeness.lacks == ("gaps",)


@pytest.mark.parametrize(
    ("steel_kg", "screening_result"), [(0.94, True), (0.96, False), (1000.0, False)]
)
def test_above_5_percent_of_the_mass_it_is_a_screening_result(
    inventory: CompiledInventory, steel_kg: float, screening_result: bool
) -> None:
    lines = (replace(STEEL, quantity=steel_kg), FOOT)
    whole = calculate(bom(*lines), inventory, screening=True).completeness
    assert whole.screening_result is screening_result


def test_mass_without_any_figure_is_unknown(inventory: CompiledInventory) -> None:
    result = calculate(bom(STEEL, PLINTH), inventory, screening=True, allow_gaps=True)
    whole = result.completeness
    assert whole.unknown_mass_share == pytest.approx(0.1 / 1.1)
    assert whole.screening_result
    assert whole.lacks == ("gaps",)


def test_a_gap_without_a_mass_cannot_be_told_unless_the_product_is_weighed(
    inventory: CompiledInventory,
) -> None:
    gap = replace(PLINTH, unit_mass_kg=None)
    untold = calculate(bom(STEEL, gap), inventory, allow_gaps=True).completeness
    assert untold.unknown_mass_share is None
    assert untold.screening_result
    weighed = calculate(bom(STEEL, gap, mass_kg=1.25), inventory, allow_gaps=True).completeness
    assert weighed.unknown_mass_share == pytest.approx(0.2)


def test_a_total_of_data_alone_is_complete_and_one_of_materials_at_least(
    inventory: CompiledInventory,
) -> None:
    assert calculate(bom(STEEL), inventory).completeness.word == "complete"
    bracket = Line(5, "L5", "Bracket", 1.0, "piece", unit_mass_kg=0.1, material="SPCC")
    result = calculate(bom(bracket), inventory)
    assert result.contributions[0].matched_by == "material"
    assert result.completeness.lacks == ("making_of_parts",)
    assert not result.completeness.screening_result


@pytest.mark.parametrize(
    ("unit", "dataset", "lacks"),
    [
        ("pcs", "steel-cold-rolled-cn", ("making_of_parts",)),  # a bracket of sheet is not made
        ("个", "abs-resin-rna", ("making_of_parts",)),
        ("kg", "steel-cold-rolled-cn", ()),  # a material that is bought by mass
        ("pcs", "corrugated-board-us", ("making_of_parts",)),  # board, of which boxes are made
        ("pcs", "corrugated-box-cn", ()),  # the box itself
        ("pcs", "tyre-cn", ()),
        ("pcs", "zinc-die-casting-zamak3-cn", ()),  # a casting is made to its shape
        ("pcs", "hdpe-formed-gb", ()),  # with its forming
        ("pcs", "glass-float-cn", ("making_of_parts",)),
        ("pcs", "part-screw-steel", ("part_steps",)),  # a model of the part, by its mass
        ("pcs", "electric-motor-glo", ()),  # a finished good, by its mass
    ],
)
def test_pieces_that_count_as_a_raw_material_lack_their_making_whoever_named_it(
    inventory: CompiledInventory, unit: str, dataset: str, lacks: tuple[str, ...]
) -> None:
    mass = None if unit == "kg" else 0.1
    written = Line(5, "L5", "Part", 1.0, unit, dataset=dataset, unit_mass_kg=mass)
    for line in some((replace(written, chosen_by="Wang Li"), written)):
        result = calculate(bom(line), inventory)
        assert result.completeness.lacks == lacks
        assert result.completeness.word == ("at least" if lacks else "complete")
        said = [w for w in result.warnings if w.code == "ENG-020"]
        assert bool(said) == ("making_of_parts" in lacks)


@pytest.mark.parametrize("stage", ["production", "waste"])
def test_only_what_ends_up_in_the_box_lacks_its_making(
    inventory: CompiledInventory, stage: Stage
) -> None:
    spent = Line(5, "L5", "Part", 1.0, "pcs", dataset="abs-resin-rna", unit_mass_kg=0.1)
    assert calculate(bom(replace(spent, stage=stage)), inventory).completeness.lacks == ()


def test_no_decision_and_no_pact_document_rest_on_a_screening_result(
    inventory: CompiledInventory,
) -> None:
    result = calculate(bom(replace(STEEL, quantity=0.1), FOOT), inventory, screening=True)
    facts = facts_from_document(footprint_document(result))
    assert facts.screening_result
    moment = datetime(2026, 11, 29, tzinfo=UTC)
    with pytest.raises(InputRefused) as refused:
        pact_document(result, moment)
    assert "PAC-009" in {problem.code for problem in refused.value.problems}
    with pytest.raises(InputRefused) as asked:
        pact_document(result, moment, screening=True)
    assert "PAC-009" not in {problem.code for problem in asked.value.problems}


def test_the_figure_is_the_classs_own_median_and_spread(inventory: CompiledInventory) -> None:
    figure = screening_of(replace(FOOT, material="ABS"), "CN", inventory, "AR6")
    assert figure is not None
    values = class_values(materials().classes["plastic"], inventory, "AR6")
    every = np.concatenate([np.array(group) for group in values])
    assert every.min() <= figure.low < figure.value < figure.high <= every.max()
    assert figure.products == len(values)
    # Each product counts once: the weight of values at or below the median is half of all.
    below = math.fsum(sum(v <= figure.value for v in group) / len(group) for group in values)
    assert below / len(values) == pytest.approx(0.5, abs=0.05)


def test_every_class_says_why_and_its_patterns_find_datasets(
    inventory: CompiledInventory,
) -> None:
    classes = materials().classes
    for one in classes.values():
        assert one.why
        assert one.name_zh
        assert not one.parent or one.parent in classes
    with_figures = {
        name for name, one in classes.items() if len(class_values(one, inventory, "AR6")) >= FEWEST
    }
    assert {"steel", "aluminium", "plastic", "paper", "textile", "battery", "food"} <= with_figures


def test_a_class_with_few_datasets_takes_the_spread_of_the_wider_one(
    inventory: CompiledInventory,
) -> None:
    stainless = replace(FOOT, material="1.4404")
    figure = screening_of(stainless, "CN", inventory, "AR6")
    assert figure is not None
    assert figure.id == "screening-steel-stainless"
    own = class_values(materials().classes["steel-stainless"], inventory, "AR6")
    assert figure.spread_of == ("steel-stainless" if len(own) >= FEWEST else "steel")


@pytest.mark.parametrize("name", ["steel-stainless", "wood"])
def test_few_products_of_a_class_stretch_the_wider_one(
    name: str, inventory: CompiledInventory
) -> None:
    classes = materials().classes
    own = class_values(classes[name], inventory, "AR6")
    assert 0 < len(own) < FEWEST
    found = chosen_screening(f"screening-{name}", inventory, "AR6")
    wide = chosen_screening(f"screening-{classes[name].parent}", inventory, "AR6")
    assert found is not None
    assert wide is not None
    every = [value for values in own for value in values]
    assert found.low == min(wide.low, *every)
    assert found.high == max(wide.high, *every)
    # One figure a product here, so the plain median is that of the class.
    assert found.value == pytest.approx(max(wide.value, float(np.median(every))))
    assert found.low < found.value < found.high
