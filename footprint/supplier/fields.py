"""A supplier's JSON read tolerantly, and parts that must make a stated total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NoReturn

from footprint.faults import Fault, Where
from footprint.supplier.faults import MISSING, NOT_ADDING_UP
from footprint.supplier.numbers import spelt_decimal

#: Documents round their numbers; a greater difference than this share of the total is an error.
ROUNDING = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Fields:
    """A tolerant view of a JSON object: absent is null, unknown keys are left alone.

    `where` is the cell that names the document, `name` the document's own where it is another file.
    """

    values: Mapping[str, Any]
    where: Where
    path: str = ""
    name: str = ""

    def refuse(self, name: str, says: str, fault: Fault = MISSING, hint: str = "") -> NoReturn:
        """Raise `InputRefused` for one field."""
        hint = hint or "Ask the supplier for a corrected document."
        raise fault.refuse(
            f"{self.name or self.where.file}: {self.path}{name} {says}", self.where, hint
        )

    def inside(self, name: str) -> Fields:
        """The object under `name`; an absent one is empty. Raises `InputRefused` (SUP-003)."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            self.refuse(name, "is not an object")
        return Fields(value or {}, self.where, f"{self.path}{name}.", self.name)

    def text(self, name: str) -> str:
        """The text under `name`, or empty. Raises `InputRefused` (SUP-003) for another kind."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            self.refuse(name, "is not a text")
        if value and not value.isprintable():
            self.refuse(name, "holds characters that cannot be shown")
        return value or ""

    def words(self, name: str) -> str:
        """A text for people under `name`, which may have lines, or empty. It is searched, never
        shown."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> Decimal | None:
        """The decimal under `name`, written as text or as a number. Raises (SUP-003) otherwise."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
                raise ValueError
            number = spelt_decimal(value) if isinstance(value, str) else Decimal(value)
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
        return replace(self.fields, path="")

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
