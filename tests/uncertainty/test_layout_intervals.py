"""The interval that each layout states, against its closed form: one emission, all distributions.

Every file makes 4 kg and emits 2,000 g of CO2, so that bounds follow the amount through the unit
and the product: per kg the figure is 0.5. Draws are those of the simulation.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook
from scipy import stats
from varying_inventory import bom

from footprint.importers.run import ImportOptions, import_inventory
from footprint.inventory.compile import compile_inventory
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.uncertainty.figures import load_figures
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import SimulationSettings, uncertain
from footprint.uncertainty.spread import Spreads, sorted_ends
from footprint.uncertainty.system import prepared_draws

#: In grams per 4 kg: (minimum, mode, maximum), 2 SD, squared geometric SD.
LOW, MODE, HIGH, TWO_SD, GSD2 = 1200.0, 2000.0, 3600.0, 500.0, 1.44
MEAN = (LOW + MODE + HIGH) / 3.0
SCALE = 1.0 / 4000.0

CLOSED: dict[str, Any] = {
    "lognormal": stats.lognorm(math.log(GSD2) / 2.0, scale=2000.0),
    "normal": stats.norm(2000.0, TWO_SD / 2.0),
    "triangular": stats.triang((MODE - LOW) / (HIGH - LOW), LOW, HIGH - LOW),
    "uniform": stats.uniform(LOW, HIGH - LOW),
    "beta-pert": stats.beta(
        1 + 4 * (MODE - LOW) / (HIGH - LOW), 1 + 4 * (HIGH - MODE) / (HIGH - LOW), LOW, HIGH - LOW
    ),
    "undefined": stats.uniform(LOW, HIGH - LOW),
}


def spold1(folder: Path, kind: str) -> Path | None:
    amount = MEAN if kind == "triangular" else 2000.0
    says = {
        "lognormal": f'uncertaintyType="1" standardDeviation95="{GSD2}"',
        "normal": f'uncertaintyType="2" standardDeviation95="{TWO_SD}"',
        "triangular": f'uncertaintyType="3" minValue="{LOW}" maxValue="{HIGH}"',
        "uniform": f'uncertaintyType="4" minValue="{LOW}" maxValue="{HIGH}"',
        "undefined": f'uncertaintyType="0" minValue="{LOW}" maxValue="{HIGH}"',
    }.get(kind)
    if says is None:
        return None
    path = folder / "a.xml"
    path.write_text(
        '<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01"><dataset number="1">'
        '<metaInformation><processInformation><referenceFunction name="part"/>'
        '<geography location="DE"/>'
        "</processInformation></metaInformation><flowData>"
        '<exchange number="1" name="part" unit="kg" meanValue="4"><outputGroup>0</outputGroup>'
        '</exchange><exchange number="2" name="Carbon dioxide, fossil" category="air" unit="g" '
        f'meanValue="{amount}" {says}><outputGroup>4</outputGroup></exchange></flowData></dataset>'
        "</ecoSpold>",
        "utf-8",
    )
    return path


def spold2(folder: Path, kind: str) -> Path | None:
    variance = (math.log(GSD2) / 2.0) ** 2
    bounds = f'minValue="{LOW}" maxValue="{HIGH}"'
    says = {
        "lognormal": f'<lognormal meanValue="2000" variance="0.001" '
        f'varianceWithPedigreeUncertainty="{variance!r}"/>',
        "normal": f'<normal meanValue="2000" variance="{(TWO_SD / 2) ** 2}"/>',
        "triangular": f'<triangular {bounds} mostLikelyValue="{MODE}"/>',
        "uniform": f"<uniform {bounds}/>",
        "beta-pert": f'<beta {bounds} mostFrequentValue="{MODE}"/>',
        "undefined": f"<undefined {bounds}/>",
    }[kind]
    path = folder / "a.spold"
    path.write_text(
        '<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription>'
        '<activity id="a"><activityName>making</activityName></activity><geography><shortname>DE'
        "</shortname></geography></activityDescription><flowData>"
        '<intermediateExchange amount="4" intermediateExchangeId="p"><name>part</name><unitName>kg'
        "</unitName><outputGroup>0</outputGroup></intermediateExchange>"
        '<elementaryExchange amount="2000"><name>Carbon dioxide, fossil</name>'
        "<unitName>g</unitName>"
        f"<compartment><compartment>air</compartment></compartment><uncertainty>{says}</uncertainty>"
        "<outputGroup>4</outputGroup></elementaryExchange></flowData></activityDataset></ecoSpold>",
        "utf-8",
    )
    return path


def openlca(folder: Path, kind: str) -> Path | None:
    table: dict[str, dict[str, Any]] = {
        "lognormal": {"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomSd": math.sqrt(GSD2)},
        "normal": {"distributionType": "NORMAL_DISTRIBUTION", "mean": 2000.0, "sd": TWO_SD / 2},
        "triangular": {"distributionType": "TRIANGLE_DISTRIBUTION", "mode": MODE},
        "uniform": {"distributionType": "UNIFORM_DISTRIBUTION"},
    }
    if kind not in table:
        return None
    says = table[kind] | {"minimum": LOW, "maximum": HIGH, "geomMean": 2000.0}
    part = {"@id": "p", "name": "part", "flowType": "PRODUCT_FLOW"}
    gas = {"@id": "g", "name": "Carbon dioxide, fossil", "flowType": "ELEMENTARY_FLOW"}
    out: dict[str, Any] = {"isInput": False, "unit": {"name": "kg"}}
    exchanges: list[dict[str, Any]] = [
        out | {"amount": 4, "flow": part},
        out | {"amount": 2000, "flow": gas | {"category": "emission/air"}, "uncertainty": says},
    ]
    exchanges[1] |= {"unit": {"name": "g"}}
    (folder / "processes").mkdir()
    process = {"@type": "Process", "@id": "x", "name": "making", "exchanges": exchanges}
    (folder / "processes" / "x.json").write_text(json.dumps(process), "utf-8")
    return folder


def ilcd(folder: Path, kind: str) -> Path | None:
    named = {"lognormal": "log-normal", "beta-pert": None}.get(kind, kind)
    if named is None:
        return None
    deviation = {"lognormal": GSD2, "normal": TWO_SD}.get(kind)
    amount = MEAN if kind == "triangular" else 2000.0
    says = f"<uncertaintyDistributionType>{named}</uncertaintyDistributionType>"
    if deviation:
        says += f"<relativeStandardDeviation95In>{deviation}</relativeStandardDeviation95In>"
    else:
        says += f"<minimumAmount>{LOW}</minimumAmount><maximumAmount>{HIGH}</maximumAmount>"
    names = 'xmlns:c="http://lca.jrc.it/ILCD/Common"'

    def flow(uuid: str, name: str, typed: str, prop: str) -> str:
        return (
            f'<flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" {names}><flowInformation>'
            f"<dataSetInformation><c:UUID>{uuid}</c:UUID><name><baseName>{name}</baseName></name>"
            "<c:elementaryFlowCategorization><c:category>Emissions to air</c:category>"
            "</c:elementaryFlowCategorization></dataSetInformation></flowInformation>"
            f"<LCIMethod><typeOfDataSet>{typed}</typeOfDataSet></LCIMethod><flowProperties>"
            '<flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet '
            f'refObjectId="{prop}"/></flowProperty></flowProperties></flowDataSet>'
        )

    files = {"flows/p.xml": flow("p", "part", "Product flow", "kg")}
    files["flows/g.xml"] = flow("g", "Carbon dioxide, fossil", "Elementary flow", "g")
    for unit in ("kg", "g"):
        files[f"flowproperties/{unit}.xml"] = (
            f'<flowPropertyDataSet xmlns="http://lca.jrc.it/ILCD/FlowProperty" {names}>'
            f"<dataSetInformation><c:UUID>{unit}</c:UUID></dataSetInformation>"
            f'<referenceToReferenceUnitGroup refObjectId="u-{unit}"/></flowPropertyDataSet>'
        )
        files[f"unitgroups/{unit}.xml"] = (
            f'<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" {names}>'
            f"<dataSetInformation><c:UUID>u-{unit}</c:UUID></dataSetInformation><units>"
            f'<unit dataSetInternalID="0"><name>{unit}</name><meanValue>1</meanValue></unit>'
            "</units></unitGroupDataSet>"
        )
    files["processes/x.xml"] = (
        f'<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" {names}><processInformation>'
        "<dataSetInformation><c:UUID>x</c:UUID><name><baseName>making</baseName></name>"
        "</dataSetInformation><quantitativeReference><referenceToReferenceFlow>0"
        "</referenceToReferenceFlow></quantitativeReference></processInformation><exchanges>"
        '<exchange dataSetInternalID="0"><referenceToFlowDataSet refObjectId="p"/>'
        "<exchangeDirection>Output</exchangeDirection><resultingAmount>4</resultingAmount></exchange>"
        '<exchange dataSetInternalID="1"><referenceToFlowDataSet refObjectId="g"/>'
        f"<exchangeDirection>Output</exchangeDirection><resultingAmount>{amount!r}</resultingAmount>"
        f"{says}</exchange></exchanges></processDataSet>"
    )
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def simapro(folder: Path, kind: str) -> Path | None:
    says = {
        "lognormal": f"Lognormal;{GSD2};0;0",
        "normal": f"Normal;{TWO_SD};0;0",
        "triangular": f"Triangle;0;{LOW};{HIGH}",
        "uniform": f"Uniform;0;{LOW};{HIGH}",
        "undefined": f"Undefined;0;{LOW};{HIGH}",
    }.get(kind)
    if says is None:
        return None
    lines = ["{SimaPro 9.6.0.1}", "{CSV separator: Semicolon}", "{Decimal separator: .}", ""]
    lines += ["Process", "", "Products", "part;kg;4;100;not defined;Metals;", ""]
    lines += ["Emissions to air", f"Carbon dioxide, fossil;;g;2000;{says};", "", "End", ""]
    path = folder / "a.csv"
    path.write_text("\r\n".join(lines), "utf-8")
    return path


def excel(folder: Path, kind: str) -> Path | None:
    columns = ["uncertainty type", "loc", "scale", "minimum", "maximum"]
    says: list[Any] = {
        "lognormal": [2, math.log(2000.0), math.log(GSD2) / 2.0, None, None],
        "normal": [3, 2000.0, TWO_SD / 2.0, None, None],
        "triangular": [5, MODE, None, LOW, HIGH],
        "uniform": [4, None, None, LOW, HIGH],
        "beta-pert": [13, MODE, None, LOW, HIGH],
        "undefined": [0, None, None, LOW, HIGH],
    }[kind]
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Database", "d"],
        [],
        ["Activity", "part"],
        ["unit", "kilogram"],
        ["Exchanges"],
        ["name", "amount", "unit", "type", "categories", *columns],
        ["part", 4, "kilogram", "production", None],
        ["Carbon dioxide, fossil", 2000, "gram", "biosphere", "air", *says],
    ):
        sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def template(folder: Path, kind: str) -> Path | None:
    says = {
        "lognormal": f"lognormal,{GSD2},,,,",
        "normal": f"normal,,{TWO_SD / 2},,,",
        "triangular": f"triangular,,,{LOW},{HIGH},{MODE}",
        "uniform": f"uniform,,,{LOW},{HIGH},",
        "beta-pert": f"beta-pert,,,{LOW},{HIGH},{MODE}",
        "undefined": f"undefined,,,{LOW},{HIGH},",
    }[kind]
    (folder / "datasets.csv").write_text(
        "id,name_en,unit,ref_amount,location,year,kind,activity,boundary\n"
        "part,Part,kg,4,DE,2022,unit_process,transformation,cradle-to-gate\n",
        "utf-8",
    )
    (folder / "exchanges.csv").write_text(
        "dataset,type,input,amount,unit,distribution,gsd2,sd,minimum,maximum,centre\n"
        f"part,biosphere,co2-fossil,2000,g,{says}\n",
        "utf-8",
    )
    return folder


LAYOUTS: dict[str, Callable[[Path, str], Path | None]] = {
    "ecospold1": spold1,
    "ecospold2": spold2,
    "openlca": openlca,
    "ilcd": ilcd,
    "simapro": simapro,
    "brightway-excel": excel,
    "template": template,
}


def compiled(folder: Path, layout: str, kind: str) -> CompiledInventory | None:
    """The inventory of a file; None where the layout has no such distribution."""
    (folder / "file").mkdir()
    path = LAYOUTS[layout](folder / "file", kind)
    if path is None:
        return None
    (folder / "made").mkdir()
    imported = import_inventory(path, ImportOptions("x"))
    assert not [n for n in imported.report.notices if n.problem.code == "IMP-115"]
    compile_inventory(imported.inventory, folder / "made")
    return load_compiled(folder / "made")


HAVE = {
    "beta-pert": {"ecospold2", "brightway-excel", "template"},
    "undefined": set(LAYOUTS) - {"openlca"},
}


@pytest.mark.parametrize("kind", CLOSED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_states_the_distribution_that_is_drawn(
    layout: str, kind: str, tmp_path: Path
) -> None:
    inventory = compiled(tmp_path, layout, kind)
    assert (inventory is not None) == (layout in HAVE.get(kind, set(LAYOUTS)))
    if inventory is None:
        return
    figures = load_figures(inventory, "AR6")
    levels = np.array([0.025, 0.25, 0.5, 0.75, 0.975])
    many = {
        name: np.repeat(getattr(figures, name), len(levels))
        for name in ("amount", "first", "second", "centre", "kind")
    }
    kinds = many.pop("kind")
    drawn = many["amount"] + Spreads(**many, ends=sorted_ends(kinds)).deviations(levels)
    assert drawn == pytest.approx(CLOSED[kind].ppf(levels) * SCALE, rel=1e-9)


@pytest.mark.parametrize("kind", CLOSED)
def test_the_interval_of_one_line_is_within_a_hundredth_of_the_closed_form(
    kind: str, tmp_path: Path
) -> None:
    inventory = compiled(tmp_path, "template", kind)
    assert inventory is not None
    for amount, seed in ((1.0, 1), (40.0, 1), (1.0, 2), (1.0, 2026)):
        how = SimulationSettings(seed=seed, quantity_gsd2=FIXED)  # as many draws as by default
        name = next(iter(inventory.datasets))
        found = uncertain(bom((name, amount)), inventory, settings=how)
        low, high = CLOSED[kind].ppf([0.025, 0.975]) * SCALE * amount
        assert (found.low, found.high) == pytest.approx((low, high), rel=0.01)
        assert found.unstated_share == 0.0


def test_a_normal_figure_may_be_drawn_below_zero(tmp_path: Path) -> None:
    inventory = compiled(tmp_path, "template", "normal")
    assert inventory is not None
    figures = load_figures(inventory, "AR6")
    wide = replace(figures, first=figures.first * 100.0)
    assert not prepared_draws(wide, np.array([0.5]), seed=1).productive
