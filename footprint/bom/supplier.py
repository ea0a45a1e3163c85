"""A supplier's own footprint of what he delivers, which stands for a line instead of a dataset.

Accepted: a PACT v3 ProductFootprint (`footprint.pact.reader`), and a certificate of this program
with its bundle. Both are read tolerantly, and refused where they contradict themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NoReturn

from footprint.canonical import bytes_hash
from footprint.faults import Fault, Where
from footprint.inventory.bounds import beyond
from footprint.printable import unprintable_in

UNREADABLE = Fault("SUP-001", "A supplier's document is not readable JSON, or too large.")
UNKNOWN_FORM = Fault(
    "SUP-002", "A supplier's document is neither a PACT v3 footprint nor a certificate."
)
MISSING = Fault("SUP-003", "A supplier's document lacks a value, or the value is unusable.")
NOT_ADDING_UP = Fault("SUP-004", "The parts of a supplier's footprint do not add up to its total.")
EXPIRED = Fault("SUP-005", "A supplier's document was no longer valid in the reference period.")
DEPRECATED = Fault("SUP-006", "A supplier has withdrawn the document in favour of another one.")
NOT_CREDITED = Fault(
    "SUP-007", "Captured or removed CO2 in a supplier's footprint is not credited."
)
VALIDITY_UNKNOWN = Fault("SUP-008", "Whether a supplier's document was valid cannot be told.")
NOT_VERIFIED = Fault("SUP-009", "The signature of a supplier's certificate was not checked here.")
NOT_GATE = Fault("SUP-010", "A supplier's footprint goes beyond his gate.")
DELIVERY = Fault("SUP-011", "A supplier reports delivery apart, and the line has no transport.")

STATED_TOTAL = Fault(
    "SUP-012", "A supplier's stated total was taken, which the parts do not add up to."
)
IMPLAUSIBLE = Fault("SUP-013", "A supplier's footprint is beyond any plausible value per unit.")

#: A footprint document is a few kilobytes; a certificate bundle with its credential some dozens.
MAX_BYTES = 5_000_000
#: Documents round their numbers; a greater difference than this share of the total is an error.
ROUNDING = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SupplierPcf:
    """A supplier's footprint per ONE declared unit (`unit`): parts in kg CO2e, by category.

    `parts` are keyed as the inventory's split, and hold the aircraft part. `not_credited` is CO2
    captured or removed (zero or below), which the parts leave out. `mass_kg` is that of one
    declared unit. `primary_data_share` is in percent; `ratings` are technological, geographical and
    temporal. `valid_until` is the last day of validity. `coverage` is the share of mass that the
    document covers. `untold` are the parts that it leaves out; `note` says that its stated total
    was taken, which its parts do not make.
    """

    file: str
    hash: str
    kind: Literal["pact", "certificate"]
    id: str
    company: str
    product: str
    unit: str
    mass_kg: float | None
    parts: Mapping[str, float]
    gwp_sets: tuple[str, ...]
    valid_until: date | None
    primary_data_share: float | None = None
    ratings: tuple[float, float, float] | None = None
    deprecated: bool = False
    not_credited: float = 0.0
    outbound_logistics: float = 0.0
    coverage: float = 1.0
    untold: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A tolerant view of a JSON object: absent is null, unknown keys are left alone."""

    values: Mapping[str, Any]
    where: Where
    path: str = ""

    def refuse(self, name: str, says: str, fault: Fault = MISSING, hint: str = "") -> NoReturn:
        """Raise `InputRefused` for one field."""
        hint = hint or "Ask the supplier for a corrected document."
        raise fault.refuse(f"{self.where.file}: {self.path}{name} {says}", self.where, hint)

    def inside(self, name: str) -> Fields:
        """The object under `name`; an absent one is empty. Raises `InputRefused` (SUP-003)."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            self.refuse(name, "is not an object")
        return Fields(value or {}, self.where, f"{self.path}{name}.")

    def text(self, name: str) -> str:
        """The text under `name`, or empty. Raises `InputRefused` (SUP-003) for another kind."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            self.refuse(name, "is not a text")
        if value and not value.isprintable():
            self.refuse(name, "holds characters that cannot be shown")
        return value or ""

    def number(self, name: str) -> Decimal | None:
        """The decimal under `name`, written as text or as a number. Raises (SUP-003) otherwise."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
                raise ValueError
            number = Decimal(value)
        except (ValueError, ArithmeticError):
            self.refuse(name, f"is not a number: {str(value)[:40]!r}")
        if not number.is_finite() or not -30 < number.adjusted() < 30:
            self.refuse(name, f"is not a usable number: {str(value)[:40]!r}")
        return number

    def not_below_zero(self, name: str) -> Decimal:
        """The decimal under `name`, absent is 0. Raises `InputRefused` (SUP-003) below zero."""
        number = self.number(name) or Decimal(0)
        if number < 0:
            self.refuse(name, f"is {number:f}; it must not be below zero")
        return number

    def not_above_zero(self, name: str) -> Decimal:
        """The decimal under `name`, absent is 0. Raises `InputRefused` (SUP-003) above zero."""
        number = self.number(name) or Decimal(0)
        if number > 0:
            self.refuse(name, f"is {number:f}; it must not be above zero")
        return number

    def needed(self, name: str) -> Decimal:
        """The decimal under `name`, which must be there."""
        number = self.number(name)
        return self.refuse(name, "is missing") if number is None else number


@dataclass(slots=True)
class Balance:
    """Parts that must add up to a stated total, in kg CO2e per whole declared unit.

    With `accept` the stated total counts where they do not, and `note` says so.
    """

    fields: Fields
    parts: dict[str, Decimal] = field(default_factory=dict)
    credited: Decimal = Decimal(0)
    accept: bool = False
    file: str = "FILE"
    note: str = ""

    def settle(
        self, total: Decimal, part: str, *names: str, explain: Callable[[], str] = lambda: ""
    ) -> None:
        """Make `names` add up to `total` by giving what rounding left over to `part`.

        Raises `InputRefused` (SUP-004) if more than rounding is left and that is not accepted, or
        if what is left would turn the part's sign. `explain` says which misreading fits, if one
        does.
        """
        found = sum((self.parts.get(name, Decimal(0)) for name in names), self.credited)
        left = total - found
        own = self.parts.get(part, Decimal(0))
        if abs(left) > ROUNDING * max(abs(total), abs(found)):
            says = f"is {total:f} kg CO2e, its parts add up to {found:f}"
            if not self.accept:
                hint = _how_to_accept(explain(), self.file)
                self._whole.refuse("the total", says, NOT_ADDING_UP, hint)
            if (own + left) * (-1 if part == "biogenic_uptake" else 1) < 0:
                says += f", and {part} cannot make up for it"
                self._whole.refuse("the total", says, NOT_ADDING_UP)
            fits = explain()
            self.note = f"the total {says}; the total counts" + (f" ({fits})" if fits else "")
        self.parts[part] = own + left

    @property
    def _whole(self) -> Fields:
        """The document as a whole: its total is no property."""
        return replace(self.fields, path=f"{self.file}, ")

    def part_of_total(self, part: str, name: str, *names: str) -> None:
        """See that `part`, stated as `name`, is no more than what `names` add up to.

        Raises `InputRefused` (SUP-003) if it is greater by more than rounding.
        """
        value = self.parts.get(part, Decimal(0))
        found = sum((self.parts.get(other, Decimal(0)) for other in names), Decimal(0))
        if value > found * (1 + ROUNDING):
            says = f"is {value:f} kg CO2e, more than the whole of which it is a part ({found:f})"
            self.fields.refuse(name, says)


def _how_to_accept(fits: str, file: str) -> str:
    """What to do about a total that its parts do not make."""
    known = f"It would fit if {fits}. " if fits else ""
    return (
        f"{known}Ask the supplier for a corrected document, or take his total as stated: add a row "
        f"# accept_stated_totals: {file}"
    )


def read_supplier(data: bytes, file: str, where: Where, *, accept: bool = False) -> SupplierPcf:
    """Read a supplier's document; `where` is the cell that names it.

    accept : take the stated total where the parts do not add up to it.
    Raises `InputRefused` (SUP-001 to SUP-004, SUP-010, SUP-013).
    """
    found = _read(data, file, where, accept)
    for value in found.parts.values():
        if says := beyond(value, found.unit):
            hint = "Check the declared unit and its amount with the supplier."
            raise IMPLAUSIBLE.refuse(f"{file}: {says}", where, hint)
    return found


def _read(data: bytes, file: str, where: Where, accept: bool) -> SupplierPcf:
    from footprint.bom.supplier_certificate import supplier_from_certificate  # noqa: PLC0415
    from footprint.pact.reader import supplier_from_pact  # noqa: PLC0415

    if len(data) > MAX_BYTES:
        message = f"{file} has {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        raise UNREADABLE.refuse(message, where)
    try:
        document = json.loads(data, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise UNREADABLE.refuse(f"{file} is not JSON: {str(error)[:80]}", where) from None
    found = unprintable_in(document)
    if found:
        message = f"{file}: {found[0]} holds the control character {found[1]}"
        raise UNREADABLE.refuse(message, where)
    if isinstance(document, dict) and isinstance(document.get("data"), dict):
        document = document["data"]
    if isinstance(document, dict):
        if isinstance(document.get("pcf"), dict):
            return supplier_from_pact(Fields(document, where), file, bytes_hash(data), accept)
        view = document.get("certificate", document)
        if isinstance(view, dict) and view.get("type") == "certificate":
            return supplier_from_certificate(Fields(view, where), file, bytes_hash(data), accept)
    hint = "Give a PACT v3 ProductFootprint as JSON, or the JSON file of a certificate."
    raise UNKNOWN_FORM.refuse(f"{file} is neither", where, hint)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def percentage(fields: Fields, name: str) -> float | None:
    """A share in percent, 0 to 100, or None. Raises `InputRefused` (SUP-003)."""
    value = fields.number(name)
    if value is not None and not 0 <= value <= 100:
        fields.refuse(name, f"is {value:f}, not from 0 to 100")
    return None if value is None else float(value)


def ratings(fields: Fields, *names: str) -> tuple[float, float, float] | None:
    """The three ratings, each 1 (best) to 5, or None if one is absent. Raises (SUP-003)."""
    found = [fields.number(name) for name in names]
    for name, value in zip(names, found, strict=True):
        if value is not None and not 1 <= value <= 5:
            fields.refuse(name, f"is {value:f}, not from 1 to 5")
    one, two, three = found
    if one is None or two is None or three is None:
        return None
    return float(one), float(two), float(three)
