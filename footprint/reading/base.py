"""For how many products the quantities are: a base quantity, a batch, a yield; no order size."""

from __future__ import annotations

from dataclasses import replace

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.amounts import Amount, amount_of
from footprint.reading.batches import of_batch
from footprint.reading.builder import Builder
from footprint.reading.containers import find_container_base, share_parts_by_mass
from footprint.reading.levels import whole_amounts
from footprint.reading.parts_by_mass import are_parts
from footprint.reading.per_many import many_in
from footprint.reading.rates import said_by_rates
from footprint.reading.vocabulary import fold

#: Products are counted in whole numbers: `1,000 Nos` are a thousand, `1.000` is one.
_PRODUCTS = late_pattern(r"(?P<number>\d[\d,]*(?P<zeros>\.0{1,3})?|\d[\d.,]*)\s*(?P<unit>\D*)")

#: A number of pieces with decimals behind a comma, and one that has a point for three digits.
_DECIMALS = late_pattern(r"\d,\d+$")
_POINTED = late_pattern(r"[1-9]\d{0,2}\.\d{3}")

#: A heading that says that its quantities are those of one product: `mg/tablet`, `g pro Stück`.
_OF_ONE = late_pattern(
    r"(?:/|\b(?:per|pro|je|par|por|na)\b)\s*"
    r"(?!batch|lot|charge|ansatz|partia|lote|serie|\d)[^\W\d_]+$"
)


def find_base(builder: Builder) -> None:
    """Set `reading.base`, or ask where an order size may be one; and of how much product a recipe
    is to be the result."""
    _find_base(builder)
    reading = builder.reading
    asked = any(one.about == "declared_unit" for one in reading.asks)
    if asked or reading.documented or builder.options.base or reading.facts.get("mass_kg"):
        return
    amount, unit = reading.base or (1.0, "piece")
    if builder.meanings.unit("quantity_per") in units.MASS:
        amount, unit = 1.0, builder.meanings.unit("quantity_per") or "kg"
    if unit in units.MASS:
        reading.ask("declared_unit", "declared_unit_mass", None, amount=f"{amount:g} {unit}")
    elif _are_shares(builder):
        reading.ask("declared_unit", "declared_unit_share")


def _are_shares(builder: Builder) -> bool:
    lines = builder.reading.lines
    return bool(lines) and sum(line.unit == "%" for line in lines) >= 0.8 * len(lines)


def _find_base(builder: Builder) -> None:
    reading, facts = builder.reading, builder.facts
    if "quantity" not in builder.where and "total_quantity" in builder.where:
        _unexplode(builder)  # a column of totals counts the whole product on every level
    if builder.options.base:
        reading.base = (builder.options.base, "piece")
        return
    if _said_by_heading(builder) or said_by_rates(builder) or _asked_for_mark(builder):
        return
    found = {
        key: _value(builder, key)
        for key in ("base_quantity", "required_quantity", "yield", "order_quantity", "lot_size")
    }
    if builder.base_cell is not None and builder.base_cell.value:
        unit = units.unit_of(builder.base_unit) or "piece"
        _set(builder, builder.base_cell.value, unit)
        return
    if found["yield"].value:
        unit = found["yield"].unit or "piece"
        _set(builder, found["yield"].value, unit)
        reading.ask(
            "declared_unit", "declared_unit_yield", None, amount=f"{found['yield'].value:g}"
        )
        return
    required = found["required_quantity"].value
    if required and required != 1:
        if _divisible(builder, required):
            reading.base = (required, "piece")
            _unexplode(builder)
            return
        reading.ask("base_quantity", "base_required", None, blocking=True, amount=f"{required:g}")
        return
    if found["base_quantity"].value:
        _set(
            builder,
            found["base_quantity"].value,
            found["base_quantity"].unit
            or units.unit_of(facts.units.get("base_quantity", ""))
            or "piece",
        )
        return
    lot = _of_lot(builder, found["lot_size"])
    if not (lot or find_container_base(builder) or of_batch(builder)):
        _ask_orders(builder, found["order_quantity"].value)


def _said_by_heading(builder: Builder) -> bool:
    heading = builder.quantity_heading
    if are_parts(heading):
        share_parts_by_mass(builder)
        return True
    many = many_in(heading) or many_in(builder.heading("unit"))
    if many:
        builder.reading.base = many.amount, many.unit
    return many is not None


def _value(builder: Builder, key: str) -> Amount:
    text = builder.facts.values.get(key, "")
    found = amount_of(text, builder.mark, lone_point=builder.lone_point)
    if found.value is not None and found.problem == "unit":
        return Amount(found.value)
    if found.value is None and (match := _PRODUCTS.fullmatch(text)):
        number = match["number"].split(".")[0] if match["zeros"] else match["number"]
        return replace(amount_of(number, "."), unit=units.unit_of(match["unit"]))
    return found


