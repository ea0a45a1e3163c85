"""A part is never taken for the material that its name mentions; what else a line says counts."""

from __future__ import annotations

import pytest
from evidence import some
from matchkit import accepted, ask, entry

from footprint.inventory.compiled import CompiledInventory
from footprint.matching.candidates import candidates
from footprint.matching.kinds import kind_of
from footprint.matching.match import Matcher, matcher_of
from footprint.matching.materials import material_class_of, materials
from footprint.matching.query import Query

STEEL = entry("steel", "Steel, carbon", "steel", "碳钢")
PVC = entry("pvc", "Polyvinyl chloride (PVC), resin", "PVC", "PVC compound")
PA66 = entry("pa66", "Polyamide 66 with 30 % glass fibre", "PA66 GF30", "PA66-GF30")
WIRE = entry("wire", "Insulated copper wire, PVC", "hook-up wire", "电子线", "PVC电线")
SCREW = entry("screw", "Pan head screw, steel", "machine screw", "螺丝", unit="piece")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("USB cable PVC", "cable"),
        ("screw steel", "screw"),
        ("不锈钢螺钉 SUS304 M4*10", "screw"),
        ("Zylinderschraube M6x16", "screw"),
        ("なべ小ねじ M3×8", "screw"),
        ("M3x8 socket head", "screw"),
        ("LED driver", "ic"),
        ("cable tie 2.5x100", "cable-tie"),
        ("锂电池充电器", "adapter"),
        ("驱动板", "pcba"),
        # What is no part, although a part's name stands in it.
        ("motor bracket", None),
        ("电机外壳", None),
        ("Connector housing 6-way", None),
        ("spring steel 65Mn", None),
        ("弹簧钢 65Mn", None),
        ("motor oil", None),
        ("螺丝刀", None),
        ("PVC compound for cable jacket", None),
    ],
)
def test_the_head_of_a_name_tells_the_kind_of_part(name: str, kind: str | None) -> None:
    found = kind_of(name)
    assert (found.id if found else None) == kind


@pytest.mark.parametrize(
    ("name", "category", "specification", "material", "kind"),
    [
        ("100n", "", "Capacitor_SMD:C_0402_1005Metric", "", "capacitor"),
        ("47k", "Resistor, thick film", "RESC1608", "", "resistor"),
        ("MCU-48", "", "LQFP-48_L7.0-W7.0-P0.50", "", "ic"),
        ("Wire red", "", "2.5 mm²", "tinned copper, PVC", "cable"),
        ("Side", "", "", "birch plywood", "board"),
        ("Housing", "Bearing parts", "", "", None),  # a name with a head of its own decides
    ],
)
def test_other_columns_tell_the_kind_where_the_name_has_no_head(
    name: str, category: str, specification: str, material: str, kind: str | None
) -> None:
    found = kind_of(name, category, specification, material)
    assert (found.id if found else None) == kind


def test_a_part_is_not_taken_for_the_material_in_its_name_but_the_material_is_shown() -> None:
    for text in ("USB cable PVC", "screw steel"):
        outcome = ask(Matcher([STEEL, PVC]), text)
        assert outcome.accepted is None
        assert "more than the material" in outcome.candidates[0].refused
        assert "more than the material" in outcome.refusal


def test_a_dataset_of_the_parts_own_kind_is_taken() -> None:
    outcome = ask(Matcher([PVC, WIRE]), "电子线 PVC")
    assert outcome.accepted is not None
    assert outcome.accepted.entry.id == "wire"


def test_a_part_of_known_material_and_mass_takes_the_material_and_says_so() -> None:
    query = Query("Bracket", material="PA66 GF30", unit="piece", mass_kg=0.012, country="DE")
    found = Matcher([PA66, STEEL]).match(query, lambda _: True).accepted
    assert found is not None
    assert (found.entry.id, found.by) == ("pa66", "material")
    assert "without the making of the part" in found.reason


def test_a_coat_is_no_material() -> None:
    query = Query("Bracket", material="Steel, zinc plated", unit="kg")
    zinc = entry("zinc", "Zinc", "zinc", "锌")
    found = Matcher([STEEL, zinc]).match(query, lambda _: True)
    assert [one.entry.id for one in found.candidates] == ["steel"]


def test_columns_that_contradict_each_other_are_a_question() -> None:
    query = Query("Bracket", material="Steel", category="Printed in PLA", unit="kg")
    outcome = Matcher([STEEL]).match(query, lambda _: True)
    assert outcome.accepted is None
    assert "another column 'Printed in PLA'" in outcome.refusal


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("EN AW-6060", "aluminium extrusion 6063"),
        ("A6063", "aluminium extrusion 6063"),
        ("EN AW-1050A", "aluminium sheet 1050"),
        ("X5CrNi18-10", "sus304"),
        ("A2-70", "stainless steel"),
        ("EN-GJL-250", "cast iron"),
        ("Stahl 8.8 verzinkt", "steel"),
    ],
)
def test_designations_of_standards_are_read(text: str, plain: str) -> None:
    assert materials().plain(text).replace(" 8.8", "").strip() == plain


