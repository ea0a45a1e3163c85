"""Part models: never better than what they are made of, and every figure with its source."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from evidence import some

from footprint.bom.read import read_bom
from footprint.cli.dataset_text import dataset_text
from footprint.engine.calculate import calculate
from footprint.engine.geography import geographical_rating
from footprint.inventory.chain import dataset_document
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, Dataset, Inventory
from footprint.inventory.part_models import PART, PREFIX
from footprint.inventory.read import read_inventory
from footprint.uncertainty.ensemble import ensemble
from footprint.uncertainty.quantile import quantiles

COUNTRIES = ("CN", "US", "DE", "VN", "IN", "")


@pytest.fixture(scope="module")
def figures() -> Inventory:
    return read_inventory()


@pytest.fixture(scope="module")
def parts(figures: Inventory) -> list[Dataset]:
    return [d for d in figures.datasets.values() if d.kind == PART]


def inputs_of(part: Dataset, figures: Inventory) -> list[Dataset]:
    return [figures.datasets[e.input] for e in part.exchanges if e.kind == "technosphere"]


def total(inventory: CompiledInventory, name: str) -> float:
    """kg CO2e per unit, excluding biogenic CO2."""
    values = inventory.intensity(name)
    return sum(values[CATEGORIES[position]] for position in EXCLUDING_BIOGENIC)


# --- never better than what it is made of ------------------------------------------------------


def test_there_are_part_models_in_sizes(parts: list[Dataset]) -> None:
    assert len(parts) > 1500
    assert all(part.id.startswith(PREFIX) for part in parts)


def test_no_part_is_rated_better_than_the_worst_of_what_it_is_made_of(
    parts: list[Dataset], figures: Inventory
) -> None:
    for part in some(parts):
        made_of = inputs_of(part, figures)
        assert part.technological >= max([4, *(d.technological for d in made_of)]), part.id
        assert part.year <= min(d.year for d in made_of), part.id
        for country in COUNTRIES:
            places = [d.places or (d.location,) for d in made_of]
            worst = max(geographical_rating(country, place) for each in places for place in each)
            own = max(geographical_rating(country, place) for place in part.places)
            assert own >= worst, (part.id, country)


def test_no_part_has_a_narrower_interval_than_any_of_its_inputs(
    inventory: CompiledInventory, parts: list[Dataset], figures: Inventory
) -> None:
    """Over 1,000 draws of the whole inventory, as the ratio of the ends of the 95 % interval."""
    draws = np.asarray(ensemble(inventory, "AR6", 1000, 1))
    low, high = quantiles(draws, (0.025, 0.975))
    column = {name: entry.column for name, entry in inventory.datasets.items()}

    def width(name: str) -> float:
        at = column[name]
        return float(high[at] / low[at])

    narrow = {
        part.id: (round(width(part.id), 3), source.id, round(width(source.id), 3))
        for part in parts
        for source in inputs_of(part, figures)
        if width(part.id) < width(source.id) * 0.999
    }
    assert narrow == {}


def test_every_input_of_a_part_states_its_spread(parts: list[Dataset]) -> None:
    for part in some(parts):
        for exchange in some(part.exchanges):
            sized = figures_of_a_definition(part)
            ranged = exchange.minimum is not None and exchange.maximum is not None
            assert exchange.gsd2 or ranged or sized, (part.id, exchange.input)


def figures_of_a_definition(part: Dataset) -> bool:
    """Whether a size is exact: a grammage or a thickness is what it says."""
    return part.locator.startswith(("gramm", "thickness"))


# --- lower bounds ------------------------------------------------------------------------------


def test_what_a_part_lacks_is_named_in_both_languages_and_inherited_by_its_sizes(
    parts: list[Dataset], figures: Inventory
) -> None:
    for part in some(parts):
        assert len(part.lacks_en) == len(part.lacks_zh), part.id
        for model in some(inputs_of(part, figures)):
            if model.kind == PART:
                assert set(model.lacks_en) <= set(part.lacks_en), part.id
                assert part.screening >= model.screening, part.id


def test_a_part_counts_as_screening_where_a_lacking_step_may_exceed_its_interval(
    parts: list[Dataset],
) -> None:
    for part in parts:
        if part.lacks_en and part.lacks_up_to is None:
            assert part.screening, part.id
        if part.lacks_up_to is not None and part.spread is not None:
            assert part.screening or 1 + part.lacks_up_to <= part.spread, part.id
    screening = {part.id for part in parts if part.screening}
    assert {"part-bearing-608", "part-resistor-chip-0402", "part-pcb-bare-4-layer"} <= screening
    assert {"part-screw-iso4762-m3x8", "part-carton-5-layer"}.isdisjoint(screening)


# --- masses by hand ----------------------------------------------------------------------------

#: ISO 4762: thread, head diameter and height, key width and depth, pitch diameter (ISO 724), mm.
SOCKET_HEADS = {
    "m3": (5.5, 3.0, 2.5, 1.3, 2.675),
    "m5": (8.5, 5.0, 4.0, 2.5, 4.480),
    "m6": (10.0, 6.0, 5.0, 3.0, 5.350),
    "m8": (13.0, 8.0, 6.0, 4.0, 7.188),
}


@pytest.mark.parametrize(("thread", "length"), [("m3", 8), ("m3", 16), ("m6", 20), ("m8", 30)])
def test_a_socket_head_screw_weighs_its_volume_of_steel(
    figures: Inventory, thread: str, length: int
) -> None:
    head, height, key, depth, pitch = SOCKET_HEADS[thread]
    socket = math.sqrt(3) / 2 * key**2 * depth
    volume = math.pi / 4 * (head**2 * height + pitch**2 * length) - socket
    part = figures.datasets[f"part-screw-iso4762-{thread}x{length}"]
    assert part.mass_kg_per_unit == pytest.approx(volume * 7.85e-6, rel=0.02)


@pytest.mark.parametrize(
    ("size", "inner", "outer", "thickness"),
    [("m3", 3.2, 7.0, 0.5), ("m4", 4.3, 9.0, 0.8), ("m6", 6.4, 12.0, 1.6)],
)
def test_a_washer_weighs_its_ring(
    figures: Inventory, size: str, inner: float, outer: float, thickness: float
) -> None:
    mass = math.pi / 4 * (outer**2 - inner**2) * thickness * 7.85e-6
    assert figures.datasets[f"part-washer-iso7089-{size}"].mass_kg_per_unit == pytest.approx(
        mass, rel=0.005
    )


def test_a_pin_weighs_its_cylinder(figures: Inventory) -> None:
    mass = math.pi / 4 * 3**2 * 16 * 7.85e-6
    assert figures.datasets["part-pin-iso2338-3x16"].mass_kg_per_unit == pytest.approx(
        mass, rel=0.005
    )


def test_a_screw_is_its_mass_of_drawn_and_formed_wire(inventory: CompiledInventory) -> None:
    per_kg = total(inventory, "steel-wire-rod-cn") + total(inventory, "cold-forming-metal-cn")
    assert total(inventory, "part-screw-iso4762-m3x8") == pytest.approx(0.8546e-3 * per_kg)
    assert inventory.entry("part-screw-iso4762-m3x8").unit == "piece"


# --- metals of further countries ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "by_hand"),
    [("de", 0.546), ("it", 0.535), ("jp", 0.624), ("kr", 0.591), ("vn", 0.607)],
)
def test_scrap_steel_lies_where_the_sheet_worked_by_hand_puts_it(
    inventory: CompiledInventory, country: str, by_hand: float
) -> None:
    value = total(inventory, f"steel-eaf-scrap-hot-rolled-{country}")
    assert value == pytest.approx(by_hand, rel=0.02)


def test_a_process_of_a_country_runs_on_its_own_power(figures: Inventory) -> None:
    for stem in ("cold-forming-metal", "sewing-garment", "anodising-aluminium"):
        for country in ("cn", "de", "jp", "kr", "tw", "vn", "in", "th", "mx", "tr"):
            used = {e.input for e in figures.datasets[f"{stem}-{country}"].exchanges}
            assert f"electricity-grid-{country}" in used


# --- sources -----------------------------------------------------------------------------------


def test_every_figure_of_a_part_names_its_document_and_row(
    parts: list[Dataset], figures: Inventory
) -> None:
    for part in some(parts):
        for exchange in some(part.exchanges):
            assert exchange.source in figures.sources
            assert len(exchange.locator) >= 8, (part.id, exchange.input)


def test_an_assumption_says_that_it_is_one(parts: list[Dataset]) -> None:
    for part in some(parts):
        for exchange in some(part.exchanges):
            if "assumption" in exchange.locator and exchange.input.startswith(PREFIX) is False:
                assert exchange.data_kind in {"default", "calculated"}, (part.id, exchange.input)


def test_the_files_of_parts_stay_small() -> None:
    folder = Path(__file__).parents[2] / "lci_data" / "parts"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 200_000


# --- in a product --------------------------------------------------------------------------------

BOM = """\
# product: clamp
# declared_unit: 1 piece
# mass: 0.02 kg
# country: CN
level,id,name,quantity,unit,dataset,stage
1,A,screw,6,pcs,part-screw-iso4762-m3x8,material
1,B,bearing,1,pcs,part-bearing-608,material
1,C,power,0.1,kWh,electricity-grid-cn,production
"""


def test_a_product_with_parts_says_that_it_is_at_least_its_total(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    path = tmp_path / "clamp.csv"
    path.write_text(BOM, "utf-8")
    result = calculate(read_bom(path), inventory)
    notes = {note.code: note for note in result.warnings}
    assert notes["ENG-030"].where.row == 6
    assert "lacks hardening and tempering, zinc plating" in notes["ENG-030"].message
    assert notes["ENG-031"].where.row == 7
    by_hand = 6 * total(inventory, "part-screw-iso4762-m3x8") + total(inventory, "part-bearing-608")
    by_hand += 0.1 * total(inventory, "electricity-grid-cn")
    assert result.split.excluding_biogenic_uptake == pytest.approx(by_hand)
    assert result.coverage.mass == 1.0


def test_showing_a_part_prints_its_recipe_and_what_it_lacks(inventory: CompiledInventory) -> None:
    text = dataset_text(dataset_document(inventory, "part-screw-iso4762-m3x8"))
    assert "Recipe, per piece:" in text
    assert "part-screw-steel  0.8546 g (0.7691 to 0.9401)" in text
    assert "lacks hardening and tempering / 热处理（淬火回火）; zinc plating / 镀锌" in text
    assert "Screening" not in text
    assert "Screening" in dataset_text(dataset_document(inventory, "part-resistor-chip-0402"))


def test_a_part_weighs_what_its_data_sheet_prints(inventory: CompiledInventory) -> None:
    assert inventory.entry("part-resistor-chip-0402").mass_kg_per_unit == pytest.approx(0.68e-6)
    assert inventory.entry("part-cell-18650").mass_kg_per_unit == pytest.approx(45.6e-3)
    assert inventory.entry("part-carton-5-layer").mass_kg_per_unit == pytest.approx(0.805, rel=1e-2)
