"""The economy of `sample_base.py` as openLCA JSON-LD packages and as an ILCD package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sample_base import UUIDS, zip_of


def _olca_files(processes: list[dict[str, Any]], more: dict[str, Any]) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        f"package/processes/{p['@id']}.json": json.dumps(p) for p in processes
    }
    return files | {name: json.dumps(value) for name, value in more.items()}


def openlca_process(native: str, name: str, exchanges: list[dict[str, Any]], **more: Any) -> Any:
    return {
        "@type": "Process",
        "@id": native,
        "name": name,
        "processType": "UNIT_PROCESS",
        "processDocumentation": {"validFrom": "2019-01-01", "validUntil": "2022-12-31"},
        "exchanges": exchanges,
        **more,
    }


def openlca_exchange(
    flow: str, amount: Any, unit: str, *, version: int, incoming: bool, **more: Any
) -> dict[str, Any]:
    new = version == 2
    flags = {
        ("isInput" if new else "input"): incoming,
        ("isAvoidedProduct" if new else "avoidedProduct"): more.pop("avoided", False),
        ("isQuantitativeReference" if new else "quantitativeReference"): more.pop("ref", False),
    }
    reference = {"@type": "Flow", "@id": UUIDS.get(flow, flow), "name": more.pop("name", flow)}
    return {"amount": amount, "flow": reference, "unit": {"name": unit}, **flags, **more}


def openlca_flow(flow: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"@type": "Flow", "@id": UUIDS[flow], "name": flow, "flowType": kind, **more}


def openlca(folder: Path, version: int) -> Path:
    def use(flow: str, amount: float, unit: str, **more: Any) -> dict[str, Any]:
        return openlca_exchange(flow, amount, unit, version=version, incoming=True, **more)

    def give(flow: str, amount: float, unit: str, **more: Any) -> dict[str, Any]:
        return openlca_exchange(flow, amount, unit, version=version, incoming=False, **more)

    provider = {"@type": "Process", "@id": UUIDS["plant"]}
    known = {"defaultProvider": provider} if version == 2 else {}
    place = {"@type": "Location", "@id": "us", "name": "United States of America (the)"}
    processes = [
        openlca_process(
            UUIDS["mine"],
            "Coal mining",
            [
                give("coal", 2, "kg", ref=True),
                use("electricity", 0.1, "kWh", **known),
                give("ch4", 0.02, "kg", name="Methane, fossil"),
                give("so2", 0.01, "kg", name="Sulfur dioxide"),
            ],
            location=place,
        ),
        openlca_process(
            UUIDS["plant"],
            "Power plant",
            [
                give("electricity", 1, "kWh", ref=True),
                use("coal", 0.4, "kg", uncertainty={"geomSd": 1.1}),
                give("co2", 900, "g", name="Carbon dioxide, fossil"),
                give("n2o", 0.00001, "kg", name="Nitrous oxide"),
            ],
            location=place,
        ),
        openlca_process(
            UUIDS["mill"],
            "Saw mill",
            [
                give("wood", 1, "kg", ref=True),
                use("electricity", 0.36, "MJ", **known),
                use("co2-in-air", 1.8, "kg", name="Carbon dioxide"),
            ],
            location={"@id": "rna", "name": "RNA"},
        ),
    ]
    air: Any = "Elementary flows/emission/air"
    source: Any = "Elementary flows/resource/air"
    more: dict[str, Any] = {}
    if version == 1:
        air, source = {"@id": "cat-air", "name": "air"}, {"@id": "cat-res", "name": "in air"}
        more["package/categories/air.json"] = {"@id": "cat-air", "name": "unspecified"}
        more["package/categories/res.json"] = {
            "@id": "cat-res",
            "name": "in air",
            "category": {"@id": "cat-top", "name": "resource"},
        }
    for flow in ("coal", "electricity", "wood"):
        more[f"package/flows/{flow}.json"] = openlca_flow(flow, "PRODUCT_FLOW")
    for flow in ("co2", "ch4", "n2o", "so2"):
        more[f"package/flows/{flow}.json"] = openlca_flow(flow, "ELEMENTARY_FLOW", category=air)
    more["package/flows/air.json"] = openlca_flow("co2-in-air", "ELEMENTARY_FLOW", category=source)
    more["package/locations/us.json"] = {"@id": "us", "code": "US", "description": float("nan")}
    return zip_of(folder / f"package-{version}.zip", _olca_files(processes, more))


_COMMON = 'xmlns:common="http://lca.jrc.it/ILCD/Common"'


def ilcd_flow(name: str, label: str, kind: str, prop: str = "mass", place: str = "") -> str:
    parts = "".join(
        f'<common:category level="{level}">{part}</common:category>'
        for level, part in enumerate(place.split("|"))
        if part
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" {_COMMON} version="1.1"><flowInformation>
  <dataSetInformation><common:UUID>{UUIDS[name]}</common:UUID>
  <name><baseName xml:lang="en">{label}</baseName>
  <baseName xml:lang="zh">中文{name}</baseName></name>
  <classificationInformation><common:elementaryFlowCategorization>{parts}
  </common:elementaryFlowCategorization></classificationInformation></dataSetInformation>
  <quantitativeReference><referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty>
  </quantitativeReference></flowInformation>
  <modellingAndValidation><LCIMethod><typeOfDataSet>{kind}</typeOfDataSet></LCIMethod>
  </modellingAndValidation>
  <flowProperties><flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet
  refObjectId="{UUIDS[prop]}"/><meanValue>1.0</meanValue></flowProperty></flowProperties>
</flowDataSet>"""


