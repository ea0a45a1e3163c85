"""One line's cells as values. Every mistake becomes a `Problem` at its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from footprint import units
from footprint.bom import faults
from footprint.bom.columns import stage_in_section
from footprint.bom.plausible import MOST_OF_A_PIECE, heavy_piece
from footprint.faults import Fault, Problem, Where
from footprint.late_pattern import late_pattern
from footprint.locations import is_location
from footprint.matching.addresses import place_named
from footprint.reading.model import ReadLine
from footprint.reading.numbers import Ambiguous, Mark, parse_number
from footprint.values.contract import parse_contract
from footprint.values.line import STAGES, Line, Stage, Supply, TransportLeg, unheard
from footprint.values.stages import fold_keyword, stage_of

#: Columns that exclude or need each other.
_TOGETHER = frozenset(("supplier_pcf", "contract", "recycled_content", "recycled_dataset"))
#: Columns whose text is what the line says.
_AS_THEY_ARE = frozenset(
    """
    parent dataset note recycled_dataset supplier_pcf material specification category group
    name_en name_zh
    """.split()
)
#: A quantity that may be ten times as large is a guess; beyond that a cell holds something else.
MOST_UNCERTAIN = 9.0
#: More of anything in one product is a slip of a hand or of a program: 1e12 kg is a thousand times
#: the heaviest thing that was ever made. It has to be below it in each unit.
MOST_OF_ANYTHING = 1e12
#: A word for a mode, or the id of a dataset: ids have hyphens, may have digits, and end at a blank.
_LEG = late_pattern(
    r"(?:(?P<id>[A-Za-z][\w.]*(?:-[\w.]+)+)(?:\s*[:：]\s*|\s+)|(?P<mode>[^\d]+?)\s*[:：]?\s*)"
    r"(?P<distance>\d[\d.,\s]*)\s*(?P<unit>\S*)"
)
#: A sign, and no dash between mode and distance (`road - 300 km`, `road-300 km`).
_NEGATIVE_LEG = late_pattern(r"\s[-\u2212]\d")


@dataclass(slots=True)
class LineCells:
    """The cells of one row by column, and the problems found while reading them."""

    file: str
    row: int
    texts: dict[str, str]
    mark: Mark | None
    comma_separated: bool
    problems: list[Problem] = field(default_factory=list)
    #: Transports read before, by their text: a file has many rows and few routes.
    routes: dict[str, tuple[TransportLeg, ...]] = field(default_factory=dict)
    #: A table that names datasets has one word for a place; others write countries by name.
    strict: bool = True
    notes: list[Problem] = field(default_factory=list)

    def line(
        self, read: ReadLine, quantity: float, unit: str, unit_mass_kg: float | None
    ) -> Line | None:
        """The line, or None if a problem was found. Quantity, unit, loss and mass come from the
        reading of the table; the other columns have one meaning and are read here."""
        before = len(self.problems)
        if unit_mass_kg or quantity > MOST_OF_ANYTHING:
            self._plausible(quantity, unit, unit_mass_kg or 0.0)
        stage = self._stage()
        given = self.texts
        name = read.name or self._required("name")
        # Only what a row says is passed on: most columns of most rows are empty.
        said: dict[str, Any] = {one: text for one, text in given.items() if one in _AS_THEY_ARE}
        if not _READ.isdisjoint(given):
            said |= {one: reader(self) for one, reader in _READERS.items() if one in given}
        if len(self.problems) == before and not _TOGETHER.isdisjoint(given):
            self._combinations(stage, said)
        if len(self.problems) != before:
            return None
        return Line(
            self.row,
            given.get("id") or f"row-{self.row}",
            name,
            quantity,
            unit,
            stage=stage,
            loss=read.loss or 0.0,
            unit_mass_kg=unit_mass_kg,
            stage_open=stage == "material" and not given.get("stage"),
            **said,
        )

    def _plausible(self, quantity: float, unit: str, mass: float) -> None:
        """Refuse an amount that nothing has."""
        for column, amount in (("quantity", quantity), ("unit_mass", mass)):
            if amount > MOST_OF_ANYTHING:
                message = f"{amount:g} is beyond any plausible value (1e+12)"
                hint = "Check the number and its unit."
                self._add(faults.IMPLAUSIBLE_AMOUNT, column, message, hint)
        heavy = MOST_OF_A_PIECE <= mass <= MOST_OF_ANYTHING
        if heavy and units.common_unit(unit) == "piece":
            where = Where(self.file, self.row, "unit_mass")
            self.problems.append(heavy_piece(mass, where))

    def _combinations(self, stage: Stage, said: Mapping[str, Any]) -> None:
        """Columns that would go unheard beside others are refused, not dropped."""
        wrong = unheard(
            stage,
            said.get("supplier_pcf", ""),
            said.get("contract", ()),
            said.get("recycled_content"),
            said.get("recycled_dataset", ""),
        )
        for column in wrong:
            message = f"{column} says nothing beside the other cells of this row"
            hint = "recycled_dataset needs recycled_content; a supplier's document stands alone."
            self._add(faults.BAD_COMBINATION, column, message, hint)

    def _text(self, column: str) -> str:
        return self.texts.get(column, "")

    def _required(self, column: str) -> str:
        text = self._text(column)
        if not text:
            self._add(
                faults.MISSING_VALUE, column, f"the {column} is empty", "Write what the line is."
            )
        return text

    def _number(self, column: str, text: str) -> float | None:
        try:
            return parse_number(text, self.mark, lone_point_is_decimal=self.comma_separated)
        except Ambiguous:
            hint = "Write 1234 without a separator, or 1.2340 with a fourth decimal."
            message = f"{text!r} may have a decimal mark or a thousands separator"
            self._add(faults.AMBIGUOUS_NUMBER, column, message, hint)
        except ValueError:
            hint = "Write a number such as 0.05; a share may be written 5 %."
            self._add(faults.NOT_A_NUMBER, column, f"{text[:60]!r} is not a number", hint)
        return None

    def _location(self) -> str:
        text = self._text("location")
        if text and not is_location(text):
            if is_location(text.upper()):
                return text.upper()
            if not self.strict:
                found = place_named(text)
                if not found:
                    message = f"{text!r} is no place that is known, so it was not used"
                    self.notes.append(faults.BAD_LOCATION.at(self._where("location"), message))
                return found
            hint = "Two-letter country codes, such as CN, VN or CN-GD."
            self._add(faults.BAD_LOCATION, "location", f"{text!r} is not a location code", hint)
        return text

    def _stage(self) -> Stage:
        text = self._text("stage")
        stage = stage_of(text) if text else stage_in_section(self._text("section"))
        if stage is None:
            self._add(faults.BAD_STAGE, "stage", f"{text!r} is not a stage", ", ".join(STAGES))
        return stage or "material"

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
        if _NEGATIVE_LEG.search(text):
            hint = "Write mode and distance, such as: road 300 km; sea 12000 km"
            self._add(faults.BAD_TRANSPORT, "transport", f"{text!r} is below zero", hint)
            return None
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
            hint = "Write mode and distance, such as: road 300 km; sea 12000 km"
            self._add(faults.BAD_TRANSPORT, "transport", f"in {text!r}: {error}", hint)
            return None
        return TransportLeg(match["id"] or fold_keyword(match["mode"]), kilometres)

    def _data_type(self) -> Literal["primary", "secondary"]:
        text = fold_keyword(self._text("data_type"))
        if not text:
            return "secondary"
        if text in {"primary", "初级", "初级数据", "实测"}:
            return "primary"
        if text not in {"secondary", "次级", "次级数据"}:
            hint = "Write primary (measured at the maker's) or secondary, or leave it empty."
            message = f"{text!r} is not primary or secondary"
            self._add(faults.BAD_DATA_TYPE, "data_type", message, hint)
        return "secondary"

    def _where(self, column: str) -> Where:
        return Where(self.file, self.row, column)

    def _add(self, fault: Fault, column: str, message: str, hint: str = "") -> None:
        self.problems.append(fault.at(self._where(column), message, hint))


#: Columns that are read, in the order in which their mistakes are said.
_READERS: dict[str, Callable[[LineCells], Any]] = {
    "location": LineCells._location,
    "transport": LineCells._transport,
    "data_type": LineCells._data_type,
    "recycled_content": LineCells._recycled,
    "contract": LineCells._contract,
    "uncertainty": LineCells._uncertainty,
}
_READ = frozenset(_READERS)
