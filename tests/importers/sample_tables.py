"""The economy of `sample_base.py` as SimaPro CSV, Brightway workbook and our own template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sample_base import zip_of


def simapro_process(sections: dict[str, list[str]], identifier: str, period: str = "") -> str:
    lines = ["Process", "", "Category type", "material", "", "Process identifier", identifier, ""]
    lines += ["Type", "Unit process", "", "Time period", period or "Unspecified", ""]
    lines += ["Geography", "Unspecified", ""]
    for name, rows in sections.items():
        lines += [name, *rows, ""]
    return "\r\n".join([*lines, "End", "", ""])


def simapro_file(processes: str, more: str = "", decimal: str = ",") -> str:
    header = [
        "{SimaPro 9.6.0.1}",
        "{processes}",
        "{CSV Format version: 9.0.0}",
        "{CSV separator: Semicolon}",
        f"{{Decimal separator: {decimal}}}",
        "",
    ]
    units = "Quantities\r\nMass;Yes\r\n\r\nEnd\r\n\r\nUnits\r\nkg;Mass;1;kg\r\nMJ;Energy;1;MJ\r\n"
    units += "kWh;Energy;3,6;MJ\r\n\r\nEnd\r\n\r\n"
    air = "Airborne emissions\r\nMethane, fossil;kg;000074-82-8;\r\n\r\nEnd\r\n\r\n"
    return "\r\n".join(header) + "\r\n" + processes + units + air + more


def simapro(folder: Path) -> Path:
    text = simapro_file(
        simapro_process(
            {
                "Products": ["Coal/CN U;kg;2;100;not defined;Fuels;"],
                "Electricity/heat": [
                    "Electricity {CN}| coal | Cut-off, U;kWh;0,1;Undefined;0;0;0;"
                ],
                "Emissions to air": [
                    "Methane, fossil;low. pop.;kg;0,02;Undefined;0;0;0;",
                    "Sulfur dioxide;;kg;0,01;Undefined;0;0;0;",
                ],
                "Final waste flows": ["Ash;;kg;1;Undefined;0;0;0;"],
            },
            "mine1",
            "2005-2019",
        )
        + simapro_process(
            {
                "Products": ["Electricity {CN}| coal | Cut-off, U;kWh;1;100;not defined;Power;"],
                "Materials/fuels": ["Coal/CN U;kg;share*demand;Lognormal;1,21;0;0;(1,1,1,1,1,na)"],
                "Emissions to air": [
                    "Carbon dioxide, fossil;;kg;0,9;Undefined;0;0;0;",
                    "Dinitrogen monoxide;;kg;1E-5;Undefined;0;0;0;",
                ],
                "Input parameters": ["share;0,5;Undefined;0;0;0;No;half"],
                "Calculated parameters": ["demand;total - 0,2;from the project"],
            },
            "plant1",
        )
        + simapro_process(
            {
                "Products": ["Wood {RER}| U;kg;1;100;not defined;Wood;"],
                "Resources": ["Carbon dioxide, in air;in air;kg;1,8;Undefined;0;0;0;"],
                "Electricity/heat": [
                    "Electricity {CN}| coal | Cut-off, U;MJ;0,36;Undefined;0;0;0;"
                ],
            },
            "mill1",
        ),
        "Project Input parameters\r\ntotal;1;Undefined;0;0;0;No;\r\n\r\nEnd\r\n",
    )
    path = folder / "export.csv"
    path.write_bytes(("\ufeff" + text).encode("utf-8"))
    return path


EXCEL_HEADER = ["name", "reference product", "amount", "unit", "categories", "location", "type"]


def excel_activity(
    name: str, product: str, unit: str, place: str, exchanges: list[list[Any]]
) -> list[list[Any]]:
    rows: list[list[Any]] = [["Activity", name], ["code", name.lower()], ["location", place]]
    rows += [["reference product", product], ["unit", unit], ["type", "process"], ["Exchanges"]]
    return [*rows, EXCEL_HEADER, *exchanges, []]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def brightway_excel(folder: Path) -> Path:
    no = "(Unknown)"
    kwh, kg = "kilowatt hour", "kilogram"
    mine: list[list[Any]] = [
        ["Coal mining", "coal", 2, kg, None, "CN", "production"],
        ["Power plant", "electricity", 0.1, kwh, None, "CN", "technosphere"],
        ["Methane, fossil", no, 0.02, kg, "air::urban air close to ground", no, "biosphere"],
        ["Sulfur dioxide", no, 0.01, kg, "air", no, "biosphere"],
    ]
    plant = [
        ["Power plant", "electricity", 1, kwh, None, "CN", "production"],
        ["Coal mining", no, 0.4, kg, None, "CN", "technosphere"],
        ["Carbon dioxide, fossil", no, 0.9, kg, "air", no, "biosphere"],
        ["Dinitrogen monoxide", no, 0.00001, kg, "air", no, "biosphere"],
    ]
    mill = [
        ["Power plant", "electricity", 0.36, "megajoule", None, "CN", "technosphere"],
        ["Carbon dioxide, in air", no, 1.8, kg, "natural resource::in air", no, "biosphere"],
    ]
    first: list[list[Any]] = [["cutoff", 9], ["Database", "Test"], []]
    first += excel_activity("Coal mining", "coal", kg, "CN", mine)
    first += excel_activity("Power plant", "electricity", kwh, "CN", plant)
    sheets: dict[str, list[list[Any]]] = {
        "notes": [["skip"], ["Activity", "none"]],
        "energy": first,
        "wood": excel_activity("Saw mill", "wood", kg, "RER", mill),
    }
    return workbook(folder / "inventory.xlsx", sheets)


TEMPLATE_DATASETS = """id,name_en,name_zh,unit,location,year,kind,activity,boundary
coal,Coal,煤,kg,CN,2022,unit_process,transformation,cradle-to-gate
electricity,Electricity,电,kWh,CN,2022,unit_process,energy,cradle-to-gate
wood,Wood,,kg,RER,2022,unit_process,transformation,cradle-to-gate
"""
TEMPLATE_EXCHANGES = """dataset,type,input,amount,unit,source
coal,technosphere,electricity,0.05,kWh,meter
coal,biosphere,ch4-fossil,10,g,
electricity,technosphere,coal,0.4,kg,
electricity,biosphere,co2-fossil,0.9,kg,
electricity,biosphere,n2o,0.00001,kg,
wood,technosphere,electricity,0.36,MJ,
wood,biosphere,co2-uptake,1.8,kg,
"""


def template(folder: Path) -> Path:
    files: dict[str, str | bytes] = {
        "datasets.csv": TEMPLATE_DATASETS,
        "exchanges.csv": TEMPLATE_EXCHANGES,
    }
    return zip_of(folder / "own.zip", files)
