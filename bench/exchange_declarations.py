"""Declarations of many kinds, made up: ILCD+EPD as JSON, XML and zip, for benches and tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

A1_GWP = "77e416eb-a363-4258-a04e-171d843a6460"
TOTAL = "6a37f984-a4b3-458a-a20a-64418c145fa2"
FOSSIL = "5f635281-343e-44fb-83df-1971b155e6b6"
BIOGENIC = "2356e1ab-0185-4db5-86e5-16de51c7485c"
LULUC = "4331bbdb-978a-490d-8707-eeb047f01a55"
GHG = "fb774615-0575-45de-9a89-1ded92f19770"
MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
VOLUME = "93a60a56-a3c8-22da-a746-0800200c9a66"
AREA = "93a60a56-a3c8-19da-a746-0800200c9a66"
LENGTH = "838aaa23-0117-11db-92e3-0800200c9a66"
ITEMS = "01846770-4cfe-4a25-8ad9-919d8d378345"
CARBON = "62e503ce-544a-4599-b2ad-bcea15a7bf20"
PACKAGING_CARBON = "262a541b-209e-44cc-a426-33bce30de7b1"
PRICE = "1c1a0d6c-0000-4000-8000-000000000002"
#: As data sets in English call them.
_CALLED = {
    A1_GWP: "Global warming potential (GWP)",
    TOTAL: "Global Warming Potential - total (GWP-total)",
    FOSSIL: "Global Warming Potential - fossil fuels (GWP-fossil)",
    BIOGENIC: "Global Warming Potential - biogenic (GWP-biogenic)",
    LULUC: "Global Warming Potential - land use and land use change (GWP-luluc)",
}
_UNIT = {MASS: "kg", VOLUME: "m3", AREA: "qm", LENGTH: "m", ITEMS: "pcs"}
FLOW = "0f0a0b0c-0000-4000-8000-00000000f10e"
UUID = "503dfca1-0000-4000-8000-000000000001"

#: (indicator, module, value) or (indicator, module, value, scenario).
Row = tuple[str, str, str] | tuple[str, str, str, str]


def split(fossil: str, biogenic: str, luluc: str, total: str, module: str = "A1-A3") -> list[Row]:
    """The four indicators of +A2 for one module."""
    pairs = ((FOSSIL, fossil), (BIOGENIC, biogenic), (LULUC, luluc), (TOTAL, total))
    return [(uuid, module, value) for uuid, value in pairs]


def ilcd_json(  # noqa: PLR0913 -- each is a trap of its own
    rows: Sequence[Row],
    *,
    reference: str = MASS,
    mean: str = "1",
    amount: str = "1",
    resulting: str | None = None,
    others: Mapping[str, tuple[str, str]] | None = None,
    materials: Sequence[tuple[str, str, str]] = (),
    valid: Any = 2030,
    subtype: str = "specific dataset",
    names: Mapping[str, str] | None = None,
    reference_name: str = "",
) -> dict[str, Any]:
    """A process data set as nodes publish it.

    others : further flow properties: id -> (name, mean)
    materials : (name, value, unit) of material properties
    names : language -> name of the product
    """
    properties = [(reference, reference_name or "Property", mean, True)]
    properties += [(uuid, name, text, False) for uuid, (name, text) in (others or {}).items()]
    exchange: dict[str, Any] = {
        "dataSetInternalID": 0,
        "referenceFlow": True,
        "exchange direction": "OUTPUT",
        "referenceToFlowDataSet": _link(FLOW, "flow data set", "Product"),
        "meanAmount": float(amount),
        "flowProperties": [
            {
                "name": [{"value": name, "lang": "en"}],
                "uuid": uuid,
                "referenceFlowProperty": main,
                "meanValue": float(text),
                "referenceUnit": _UNIT.get(uuid, "kg"),
                "unitGroupUUID": "93a60a57-a4c8-11da-a746-0800200c9a66",
            }
            for uuid, name, text, main in properties
        ],
        "materialProperties": [
            {"name": name, "value": value, "unit": unit, "unitDescription": ""}
            for name, value, unit in materials
        ],
    }
    if resulting is not None:
        exchange["resultingflowAmount"] = float(resulting)
    return {
        "processInformation": {
            "dataSetInformation": {
                "UUID": UUID,
                "name": {
                    "baseName": [
                        {"value": value, "lang": lang}
                        for lang, value in (names or {"en": "Product"}).items()
                    ]
                },
            },
            "quantitativeReference": {"referenceToReferenceFlow": [0], "type": "Reference flow(s)"},
            "time": {"referenceYear": 2024, "dataSetValidUntil": valid},
            "geography": {"locationOfOperationSupplyOrProduction": {"location": "DE"}},
        },
        "modellingAndValidation": {
            "LCIMethodAndAllocation": {
                "typeOfDataSet": "EPD",
                "other": {"anies": [{"name": "subType", "value": subtype}]},
            },
            "complianceDeclarations": {
                "compliance": [
                    {"referenceToComplianceSystem": _link("a", "source data set", "EN 15804+A2")}
                ]
            },
        },
        "administrativeInformation": {
            "publicationAndOwnership": {
                "referenceToOwnershipOfDataSet": _link("b", "contact data set", "Example Makers")
            }
        },
        "exchanges": {"exchange": [exchange]},
        "LCIAResults": {"LCIAResult": _results(rows)},
        "version": "00.01.000",
    }


def _link(uuid: str, kind: str, text: str) -> dict[str, Any]:
    return {
        "refObjectId": uuid,
        "type": kind,
        "uri": f"../{uuid}",
        "version": "00.01.000",
        "shortDescription": [{"value": text, "lang": "en"}],
    }


def _results(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for uuid, module, value, *scenario in rows:
        one: dict[str, Any] = {"module": module, "value": value}
        found.setdefault(uuid, []).append(one | ({"scenario": scenario[0]} if scenario else {}))
    return [
        {
            "referenceToLCIAMethodDataSet": _link(
                uuid, "LCIA method data set", _CALLED.get(uuid, "GWP")
            ),
            "other": {
                "anies": [
                    *values,
                    {
                        "name": "referenceToUnitGroupDataSet",
                        "value": _link("c", "unit group data set", "kg CO_(2)-Äq."),
                    },
                ]
            },
        }
        for uuid, values in found.items()
    ]


_PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<p:processDataSet xmlns:p="http://lca.jrc.it/ILCD/Process" xmlns:c="http://lca.jrc.it/ILCD/Common"
 xmlns:e="http://www.iai.kit.edu/EPD/2013" version="1.1" e:epd-version="1.2">
<p:processInformation><p:dataSetInformation><c:UUID>{uuid}</c:UUID>
<p:name>{names}</p:name></p:dataSetInformation>
<p:quantitativeReference type="Reference flow(s)">
<p:referenceToReferenceFlow>0</p:referenceToReferenceFlow></p:quantitativeReference>
<p:time><c:referenceYear>2024</c:referenceYear>
<c:dataSetValidUntil>{valid}</c:dataSetValidUntil></p:time></p:processInformation>
<p:modellingAndValidation><p:LCIMethodAndAllocation><p:typeOfDataSet>EPD</p:typeOfDataSet>
<c:other><e:subType>{subtype}</e:subType></c:other></p:LCIMethodAndAllocation>
</p:modellingAndValidation>
<p:administrativeInformation><p:publicationAndOwnership>
<c:referenceToOwnershipOfDataSet refObjectId="b" type="contact data set">
<c:shortDescription>Example Makers</c:shortDescription></c:referenceToOwnershipOfDataSet>
</p:publicationAndOwnership></p:administrativeInformation>
<p:exchanges><p:exchange dataSetInternalID="0">
<p:referenceToFlowDataSet refObjectId="{flow}" type="flow data set">
<c:shortDescription>Product</c:shortDescription></p:referenceToFlowDataSet>
<p:exchangeDirection>Output</p:exchangeDirection>
<p:meanAmount>{amount}</p:meanAmount></p:exchange></p:exchanges>
<p:LCIAResults>{results}</p:LCIAResults></p:processDataSet>"""
_FLOW = """<?xml version="1.0" encoding="UTF-8"?>
<f:flowDataSet xmlns:f="http://lca.jrc.it/ILCD/Flow" xmlns:c="http://lca.jrc.it/ILCD/Common"
 xmlns:m="http://www.matml.org/" version="1.1">
<f:flowInformation><f:dataSetInformation><c:UUID>{flow}</c:UUID>
<c:other><m:MatML_Doc>{materials}</m:MatML_Doc></c:other></f:dataSetInformation>
<f:quantitativeReference><f:referenceToReferenceFlowProperty>0</f:referenceToReferenceFlowProperty>
</f:quantitativeReference></f:flowInformation>
<f:flowProperties>{properties}</f:flowProperties></f:flowDataSet>"""


