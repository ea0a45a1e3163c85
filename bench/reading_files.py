"""Lists of parts with a known answer, in many forms: what `soak_reading` reads.

A list is drawn (parts, amounts, masses, losses, levels) and a form to write it in: language and
choice of headings, order of columns, where units stand, rows above, levels, base quantity, decimal
mark, kind of file and encoding. The answer does not depend on the form.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

WORDS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "reading_words.yaml").read_text("utf-8")
)


@dataclass(frozen=True)
class Part:
    """A line and its answer: `quantity` per parent, `whole` per product, masses in kg."""

    name: str
    number: str
    level: int
    quantity: float
    unit: str
    whole: float
    unit_mass: float | None
    loss: float | None
    assembly: bool


@dataclass
class Form:
    """How a list is written."""

    language: str
    kind: str
    encoding: str
    comma: bool
    delimiter: str
    levels: str
    mass: str
    mass_unit: str
    loss: str
    base: int
    order: int
    titles: int
    total: bool
    repeated: bool
    blank: bool
    #: The unit stands beside the number, in the cell of the quantity.
    joined: bool
    #: A column of the mass of the whole line, beside that of one piece or instead of it.
    line_mass: str
    #: Assemblies state the sum of the masses of their parts.
    sums: bool
    #: A workbook whose numbers are text.
    texts: bool
    ids: bool
    section: bool
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """A file, its form, and the parts by the row that each stands in."""

    data: bytes
    name: str
    form: Form
    parts: dict[int, Part]


@dataclass(frozen=True)
class Shown:
    """A number with the format that a workbook shows it in."""

    value: float
    code: str


def make(rng: random.Random) -> Made:
    """A file and its answer. The same state of `rng` gives the same file."""
    form = _form(rng)
    words = WORDS[form.language]
    parts = _parts(rng, words, form)
    rows = _above(rng, words, form)
    heading = [_heading(rng, column, words, form) for column in form.columns]
    rows.append(heading)
    if form.mass == "row":
        rows.append([form.mass_unit if column == "mass" else "" for column in form.columns])
    answer: dict[int, Part] = {}
    for at, part in enumerate(parts):
        rows += _between(at, len(parts), heading, words, form)
        cells = [_cell(rng, column, part, words, form, at) for column in form.columns]
        rows.append([_as_text(cell, form) for cell in cells] if form.texts else cells)
        answer[len(rows)] = part
    if form.total:
        rows.append(_total(rng, parts, words, form))
    return Made(_written(rows, form), f"list.{form.kind}", form, answer)


def _above(rng: random.Random, words: dict[str, Any], form: Form) -> list[list[Any]]:
    """What stands above the headings: titles, the base and the order quantity."""
    titles: list[list[Any]] = [[words["product"], "KX-200"], ["KX-200 / 2025"], ["Rev. B"]]
    rows = titles[: form.titles]
    if form.base > 1:
        rows.append([words["base"], form.base, words["units"]["piece"]])
    if form.order:
        rows.append([words["order"], form.order])
    return [*rows, []] if rows and rng.random() < 0.6 else rows


def _between(
    at: int, count: int, heading: list[Any], words: dict[str, Any], form: Form
) -> list[list[Any]]:
    """Rows that are no parts before part `at` of `count`."""
    rows = [list(heading)] if form.repeated and at == count // 2 else []
    if form.section and at == 2:
        rows.append([words["section"] if column == "name" else "" for column in form.columns])
    return [*rows, []] if form.blank and at == count // 3 else rows


def _form(rng: random.Random) -> Form:
    language = rng.choice(list(WORDS))
    kind = rng.choice(["csv", "csv", "xlsx", "xlsx", "tsv", "ods", "xls"])
    comma = language in {"de", "fr", "it", "es", "pl", "vi"} and rng.random() < 0.7
    delimiter = "\t" if kind == "tsv" else rng.choice([";"] if comma else [",", ",", ";"])
    form = Form(
        language,
        kind,
        rng.choice(WORDS[language]["encodings"]),
        comma,
        delimiter,
        rng.choice(["flat", "flat", "numbers", "level", "dots"]),
        rng.choice(["bracket", "square", "row", "cell", "format", "none", "absent"]),
        rng.choice(["g", "g", "kg"]),
        rng.choice(["percent_heading", "percent_cell", "percent_format", "absent", "absent"]),
        rng.choice([1, 1, 1, 10, 100]),
        rng.choice([0, 0, 5000]),
        rng.choice([0, 0, 1, 2, 3]),
        rng.random() < 0.4,
        rng.random() < 0.15,
        rng.random() < 0.2,
        rng.random() < 0.15,
        rng.choice(["", "", "", "beside", "instead"]),
        rng.random() < 0.3,
        kind not in {"csv", "tsv"} and rng.random() < 0.2,
        rng.random() < 0.3,
        rng.random() < 0.15,
    )
    if form.mass not in {"bracket", "square"}:
        form.line_mass = ""
    text = kind in {"csv", "tsv"}
    if form.mass == "format" and text:
        form.mass = "bracket"
    if form.loss == "percent_format" and text:
        form.loss = "percent_cell"
    form.columns = _columns(rng, form)
    return form


def _columns(rng: random.Random, form: Form) -> list[str]:
    columns = ["name", "quantity"] + ["unit"] * (not form.joined) + ["id"] * form.ids
    columns += ["mass"] * (form.mass != "absent" and form.line_mass != "instead")
    columns += ["line_mass"] * bool(form.line_mass) + ["loss"] * (form.loss != "absent")
    columns += [extra for extra in ("price", "note") if rng.random() < 0.4]
    rng.shuffle(columns)
    first = {"numbers": ["number"], "level": ["level"], "dots": ["level"]}.get(form.levels)
    return (first or (["position"] if rng.random() < 0.5 else [])) + columns


def _parts(rng: random.Random, words: dict[str, Any], form: Form) -> list[Part]:
    parts: list[Part] = []
    stack: list[tuple[int, float]] = []  # number within the level, amount in the product
    names = list(words["parts"])
    rng.shuffle(names)
    for at in range(rng.randint(4, 14)):
        depth = 1
        if form.levels != "flat" and parts and at > 0:
            deepest = min(len(stack) + (parts[-1].unit == "piece"), 3)
            depth = rng.randint(1, deepest)
        stack, own = stack[:depth], (stack[depth - 1][0] + 1 if len(stack) >= depth else 1)
        stack = [*stack[: depth - 1]]
        unit = rng.choice(["piece", "piece", "piece", "m", "kg"])
        quantity = _quantity(rng, unit)
        above = stack[-1][1] if stack else 1.0
        stack.append((own, above * quantity))
        mass = _mass(rng) if unit == "piece" and form.mass != "absent" else None
        parts.append(
            Part(
                f"{names[at % len(names)]} {chr(65 + at)}",
                ".".join(str(entry[0]) for entry in stack),
                depth,
                quantity,
                unit,
                above * quantity,
                mass,
                _loss(rng) if form.loss != "absent" else None,
                assembly=False,
            )
        )
    return [_as_assembly(parts, at, form) for at in range(len(parts))]


def _as_assembly(parts: list[Part], at: int, form: Form) -> Part:
    """The part; what contains others has no loss, and no mass or the sum of theirs."""
    part = parts[at]
    if at + 1 == len(parts) or parts[at + 1].level <= part.level:
        return part
    mass = 0.0
    for other in parts[at + 1 :]:
        if other.level <= part.level:
            break
        contains = at + 1 < len(parts) and _contains(parts, other)
        if not contains and other.unit == "piece":
            mass += (other.unit_mass or 0.0) * other.whole / part.whole
    known = mass if form.sums and mass and form.mass != "absent" else None
    return Part(**{**vars(part), "unit_mass": known, "loss": None, "assembly": True})


def _contains(parts: list[Part], part: Part) -> bool:
    at = parts.index(part)
    return at + 1 < len(parts) and parts[at + 1].level > part.level


def _quantity(rng: random.Random, unit: str) -> float:
    if unit == "piece":
        return float(rng.choice([1, 1, 2, 3, 4, 8, 12]))
    return rng.choice([0.25, 1.5, 2.75, 0.125, 12.5])


def _mass(rng: random.Random) -> float:
    grams = rng.choice([0.35, 1.2, 4.25, 12.5, 62.0, 85.0, 310.5, 1240.0, 2180.5])
    return grams / 1000.0


def _loss(rng: random.Random) -> float:
    return rng.choice([0.005, 0.01, 0.02, 0.025, 0.05, 0.08])


def _heading(rng: random.Random, column: str, words: dict[str, Any], form: Form) -> str:
    if column == "number":
        return str(rng.choice(words["position"]))
    text = str(rng.choice(words[column]))
    if column in {"mass", "line_mass"} and form.mass in {"bracket", "square"}:
        return text + (f" ({form.mass_unit})" if form.mass == "bracket" else f" [{form.mass_unit}]")
    if column == "loss" and form.loss == "percent_heading":
        return f"{text} (%)"
    return text


def _cell(
    rng: random.Random, column: str, part: Part, words: dict[str, Any], form: Form, at: int
) -> Any:
    if column in {"mass", "line_mass", "loss"}:
        return {"mass": _mass_cell, "line_mass": _line_mass_cell, "loss": _loss_cell}[column](
            part, form
        )
    amount = part.quantity * (form.base if part.level == 1 else 1)
    unit = words["units"][part.unit]
    dots = "." * part.level + str(part.level)
    return {
        "position": at + 1,
        "id": f"{1000 + at * 7:06}",
        "number": part.number,
        "level": part.level if form.levels == "level" else dots,
        "name": part.name,
        "quantity": f"{_text(amount, form.comma)} {unit}" if form.joined else amount,
        "unit": unit,
        "price": rng.choice([0.12, 1.85, 24.5]),
        "note": "",
    }[column]


def _mass_cell(part: Part, form: Form) -> Any:
    if part.unit_mass is None:
        return ""
    number = round(part.unit_mass * (1000.0 if form.mass_unit == "g" else 1.0), 9)
    if form.mass == "cell":
        return f"{_text(number, form.comma)} {form.mass_unit}"
    if form.mass == "format":
        return Shown(number, f'0.0####" {form.mass_unit}"')
    return number


def _line_mass_cell(part: Part, form: Form) -> Any:
    if part.unit_mass is None or part.assembly:
        return ""
    amount = part.quantity * (form.base if part.level == 1 else 1)
    return round(part.unit_mass * amount * (1000.0 if form.mass_unit == "g" else 1.0), 9)


def _loss_cell(part: Part, form: Form) -> Any:
    if part.loss is None:
        return ""
    percent = round(part.loss * 100.0, 9)
    if form.loss == "percent_cell":
        return f"{_text(percent, form.comma)} %"
    return Shown(part.loss, "0.0%") if form.loss == "percent_format" else percent


def _total(rng: random.Random, parts: list[Part], words: dict[str, Any], form: Form) -> list[Any]:
    row: list[Any] = ["" for _ in form.columns]
    row[0] = rng.choice(words["total"])
    quantity = form.columns.index("quantity")
    if quantity:
        row[quantity] = sum(part.quantity for part in parts)
    return row


def _as_text(cell: Any, form: Form) -> Any:
    return _text(cell, form.comma) if isinstance(cell, float) else cell


def _text(number: float, comma: bool) -> str:
    text = f"{number:.9f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def _written(rows: list[list[Any]], form: Form) -> bytes:
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods}.get(form.kind, _delimited)(rows, form)


def _delimited(rows: list[list[Any]], form: Form) -> bytes:
    lines = []
    for row in rows:
        cells = [_text(cell, form.comma) if isinstance(cell, float) else str(cell) for cell in row]
        quoted = [f'"{cell}"' if form.delimiter in cell else cell for cell in cells]
        lines.append(form.delimiter.join(quoted))
    codec = {"shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950"}
    return ("\r\n".join(lines) + "\r\n").encode(codec.get(form.encoding, form.encoding))


def _xlsx(rows: list[list[Any]], _: Form) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell != "":
                one = sheet.cell(number, column, cell.value if isinstance(cell, Shown) else cell)
                if isinstance(cell, Shown):
                    one.number_format = cell.code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls(rows: list[list[Any]], _: Form) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    styles: dict[str, Any] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Shown):
                if cell.code not in styles:
                    styles[cell.code] = xlwt.easyxf(num_format_str=cell.code)
                sheet.write(number, column, cell.value, styles[cell.code])
            elif cell != "":
                sheet.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS_STYLES = (
    '<number:percentage-style style:name="P"><number:number number:decimal-places="1"/>'
    "<number:text>%</number:text></number:percentage-style>"
    '<style:style style:name="percent" style:family="table-cell" style:data-style-name="P"/>'
    + "".join(
        f'<number:number-style style:name="{unit}"><number:number number:decimal-places="3"/>'
        f"<number:text> {unit}</number:text></number:number-style>"
        f'<style:style style:name="in-{unit}" style:family="table-cell" '
        f'style:data-style-name="{unit}"/>'
        for unit in ("g", "kg")
    )
)


def _ods(rows: list[list[Any]], _: Form) -> bytes:
    spaces = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces["number"] = "datastyle"
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in spaces.items()
    )
    table = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row or ['']))}</table:table-row>" for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:automatic-styles>{_ODS_STYLES}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="List">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    urn = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{media}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", media)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, Shown):
        percent = cell.code.endswith("%")
        style = "percent" if percent else "in-" + cell.code.split('"')[1].strip()
        kind = "percentage" if percent else "float"
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" '
            f'office:value="{cell.value!r}"/>'
        )
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    return (
        '<table:table-cell office:value-type="string"><text:p>'
        f"{cell.replace('&', '&amp;').replace('<', '&lt;')}</text:p></table:table-cell>"
    )