def test_a_mainboard_of_28_g_is_not_that_of_a_server(inventory: CompiledInventory) -> None:
    query = Query("主板", unit="piece", mass_kg=0.028, country="CN")
    outcome = matcher_of(inventory).match(query, lambda entry: entry.unit == "piece")
    assert outcome.accepted is None
    said = Query("服务器主板", unit="piece", mass_kg=0.028, country="CN")
    refused = matcher_of(inventory).match(said, lambda entry: entry.unit == "piece")
    assert refused.accepted is None
    assert "a piece of it weighs" in refused.candidates[0].refused
    heavy = Query("服务器主板", unit="piece", mass_kg=1.1, country="CN")
    taken = matcher_of(inventory).match(heavy, lambda entry: entry.unit == "piece").accepted
    assert taken is not None
    assert taken.entry.id == "mainboard-server-glo"


def test_a_packaging_foil_is_no_foil_for_batteries(inventory: CompiledInventory) -> None:
    query = Query("铝箔 包装用", unit="kg", stage="packaging", country="CN")
    outcome = matcher_of(inventory).match(query, lambda entry: entry.unit == "kg")
    foil = [c for c in outcome.candidates if c.entry.id == "aluminium-foil-battery-cn"]
    assert all("batteries" in one.refused for one in foil)
    assert outcome.accepted is None or outcome.accepted.entry.id != "aluminium-foil-battery-cn"


def test_candidates_tell_how_the_unit_fits_and_what_each_would_give(
    inventory: CompiledInventory,
) -> None:
    weighed = Query("ABS外壳", unit="piece", mass_kg=0.05, country="CN")
    first = candidates(weighed, inventory)[0]
    intensity = inventory.intensity(first.candidate.entry.id)
    assert first.fit == "mass"
    assert first.kg_co2e == pytest.approx(
        0.05 * (intensity["fossil"] + intensity["biogenic_non_co2"])
    )
    unweighed = candidates(Query("ABS外壳", unit="piece", country="CN"), inventory)
    assert {one.fit for one in unweighed} <= {"needs-mass", "none"}
    assert unweighed[0].candidate.entry.id == first.candidate.entry.id
    assert all(one.kg_co2e is None for one in unweighed)


@pytest.mark.parametrize(
    ("name", "material", "wanted"),
    [
        ("Reflector", "PC", "plastic"),
        ("透镜", "钢化玻璃", "glass"),
        ("Screw M5x20", "A2-70", "steel-stainless"),
        ("自攻螺丝", "", "steel"),
        ("Chỉ may 40/2", "Polyester", "textile"),
        ("Mains cable", "PVC/Cu", "cable"),
        ("Heating element", "", "electromechanical"),
        ("Wood glue PVAc", "", "chemical"),
        ("Plinth", "", None),
    ],
)
def test_classes_of_material(name: str, material: str, wanted: str | None) -> None:
    found = material_class_of(Query(name, material=material))
    assert (found.id if found else None) == wanted


SUPPLY = entry("supply", "Power supply unit", "power supply", "电源", "开关电源")
CELL = entry("cell", "Solar cell, monocrystalline", "solar cell", "电池片")
LAPTOP = entry("laptop", "Laptop", "laptop", "笔记本电脑", unit="piece")
ROUTER = entry("router", "Internet box, router, per piece", "router", unit="piece")
SERVER_CASE = entry("case", "Server case", "computer case", "机箱", unit="piece")


@pytest.mark.parametrize(
    "name",
    [
        "Power supply cover",
        "Power supply bracket",
        "Power supply brackets",
        "Power supply housing assembly",
        "Laptop stand",
        "电源底座",
        "电源底座组件",
        "电源外壳",
        "电池盖",
        "电池盒",
        "电池支架组件",
    ],
)
def test_what_holds_or_covers_a_device_is_not_the_device(name: str) -> None:
    for unit in some(("kg", "piece")):
        assert accepted([SUPPLY, CELL, LAPTOP], name, unit) is None


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Power supply", "supply"),
        ("电源", "supply"),
        ("开关电源", "supply"),
        ("Power supply 12 V", "supply"),
        ("Laptop", "laptop"),
        ("Server case", "case"),
        ("internet box", "router"),
    ],
)
def test_the_device_itself_is_still_found(name: str, entry_id: str) -> None:
    entries = [SUPPLY, CELL, LAPTOP, SERVER_CASE, ROUTER]
    assert entry_id in {accepted(entries, name, unit) for unit in ("kg", "piece")}


def test_a_cover_of_a_material_is_made_of_it() -> None:
    glass = entry("glass", "Glass, packaging", "glass", "玻璃")
    assert accepted([glass, SUPPLY], "玻璃盖") == "glass"