def ilcd_xml(document: Mapping[str, Any]) -> tuple[str, str]:
    """The same data set as XML: that of the process, and that of the flow."""
    info = document["processInformation"]
    (exchange,) = document["exchanges"]["exchange"]
    method = document["modellingAndValidation"]["LCIMethodAndAllocation"]
    process = _PROCESS.format(
        uuid=info["dataSetInformation"]["UUID"],
        names="".join(
            f'<p:baseName xml:lang="{one["lang"]}">{one["value"]}</p:baseName>'
            for one in info["dataSetInformation"]["name"]["baseName"]
        ),
        valid=info["time"]["dataSetValidUntil"],
        subtype=method["other"]["anies"][0]["value"],
        flow=FLOW,
        amount=exchange["meanAmount"],
        results="".join(map(_result_xml, document["LCIAResults"]["LCIAResult"])),
    )
    properties = "".join(
        f'<f:flowProperty dataSetInternalID="{at}"><f:referenceToFlowPropertyDataSet '
        f'refObjectId="{one["uuid"]}"><c:shortDescription>{one["name"][0]["value"]}'
        f"</c:shortDescription></f:referenceToFlowPropertyDataSet>"
        f"<f:meanValue>{one['meanValue']}</f:meanValue></f:flowProperty>"
        for at, one in enumerate(exchange["flowProperties"])
    )
    bulk = "".join(
        f'<m:PropertyData property="pr{at}"><m:Data format="float">{one["value"]}</m:Data>'
        f"</m:PropertyData>"
        for at, one in enumerate(exchange["materialProperties"])
    )
    details = "".join(
        f'<m:PropertyDetails id="pr{at}"><m:Name>{one["name"]}</m:Name>'
        f'<m:Units name="{one["unit"]}"/></m:PropertyDetails>'
        for at, one in enumerate(exchange["materialProperties"])
    )
    materials = (
        f"<m:Material><m:BulkDetails><m:Name>x</m:Name>{bulk}</m:BulkDetails></m:Material>"
        f"<m:Metadata>{details}</m:Metadata>"
    )
    return process, _FLOW.format(flow=FLOW, materials=materials, properties=properties)