def _asked_for_mark(builder: Builder) -> bool:
    """Whether `1.000` stands above pieces that are all written `1,000`, and is asked: a thousand
    would have been printed `1.000,000` there, so it may be one, written in another hand."""
    pieces = [line.row for line in builder.reading.lines if line.unit == "piece"]
    printed = pieces and all(_DECIMALS.search(builder.text(row, "quantity")) for row in pieces)
    if builder.mark != "," or not printed:
        return False
    for key in ("base_quantity", "required_quantity"):
        written, many = builder.facts.values.get(key, ""), _value(builder, key).value
        match = _PRODUCTS.fullmatch(written)
        if many and match and _POINTED.fullmatch(match["number"]):
            ways = {"amount": f"{many:g}", "least": f"{many / 1000:g}", "written": written}
            builder.reading.ask("base_quantity", "base_mark", None, blocking=True, **ways)
            return True
    return False


def _set(builder: Builder, value: float, unit: str) -> None:
    unit = "piece" if units.dimension(unit) == "count" else unit
    if value != 1 or unit != "piece":
        builder.reading.base = (value, unit)


def _ask_orders(builder: Builder, order_quantity: float | None) -> None:
    """Ask whether the quantities are for so many as the title says, or for an order that all of
    them are multiples of."""
    if (many := builder.facts.title_amount) > 1 and not _fewer_pieces(builder, many):
        if mass := _made_by_all(builder, many):
            builder.reading.base = mass, "kg"
            return
        builder.reading.ask("base_quantity", "base_title", None, blocking=True, amount=many)
        return
    others = [amount_of(text, ".").value for _, text in builder.facts.numbers]
    for order in (order_quantity, *others):
        sure = order is order_quantity and order and _is_written_for(builder, order)
        if order and order > 1 and (sure or _divisible(builder, order)):
            builder.reading.ask(
                "base_quantity", "base_order", None, blocking=True, amount=f"{order:g}"
            )
            return


def _made_by_all(builder: Builder, many: float) -> float:
    """The mass in kg of all lines of a recipe, where it is what its title says in kilograms, tonnes
    or grams; else 0."""
    lines = builder.reading.lines
    if any(not line.quantity or line.unit not in units.MASS or line.parent_row for line in lines):
        return 0.0
    whole = sum(units.in_base(line.quantity or 0.0, line.unit or "kg") for line in lines)
    told = (many * units.MASS[unit] for unit in ("kg", "t", "g"))
    return whole if any(abs(whole - mass) <= 0.005 * mass for mass in told) else 0.0


def _fewer_pieces(builder: Builder, many: float) -> bool:
    """Whether all lines are pieces, and of none there are as many as a title says: it names the
    product (`1000 piece puzzle`), for of so many products each part would be there as often."""
    lines = builder.reading.lines
    return bool(lines) and all(
        line.unit == "piece" and line.quantity is not None and line.quantity < many
        for line in lines
    )


def _of_lot(builder: Builder, lot: Amount) -> bool:
    """Set the base to a lot size above the table, where the quantities are written for it."""
    unit = lot.unit or units.unit_of(builder.facts.units.get("lot_size", "")) or "piece"
    if _are_shares(builder) or _OF_ONE.search(fold(builder.quantity_heading)):
        return False  # shares and `mg/tablet` are the same, however large the batch
    if lot.value and (unit in units.MASS or _is_written_for(builder, lot.value)):
        _set(builder, lot.value, unit)
        return True
    return False


def ask_lots(builder: Builder) -> None:
    """A lot size in the rows may be what the quantities are for, or how the part is made or
    bought: asked for the rows where it is not one."""
    for line in builder.reading.lines if "lot_size" in builder.where else ():
        if builder.amount(line.row, "lot_size").value not in {None, 0.0, 1.0}:
            builder.gather("base_quantity", "base_lots", line.row, blocking=True)


def _is_written_for(builder: Builder, lot: float) -> bool:
    """Whether the quantities are those of a whole lot: no piece is counted, as in a recipe, or the
    pieces are multiples of the lot. Costing sheets name lots beside quantities for one product."""
    pieces = any(line.unit == "piece" and line.quantity for line in builder.reading.lines)
    return not pieces or _divisible(builder, lot)


def _divisible(builder: Builder, by: float) -> bool:
    """Whether the pieces of the highest level are multiples: the list is written for so many."""
    top = [line.quantity for line in builder.reading.lines
           if line.parent_row is None and line.unit == "piece" and line.quantity]  # fmt: skip
    return bool(top) and sum(
        abs(quantity / by - round(quantity / by)) < 1e-9 for quantity in top
    ) >= 0.8 * len(top)


def _unexplode(builder: Builder) -> None:
    """Such lists give the need of the whole order on every level; make it per assembly."""
    by_row = {line.row: line for line in builder.reading.lines}
    stated = {row: line.quantity for row, line in by_row.items()}
    for line in builder.reading.lines:
        above = stated.get(line.parent_row) if line.parent_row is not None else None
        if line.quantity is not None and above:
            line.quantity = line.quantity / above
    whole_amounts(builder.reading)
