"""What a draft gives: its footprint so far, and its lines by kind with what stands for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from footprint import units
from footprint.bom.choices import BY_CLASS, NOT_A_PART, Choice, choice_key
from footprint.bom.read import read_bom_bytes
from footprint.bom.tree import amounts, uses_of
from footprint.drafts.model import Draft, line_key
from footprint.engine.calculate import calculate
from footprint.engine.item import WEIGHED
from footprint.engine.resolve import Unresolved, dataset_of, mass_per_unit
from footprint.engine.screening import screening_name_zh
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.reading.mapping import options_from
from footprint.reading.model import Reading
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_book
from footprint.sheets.model import Book
from footprint.sheets.open import open_book
from footprint.values.bom import Bom
from footprint.values.line import STAGES, Line
from footprint.values.result import Contribution, Footprint

#: What stands for a line: nothing yet (`open`), or nothing for now (`later`); what words found
#: (`matched`), or found for want of anything nearer, to be confirmed (`guess`); what a person
#: chose, now (`chosen`) or for an earlier file (`remembered`); a class of material by mass
#: (`screening`); what the file says (`given`: a dataset, a supplier's document, a gas); or it is no
#: part of the product (`not-part`).
State = Literal[
    "open", "later", "matched", "guess", "chosen", "remembered", "screening", "given", "not-part"
]
OPEN = frozenset(("open", "later"))
#: Energy, haulage and time: what a line in these units is of has no weight.
_FLOWS = ("kWh", "tkm", "hour")


@dataclass(frozen=True, slots=True)
class LineKind:
    """All lines of one name, unit, material and specification: one decision.

    `amount` is what one declared unit needs of it with losses, in the line's unit; `mass_kg` its
    mass in the product, net of losses, and `unit_mass_kg` that of one unit (None: not known);
    `kg_co2e` what it adds without its transport, None while nothing stands for it, `moved_kg_co2e`
    what its transport adds. `dataset` is what stands for it, `by` who chose it and when.
    """

    key: str
    line: Line
    rows: tuple[int, ...]
    amount: float
    mass_kg: float | None
    unit_mass_kg: float | None
    state: State
    dataset: str = ""
    name_en: str = ""
    name_zh: str = ""
    kg_co2e: float | None = None
    by: str = ""
    moved_kg_co2e: float = 0.0

    @property
    def has_mass(self) -> bool:
        """Whether it can be weighed: material or packaging, and no energy, time or haulage of which
        the file does not say that it is material (a battery in kWh)."""
        line = self.line
        flow = line.stage_open and any(units.convertible(line.unit, one) for one in _FLOWS)
        return line.stage in WEIGHED and not flow

    @property
    def whole_kg_co2e(self) -> float | None:
        """What it adds with its transport; None while nothing stands for it."""
        return None if self.kg_co2e is None else self.kg_co2e + self.moved_kg_co2e

    @property
    def named(self) -> bool:
        """Whether the file itself names what stands for it: no choice is used then."""
        line = self.line
        chosen = bool(line.chosen_by) or line.stage == "direct_emission"
        return (
            (bool(line.supplier_pcf) and not line.chosen_by)
            or line.stage == "direct_emission"
            or (bool(line.dataset) and not chosen)
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing is counted for it although it may be part of the product."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Work:
    """A draft worked out: the list, the footprint (with gaps), and the kinds, heaviest first."""

    bom: Bom
    footprint: Footprint
    kinds: tuple[LineKind, ...]

    @property
    def open(self) -> tuple[LineKind, ...]:
        """The kinds that nothing is counted for, heaviest first."""
        return tuple(kind for kind in self.kinds if kind.is_open)

    @property
    def settled(self) -> tuple[LineKind, ...]:
        """The kinds that are counted, heaviest first."""
        return tuple(k for k in self.kinds if not k.is_open and k.state != "not-part")

    def kind(self, key: str) -> LineKind | None:
        """The kind of this key."""
        return next((one for one in self.kinds if one.key == key), None)


@lru_cache(maxsize=8)
def read_cells(data: bytes, file: str) -> Book:
    """The cells of a file, remembered: its page shows them again after each answer. Raises
    InputRefused (BOM codes)."""
    return open_book(data, file)


@lru_cache(maxsize=8)
def read_columns(data: bytes, file: str, mapping: bytes | None) -> Reading:
    """How a file is understood with these answers about its columns, remembered as its cells are:
    to be looked at, not to be changed. Raises InputRefused (BOM codes)."""
    options = ReadingOptions() if mapping is None else options_from(mapping, file)
    return read_book(read_cells(data, file), file, options)


@lru_cache(maxsize=64)
def read_draft(
    file: str,
    data: bytes,
    product: bytes | None,
    mapping: bytes | None,
    matches: bytes | None,
    documents: tuple[tuple[str, bytes], ...] = (),
) -> Bom:
    """The list of a draft, remembered: a workbook is read once, not after each choice in it.
    Raises InputRefused (BOM codes)."""
    return read_bom_bytes(
        data, file, product, documents=dict(documents), mapping=mapping, matches=matches
    )


def work_out(draft: Draft, inventory: CompiledInventory) -> Work:
    """What a draft gives now. Lines without a dataset are left out, and the result says so.

    Raises InputRefused (BOM, ENG codes) where the file leaves open what a number hangs on.
    """
    given = draft.inputs
    parts = (draft.file, draft.data, given.product_file, given.mapping_file)
    whole, documents = read_draft(*parts, None), tuple(sorted(given.documents.items()))
    bom = read_draft(*parts, given.matches_file, documents) if given.matches_file else whole
    footprint = calculate(bom, inventory, allow_gaps=True)
    return Work(bom, footprint, _kinds(draft, whole, bom, footprint, inventory))


def _kinds(
    draft: Draft, whole: Bom, bom: Bom, footprint: Footprint, inventory: CompiledInventory
) -> tuple[LineKind, ...]:
    """`whole` is the list without choices: lines that are no parts are shown, not hidden."""
    parents, country = uses_of(whole.lines), bom.product.country
    chosen = {line.row: line for line in bom.lines}
    own: dict[tuple[int, str], list[Contribution]] = {}
    moved: dict[tuple[int, str], float] = {}
    for item in footprint.contributions:
        at = (item.row, item.line)
        if item.matched_by == "transport-mode":
            moved[at] = moved.get(at, 0.0) + item.kg_co2e
        else:
            own.setdefault(at, []).append(item)
    groups: dict[str, list[_Used]] = {}
    gross = amounts(whole.lines, with_losses=True)
    net = amounts(whole.lines, with_losses=False)
    for line, one, weighed in zip(whole.lines, gross, net, strict=True):
        if line.id not in parents:
            now = chosen.get(line.row, line)
            at = (line.row, line.id)
            used = _Used(now, one, weighed, tuple(own.get(at, ())), moved.get(at, 0.0), country)
            groups.setdefault(line_key(choice_key(line)), []).append(used)
    choices = {line_key(one.key): one for one in draft.choices}
    kinds = [_kind(draft, key, lines, choices, inventory) for key, lines in groups.items()]
    return tuple(sorted(kinds, key=lambda kind: (-(kind.mass_kg or 0.0), kind.rows)))


@dataclass(frozen=True, slots=True)
class _Used:
    """A line, its amount with and without losses, what it adds, and where the product is made."""

    line: Line
    gross: float
    net: float
    items: tuple[Contribution, ...]
    moved: float
    country: str


def _kind(
    draft: Draft,
    key: str,
    used: list[_Used],
    choices: Mapping[str, Choice],
    inventory: CompiledInventory,
) -> LineKind:
    line, items = used[0].line, used[0].items
    choice = choices.get(key)
    state = _state(draft, key, line, items, choice)
    if state == "matched" and _is_guess(used[0], inventory):
        state = "guess"
    entry = _entry(items, inventory)
    mass = None if line.stage not in {"material", "packaging"} else mass_per_unit(line, entry)
    counted = [item.kg_co2e for one in used for item in one.items]
    return LineKind(
        key,
        line,
        tuple(one.line.row for one in used),
        math.fsum(one.gross for one in used),
        None if mass is None else mass * math.fsum(one.net for one in used),
        mass,
        state,
        items[0].dataset if items else "",
        items[0].dataset_name if items else "",
        _name_zh(entry, items),
        math.fsum(counted) if counted else None,
        choice.said if choice is not None and choice.dataset else "",
        math.fsum(one.moved for one in used),
    )


def _name_zh(entry: Entry | None, items: tuple[Contribution, ...]) -> str:
    """The Chinese name of what a line counts as; that of the result where it has none."""
    if not items:
        return ""
    own = screening_name_zh(items[0].dataset) if entry is None else entry.name_zh
    return own or items[0].dataset_name


def _state(
    draft: Draft, key: str, line: Line, items: tuple[Contribution, ...], choice: Choice | None
) -> State:
    if choice is not None and choice.dataset == NOT_A_PART:
        return "not-part"
    if not items:
        return "later" if key in draft.later else "open"
    found = items[0].matched_by
    if choice is not None and choice.dataset and line.chosen_by:
        if choice.dataset.startswith(BY_CLASS):
            return "screening"
        return "remembered" if key in draft.remembered else "chosen"
    return "matched" if found in {"name", "material", "part"} else "given"


def _is_guess(used: _Used, inventory: CompiledInventory) -> bool:
    """Whether words found what stands for a line without being sure of it."""
    stage = next(one for one in STAGES if one == used.items[0].quantity_of[0])
    line = replace(used.line, stage=stage)
    try:
        return dataset_of(line, inventory, used.country, "").guessed
    except Unresolved:
        return True


def _entry(items: Iterable[Contribution], inventory: CompiledInventory) -> Entry | None:
    known = inventory.datasets
    return next((known[item.dataset] for item in items if item.dataset in known), None)