def _result_xml(result: Mapping[str, Any]) -> str:
    amounts = "".join(
        f'<e:amount e:module="{one["module"]}"'
        + (f' e:scenario="{one["scenario"]}"' if one.get("scenario") else "")
        + f">{one['value']}</e:amount>"
        for one in result["other"]["anies"]
        if "module" in one
    )
    uuid = result["referenceToLCIAMethodDataSet"]["refObjectId"]
    return (
        f'<p:LCIAResult><p:referenceToLCIAMethodDataSet refObjectId="{uuid}"/>'
        f"<c:other>{amounts}</c:other></p:LCIAResult>"
    )


def ilcd_zip(document: Mapping[str, Any], folder: str = "ILCD/", *more: str) -> bytes:
    """A package as it is published; `more` are further process data sets."""
    process, flow = ilcd_xml(document)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{folder}processes/{UUID}_00.01.000.xml", process)
        archive.writestr(f"{folder}flows/{FLOW}.xml", flow)
        archive.writestr(f"{folder}external_docs/printed.pdf", b"%PDF-1.7")
        for at, text in enumerate(more):
            archive.writestr(f"{folder}processes/more-{at}.xml", text)
    return buffer.getvalue()


_CERAMIC = split("40", "-1.8", "0.2", "38.4")
_ONE: list[Row] = [(TOTAL, "A1-A3", "179")]

