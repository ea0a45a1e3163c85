"""Reports for tests: the examples, a product with everything, and their texts in every form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
from pypdf import PdfReader

from footprint.bom.read import read_bom, read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.report.build import footprint_report
from footprint.report.figure import Figure
from footprint.report.model import FootprintReport
from footprint.values.bom import Bom
from footprint.values.result import Footprint
from label_templates.report.forms import rendered
from label_templates.report.words import ReportLanguage, ReportWords

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("power-bank.csv", "t-shirt.xlsx", "biscuits.csv")
DAY = date(2026, 11, 21)
FORMS = ("html", "pdf", "xlsx")
LANGUAGES: tuple[ReportLanguage, ...] = ("en", "zh")

#: A contract, biogenic CO2, outbound logistics, exemptions, a note: a report with all its parts.
FULL = """\
# name: Shelf
# name_zh: 层架
# company: Example Furniture Ltd
# country: CN
# declared_unit: 1 piece
# mass: 4 kg
# reference_period: 2025
# exempted_emissions_percent: 1
# exempted_emissions_description: screws of the packaging line
id,name,quantity,unit,dataset,stage,transport,contract,note
1,Steel sheet,4,kg,steel-cold-rolled-cn,material,road 200 km,,drawing 17
2,Electricity,2,kWh,electricity-grid-cn,production,,electricity-grid-fr 100 %,
3,Board,0.4,kg,corrugated-board-us,packaging,,,
4,Offcuts recycled,0.5,kg,waste-recycling-plastic-gb,waste,,,
5,Delivery,2,tkm,freight-road-hgv-average-gb,distribution,,,
"""


def example(name: str, inventory: CompiledInventory) -> tuple[Footprint, Bom]:
    """An example's result and bill of materials."""
    bom = read_bom(EXAMPLES / name)
    return calculate(bom, inventory), bom


def of_text(text: str, inventory: CompiledInventory, **options: Any) -> tuple[Footprint, Bom]:
    """The result of a table as CSV."""
    bom = read_bom_bytes(text.encode(), "bom.csv", None)
    return calculate(bom, inventory, **options), bom


def renamed(name: str, inventory: CompiledInventory) -> tuple[Footprint, Bom]:
    """The power bank with `name` as the name of the product, its maker, and its first line."""
    bom = read_bom(EXAMPLES / "power-bank.csv")
    product = replace(bom.product, name=name, name_zh=name, company=name, description=name)
    lines = (replace(bom.lines[0], name=name), replace(bom.lines[1], name=name), *bom.lines[2:])
    changed = replace(bom, product=product, lines=lines)
    return calculate(changed, inventory), changed


def report(made: tuple[Footprint, Bom], inventory: CompiledInventory) -> FootprintReport:
    """The report on a result, of the day of the tests."""
    return footprint_report(*made, inventory, DAY)


def form(
    made: tuple[Footprint, Bom],
    inventory: CompiledInventory,
    kind: str,
    language: ReportLanguage = "en",
) -> bytes:
    """The report on a result as a file."""
    return rendered(report(made, inventory), made[0], kind, language)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def html_tags(data: bytes) -> set[str]:
    """The names of all elements of an HTML file."""
    parser = _Texts()
    parser.feed(data.decode())
    return set(parser.tags)


def text_of(data: bytes, kind: str) -> str:
    """All that a reader can find in a file, without blanks and invisible characters."""
    if kind == "html":
        parser = _Texts()
        parser.feed(data.decode())
        # An element within a sentence parts its words by nothing; attributes stand apart.
        return squeezed(" ".join([*parser.found, *parser.attributes]))
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(data)).pages
        # The footer stands between two halves of a sentence that goes on overleaf.
        return squeezed(" ".join(page.extract_text().rpartition("\n")[0] for page in pages))
    return squeezed(" ".join(str(cell) for cell in cells(data)))


def cells(data: bytes) -> list[Any]:
    """The values of all cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


def squeezed(text: str) -> str:
    """`text` without blanks and invisible characters: lines break anywhere on paper."""
    return re.sub(r"[\s\u200b\u00ad']+", "", text)


#: Fields that hold codes, and the group of words that has them.
_CODES = {
    ("StageRow", "stage"): "stages",
    ("LineRow", "stage"): "stages",
    ("ReportedPart", "name"): "parts",
    ("ReportedPart", "place"): "places",
    ("ReportedProduct", "unit"): "units",
    ("FootprintReport", "boundary"): "boundaries",
    ("ReportedDataset", "boundary"): "boundaries",
    ("LineRow", "data_type"): "data_types",
    ("LineRow", "matched_by"): "matched",
    ("CheckRow", "outcome"): "outcomes",
    ("CheckRow", "confidence"): "confidences",
    ("ElectricityFacts", "basis"): "bases",
    ("SiteFacts", "method"): "methods",
    ("DocumentRow", "kind"): "document_kinds",
}
#: Texts of which a reader sees the one in his language.
_CHOSEN = {
    ("LineRow", "dataset_name"),
    ("ReportedDataset", "name"),
    ("CheckRow", "says"),
}


def expected_texts(value: Any, words: ReportWords) -> Iterator[str]:
    """Every text and figure that a view model says to a reader of the language of `words`."""
    if isinstance(value, Figure):
        yield value.text
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from expected_texts(item, words)
    elif is_dataclass(value):
        yield from _fields(value, words)


def _fields(value: Any, words: ReportWords) -> Iterator[str]:
    kind = type(value).__name__
    if kind == "ReportedRemark":
        groups = ("limits", "cut_offs")
        yield next(words.remark(group, value) for group in groups if _has(words, group, value.code))
        return
    if kind == "ShownName":
        yield value.of(words.reads)
        return
    if kind == "Notice":
        yield from (value.code, words.sentence(value.message), words.sentence(value.hint))
        yield words.place(value.where)
        return
    for field in fields(value):
        inside = getattr(value, field.name)
        place = (kind, field.name)
        if place in _CODES:
            yield words.word(_CODES[place], inside)
        elif place in _CHOSEN:
            yield words.pick(inside, getattr(value, f"{field.name}_zh"))
        elif (kind, field.name.removesuffix("_zh")) in _CHOSEN:
            continue
        elif place == ("ReportedDataset", "data_kinds"):
            yield from (words.word("data_kinds", one) for one in inside)
        elif place == ("HotSpot", "stages"):
            yield from (words.word("stages", one) for one in inside)
        else:
            yield from expected_texts(inside, words)


def _has(words: ReportWords, group: str, code: str) -> bool:
    return words.word(group, code) != code
