"""A table while its rows are read: cells by meaning, questions gathered by kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.reading.amounts import Amount, amount_of
from footprint.reading.columns import Meanings
from footprint.reading.facts_found import FactsFound
from footprint.reading.grid import cell_at, text_of
from footprint.reading.header import FoundTable
from footprint.reading.headings import read_heading
from footprint.reading.model import Reading, ReadLine, Skipped
from footprint.reading.numbers import Mark
from footprint.reading.options import ReadingOptions
from footprint.reading.units import MASS, in_base, per_of, unit_of
from footprint.reading.vocabulary import fold
from footprint.sheets.model import CellTraits as CellMark

NO_MARK = CellMark()
#: Numbers that a line's mass is made of; read by `masses`.
MEASURES = tuple(
    """
    unit_mass line_mass length width thickness areal_mass linear_mass density volume gross_mass
    runner_mass cross_section diameter scrap_mass area
    """.split()
)
_TEXTS = frozenset(
    """
    name description spec material id parent unit designators footprint finish structure
    category dnp fitted excluded spare status applies_to alternative note cross_section dimensions
    head head_name by_product fixed_quantity
    level dataset location stage transport supplier_pcf recycled_content
    recycled_dataset contract data_type uncertainty loss line_no supplier unit_mass mass_unit group
    name_en name_zh length_unit device
    """.split()
)


@dataclass(slots=True)
class Builder:
    """Reads the rows of one table; questions of one kind are gathered and asked once."""

    table: FoundTable
    meanings: Meanings
    reading: Reading
    options: ReadingOptions
    mark: Mark | None
    lone_point: bool
    #: The cells of the row of headings of a text: where a row has more, a comma that stands
    #: unquoted in one of them has moved those behind it. 0 where nothing can have moved.
    width: int = 0
    measures: dict[int, dict[str, Amount]] = field(default_factory=dict)
    gathered: dict[tuple[str, str, bool], list[int]] = field(default_factory=dict)
    where: dict[str, int] = field(init=False)
    section: str = ""
    skip_section: str = ""
    head: str = ""
    next_product: str = ""
    ids: set[str] = field(default_factory=set)
    #: The product's code -> its name, where the table gives both in columns of their own.
    head_names: dict[str, str] = field(default_factory=dict)
    counted_rows: list[int] = field(default_factory=list)
    totals: list[tuple[int, dict[str, Amount]]] = field(default_factory=list)
    indents: dict[int, int] = field(default_factory=dict)
    formulas: int = 0
    base_cell: Amount | None = None
    base_unit: str = ""
    #: Row -> amount and unit of the product that the row's figures are for: `kg/t`.
    rates: dict[int, tuple[float, str]] = field(default_factory=dict)
    facts: FactsFound = field(default_factory=FactsFound)
    #: The columns of numbers that a line's mass is made of, of those that the table has.
    measured: tuple[str, ...] = field(init=False)
    #: Whether an empty quantity is one, as in the structures of Teamcenter.
    blank_is_one: bool = field(init=False)
    #: Whether lines are numbered, or have levels.
    has_numbers: bool = field(init=False)
    #: Whether the quantities are what goes in, before losses, as their heading says.
    quantity_is_gross: bool = field(init=False)
    #: (meaning, position from 0) of the columns that are kept as text.
    text_columns: list[tuple[str, int]] = field(init=False)
    #: Amounts by the text of their cell: a column of 100,000 rows has a few hundred texts.
    seen: dict[str, Amount] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.where = {}
        placed = [(column.index, column.means) for column in self.meanings.columns]
        for at, means in sorted([*placed, *((at, one) for one, at in self.meanings.also.items())]):
            self.where.setdefault(means, at)
        headers = {fold(one.header) for one in self.meanings.columns}
        self.blank_is_one = "bom line" in headers and "quantity" in self.where
        self.has_numbers = "line_no" in self.where or "level" in self.where
        gross = read_heading(self.quantity_heading).means[:1]
        self.quantity_is_gross = gross == ("gross_quantity",)
        self.measured = tuple(means for means in MEASURES if means in self.where)
        self.text_columns = [(m, at - 1) for m, at in self.where.items() if m in _TEXTS]

    def gather(self, about: str, kind: str, row: int, *, blocking: bool = False) -> None:
        """Note a question about a row; where `about` begins with `=`, what was assumed of it."""
        rows = self.gathered.setdefault((about, kind, blocking), [])
        if row not in rows[-1:]:
            rows.append(row)

    def answered(self, about: str, row: int) -> None:
        """Take back the questions about this of a row, which other rows have answered."""
        for key, rows in self.gathered.items():
            if key[0] == about:
                rows[:] = [one for one in rows if one != row]
        self.gathered = {key: rows for key, rows in self.gathered.items() if rows}

    def stated_kg(self, line: ReadLine) -> float:
        """The mass in the row of a line in kg, where no cell says of what it is (`0.9 kg/l`); else
        0."""
        found = self.measures.get(line.row, {}).get("unit_mass", Amount())
        heading = self.meanings.unit("unit_mass") or self.options.mass_unit
        if found.per or (not found.unit and per_of(heading or "")) or (found.value or 0.0) <= 0:
            return 0.0
        unit = found.unit or heading or unit_of(line.texts.get("mass_unit", ""))
        return in_base(found.value or 0.0, unit) if unit in MASS else 0.0

    def leave_out(self, row: int, reason: str) -> None:
        """Take a line out again, for a reason that only the other lines show."""
        reading = self.reading
        line = next(one for one in reading.lines if one.row == row)
        reading.lines.remove(line)
        reading.skipped.append(Skipped(row, reason, line.name))
        self.counted_rows = [one for one in self.counted_rows if one != row]
        for rows in self.gathered.values():
            rows[:] = [one for one in rows if one != row]
        self.gathered = {key: rows for key, rows in self.gathered.items() if rows}

    def amount(self, row: int, means: str) -> Amount:
        """The number in the cell of a row that means this, with its own or the heading's unit."""
        column = self.where.get(means)
        return Amount(problem="missing") if column is None else self.amount_at(row, column)

    def amount_at(self, row: int, column: int) -> Amount:
        """The number in a cell, with its own unit."""
        cell = cell_at(self.table.sheet.rows[row - 1], column)
        if not self.table.sheet.marks and isinstance(cell, str):
            found = self.seen.get(cell)
            if found is None:
                found = amount_of(cell, self.mark, lone_point=self.lone_point)
                self.seen[cell] = found
            return found
        mark = self.table.sheet.marks.get((row, column), NO_MARK)
        if mark.formula:
            self.formulas += 1
            if cell is None:
                return Amount(problem="formula")
        if mark.error:
            return Amount(problem="error")
        return amount_of(
            cell, self.mark, number_format=mark.number_format, lone_point=self.lone_point
        )

    @property
    def quantity_heading(self) -> str:
        """The heading of the quantities, which may say for how many they are; "" without one."""
        return self.heading("quantity")

    def heading(self, means: str) -> str:
        """The heading of the column that means this; "" without one."""
        column = self.where.get(means)
        return next((one.header for one in self.meanings.columns if one.index == column), "")

    def formula_in(self, row: int, means: str) -> bool:
        """Whether the cell holds a formula without a stored value."""
        column = self.where.get(means, 0)
        mark = self.table.sheet.marks.get((row, column), NO_MARK)
        return bool(mark.formula) and not text_of(cell_at(self.table.sheet.rows[row - 1], column))

    def text(self, row: int, means: str) -> str:
        """The cell of a row that means this, as text."""
        mark = self.table.sheet.marks.get((row, self.where.get(means, 0)), NO_MARK)
        found = text_of(cell_at(self.table.sheet.rows[row - 1], self.where.get(means, 0)))
        return found or mark.formula or mark.error

    def tell(self) -> None:
        """What was gathered row by row, said once for all rows."""
        for (about, kind, blocking), rows in self.gathered.items():
            if about.startswith("="):
                whole = kind == "unit_piece" and (
                    "unit" not in self.where or len(rows) == len(self.reading.lines)
                )
                self.reading.say(about[1:], kind, None if whole else rows)
            else:
                self.reading.ask(about, kind, rows, blocking=blocking)