#: What data sets are like, one file each: how it is made, and what it states of A1 to A3, per one
#: unit: unit, parts (kg CO2e), mass (kg, None where it is open), last year of validity.
DECLARATIONS: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "per kg": ({"rows": split("2", "0", "0.1", "2.1")}, {"fossil": 2.0, "luc": 0.1, "mass": 1}),
    "reference flow of 1,000 kg": (
        {"rows": _ONE, "mean": "1000", "resulting": "1000"},
        {"fossil": 0.179, "mass": 1},
    ),
    "reference flow of 1,000 kg as the amount": (
        {"rows": _ONE, "amount": "1000"},
        {"fossil": 0.179, "mass": 1},
    ),
    "A1, A2, A3 apart": (
        {"rows": [(TOTAL, "A1", "1"), (TOTAL, "A2", "0.25"), (TOTAL, "A3", "0.5")]},
        {"fossil": 1.75, "mass": 1},
    ),
    "A1, A2, A3 beside A1-A3": (
        {"rows": [*_ONE, (TOTAL, "A1", "100"), (TOTAL, "A2", "50"), (TOTAL, "A3", "29")]},
        {"fossil": 179.0, "mass": 1},
    ),
    "A1-A2 and A3": (
        {"rows": [(TOTAL, "A1-A2", "1.5"), (TOTAL, "A3", "0.5")]},
        {"fossil": 2.0, "mass": 1},
    ),
    "other modules beside": (
        {"rows": [*_ONE, (TOTAL, "A4", "9"), (TOTAL, "C3", "8"), (TOTAL, "D", "-7")]},
        {"fossil": 179.0, "mass": 1},
    ),
    "scenarios of other modules": (
        {"rows": [*_ONE, (TOTAL, "C3", "8", "burnt"), (TOTAL, "C3", "1", "reused")]},
        {"fossil": 179.0, "mass": 1},
    ),
    "A1-A3 in a scenario beside the plain one": (
        {"rows": [*_ONE, (TOTAL, "A1-A3", "150", "next year")]},
        {"fossil": 179.0, "mass": 1},
    ),
    "+A1, without biogenic carbon": (
        {"rows": [(A1_GWP, "A1-A3", "3")]},
        {"fossil": 3.0, "mass": 1},
    ),
    "+A1, wood: uptake is inside": (
        {
            "rows": [(A1_GWP, "A1-A3", "-647.42")],
            "reference": VOLUME,
            "others": {MASS: ("Mass", "500"), CARBON: ("Carbon content (biogenic)", "219.94")},
        },
        {
            "unit": "cubic meter", "fossil": 159.0266666667, "uptake": -806.4466666667,
            "mass": 500,
        },
    ),
    "+A1 beside +A2": (
        {"rows": [(A1_GWP, "A1-A3", "9"), *split("2", "0", "0", "2")]},
        {"fossil": 2.0, "mass": 1},
    ),
    "+A2, uptake of packaging": (
        {"rows": _CERAMIC, "reference": AREA, "others": {MASS: ("Mass", "25")}},
        {"unit": "square meter", "fossil": 40.0, "luc": 0.2, "uptake": -1.8, "mass": 25},
    ),
    "+A2 with GWP-GHG": (
        {"rows": [*_CERAMIC, (GHG, "A1-A3", "40.5")]},
        {"fossil": 40.0, "luc": 0.2, "non_co2": 0.3, "uptake": -2.1, "mass": 1},
    ),
    "+A2, biogenic above zero": (
        {"rows": split("2", "0.5", "0", "2.5")},
        {"fossil": 2.0, "emission": 0.5, "mass": 1},
    ),
    "mass as a flow property in German": (
        {
            "rows": _ONE, "reference": AREA,
            "others": {"1c1a0d6c-0000-4000-8000-000000000001": ("Masse", "12.7")},
        },
        {"unit": "square meter", "fossil": 179.0, "mass": 12.7},
    ),
    "a price is no mass": (
        {"rows": _ONE, "reference": ITEMS, "others": {PRICE: ("US market price 2002", "99")}},
        {"unit": "piece", "fossil": 179.0, "mass": None},
    ),
    "carbon of packaging is no mass": (
        {
            "rows": _CERAMIC, "reference": AREA,
            "others": {PACKAGING_CARBON: ("Carbon content (biogenic) - packaging", "0.49")},
        },
        {"unit": "square meter", "fossil": 40.0, "luc": 0.2, "uptake": -1.8, "mass": None},
    ),
    "grammage": (
        {"rows": _ONE, "reference": AREA, "materials": [("grammage", "12.5", "kg/m^2")]},
        {"unit": "square meter", "fossil": 179.0, "mass": 12.5},
    ),
    "weight per unit": (
        {"rows": _ONE, "reference": ITEMS, "materials": [("weight per unit", "31", "kg")]},
        {"unit": "piece", "fossil": 179.0, "mass": 31},
    ),
    "gross density": (
        {"rows": _ONE, "reference": VOLUME, "materials": [("gross density", "2400", "kg/m^3")]},
        {"unit": "cubic meter", "fossil": 179.0, "mass": 2400},
    ),
    "gross density of 2.4, which no concrete has": (
        {"rows": _ONE, "reference": VOLUME, "materials": [("gross density", "2.4", "kg/m^3")]},
        {"unit": "cubic meter", "fossil": 179.0, "mass": None, "asks": "2.4 kg per cubic meter"},
    ),
    "conversion factor that is kg per m2": (
        {
            "rows": _ONE, "reference": AREA,
            "materials": [("conversion factor to 1 kg", "179", "-")],
        },
        {"unit": "square meter", "fossil": 179.0, "mass": 179},
    ),
    "conversion factor that is m3 per kg": (
        {
            "rows": _ONE, "reference": VOLUME,
            "materials": [("conversion factor to 1 kg", "0.000435", "-")],
        },
        {"unit": "cubic meter", "fossil": 179.0, "mass": 2298.850574712644},
    ),
    "conversion factor that may be either": (
        {
            "rows": _ONE, "reference": AREA,
            "materials": [("conversion factor to 1 kg", "12.7", "-")],
        },
        {"unit": "square meter", "fossil": 179.0, "mass": None, "asks": "12.7 or 0.07874 kg"},
    ),
    "conversion factor of a piece": (
        {
            "rows": _ONE, "reference": ITEMS,
            "materials": [("conversion factor to 1 kg", "0.2", "-")],
        },
        {"unit": "piece", "fossil": 179.0, "mass": None, "asks": "0.2 or 5 kg per piece"},
    ),
    "conversion factor that a grammage explains": (
        {
            "rows": _ONE, "reference": AREA,
            "materials": [
                ("conversion factor to 1 kg", "12.7", "-"), ("grammage", "12.7", "kg/m^2"),
            ],
        },
        {"unit": "square meter", "fossil": 179.0, "mass": 12.7},
    ),
    "per metre": (
        {"rows": _ONE, "reference": LENGTH, "materials": [("linear density", "2.1", "kg/m")]},
        {"unit": "meter", "fossil": 179.0, "mass": 2.1},
    ),
    "ten pieces": (
        {"rows": _ONE, "reference": ITEMS, "amount": "10", "others": {MASS: ("Mass", "2")}},
        {"unit": "piece", "fossil": 17.9, "mass": 2},
    ),
    "an average data set": (
        {"rows": _ONE, "subtype": "average dataset"},
        {"fossil": 179.0, "mass": 1, "share": 0.0},
    ),
    "a generic data set": (
        {"rows": _ONE, "subtype": "generic dataset"},
        {"fossil": 179.0, "mass": 1, "share": 0.0},
    ),
    "expired": ({"rows": _ONE, "valid": 2023}, {"fossil": 179.0, "mass": 1, "year": 2023}),
    "named in Norwegian": (
        {"rows": _ONE, "names": {"no": "Betong"}},
        {"fossil": 179.0, "mass": 1, "name": "Betong"},
    ),
    "named in German and Norwegian": (
        {"rows": _ONE, "names": {"no": "Betong", "de": "Beton"}},
        {"fossil": 179.0, "mass": 1, "name": "Beton"},
    ),
}  # fmt: skip