def ilcd_exchange(number: int, flow: str, amount: float, direction: str, extra: str = "") -> str:
    return f"""<exchange dataSetInternalID="{number}">
  <referenceToFlowDataSet refObjectId="{UUIDS.get(flow, flow)}"><common:shortDescription
  xml:lang="en">{flow}</common:shortDescription></referenceToFlowDataSet>
  <exchangeDirection>{direction}</exchangeDirection><meanAmount>{amount}</meanAmount>
  <resultingAmount>{amount}</resultingAmount>{extra}</exchange>"""


def ilcd_process(native: str, name: str, place: str, exchanges: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" {_COMMON} version="1.1">
<processInformation><dataSetInformation><common:UUID>{UUIDS[native]}</common:UUID>
  <name><baseName xml:lang="en">{name}</baseName>
  <baseName xml:lang="zh">过程{name}</baseName></name>
  </dataSetInformation>
  <quantitativeReference type="Reference flow(s)"><referenceToReferenceFlow>0
  </referenceToReferenceFlow></quantitativeReference>
  <time><common:referenceYear>2019</common:referenceYear></time>
  <geography><locationOfOperationSupplyOrProduction location="{place}"/></geography>
</processInformation><exchanges>{exchanges}</exchanges></processDataSet>"""


def ilcd_units(name: str, unit: str, others: dict[str, float]) -> str:
    rows = "".join(
        f'<unit dataSetInternalID="{at}"><name>{other}</name><meanValue>{factor}</meanValue></unit>'
        for at, (other, factor) in enumerate(({unit: 1.0} | others).items())
    )
    return f"""<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" {_COMMON}>
<unitGroupInformation><dataSetInformation><common:UUID>group-{name}</common:UUID>
</dataSetInformation><quantitativeReference><referenceToReferenceUnit>0</referenceToReferenceUnit>
</quantitativeReference></unitGroupInformation><units>{rows}</units></unitGroupDataSet>"""


def ilcd_property(name: str) -> str:
    return f"""<flowPropertyDataSet xmlns="http://lca.jrc.it/ILCD/FlowProperty" {_COMMON}>
<flowPropertiesInformation><dataSetInformation><common:UUID>{UUIDS[name]}</common:UUID>
</dataSetInformation><quantitativeReference><referenceToReferenceUnitGroup
refObjectId="group-{name}"/></quantitativeReference></flowPropertiesInformation>
</flowPropertyDataSet>"""


def ilcd_files() -> dict[str, str | bytes]:
    air = "Emissions|Emissions to air|Emissions to air, unspecified"
    files: dict[str, str | bytes] = {
        "unitgroups/mass.xml": ilcd_units("mass", "kg", {"t": 1000.0}),
        "unitgroups/energy.xml": ilcd_units("energy", "MJ", {"kWh": 3.6}),
        "flowproperties/mass.xml": ilcd_property("mass"),
        "flowproperties/energy.xml": ilcd_property("energy"),
        "flows/coal.xml": ilcd_flow("coal", "hard coal", "Product flow"),
        "flows/electricity.xml": ilcd_flow("electricity", "Electricity", "Product flow", "energy"),
        "flows/wood.xml": ilcd_flow("wood", "Wood", "Product flow"),
        "flows/co2.xml": ilcd_flow("co2", "carbon dioxide (fossil)", "Elementary flow", place=air),
        "flows/ch4.xml": ilcd_flow("ch4", "methane (fossil)", "Elementary flow", place=air),
        "flows/n2o.xml": ilcd_flow("n2o", "nitrous oxide", "Elementary flow", place=air),
        "flows/so2.xml": ilcd_flow("so2", "sulfur dioxide", "Elementary flow", place=air),
        "flows/in-air.xml": ilcd_flow(
            "co2-in-air", "carbon dioxide", "Elementary flow", place="Resources|Resources from air"
        ),
    }
    # ILCD amounts are in the reference unit: 0.1 kWh are 0.36 MJ.
    files["processes/mine.xml"] = ilcd_process(
        "mine",
        "Coal mining",
        "SD-CN",
        ilcd_exchange(0, "coal", 2, "Output")
        + ilcd_exchange(1, "electricity", 0.36, "Input")
        + ilcd_exchange(2, "ch4", 0.02, "Output")
        + ilcd_exchange(3, "so2", 0.01, "Output"),
    )
    files["processes/plant.xml"] = ilcd_process(
        "plant",
        "Power plant",
        "CN",
        ilcd_exchange(0, "electricity", 3.6, "Output")
        + ilcd_exchange(1, "coal", 0.4, "Input")
        + ilcd_exchange(2, "co2", 0.9, "Output")
        + ilcd_exchange(3, "n2o", 0.00001, "Output"),
    )
    files["processes/mill.xml"] = ilcd_process(
        "mill",
        "Saw mill",
        "RER",
        ilcd_exchange(0, "wood", 1, "Output")
        + ilcd_exchange(1, "electricity", 0.36, "Input")
        + ilcd_exchange(2, "co2-in-air", 1.8, "Input"),
    )
    return files


def ilcd(folder: Path) -> Path:
    return zip_of(folder / "ilcd.zip", ilcd_files())
