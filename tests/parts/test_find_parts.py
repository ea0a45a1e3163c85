"""Which part model the words of a line lead to, and what is missing to use it."""

from __future__ import annotations

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.inventory.compiled import CompiledInventory
from footprint.parts import find
from footprint.parts.areas import carton_area
from footprint.parts.find import _begun, part_kinds
from footprint.parts.sizes import folded_size, reader


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("M3x8 SHCS", "part-screw-iso4762-m3x8"),
        ("内六角螺钉 M3*8", "part-screw-iso4762-m3x8"),
        ("ISO 4762 M3×8", "part-screw-iso4762-m3x8"),
        ("M3-8 杯头内六角 SUS304", "part-screw-iso4762-a2-m3x8"),
        ("M8x1.25x25 hex bolt DIN 933", "part-screw-iso4017-m8x25"),
        ("M2.5X6 盘头十字螺丝 镀锌", "part-screw-iso7045-m2p5x6"),
        ("紧定螺丝 M4*6", "part-screw-iso4026-m4x6"),
        ("自攻螺丝 ST2.9x9.5", "part-screw-din7981-st2p9x9p5"),
        ("M3 六角螺母", "part-nut-din934-m3"),
        ("nyloc nut M4", "part-nut-din985-m4"),
        ("平垫 M3", "part-washer-iso7089-m3"),
        ("Washer 5.3", "part-washer-iso7089-m5"),
        ("弹垫 M4", "part-washer-din127-m4"),
        ("圆柱销 3x16", "part-pin-iso2338-3x16"),
        ("608ZZ 轴承", "part-bearing-608"),
        ("ball bearing 6202-2RS", "part-bearing-6202"),
        ("钕铁硼磁铁 φ10x3", "part-magnet-ndfeb-10x3"),
        ("R0402 10k", "part-resistor-chip-0402"),
        ("贴片电阻 0603 4.7K 1%", "part-resistor-chip-0603"),
        ("100nF 0402 X7R", "part-capacitor-mlcc-0402"),
        ("C0805 10uF 25V", "part-capacitor-mlcc-0805"),
        ("10uH 0805 电感", "part-inductor-chip-0805"),
        ("LED 2835 白光", "part-led-2835"),
        ("晶振 3225 12MHz", "part-crystal-3225"),
        ("二极管 SOD-123", "part-diode-sod123"),
        ("SOIC-8", "part-ic-soic-8"),
        ("SOP8 运放", "part-ic-soic-8"),
        ("STM32F103 LQFP-64", "part-ic-lqfp-64-10x10"),
        ("18650 电芯 2600mAh", "part-cell-18650"),
        ("碱性电池 AA", "part-cell-alkaline-aa"),
        ("7寸 TFT 屏", "part-display-7in"),
        ("NEMA17 stepper", "part-motor-nema17"),
        ("UL1007 24AWG 红", "part-wire-pvc-awg-awg24"),
        ("USB-C 接口", "part-connector"),
        ("carton 300x200x150 5-layer", "part-carton-5-layer"),
        ("瓦楞纸箱 三层 300*200*150", "part-carton-3-layer"),
        ("PCB 4层 100x80mm FR4", "part-pcb-bare-4-layer"),
        ("PE袋 200x300mm 5丝", "part-bag-pe-50um"),
        ("牛津布 200g/m2", "part-fabric-polyester-woven-200gsm"),
        ("USB cable PVC", "part-cable-sheathed"),
        ("金属拉链 5#", "part-zip-metal"),
        ("Zylinderschraube M6x16", "part-screw-iso4762-m6x16"),
        ("なべ小ねじ M3×8", "part-screw-iso7045-m3x8"),
        ("Conn_01x04 pin header", "part-connector"),
        ("Folding carton, printed", "part-board-box"),
        ("Compression spring", "part-spring-steel"),
    ],
)
def test_the_words_of_a_line_lead_to_the_part_they_mean(
    inventory: CompiledInventory, text: str, dataset: str
) -> None:
    assert find(text, inventory.datasets)[0].dataset == dataset


