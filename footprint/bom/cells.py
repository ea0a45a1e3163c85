"""One line's cells as values. Every mistake becomes a `Problem` at its row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from footprint import units
from footprint.bom import faults
from footprint.bom.cell import Cell, Formula
from footprint.bom.columns import fold, stage_of
from footprint.bom.contract import parse_contract
from footprint.bom.model import STAGES, Line, Stage, Supply, TransportLeg
from footprint.bom.numbers import Ambiguous, Mark, parse_number
from footprint.faults import Fault, Problem, Where
from footprint.inventory.locations import is_location

#: A quantity that may be ten times as large is a guess; beyond that a cell holds something else.
MOST_UNCERTAIN = 9.0
#: A word for a mode, or the id of a dataset: ids have hyphens, may have digits, and end at a blank.
_LEG = re.compile(
    r"(?:(?P<id>[A-Za-z][\w.]*(?:-[\w.]+)+)(?:\s*[:：]\s*|\s+)|(?P<mode>[^\d]+?)\s*[:：]?\s*)"
    r"(?P<distance>\d[\d.,\s]*)\s*(?P<unit>\S*)"
)
_MEASURE = re.compile(r"(?P<number>[-+]?[\d.,\s]+(?:[eE][-+]?\d+)?)\s*(?P<unit>[^\d\s].*)")


def text_of(cell: Cell) -> str:
    """A cell as text; a whole number without its `.0`, so that an id 4711 stays 4711."""
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell


@dataclass(slots=True)
class LineCells:
    """The cells of one row by column, and the problems found while reading them."""

    file: str
    row: int
    cells: dict[str, Cell]
    mark: Mark | None
    comma_separated: bool
    problems: list[Problem] = field(default_factory=list)
    #: Transports read before, by their text: a file has many rows and few routes.
    routes: dict[str, tuple[TransportLeg, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = {name: text_of(cell) for name, cell in self.cells.items()}

    def line(self) -> Line | None:
        """The line, or None if a problem was found."""
        if self._has_formulas():
            return None
        before = len(self.problems)
        line = Line(
            row=self.row,
            id=self._text("id") or f"row-{self.row}",
            name=self._required("name"),
            quantity=self._quantity(),
            unit=self._unit(),
            parent=self._text("parent"),
            dataset=self._text("dataset"),
            location=self._location(),
            stage=self._stage(),
            loss=self._loss(),
            transport=self._transport(),
            unit_mass_kg=self._unit_mass(),
            data_type=self._data_type(),
            note=self._text("note"),
            recycled_content=self._recycled(),
            recycled_dataset=self._text("recycled_dataset"),
            supplier_pcf=self._text("supplier_pcf"),
            contract=self._contract(),
            uncertainty=self._uncertainty(),
        )
        if len(self.problems) == before:
            self._combinations(line)
        return line if len(self.problems) == before else None

    def _combinations(self, line: Line) -> None:
        """Columns that would go unheard beside others are refused, not dropped."""
        wrong = []
        if line.stage == "direct_emission":
            wrong += ["supplier_pcf"] * bool(line.supplier_pcf) + ["contract"] * bool(line.contract)
            wrong += ["recycled_content"] * (line.recycled_content is not None)
        elif line.supplier_pcf:
            wrong += ["contract"] * bool(line.contract)
            wrong += ["recycled_dataset"] * bool(line.recycled_dataset)
        elif line.contract:
            wrong += ["recycled_content"] * (line.recycled_content is not None)
        if line.recycled_dataset and line.recycled_content is None:
            wrong += ["recycled_dataset"]
        for column in wrong:
            message = f"{column} says nothing beside the other cells of this row"
            hint = "recycled_dataset needs recycled_content; a supplier's document stands alone."
            self._add(faults.BAD_COMBINATION, column, message, hint)

    def level(self) -> int | None:
        """The level, 0 or more, or None with a problem."""
        text = self._text("level").lstrip(".")
        if text.isdigit() and len(text) < 4:
            return int(text)
        self._add(faults.BAD_LEVEL, "level", f"{text!r} is not a whole number from 0")
        return None

    def _text(self, column: str) -> str:
        return self.texts.get(column, "")

    def _required(self, column: str) -> str:
        text = self._text(column)
        if not text:
            self._add(faults.MISSING_VALUE, column, f"the {column} is empty")
        return text

    def _has_formulas(self) -> bool:
        found = False
        for column, cell in self.cells.items():
            if isinstance(cell, Formula):
                found = True
                hint = "In the spreadsheet: copy, then paste as values."
                self._add(faults.FORMULA, column, f"{cell.text[:60]!r} is a formula", hint)
        return found

    def _number(self, column: str, text: str) -> float | None:
        try:
            return parse_number(text, self.mark, lone_point_is_decimal=self.comma_separated)
        except Ambiguous:
            hint = "Write 1234 without a separator, or 1.2340 with a fourth decimal."
            message = f"{text!r} may have a decimal mark or a thousands separator"
            self._add(faults.AMBIGUOUS_NUMBER, column, message, hint)
        except ValueError:
            self._add(faults.NOT_A_NUMBER, column, f"{text[:60]!r} is not a number")
        return None

    def _quantity(self) -> float:
        cell = self.cells.get("quantity", "")
        value = cell if isinstance(cell, float) else None
        if value is None:
            text = self._required("quantity")
            value = self._number("quantity", text) if text else None
        if value is None:
            return 0.0
        if value < 0:
            hint = "Scrap goes into the column loss; waste is a line of its own with stage waste."
            self._add(faults.NEGATIVE, "quantity", f"{value:g} is below zero", hint)
        return value

    def _unit(self) -> str:
        text = self._required("unit")
        if not text:
            return ""
        try:
            return units.normal_unit(text)
        except units.UnitError as error:
            hint = "Known units: kg, g, t, m2, m3, l, kWh, MJ, tkm, piece, hour."
            self._add(faults.UNKNOWN_UNIT, "unit", str(error), hint)
            return text

    def _location(self) -> str:
        text = self._text("location")
        if text and not is_location(text):
            if is_location(text.upper()):
                return text.upper()
            hint = "Two-letter country codes, such as CN, VN or CN-GD."
            self._add(faults.BAD_LOCATION, "location", f"{text!r} is not a location code", hint)
        return text

    def _stage(self) -> Stage:
        text = self._text("stage")
        stage = stage_of(text) if text else "material"
        if stage is None:
            self._add(faults.BAD_STAGE, "stage", f"{text!r} is not a stage", ", ".join(STAGES))
        return stage or "material"

    def _loss(self) -> float:
        loss = self._share("loss")
        if loss is None or 0.0 <= loss < 1.0:
            return loss or 0.0
        hint = "Write 5 % or 0.05 for five percent."
        text = self._text("loss")
        self._add(faults.BAD_LOSS, "loss", f"{text!r} is not from 0 to below 1", hint)
        return 0.0

    def _recycled(self) -> float | None:
        share = self._share("recycled_content")
        if share is None or 0.0 <= share <= 1.0:
            return share
        column = "recycled_content"
        hint = "Write 30 % or 0.3 for thirty percent."
        text = self._text(column)
        self._add(faults.BAD_RECYCLED, column, f"{text!r} is not from 0 to 100 %", hint)
        return None

    def _uncertainty(self) -> float | None:
        share = self._share("uncertainty")
        if share is None or 0.0 <= share <= MOST_UNCERTAIN:
            return share
        column = "uncertainty"
        hint = "Write 5 % or 0.05: with 95 % confidence the quantity is within 5 %."
        text = self._text(column)
        self._add(faults.BAD_UNCERTAINTY, column, f"{text!r} is not from 0 to 900 %", hint)
        return None

    def _share(self, column: str) -> float | None:
        """A share written as `5 %` or `0.05`; None if the cell is empty or no number."""
        text = self._text(column)
        if not text:
            return None
        value = self._number(column, text.rstrip("%％ ").lstrip("±"))
        if value is not None and text.endswith(("%", "％")):
            return value / 100.0
        return value

    def _contract(self) -> tuple[Supply, ...]:
        text = self._text("contract")
        try:
            return parse_contract(text) if text else ()
        except ValueError as error:
            hint = "Such as: electricity-wind-cn 60 %; electricity-grid-cn 40 %"
            self._add(faults.BAD_CONTRACT, "contract", str(error), hint)
            return ()

    def _transport(self) -> tuple[TransportLeg, ...]:
        text = self._text("transport")
        if not text or text in self.routes:
            return self.routes.get(text, ())
        parts = [part.strip() for part in re.split(r"[;；\n+]", text) if part.strip()]
        legs = [self._leg(part) for part in parts]
        found = tuple(leg for leg in legs if leg is not None)
        if len(found) == len(legs):  # a mistake is reported in every row
            self.routes[text] = found
        return found

    def _leg(self, text: str) -> TransportLeg | None:
        match = _LEG.fullmatch(text)
        distance = self._number("transport", match["distance"]) if match else None
        if match is None:
            hint = "Write mode and distance, such as: road 300 km; sea 12000 km"
            self._add(faults.BAD_TRANSPORT, "transport", f"{text!r} is not a leg", hint)
        if match is None or distance is None:
            return None
        try:
            kilometres = units.convert(distance, match["unit"] or "km", "km")
        except units.UnitError as error:
            self._add(faults.BAD_TRANSPORT, "transport", f"in {text!r}: {error}")
            return None
        return TransportLeg(match["id"] or fold(match["mode"]), kilometres)

    def _unit_mass(self) -> float | None:
        cell = self.cells.get("unit_mass", "")
        text = text_of(cell)
        if not text:
            return None
        match = _MEASURE.fullmatch(text)
        unit = match["unit"] if match else "kg"
        value = cell if isinstance(cell, float) else None
        if value is None:
            value = self._number("unit_mass", match["number"] if match else text)
        if value is None:
            return None
        if value <= 0:
            self._add(faults.NEGATIVE, "unit_mass", f"{text!r} is not above zero")
        try:
            return units.convert(value, unit, "kg")
        except units.UnitError as error:
            self._add(faults.UNKNOWN_UNIT, "unit_mass", str(error), "A mass, such as 12 g.")
            return None

    def _data_type(self) -> Literal["primary", "secondary"]:
        text = fold(self._text("data_type"))
        if not text:
            return "secondary"
        if text in {"primary", "初级", "初级数据", "实测"}:
            return "primary"
        if text not in {"secondary", "次级", "次级数据"}:
            self._add(faults.BAD_DATA_TYPE, "data_type", f"{text!r} is not primary or secondary")
        return "secondary"

    def _add(self, fault: Fault, column: str, message: str, hint: str = "") -> None:
        self.problems.append(fault.at(Where(self.file, self.row, column), message, hint))
