"""Units of Chinese factories: ten thousand kWh, kilocalories, standard coal, gas at some state."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from evidence import some

from footprint import units
from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.reading import units as written
from footprint.words.language import in_language

HEAD = "# name: Bolt\n# declared_unit: 1 piece\n# company: Alpha\n# country: CN\n"
POWER, HEAT = "electricity-grid-cn", "heat-purchased-cn"
COAL, BOUGHT = "coal-bituminous-combustion-glo", "coal-burned-cn"


@pytest.mark.parametrize(
    ("word", "unit", "factor"),
    [
        ("度", "kWh", 1.0),
        ("万度", "kWh", 10_000.0),
        ("萬度", "kWh", 10_000.0),
        ("万千瓦时", "kWh", 10_000.0),
        ("万kWh", "kWh", 10_000.0),
        ("亿千瓦时", "kWh", 1e8),
        ("千度", "kWh", 1000.0),
        ("千卡", "MJ", 0.0041868),
        ("大卡", "MJ", 0.0041868),
        ("kcal", "MJ", 0.0041868),
        ("百万大卡", "MJ", 4186.8),
        ("Gcal", "MJ", 4186.8),
        ("百万千焦", "MJ", 1000.0),
        ("千焦", "MJ", 0.001),
        ("万吨", "kg", 1e7),
        ("万立方米", "m3", 1e4),
        ("吨标准煤", "tce", 1.0),
        ("公斤标煤", "tce", 0.001),
        ("万吨标煤", "tce", 10_000.0),
    ],
)
def test_each_word_is_what_it_means(word: str, unit: str, factor: float) -> None:
    assert units.factor(word, unit) == factor
    read = written.unit_of(word)
    assert read is not None
    assert units.convertible(read, unit)
    if written.dimension(read) in ("energy", "coal"):
        ratio = written.in_base(1.0, read) / written.in_base(1.0, unit)
        assert ratio == pytest.approx(factor, rel=1e-12)


def test_every_word_of_the_table_leads_to_a_unit_of_the_registry() -> None:
    words = json.loads((files("footprint") / "unit_words.json").read_text("utf-8"))
    for word, unit in some(words.items()):
        assert units.normal_unit(word) == units.normal_unit(unit), word


def test_standard_coal_is_no_energy_by_itself() -> None:
    for unit in some(["kWh", "MJ", "kg", "t"]):
        assert not units.convertible("tce", unit)


def total(inventory: CompiledInventory, *lines: str) -> float:
    rows = "\n".join(f"{number},{line},production" for number, line in enumerate(lines, 1))
    table = f"{HEAD}id,name,quantity,unit,dataset,stage\n{rows}\n"
    return calculate(read_bom_bytes(table.encode(), "works.csv"), inventory).total


def same(inventory: CompiledInventory, one: str, other: str) -> bool:
    return total(inventory, one) == pytest.approx(total(inventory, other), rel=1e-12)


def test_amounts_are_those_of_the_unit_that_the_dataset_has(inventory: CompiledInventory) -> None:
    assert same(inventory, f"Power,0.5,万度,{POWER}", f"Power,5000,kWh,{POWER}")
    assert same(inventory, f"Heat,2,百万大卡,{HEAT}", f"Heat,8373.6,MJ,{HEAT}")
    assert same(inventory, f"Coal,1.5,吨标准煤,{COAL}", f"Coal,43961.4,MJ,{COAL}")
    assert same(inventory, f"Coal,1500,kgce,{COAL}", f"Coal,1.5,tce,{COAL}")


@pytest.mark.parametrize(
    ("line", "says", "chinese"),
    [
        (f"Power,1,tce,{POWER}", "may be the energy itself (0.1229 kgce per kWh", "当量值"),
        (f"Heat,1000,千克标准煤,{HEAT}", "or the coal burned for it", "等价值"),
        (f"Coal,1,吨标准煤,{BOUGHT}", "counts heat, and coal-burned-cn is per kg", "计的是热量"),
        ("Gas,100,Nm3,natural-gas-burned-cn", "at which temperature the gas", "计量温度"),
        ("Gas,100,标方,natural-gas-burned-cn", "at which temperature the gas", "计量温度"),
        ("Gas,100,万标方,natural-gas-burned-cn", "at which temperature the gas", "计量温度"),
    ],
)
def test_what_is_open_is_asked_and_never_guessed(
    inventory: CompiledInventory, line: str, says: str, chinese: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        total(inventory, line)
    (problem,) = refused.value.problems
    assert problem.code == "BOM-012"
    assert says in problem.message
    assert problem.hint
    translated = in_language(problem, "zh")
    assert chinese in translated.message
    assert translated.hint != problem.hint


@pytest.mark.parametrize("word", sorted(units.GAS_AT_SOME_STATE))
def test_gas_at_some_state_is_no_unit_anywhere(word: str) -> None:
    with pytest.raises(units.UnitError, match="at which temperature"):
        units.normal_unit(word)
    assert written.unit_of(word) is None