@pytest.mark.parametrize(
    "text",
    [
        "steel plate 3 mm",
        "ABS resin",
        "尼龙螺丝 M3x8",
        "铜螺丝 M3x8",
        "10k",
        "",
        "冷轧板 SPCC",
        "弹簧钢 65Mn",
        "bearing steel GCr15",
        "电机外壳",
        "liquid crystal polymer",
        "PU leather",
    ],
)
def test_what_names_no_part_of_the_library_gives_no_candidate(
    inventory: CompiledInventory, text: str
) -> None:
    assert find(text, inventory.datasets) == []


def test_a_general_word_leaves_several_designs_and_is_less_sure(
    inventory: CompiledInventory,
) -> None:
    sure = find("M3x8 SHCS", inventory.datasets)[0]
    found = find("SUS304 螺丝 M3x8", inventory.datasets)
    assert [c.dataset for c in found[:3]] == [
        "part-screw-iso7045-a2-m3x8",
        "part-screw-iso4762-a2-m3x8",
        "part-screw-iso4017-a2-m3x8",
    ]
    assert found[0].confidence < sure.confidence


def test_a_stated_mass_refuses_a_size_three_times_off(inventory: CompiledInventory) -> None:
    fits = find("M3x8 SHCS", inventory.datasets, mass_kg=0.0009)
    assert fits[0].dataset == "part-screw-iso4762-m3x8"
    far = find("M3x8 SHCS", inventory.datasets, mass_kg=0.009)
    assert [(c.dataset, c.amount) for c in far] == [("part-screw-steel", 0.009)]


def test_a_kind_without_its_size_says_what_it_needs(inventory: CompiledInventory) -> None:
    (found,) = find("USB-C 接口", inventory.datasets)
    assert (found.needs, found.amount) == ("mass", None)
    (weighed,) = find("USB-C 接口", inventory.datasets, mass_kg=0.0012)
    assert (weighed.needs, weighed.amount, weighed.unit) == ("", 0.0012, "kg")


def test_a_box_is_the_area_of_its_blank() -> None:
    assert carton_area("300x200x150") == pytest.approx((2 * 0.5 + 0.035) * 0.35)
    assert carton_area("30x20x15 cm") == pytest.approx(carton_area("300x200x150"))
    assert carton_area("box") is None


def test_a_bag_has_two_sides(inventory: CompiledInventory) -> None:
    found = find("PE袋 200x300mm 50um", inventory.datasets)[0]
    assert found.amount == pytest.approx(2 * 0.2 * 0.3)


def test_size_codes_are_inches_unless_the_text_says_metric() -> None:
    assert reader("chip")("r 0603") == ("0603",)
    assert reader("chip")("1608 metric") == ("0603",)


def test_every_kind_names_series_and_models_that_exist(inventory: CompiledInventory) -> None:
    ids = inventory.datasets.keys()
    series_of = [(kind.name, one) for kind in part_kinds() for one in (*kind.series, *kind.a2)]
    for kind_name, series in some(series_of):
        assert any(name.startswith(f"part-{series}-") for name in ids), (kind_name, series)
    models = [kind.model for kind in part_kinds() if kind.model and kind.model != "pcb-bare"]
    for model in some(models):
        assert f"part-{model}" in ids


def test_every_candidate_is_a_part_of_the_inventory(inventory: CompiledInventory) -> None:
    for name in ("M3x8 SHCS", "PCB 2层 50x50", "标签 80g纸 40x30mm", "7寸屏 LCD"):
        for candidate in some(find(name, inventory.datasets)):
            assert inventory.entry(candidate.dataset).kind == "part"
            assert inventory.entry(candidate.dataset).unit == candidate.unit


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    folded_size(text)
    assert find(text, {}) == []


WORDS = sorted({word for kind in part_kinds() for word in kind.begins})


@given(st.lists(st.sampled_from(WORDS) | st.text("ab 电容-3", max_size=4), max_size=4))
def test_every_kind_whose_word_stands_in_a_text_is_looked_for(texts: list[str]) -> None:
    text = " ".join(texts)
    named = {at for at, kind in enumerate(part_kinds()) if kind.words.search(text)}
    assert named <= _begun(text)
