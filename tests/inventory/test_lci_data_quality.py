"""The shipped figures: complete heads, sound sources, plausible and unchanged intensities."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import os
import re
from pathlib import Path

import pytest
from evidence import some

from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory, fold_name
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, Dataset, Inventory
from footprint.inventory.read import read_inventory

REPOSITORY = Path(__file__).parents[2]
FIGURES = REPOSITORY / "lci_data"
GOLDEN = Path(__file__).with_name("intensities.csv")
CJK = re.compile(r"[\u4e00-\u9fff]")

#: Plausible kg CO2e per unit (AR6, excluding biogenic CO2), our own judgement from the literature:
#: wide enough for every sound source, narrow enough for a slip of a unit or a boundary.
BANDS = {
    "steel-bof-cn": (1.7, 2.6),
    "steel-cold-rolled-cn": (2.0, 3.0),
    "steel-eaf-cn": (0.4, 1.4),
    "steel-galvanized-rna": (2.0, 3.2),
    "steel-stainless-304-coil-rna": (2.5, 7.0),
    "aluminium-primary-glo": (4.0, 20.0),
    "aluminium-secondary-cn": (0.3, 1.3),
    "copper-primary-glo": (2.0, 5.5),
    "zinc-special-high-grade-rna": (2.0, 4.5),
    "pp-resin-cn": (1.4, 2.5),
    "hdpe-resin-rer": (1.4, 2.5),
    "abs-resin-rna": (3.0, 4.8),
    "pvc-resin-rer": (1.5, 2.9),
    "glass-packaging-gb": (0.8, 1.6),
    "board-corrugated-recycled-cn": (0.5, 1.4),
    "cement-cn": (0.5, 1.0),
    "cotton-yarn-cn": (4.0, 11.0),
    "ammonia-natural-gas-cn": (1.8, 3.0),
    "hydrogen-natural-gas-cn": (8.0, 14.0),
    "wheat-flour-fr": (0.3, 1.2),
    "water-supply-gb": (0.1, 0.6),
    "diesel-burned-cn": (3.4, 4.2),
    "natural-gas-burned-cn": (2.2, 3.0),
    "freight-road-hgv-average-gb": (0.08, 0.2),
    "freight-rail-cn": (0.004, 0.03),
    "freight-sea-container-glo": (0.007, 0.03),
    "freight-air-longhaul-glo": (0.5, 1.0),
    "electricity-coal-us": (0.85, 1.2),
    "electricity-oil-glo": (0.65, 1.1),
    "battery-pack-lfp-cn": (50.0, 100.0),
    "aluminium-primary-cn": (12.0, 17.5),
    "aluminium-primary-hydro-cn": (3.5, 7.0),
    "aluminium-extrusion-primary-cn": (13.0, 19.5),
    "aluminium-casting-cn": (1.0, 4.5),
    "copper-cathode-primary-cn": (2.5, 6.0),
    "copper-wire-cn": (2.5, 7.0),
    "brass-h62-cn": (2.0, 5.5),
    "iron-casting-cn": (1.5, 4.5),
    "ethylene-us": (0.8, 2.0),
    "hdpe-resin-us": (1.2, 2.4),
    "pp-resin-us": (1.2, 2.4),
    "pvc-resin-us": (1.5, 2.9),
    "pet-resin-cn": (1.7, 3.5),
    "eps-board-us": (2.5, 5.0),
    "pet-recycled-resin-cn": (0.1, 1.1),
    "sodium-hydroxide-cn": (0.7, 2.2),
    "sulphuric-acid-us": (0.0, 0.5),
    "methanol-us": (0.4, 1.3),
    "ammonia-natural-gas-us": (1.8, 3.0),
    "containerboard-us": (0.4, 1.4),
    "kraft-paper-us": (0.5, 1.6),
    "mdf-us": (250.0, 800.0),
    "glass-float-cn": (0.7, 1.7),
    "lithium-carbonate-cl": (1.5, 6.0),
    "cobalt-sulphate-cn": (3.0, 12.0),
    "nmc811-oxide-cn": (9.0, 30.0),
    "battery-cell-lfp-cn": (5.0, 16.0),
    "battery-cell-nmc622-cn": (7.0, 20.0),
    "cotton-fibre-us": (0.7, 4.0),
    "ic-die-logic-7nm-tw": (12000.0, 40000.0),
    "silicon-metal-cn": (7.0, 16.0),
    "pa66-resin-rer": (5.5, 9.0),
    "pa6-resin-rer": (4.5, 9.5),
    "pc-resin-rer": (3.0, 6.5),
    "pom-resin-rer": (2.2, 5.0),
    "pa66-gf30-cn": (4.0, 8.0),
    "pc-abs-cn": (3.0, 6.0),
    "sbr-cn": (2.0, 5.0),
    "natural-rubber-str20-th": (0.2, 2.5),
    "cable-pvc-cn": (2.0, 5.5),
    "solder-sac305-glo": (12.0, 32.0),
    "solder-sn63pb37-glo": (6.0, 20.0),
    "bronze-cusn8-cn": (3.0, 8.0),
    "zinc-die-casting-zamak3-cn": (2.5, 5.5),
    "pcb-assembly-smt-cn": (5.0, 60.0),
    "plastic-extrusion-cn": (0.1, 0.6),
    "textile-dyeing-cn": (0.8, 6.0),
    "cotton-yarn-in": (4.0, 11.0),
    "polyester-filament-cn": (2.5, 6.0),
    "polyester-filament-recycled-cn": (0.6, 3.0),
    "polyester-fibre-rer": (2.5, 6.0),
    "viscose-fibre-asia-row": (3.0, 9.0),
    "nylon6-filament-cn": (6.0, 12.0),
    "compressed-air-cn": (0.05, 0.15),
    "heat-purchased-cn": (0.05, 0.15),
    "pallet-wood-euro-rer": (2.0, 15.0),
}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory()


@pytest.fixture(scope="module")
def compiled() -> CompiledInventory:
    cache = os.environ.get("FOOTPRINT_CACHE", str(REPOSITORY / ".cache" / "footprint"))
    return ensure_compiled(Path(cache))


def total(compiled: CompiledInventory, name: str, gwp_set: str = "AR6") -> float:
    """kg CO2e per unit, excluding biogenic CO2."""
    values = compiled.intensity(name, gwp_set)
    return sum(values[CATEGORIES[position]] for position in EXCLUDING_BIOGENIC)


def heads_that(inventory: Inventory, activity: str) -> list[Dataset]:
    return [d for d in inventory.datasets.values() if d.activity == activity]


# --- heads -----------------------------------------------------------------------------------


def test_there_are_enough_datasets_to_calculate_with(inventory: Inventory) -> None:
    assert len(inventory.datasets) >= 620
    assert sum(name.startswith("electricity-grid-") for name in inventory.datasets) >= 60
    assert len(heads_that(inventory, "transport")) >= 40
    assert len(heads_that(inventory, "treatment")) >= 15


def test_every_dataset_has_a_name_in_english_and_in_chinese(inventory: Inventory) -> None:
    wrong = [
        d.id
        for d in inventory.datasets.values()
        if CJK.search(d.name_en) or not CJK.search(d.name_zh)
    ]
    assert wrong == []


def test_no_name_stands_for_two_datasets_of_one_location_and_unit(inventory: Inventory) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for d in some(inventory.datasets.values()):
        for name in (d.name_en, d.name_zh):
            other = seen.setdefault((fold_name(name), d.location, d.unit), d.id)
            assert other == d.id, f"{name!r} names both {other} and {d.id}"


def test_a_trade_word_means_one_dataset_in_a_location(inventory: Inventory) -> None:
    seen: dict[tuple[str, str], str] = {}
    for d in some(inventory.datasets.values()):
        for word in (d.name_en, d.name_zh, *d.synonyms_en, *d.synonyms_zh):
            other = seen.setdefault((fold_name(word), d.location), d.id)
            assert other == d.id, f"{word!r} leads to both {other} and {d.id} in {d.location}"


@pytest.mark.parametrize(
    ("word", "location", "expected"),
    [
        ("SPCC", "CN", "steel-cold-rolled-cn"),
        ("Q235", "CN", "steel-carbon-average-cn"),
        ("ADC12", "CN", "aluminium-secondary-cn"),
        ("瓦楞纸箱", "CN", "board-corrugated-recycled-cn"),
        ("SUS304", "RNA", "steel-stainless-304-coil-rna"),
        ("PP料粒", "CN", "pp-resin-cn"),
        ("电", "CN", "electricity-grid-cn"),
        ("卡车运输", "CN", "freight-road-diesel-average-cn"),
        ("PA66-GF30", "CN", "pa66-gf30-cn"),
        ("赛钢", "RER", "pom-resin-rer"),
        ("SAC305", "GLO", "solder-sac305-glo"),
        ("锌合金压铸", "CN", "zinc-die-casting-zamak3-cn"),
        ("电子线", "CN", "cable-pvc-cn"),
        ("染色", "CN", "textile-dyeing-cn"),
        ("DTY", "VN", "polyester-filament-vn"),
        ("R410A", "GLO", "emission-r410a"),
        ("压缩空气", "CN", "compressed-air-cn"),
    ],
)
def test_the_words_of_a_factory_lead_to_the_dataset_they_mean(
    compiled: CompiledInventory, word: str, location: str, expected: str
) -> None:
    found = [e.id for e in compiled.by_name.get(fold_name(word), ()) if e.location == location]
    assert found == [expected]


def test_fuel_combustion_and_supply_are_kept_apart_and_joined(
    inventory: Inventory, compiled: CompiledInventory
) -> None:
    stems = [n.removesuffix("-burned-gb") for n in inventory.datasets if n.endswith("-burned-gb")]
    assert len(stems) >= 15
    for stem in stems:
        assert inventory.datasets[f"{stem}-combustion-gb"].boundary == "combustion"
        assert inventory.datasets[f"{stem}-supply-gb"].boundary == "well-to-tank"
        parts = total(compiled, f"{stem}-combustion-gb") + total(compiled, f"{stem}-supply-gb")
        assert total(compiled, f"{stem}-burned-gb") == pytest.approx(parts, rel=1e-12)


# --- sources ---------------------------------------------------------------------------------


def test_every_file_is_the_one_its_sidecar_was_sealed_for(inventory: Inventory) -> None:
    for source in some(inventory.sources.values()):
        found = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (FIGURES / source.id).glob("*.csv")
        }
        assert found == source.files, f"{source.id}: run python -m footprint.inventory.seal"


def test_every_source_may_be_redistributed_and_names_its_origin(inventory: Inventory) -> None:
    for source in some(inventory.sources.values()):
        assert source.redistributable in {"yes", "conditional"}, source.id
        for text in (source.citation, source.licence, source.attribution, source.taken_from):
            assert len(text) >= 8, f"{source.id}: {text!r} says too little"


def test_nothing_rests_on_a_database_that_must_not_be_redistributed() -> None:
    barred = re.compile(r"(?i:ecoinvent|idemat|ökobaudat|electricity ?maps|boavizta)|\bICE\b")
    files = [file for source in FIGURES.glob("*/source.yaml") for file in source.parent.iterdir()]
    for file in some(files):
        found = barred.findall(file.read_text("utf-8"))
        assert found == [], f"{file.parent.name}/{file.name}"


# --- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "band"), BANDS.items(), ids=BANDS)
def test_headline_figures_lie_in_their_plausible_band(
    compiled: CompiledInventory, name: str, band: tuple[float, float]
) -> None:
    low, high = band
    assert low <= total(compiled, name) <= high


def test_the_built_chinese_grid_reproduces_the_official_factor_within_5_percent(
    compiled: CompiledInventory,
) -> None:
    official = total(compiled, "electricity-official-cn-2023")
    assert official == 0.6205
    assert total(compiled, "electricity-grid-cn") == pytest.approx(official, rel=0.05)


def test_every_market_lies_within_its_tolerance_of_a_published_intensity(
    inventory: Inventory, compiled: CompiledInventory
) -> None:
    markets = [d for d in inventory.datasets.values() if d.kind == "market"]
    for d in some(markets):
        assert d.check_value is not None, d.id
        assert d.check_tolerance is not None, d.id
        assert d.check_tolerance <= 0.2 or "Tolerance" in d.comment, f"{d.id}: say why"
        difference = abs(total(compiled, d.id) / d.check_value - 1)
        assert difference <= d.check_tolerance, f"{d.id}: {difference:.1%}"


def test_the_american_grid_feeds_the_mine_that_feeds_its_power_plant(inventory: Inventory) -> None:
    loop = ["electricity-grid-us", "electricity-coal-us", "coal-mined-us", "electricity-grid-us"]
    for user, supplier in some(itertools.pairwise(loop)):
        assert supplier in {exchange.input for exchange in inventory.datasets[user].exchanges}


def test_fossil_methane_weighs_more_than_biogenic_methane(inventory: Inventory) -> None:
    assert [inventory.gwp[s]["ch4-fossil"] for s in ("AR4", "AR5", "AR6")] == [25.0, 30.0, 29.8]
    assert [inventory.gwp[s]["ch4-biogenic"] for s in ("AR4", "AR5", "AR6")] == [25.0, 28.0, 27.0]
    assert [inventory.gwp[s]["ch4-luc"] for s in ("AR4", "AR5", "AR6")] == [25.0, 30.0, 29.8]
    assert inventory.gwp["AR6"]["co2-uptake"] == -1.0


def test_the_publishers_reading_of_ar5_differs_in_methane_alone(inventory: Inventory) -> None:
    ours, theirs = inventory.gwp["AR5"], inventory.gwp["AR5-CH4-28"]
    changed = {name for name in ours if ours[name] != theirs[name]}
    assert changed == {"ch4-fossil", "ch4-fossil-aircraft", "ch4-luc"}
    assert {theirs[name] for name in changed} == {28.0}


@pytest.mark.parametrize("name", ["natural-gas-combustion-gb", "diesel-combustion-gb"])
def test_the_publishers_reading_gives_back_the_printed_total(
    name: str, inventory: Inventory, compiled: CompiledInventory
) -> None:
    """DESNZ prints CO2e by gas, methane at 28: under AR5-CH4-28 their sum comes out again."""
    printed = sum(e.published_amount for e in inventory.datasets[name].exchanges)
    theirs = compiled.intensity(name, "AR5-CH4-28")["fossil"]
    assert theirs == pytest.approx(printed, rel=1e-12)
    assert compiled.intensity(name, "AR5")["fossil"] > theirs


def test_burning_wood_leaves_no_net_biogenic_carbon_dioxide(compiled: CompiledInventory) -> None:
    values = compiled.intensity("wood-pellets-burned-gb")
    assert values["biogenic_emission"] > 1.0
    assert values["biogenic_emission"] + values["biogenic_uptake"] == pytest.approx(0.0, abs=1e-12)


def test_air_freight_counts_greenhouse_gases_only(compiled: CompiledInventory) -> None:
    flight = compiled.intensity("freight-air-longhaul-glo")
    assert 0.5 < flight["aircraft"] < 0.56 < flight["fossil"] < 0.7
    assert total(compiled, "freight-air-longhaul-rf-uplift-glo") > 0.3


def test_no_intensity_moved_unnoticed(
    compiled: CompiledInventory, request: pytest.FixtureRequest
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "unit", "kg_co2e_per_unit"))
    for name in sorted(compiled.datasets):
        writer.writerow((name, compiled.datasets[name].unit, f"{total(compiled, name):.9g}"))
    if request.config.getoption("--update-golden", default=False):
        GOLDEN.write_text(text.getvalue(), "utf-8")
    new, old = (set(t.splitlines()) for t in (text.getvalue(), GOLDEN.read_text("utf-8")))
    moved = "\n".join(
        [f"- {line}" for line in sorted(old - new)] + [f"+ {line}" for line in sorted(new - old)]
    )
    assert new == old, (
        f"AR6 intensities changed:\n{moved}\nIf meant: pytest {__file__} --update-golden"
    )
