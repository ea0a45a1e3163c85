"""openLCA and ILCD packages: units and properties of their own, compartments, reference flows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from import_helpers import codes, noticed, of, refused, solved, take
from import_samples import ilcd_exchange, ilcd_files, ilcd_process, zip_of

Json = dict[str, Any]
MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"


def group(native: str, reference: str, **others: float) -> Json:
    units = [
        {
            "@id": f"{native}-{reference}",
            "name": reference,
            "conversionFactor": 1.0,
            "isRefUnit": True,
        }
    ]
    units += [{"name": name, "conversionFactor": factor} for name, factor in others.items()]
    return {"@type": "UnitGroup", "@id": native, "units": units}


def prop(native: str, unit_group: str) -> Json:
    return {"@type": "FlowProperty", "@id": native, "unitGroup": {"@id": unit_group}}


def flow(native: str, *factors: tuple[str, float], kind: str = "PRODUCT_FLOW", **more: Any) -> Json:
    given = [
        {"flowProperty": {"@id": name}, "conversionFactor": value, "isRefFlowProperty": at == 0}
        for at, (name, value) in enumerate(factors)
    ]
    return {
        "@type": "Flow",
        "@id": native,
        "name": native,
        "flowType": kind,
        "flowProperties": given,
        **more,
    }


def exchange(native: str, amount: float, unit: str, used: str, *, given: bool, **more: Any) -> Json:
    return {
        "amount": amount,
        "isInput": given,
        "flow": {"@type": "Flow", "@id": native, "name": native},
        "flowProperty": {"@id": used},
        "unit": {"name": unit},
        **more,
    }


def process(native: str, *exchanges: Json, **more: Any) -> Json:
    return {"@type": "Process", "@id": native, "name": native, "exchanges": list(exchanges), **more}


AIR = "Elementary flows/Emission to air/unspecified"
CO2 = flow("Carbon dioxide, fossil", (MASS, 1.0), kind="ELEMENTARY_FLOW", category=AIR)


def co2(amount: float) -> Json:
    return exchange("Carbon dioxide, fossil", amount, "kg", MASS, given=False)


def package(
    folder: Path, groups: list[Json], props: list[Json], flows: list[Json], *processes: Json
) -> Path:
    files: dict[str, str | bytes] = {"olca-schema.json": '{"version": 2}'}
    for name, objects in (
        ("unit_groups", groups),
        ("flow_properties", props),
        ("flows", [CO2, *flows]),
        ("processes", list(processes)),
    ):
        files |= {f"{name}/{at}.json": json.dumps(value) for at, value in enumerate(objects)}
    return zip_of(folder / "package.zip", files)


def pair(unit: str, used: str, amount: float, per: str, per_used: str) -> tuple[Json, Json]:
    """1 `per` of `thing` emits 1 kg; the user takes `amount` `unit` of it."""
    maker = process("maker", exchange("thing", 1, per, per_used, given=False), co2(1))
    user = process(
        "user",
        exchange("goods", 1, "kg", MASS, given=False, isQuantitativeReference=True),
        exchange("thing", amount, unit, used, given=True),
    )
    return maker, user


KG = group("ug-mass", "kg", t=1000.0, g=0.001)
GOODS = flow("goods", (MASS, 1.0))


@pytest.mark.parametrize(
    ("units", "unit", "per", "amount", "right"),
    [
        (group("ug", "lb", ton=2000.0), "ton", "lb", 1.0, 2000.0),
        (group("ug", "kg", ton=907.18474), "ton", "kg", 2.0, 1814.36948),
        (group("ug", "Nm3", Sm3=0.9479), "Sm3", "Nm3", 100.0, 94.79),
        (group("ug", "Sm3", Nm3=1.055), "Nm3", "Sm3", 10.0, 10.55),
        (group("ug", "MJ", therm=105.5), "therm", "MJ", 2.0, 211.0),
        (group("ug", "m3", barrel=0.159), "barrel", "m3", 10.0, 1.59),
        (group("ug", "bag", pallet=40.0), "pallet", "bag", 1.0, 40.0),
    ],
)
def test_a_unit_is_what_the_file_defines(
    units: Json, unit: str, per: str, amount: float, right: float, tmp_path: Path
) -> None:
    path = package(
        tmp_path,
        [KG, units],
        [prop(MASS, "ug-mass"), prop("own", "ug")],
        [GOODS, flow("thing", ("own", 1.0))],
        *pair(unit, "own", amount, per, "own"),
    )
    assert of(solved(take(path).inventory), "x-goods") == pytest.approx(right, rel=1e-9)


def test_two_groups_may_use_one_name_for_two_units(tmp_path: Path) -> None:
    path = package(
        tmp_path,
        [KG, group("ug-us", "lb", ton=2000.0), group("ug-uk", "kg", ton=1016.0469088)],
        [prop(MASS, "ug-mass"), prop("us", "ug-us"), prop("uk", "ug-uk")],
        [GOODS, flow("thing", ("us", 1.0)), flow("other", ("uk", 1.0))],
        *pair("ton", "us", 1.0, "lb", "us"),
        process("third", exchange("other", 1, "ton", "uk", given=False), co2(1016.0469088)),
    )
    values = solved(take(path).inventory)
    assert of(values, "x-goods") == pytest.approx(2000.0)
    assert of(values, "x-other") == pytest.approx(1.0)  # per kg


@pytest.mark.parametrize(
    ("groups", "props", "factor", "amount", "right"),
    [
        ([], [prop("fp-m", "g"), prop("fp-d", "g")], 0.5, 1.0, 2.0),
        ([], [prop("fp-m", "g"), prop("fp-d", "g")], 0.8, 4.0, 5.0),
        ([group("g", "kg")], [prop("fp-m", "g"), prop("fp-d", "g")], 0.25, 1.0, 4.0),
        ([KG], [prop("fp-m", "ug-mass"), prop("fp-d", "ug-mass")], 0.1, 3.0, 30.0),
    ],
)
def test_an_amount_in_another_property_is_converted_with_or_without_unit_groups(
    groups: list[Json],
    props: list[Json],
    factor: float,
    amount: float,
    right: float,
    tmp_path: Path,
) -> None:
    path = package(
        tmp_path,
        groups,
        props,
        [GOODS, flow("thing", ("fp-m", 1.0), ("fp-d", factor))],
        *pair("kg", "fp-d", amount, "kg", "fp-m"),
    )
    assert of(solved(take(path).inventory), "x-goods") == pytest.approx(right)


@pytest.mark.parametrize("props", [[], [prop("fp-m", "a"), prop("fp-v", "b")]])
def test_a_property_of_another_dimension_without_its_units_is_refused(
    props: list[Json], tmp_path: Path
) -> None:
    path = package(
        tmp_path,
        [],
        props,
        [GOODS, flow("thing", ("fp-m", 1.0), ("fp-v", 0.002))],
        *pair("m3", "fp-v", 1.0, "kg", "fp-m"),
    )
    assert codes(refused(path)) == {"IMP-014"}


def test_a_property_that_its_flow_does_not_state_is_refused(tmp_path: Path) -> None:
    path = package(
        tmp_path,
        [KG],
        [prop(MASS, "ug-mass"), prop("dry", "ug-mass")],
        [GOODS, flow("thing", (MASS, 1.0))],
        *pair("kg", "dry", 1.0, "kg", MASS),
    )
    assert codes(refused(path)) == {"IMP-014"}


@pytest.mark.parametrize("renamed", ["Id", "@iD", ""])
def test_a_flow_that_nothing_can_refer_to_is_told(tmp_path: Path, renamed: str) -> None:
    """Without its conversions a kilogram of dry mass would count as a kilogram of the whole."""
    lost = flow("thing", (MASS, 1.0), ("dry", 0.5))
    lost = {(renamed if name == "@id" else name): value for name, value in lost.items()}
    path = package(
        tmp_path,
        [prop(MASS, "ug-mass"), prop("dry", "ug-mass")],
        [],
        [GOODS, lost],
        process(
            "maker",
            exchange("thing", 1, "kg", MASS, given=False, isQuantitativeReference=True),
            co2(1),
        ),
        pair("kg", "dry", 1.0, "kg", MASS)[1],
    )
    said = [one.problem.message for one in take(path).report.notices]
    assert [text for text in said if "has no @id" in text]


def test_energy_over_mass_takes_the_reference_data_that_packages_leave_out(tmp_path: Path) -> None:
    energy = "93a60a56-a3c8-11da-a746-0800200c9a66"
    path = package(
        tmp_path,
        [],
        [],
        [GOODS, flow("thing", (MASS, 1.0), (energy, 40.0))],
        *pair("MJ", energy, 10.0, "kg", MASS),
    )
    assert of(solved(take(path).inventory), "x-goods") == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("category", "counts"),
    [
        ("Elementary flows/emission/air/troposphere/rural/ground-level", True),
        ("Elementary flows/emission/air/urban air close to ground", True),
        ("Emissions/Emissions to air/Emissions to non-agricultural air", True),
        ("Elementary flows/emission/air/indoor/over water", True),
        ("Elementary flows/emission/ground", False),
        ("Elementary flows/emission/ground/agricultural", False),
        ("Elementary flows/emission/water/ground-water", False),
        ("Elementary flows/Emission to soil/unspecified", False),
        ("Elementary flows/emission/water/ocean", False),
    ],
)
def test_a_path_that_names_air_is_air_and_ground_alone_is_soil(
    category: str, counts: bool, tmp_path: Path
) -> None:
    gas = flow("Methane, fossil", (MASS, 1.0), kind="ELEMENTARY_FLOW", category=category)
    path = package(
        tmp_path,
        [KG],
        [prop(MASS, "ug-mass")],
        [GOODS, gas],
        process(
            "maker",
            exchange("goods", 1, "kg", MASS, given=False),
            co2(1),
            exchange("Methane, fossil", 0.01, "kg", MASS, given=False),
        ),
    )
    assert of(solved(take(path).inventory), "x-goods") == pytest.approx(1.298 if counts else 1.0)


def test_a_process_parameter_hides_a_global_one_and_formulas_keep_their_scope(
    tmp_path: Path,
) -> None:
    shared = [
        {"@id": "1", "name": "f", "isInputParameter": True, "value": 2.0},
        {"@id": "2", "name": "h", "isInputParameter": False, "formula": "f*10", "value": 20.0},
    ]

    def maker(native: str, formula: str, *own: Json) -> Json:
        out = exchange(native, 1, "kg", MASS, given=False)
        return process(native, out, co2(1) | {"amountFormula": formula}, parameters=list(own))

    inner = {"name": "f", "isInputParameter": True, "value": 3.0}
    path = package(
        tmp_path,
        [KG],
        [prop(MASS, "ug-mass")],
        [flow(name, (MASS, 1.0)) for name in ("one", "two", "three")],
        maker("one", "f"),
        maker("two", "f", inner),
        maker("three", "h", inner),
    )
    files = {f"parameters/{item['@id']}.json": json.dumps(item) for item in shared}
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    imported = take(path)
    values = solved(imported.inventory)
    assert [of(values, f"x-{name}-") for name in ("one", "two", "three")] == [2.0, 3.0, 20.0]
    assert noticed(imported.report)["IMP-117"] == 3  # the amounts beside them were all 1


def test_an_unknown_section_that_holds_objects_leaves_the_process_incomplete(
    tmp_path: Path,
) -> None:
    extra = {"moreExchanges": [{"amount": 3}], "rating": 4}
    made = process("maker", exchange("goods", 1, "kg", MASS, given=False), co2(1), **extra)
    report = take(package(tmp_path, [KG], [prop(MASS, "ug-mass")], [GOODS], made)).report
    found = noticed(report)
    assert (found["IMP-114"], found["IMP-113"]) == (1, 1)
    assert (report.status, report.coverage.inputs) == ("incomplete", 0.0)


def ilcd(folder: Path, exchanges: str, **replaced: str) -> Path:
    files = {k: v for k, v in ilcd_files().items() if not k.startswith("processes/")}
    files |= {f"flows/{name}.xml": text for name, text in replaced.items()}
    files["processes/p.xml"] = ilcd_process("mine", "Mining", "CN", exchanges)
    return zip_of(folder / "ilcd.zip", files)


def typed(name: str, kind: str) -> str:
    return str(ilcd_files()[f"flows/{name}.xml"]).replace("Product flow", kind)


@pytest.mark.parametrize("kind", ["Elementary flow", "Waste flow", "Other flow", ""])
@pytest.mark.parametrize("amount", [1, 1000])
def test_the_reference_flow_is_the_product_whatever_its_type(
    kind: str, amount: int, tmp_path: Path
) -> None:
    exchanges = ilcd_exchange(0, "coal", amount, "Output") + ilcd_exchange(1, "co2", 5, "Output")
    imported = take(ilcd(tmp_path, exchanges, coal=typed("coal", kind)))
    assert list(solved(imported.inventory).values()) == pytest.approx([5 / amount])
    assert noticed(imported.report).get("IMP-113", 0) == (kind == "Elementary flow")


def test_a_by_flow_never_stands_for_a_missing_reference_flow(tmp_path: Path) -> None:
    exchanges = ilcd_exchange(7, "wood", 0.05, "Output") + ilcd_exchange(1, "co2", 5, "Output")
    path = ilcd(tmp_path, exchanges)
    assert codes(refused(path)) >= {"IMP-009"}


def test_a_reference_flow_without_its_data_set_is_still_the_product(tmp_path: Path) -> None:
    exchanges = ilcd_exchange(0, "nickel", 2, "Output") + ilcd_exchange(1, "co2", 5, "Output")
    assert list(solved(take(ilcd(tmp_path, exchanges)).inventory).values()) == [2.5]


def test_an_amount_that_hangs_on_a_variable_needs_its_result(tmp_path: Path) -> None:
    open_ = ilcd_exchange(1, "co2", 5, "Output").replace(
        "<resultingAmount>5</resultingAmount>", "<referenceToVariable>v</referenceToVariable>"
    )
    path = ilcd(tmp_path, ilcd_exchange(0, "coal", 1, "Output") + open_)
    assert codes(refused(path)) >= {"IMP-015"}
