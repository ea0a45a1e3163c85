"""Numbers, links, balances, spread and identity of the shipped figures."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from evidence import some

from footprint.inventory import attribution
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory, fold_name
from footprint.inventory.model import SPLIT, Dataset, Exchange, Inventory
from footprint.inventory.read import read_inventory

REPOSITORY = Path(__file__).parents[2]
FIGURES = REPOSITORY / "lci_data"
IDS = Path(__file__).with_name("ids.csv")

#: Ids that were shipped once and are not any more, with the reason. An id is never used again.
RETIRED: dict[str, str] = {}

#: The year that the age of a figure is counted to (docs/inventory.md, Uncertainty).
AGE_TODAY = 2026

#: Publications that average an industry or a nation: better completeness than a single study.
AVERAGES = {
    "uslci-fy21",
    "desnz-2023",
    "desnz-2025",
    "mee-electricity-2023",
    "mee-electricity-2024",
    "ipcc-2006-guidelines",
}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory()


@pytest.fixture(scope="module")
def compiled() -> CompiledInventory:
    cache = os.environ.get("FOOTPRINT_CACHE", str(REPOSITORY / ".cache" / "footprint"))
    return ensure_compiled(Path(cache))


def unit_processes(inventory: Inventory) -> list[Dataset]:
    return [d for d in inventory.datasets.values() if d.kind == "unit_process"]


def links(inventory: Inventory) -> Iterator[tuple[Dataset, Exchange]]:
    for d in inventory.datasets.values():
        for exchange in d.exchanges:
            yield d, exchange


def amount_of(inventory: Inventory, name: str, *inputs: str) -> float:
    """Sum of the amounts of `inputs` per unit of a dataset."""
    d = inventory.datasets[name]
    return sum(e.amount for e in d.exchanges if e.input in inputs)


# --- how many, and how sound -------------------------------------------------------------------


def test_the_inventory_is_as_wide_as_promised(inventory: Inventory) -> None:
    assert len(inventory.datasets) >= 620
    linked = [
        d for d in unit_processes(inventory) if any(e.kind == "technosphere" for e in d.exchanges)
    ]
    assert len(linked) >= 200


def test_every_dataset_and_every_exchange_names_its_source_and_where_it_stands(
    inventory: Inventory,
) -> None:
    for d in some(inventory.datasets.values()):
        assert d.source in inventory.sources, d.id
        assert d.locator.strip(), d.id
        for exchange in some(d.exchanges):
            assert exchange.source in inventory.sources, (d.id, exchange.input)
            assert exchange.locator.strip(), (d.id, exchange.input)


def test_no_exchange_is_unlinked_and_every_dataset_has_one(inventory: Inventory) -> None:
    for d, exchange in links(inventory):
        known = inventory.datasets if exchange.kind == "technosphere" else inventory.flows
        assert exchange.input in known, (d.id, exchange.input)
    assert [d.id for d in inventory.datasets.values() if not d.exchanges] == []


def test_goods_carry_a_trade_code(inventory: Inventory) -> None:
    goods = [
        d
        for d in inventory.datasets.values()
        if d.activity == "transformation" and d.boundary == "cradle-to-gate"
    ]
    without = [d.id for d in goods if not d.codes]
    assert len(without) <= 0.04 * len(goods), without


def test_an_estimate_is_marked_as_one(inventory: Inventory) -> None:
    own = {"premise-inventories", "tiangong-lca", "pv-ice", "act-2022", "iupac-atomic-weights"}
    unmarked = [
        d.id for d in unit_processes(inventory) if d.source in own and d.status != "estimate"
    ]
    assert unmarked == []


# --- balances ----------------------------------------------------------------------------------


def test_the_parts_of_a_published_total_add_up(
    inventory: Inventory, compiled: CompiledInventory
) -> None:
    gwp = inventory.gwp["AR6"]
    for d in some(inventory.datasets.values()):
        if any(e.kind == "technosphere" for e in d.exchanges):
            continue
        by_hand = sum(e.amount * gwp[e.input] for e in d.exchanges)
        parts = compiled.intensity(d.id)
        summed = sum(parts[c] for c in SPLIT)
        assert summed == pytest.approx(by_hand, rel=1e-9, abs=1e-12), d.id


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("battery-cell-nmc111-cn", 0.9, 1.1),
        ("battery-cell-nmc532-cn", 0.9, 1.1),
        ("battery-cell-nmc622-cn", 0.9, 1.1),
        ("battery-cell-nmc811-cn", 0.9, 1.1),
        ("battery-cell-nca-cn", 0.9, 1.1),
        ("battery-cell-lfp-cn", 0.85, 1.1),
        ("brass-h62-cn", 0.999, 1.001),
        ("carbon-anode-cn", 0.999, 1.001),
        ("copper-wire-cn", 0.999, 1.001),
        ("separator-li-ion-cn", 0.999, 1.001),
        ("corrugated-box-cn", 1.0, 1.1),
        ("aluminium-extrusion-primary-cn", 0.999, 1.001),
        ("glass-tempered-cn", 0.999, 1.001),
        ("cotton-fabric-knitted-cn", 1.0, 1.1),
        ("cotton-yarn-bd", 1.0, 1.15),
        ("polyester-filament-cn", 1.0, 1.05),
        ("polyester-fabric-woven-dyed-cn", 0.999, 1.001),
        ("solder-sac305-glo", 0.999, 1.001),
        ("solder-sn63pb37-glo", 0.999, 1.001),
        ("bronze-cusn8-cn", 0.999, 1.001),
        ("zinc-die-casting-zamak5-cn", 0.999, 1.001),
        ("cable-pvc-cn", 0.999, 1.001),
        ("pa66-gf30-cn", 0.999, 1.001),
        ("pc-abs-cn", 0.999, 1.001),
        ("sbr-cn", 1.0, 1.05),
    ],
)
def test_what_goes_in_comes_out(inventory: Inventory, name: str, low: float, high: float) -> None:
    d = inventory.datasets[name]
    materials = [
        e.amount
        for e in d.exchanges
        if e.kind == "technosphere"
        and inventory.datasets[e.input].unit == "kg"
        and inventory.datasets[e.input].activity == "transformation"
        and inventory.datasets[e.input].boundary == "cradle-to-gate"
    ]
    assert low <= sum(materials) <= high


@pytest.mark.parametrize(
    ("blend", "published"),
    [
        ("emission-r404a", 3943),
        ("emission-r407a", 1923),
        ("emission-r407c", 1624),
        ("emission-r410a", 1924),
        ("emission-r507a", 3985),
    ],
)
def test_a_refrigerant_blend_weighs_what_the_government_publishes(
    compiled: CompiledInventory, blend: str, published: float
) -> None:
    """DESNZ 2025, Refrigerant & other, kg CO2e per kg under AR5, from the shares of the blend."""
    parts = compiled.intensity(blend, "AR5")
    assert sum(parts[c] for c in SPLIT) == pytest.approx(published, rel=0.002)


def test_a_dyed_fabric_is_the_greige_fabric_and_its_steps(compiled: CompiledInventory) -> None:
    def fossil(name: str) -> float:
        return compiled.intensity(name)["fossil"]

    steps = ("desizing", "scouring", "bleaching", "dyeing", "finishing")
    for country in ("cn", "in", "bd", "vn", "tr", "pk"):
        added = sum(fossil(f"textile-{step}-{country}") for step in steps)
        greige = fossil(f"cotton-fabric-woven-{country}")
        assert fossil(f"cotton-fabric-woven-dyed-{country}") == pytest.approx(greige + added)


def test_glass_fibre_lies_below_the_nylon_it_replaces(compiled: CompiledInventory) -> None:
    for resin in ("pa66", "pa6"):
        filled = compiled.intensity(f"{resin}-gf30-cn")["fossil"]
        plain = sum(compiled.intensity(f"{resin}-resin-rer")[c] for c in SPLIT)
        assert filled < plain


def test_reactions_take_no_less_than_their_molar_masses_ask_for(inventory: Inventory) -> None:
    assert amount_of(inventory, "aluminium-primary-cn", "alumina-cn") >= 101.96 / 53.96
    assert amount_of(inventory, "nitric-acid-cn", "ammonia-natural-gas-cn") >= 17.03 / 63.02
    assert amount_of(inventory, "urea-cn", "ammonia-natural-gas-cn") >= 34.06 / 60.06
    carbon_in = amount_of(inventory, "carbon-black-us", "petroleum-refined-us") * 0.9
    carbon_out = 0.97 + amount_of(inventory, "carbon-black-us", "co2-fossil") * 12 / 44
    assert carbon_in == pytest.approx(carbon_out, rel=1e-5)


def test_a_fuel_emits_the_carbon_that_its_heating_value_allows(inventory: Inventory) -> None:
    """Between natural gas (56 g CO2 per MJ, less by 10 %) and coke (107 g, more by 10 %)."""
    checked = 0
    for d in inventory.datasets.values():
        if d.boundary != "combustion" or not d.lhv_mj_per_unit or d.location == "GLO":
            continue
        co2 = sum(e.amount for e in d.exchanges if e.input == "co2-fossil")
        if co2:
            assert 0.05 <= co2 / d.lhv_mj_per_unit <= 0.118, d.id
            checked += 1
    assert checked >= 5


@pytest.mark.parametrize(
    ("name", "dry_mass"),
    [
        ("containerboard-us", 1.0),
        ("kraft-paper-us", 1.0),
        ("corrugated-board-us", 1.0),
        ("mdf-us", 800.0),
        ("particleboard-us", 800.0),
    ],
)
def test_a_product_of_wood_stores_no_more_carbon_than_wood_holds(
    compiled: CompiledInventory, name: str, dry_mass: float
) -> None:
    """Half of dry wood is carbon: 1.83 kg CO2 per kg. Uptake less emission stays in the product."""
    values = compiled.intensity(name)
    stored = -values["biogenic_uptake"] - values["biogenic_emission"]
    assert -1e-9 <= stored <= 0.5 * 44 / 12 * dry_mass


def test_a_smelter_on_hydropower_lies_below_the_grid_and_coal_above(
    compiled: CompiledInventory,
) -> None:
    hydro, grid, coal = (
        compiled.intensity(f"aluminium-primary-{power}")["fossil"]
        for power in ("hydro-cn", "cn", "coal-cn")
    )
    assert hydro < grid < coal


# --- uncertainty -------------------------------------------------------------------------------


def _age(year: int) -> int:
    limits = (3, 6, 10, 15)
    return 1 + sum(AGE_TODAY - year >= limit for limit in limits)


def _basic(inventory: Inventory, exchange: Exchange) -> float:
    if exchange.kind == "biosphere":
        return 1.05 if exchange.input.startswith("co2-") else 1.5
    if exchange.data_kind == "default":
        return 1.5
    if exchange.data_kind == "calculated" and exchange.amount == pytest.approx(1.0, rel=1e-9):
        return 1.05
    activity = inventory.datasets[exchange.input].activity
    return 1.5 if activity in {"transport", "treatment"} else 1.2


def _pedigree(inventory: Inventory, d: Dataset, exchange: Exchange) -> tuple[int, ...]:
    verified = inventory.sources[exchange.source].verification in {
        "official_file",
        "publisher_repository",
    }
    reliability = 4 if exchange.data_kind == "default" else 2 if verified else 3
    completeness = 2 if exchange.source in AVERAGES else 4
    place = 1
    if exchange.kind == "technosphere":
        supplier = inventory.datasets[exchange.input].location
        around = supplier in {"GLO", "RoW", "RER", "RNA"} or d.location.startswith(f"{supplier}-")
        place = 1 if supplier == d.location else 2 if around else 4
    stand_in = any(w in exchange.comment for w in ("stands for", "stands in", "stand-in"))
    technology = max(d.technological, 4) if stand_in else d.technological
    return reliability, completeness, _age(d.year), place, technology


def test_every_input_of_a_unit_process_has_a_spread_by_the_written_rule(
    inventory: Inventory,
) -> None:
    for d in some(unit_processes(inventory)):
        for exchange in some(d.exchanges):
            published = exchange.minimum is not None or exchange.maximum is not None
            kept_fixed = exchange.input in {"co2-biogenic", "co2-uptake"}
            if published or kept_fixed or exchange.locator.startswith("definition"):
                assert exchange.gsd2 is None, (d.id, exchange.input)
                continue
            where = f"{d.id}, {exchange.input}"
            assert exchange.gsd2 == _basic(inventory, exchange), where
            assert exchange.pedigree == _pedigree(inventory, d, exchange), where


def test_heat_turned_into_fuel_uses_the_heating_value_of_that_fuel(inventory: Inventory) -> None:
    """Within 1 %: two publications on diesel (43.4 and 43.0 MJ per kg) differ by as much.

    Comments give the energy with four digits.
    """
    checked = 0
    for d, e in links(inventory):
        energy = re.search(r"([\d.]+) (MJ|kWh) of (?:heat|fuel|diesel)", e.comment)
        value = re.search(r"([\d.]+) MJ/(?:m3|kg)", e.comment)
        if not energy or not value:
            continue
        heat = float(energy[1]) * (3.6 if energy[2] == "kWh" else 1.0)
        assert e.amount == pytest.approx(heat / float(value[1]), rel=5e-4), (d.id, e.input)
        own = inventory.datasets[e.input].lhv_mj_per_unit
        if own:
            assert float(value[1]) == pytest.approx(own, rel=0.01), (d.id, e.input)
            checked += 1
    assert checked == 146


def test_an_average_that_was_raised_by_half_may_lie_above_and_down_to_the_average(
    inventory: Inventory,
) -> None:
    raised = [e for _, e in links(inventory) if "average plus 50 %" in e.comment]
    assert len(raised) == 108
    for e in raised:
        assert (e.gsd2, e.minimum, e.maximum) == (1.5, None, None)


def test_a_figure_stands_at_the_end_of_its_range_only_where_its_source_prints_no_more(
    inventory: Inventory,
) -> None:
    at_end = {e.source for _, e in links(inventory) if e.amount in {e.minimum, e.maximum}}
    assert at_end == {"act-2022", "ipcc-2006-industry"}


def test_a_published_range_holds_its_figure(inventory: Inventory) -> None:
    for d, e in some(links(inventory)):
        if e.minimum is not None and e.maximum is not None:
            assert e.minimum <= e.amount <= e.maximum, (d.id, e.input)


# --- provenance --------------------------------------------------------------------------------


def test_a_condition_of_redistribution_is_said_in_words(inventory: Inventory) -> None:
    conditional = {s.id for s in inventory.sources.values() if s.redistributable == "conditional"}
    assert conditional >= {"cpcd-core", "uba-2021-94", "worldsteel-2024", "iai-2024"}
    for source in inventory.sources.values():
        assert source.redistributable in {"yes", "conditional"}, source.id
        assert (len(source.condition) >= 20) == (source.id in conditional), source.id


def test_a_source_without_a_licence_is_never_free_of_conditions(inventory: Inventory) -> None:
    for source in some(inventory.sources.values()):
        if "single" in source.licence or "None stated" in source.licence:
            assert source.redistributable == "conditional", source.id


def test_the_attribution_page_is_up_to_date(inventory: Inventory) -> None:
    page = (FIGURES / attribution.FILE).read_text("utf-8")
    assert page == attribution.attribution(inventory.sources.values()), (
        "run python -m footprint.inventory.attribution"
    )
    for source in inventory.sources.values():
        assert f"## {source.id}\n" in page
        assert source.attribution in page


# --- identity ----------------------------------------------------------------------------------


def test_an_id_once_shipped_stays_or_is_retired(inventory: Inventory, update_golden: bool) -> None:
    units = {d.id: d.unit for d in inventory.datasets.values()}
    with IDS.open(encoding="utf-8", newline="") as file:
        shipped = {row["id"]: row["unit"] for row in csv.DictReader(file)}
    gone = sorted(set(shipped) - set(units) - set(RETIRED))
    assert gone == [], "an id may be added, never removed: enter it in RETIRED with the reason"
    changed = [name for name, unit in shipped.items() if units.get(name, unit) != unit]
    assert changed == [], "an id never changes its unit: a new unit is a new id"
    assert set(RETIRED) & set(units) == set(), "a retired id is never used again"
    if update_golden:
        rows = "".join(f"{name},{units[name]}\n" for name in sorted(units))
        IDS.write_text("id,unit\n" + rows, "utf-8")
        return
    missing = sorted(set(units) - set(shipped))
    assert missing == [], f"new ids: pytest {__file__} --update-golden"


def test_no_synonym_is_shared_by_two_datasets_of_one_location_and_unit(
    inventory: Inventory,
) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for d in some(inventory.datasets.values()):
        for word in (d.name_en, d.name_zh, *d.synonyms_en, *d.synonyms_zh):
            other = seen.setdefault((fold_name(word), d.location, d.unit), d.id)
            assert other == d.id, f"{word!r} leads to both {other} and {d.id} in {d.location}"


@pytest.mark.parametrize(
    ("word", "location", "expected"),
    [
        ("T2 copper", "CN", "copper-cathode-primary-cn"),
        ("H62", "CN", "brass-h62-cn"),
        ("6063", "CN", "aluminium-extrusion-primary-cn"),
        ("铝型材", "CN", "aluminium-extrusion-primary-cn"),
        ("ADC12压铸件", "CN", "aluminium-casting-cn"),
        ("A00铝锭", "CN", "aluminium-primary-cn"),
        ("烧碱", "CN", "sodium-hydroxide-cn"),
        ("HT250", "CN", "iron-casting-cn"),
        ("钢化玻璃", "CN", "glass-tempered-cn"),
        ("涤纶切片", "CN", "pet-resin-cn"),
        ("电池级碳酸锂", "CL", "lithium-carbonate-cl"),
        ("rPET", "VN", "pet-recycled-resin-vn"),
        ("MDF", "US", "mdf-us"),
        ("7nm芯片", "TW", "ic-die-logic-7nm-tw"),
    ],
)
def test_grades_and_trade_words_lead_to_the_new_datasets(
    compiled: CompiledInventory, word: str, location: str, expected: str
) -> None:
    found = [e.id for e in compiled.by_name.get(fold_name(word), ()) if e.location == location]
    assert found == [expected]
