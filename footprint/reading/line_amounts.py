"""Quantity, unit and loss of one row; what cannot be told is gathered as a question."""

from __future__ import annotations

import re
from dataclasses import replace

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.amounts import Amount, amount_of
from footprint.reading.builder import Builder
from footprint.reading.designators import count_designators
from footprint.reading.grid import cell_at, text_of
from footprint.reading.linear_metres import metres_of
from footprint.reading.model import ReadLine
from footprint.reading.per_many import container_in, many_in
from footprint.reading.units_told import unit_in_name, unit_in_note
from footprint.reading.vocabulary import fold

#: A unit that says how many pieces are in it: `Box of 100`, `Beutel à 50 Stk`.
_PACKED = late_pattern(
    r"(?:box|pack|packet|bag|carton|case|karton|beutel|boite|caja|confezione)\s+(?:of|à|a|von|de|da)\s+"
    r"(?P<count>[1-9]\d{0,4})\s*(?:pcs?\.?|ea|nos|stk\.?|stück|pz|uds?)?",
    re.I,
)

#: Headings that count: their fractions are those of something shared.
_COUNTS = late_pattern(
    r"(?:anzahl|stuckzahl|number of|no of|nos|count|nombre de|numero de|liczba|pcs|"
    r"pieces|个数|件数|個数)\b"
)
#: A unit that is an amount: `100 g`, `0,5 l`.
_SO_MUCH = late_pattern(r"(?P<amount>\d[\d.,]*)\s*(?P<unit>[^\W\d_][^\s\d]{0,9})")
_MEASURED = frozenset(("mass", "volume", "length", "area"))

#: A note that says what one set holds: `1 set = 8 pcs`, `8 pcs/set`, `set of 8`, `每套8个`.
_OF_CONTENTS = late_pattern(
    r"\b(?:1\s*)?(?:set|sets|kit|satz|jeu|juego|zestaw)\s*(?:=|of|à|von|de|zu)\s*\d"
    r"|\d\s*[^\W\d_]{1,6}\.?\s*(?:/|\bper\b|\bje\b|\bpro\b|\bpar\b|\bpor\b)\s*(?:1\s*)?"
    r"(?:set|kit|satz|jeu|juego|zestaw)\b|(?:每|1\s*)[套組组セ]\D{0,4}\d|\d\s*[个件只片支個]\s*/\s*[套組组]",
    re.I,
)


def quantity(builder: Builder, line: ReadLine, amount: Amount) -> None:
    """Quantity and unit of a line, or the question why there is none."""
    texts = line.texts
    count = count_designators(texts["designators"]) if "designators" in texts else None
    if "variant_quantity" in builder.where:
        _variants(builder, line)
        return
    if "quantity" not in builder.where and "total_quantity" not in builder.where:
        unit = units.unit_of(texts.get("unit", ""))
        if count is None and unit is not None and units.dimension(unit) != "count":
            # Kilograms and metres have an amount, which no known column holds.
            line.unit = unit
            builder.gather("quantity", "quantity_missing", line.row, blocking=True)
            return
        if count is None and builder.amount(line.row, "order_quantity").value:
            builder.gather("quantity", "quantity_ordered", line.row, blocking=True)
            line.unit = unit or "piece"
            return
        line.quantity = float(count) if count is not None else 1.0
        line.unit = "piece"
        builder.counted_rows.append(line.row)
        _per(builder, line)
        return
    if amount.percent and amount.value is not None:
        # A worksheet shows 0.6 as 60 %.
        amount = replace(amount, value=amount.value * 100.0, unit="percent", percent=False)
    if amount.problem == "missing" and builder.blank_is_one:
        amount = Amount(1.0)
        builder.gather("=quantity", "quantity_blank_one", line.row)
    line.quantity, line.uncertain = amount.value, amount.approximate
    if amount.problem and not (
        amount.problem == "unit" and amount.value is not None and not texts.get("unit")
    ):
        line.quantity = None
        kind = amount.problem if amount.problem != "unit" else "text"
        builder.gather("quantity", f"quantity_{kind}", line.row, blocking=True)
    elif (
        count is not None
        and amount.value is not None
        and count != amount.value
        and amount.value == int(amount.value)
        and not _of_container(builder)
    ):
        builder.gather("quantity", "quantity_designators", line.row, blocking=True)
        line.quantity = None
    _unit(builder, line, amount)
    _per(builder, line)


def _of_container(builder: Builder) -> bool:
    """Whether the quantities are for a panel of boards: more than the designators of one."""
    return bool(container_in(builder.quantity_heading))


def _unit(builder: Builder, line: ReadLine, amount: Amount) -> None:
    texts = line.texts
    heading = builder.meanings.unit("quantity" if "quantity" in builder.where else "total_quantity")
    stated = texts.get("unit", "")
    stated = stated or unit_in_note(builder, line, bool(amount.unit or heading))
    word = amount.unit or (units.unit_of(stated) if stated else None)
    line.unit_text = stated
    if (
        amount.unit
        and stated
        and (other := units.unit_of(stated))
        and units.dimension(other) != units.dimension(amount.unit)
    ):
        builder.gather("unit", "unit_twice", line.row, blocking=True)
        return
    if not stated and builder.formula_in(line.row, "unit"):
        builder.gather("unit", "unit_formula", line.row, blocking=True)
        return
    word = word or _of_other_words(builder, line, stated)
    if stated and word is None:
        _unknown_unit(builder, line, stated)
        return
    if word and not amount.unit and _is_contradicted(word, heading):
        builder.gather("quantity", "unit_heading", line.row, blocking=True)
        line.quantity = None
    if amount.problem == "unit" and not stated:
        builder.gather("unit", "unit_unknown", line.row, blocking=True)
        return
    word = word or units.unit_of("percent" if heading == "%" else heading or "")
    word = word or unit_in_name(builder, line) or units.unit_of(builder.options.unit or "")
    if word is None:
        _no_unit(builder, line)
        return
    _counted(builder, line, word)


def _of_other_words(builder: Builder, line: ReadLine, stated: str) -> str | None:
    """The unit of a rate (`kg/t`), or of a word that the language of the list makes clear."""
    if rate := units.rate_of(stated) if stated else None:
        builder.rates[line.row] = (rate.amount, rate.of)
        return rate.unit
    if unit := metres_of(builder, stated):
        builder.gather("=unit", "unit_metres", line.row)
    return unit


def _is_contradicted(word: str, heading: str | None) -> bool:
    """Whether the heading counts grams where the row counts kilograms."""
    said = units.unit_of(heading or "")
    return (
        said is not None
        and said != word
        and units.dimension(said) == units.dimension(word) != "count"
    )


def _unknown_unit(builder: Builder, line: ReadLine, stated: str) -> None:
    if packed := _PACKED.fullmatch(stated):
        line.unit = "piece"
        if line.quantity is not None:
            line.quantity *= int(packed["count"])
        return
    if not _in_so_much(builder, line, stated):
        builder.gather("unit", _why_no_unit(stated), line.row, blocking=True)


def _in_so_much(builder: Builder, line: ReadLine, stated: str) -> bool:
    """Take `2,5` of `100 g` as 250 g."""
    match = _SO_MUCH.fullmatch(stated)
    unit = units.unit_of(match["unit"]) if match else None
    if match is None or unit is None or units.dimension(unit) not in _MEASURED:
        return False
    each = amount_of(match["amount"], builder.mark, lone_point=builder.lone_point).value
    if not each:
        return False
    line.unit = unit
    if line.quantity is not None:
        line.quantity *= each
    return True


def _why_no_unit(stated: str) -> str:
    if units.open_state(stated):
        return "unit_gas_state"
    return "unit_ambiguous" if units.ambiguous(stated) else "unit_unknown"


def _no_unit(builder: Builder, line: ReadLine) -> None:
    if builder.reading.documented:
        builder.gather("unit", "unit_empty", line.row, blocking=True)
        return
    if "unit" not in builder.where and (unit := _of_recipe(builder)):
        line.unit = unit  # `Pour 100 kg` counts kilograms
        return
    # `1/12` is a twelfth of something counted; nobody writes so many kilograms.
    shared = "/" in builder.text(line.row, "quantity")
    counted = _COUNTS.match(fold(builder.quantity_heading))
    if line.quantity is None or shared or counted or line.quantity == int(line.quantity):
        line.unit = "piece"
        builder.gather("=unit", "unit_piece", line.row)
    else:
        builder.gather("unit", "unit_missing", line.row, blocking=True)


def _of_recipe(builder: Builder) -> str:
    """The mass unit of the product that the heading of the quantities is for, or ""."""
    many = many_in(builder.quantity_heading)
    return many.unit if many and many.unit in units.MASS else ""


def _counted(builder: Builder, line: ReadLine, word: str) -> None:
    """Hundreds and dozens become pieces; what a set or a roll is has to be asked."""
    line.unit = "%" if word == "percent" else word
    if word in units.COUNTS and word not in {"piece", "pair"}:
        line.unit = "piece"
        if line.quantity is not None:
            line.quantity *= units.COUNTS[word]
    if word == "box":
        line.unit = "piece"
    told = word == "set" and _OF_CONTENTS.search(line.texts.get("note", ""))
    if word in {"roll", "box"} or told:
        builder.gather("unit", "unit_contents", line.row)


def _per(builder: Builder, line: ReadLine) -> None:
    if "quantity_per" in builder.where:
        per = builder.amount(line.row, "quantity_per")
        if per.value is None or per.value <= 0:
            if per.problem != "missing":
                builder.gather("quantity", "quantity_per", line.row, blocking=True)
                line.quantity = None
        elif line.quantity is not None:
            line.quantity /= per.value
    if "assemblies" in builder.where and line.quantity is not None:
        times = builder.amount(line.row, "assemblies").value
        if times is None or times < 0:
            builder.gather("quantity", "assemblies_number", line.row, blocking=True)
            line.quantity = None
        elif times != 1.0:
            line.quantity *= times
            builder.gather("=quantity", "assemblies", line.row)
    if "unit_quantity" in builder.where and line.quantity is not None:
        one = builder.amount(line.row, "unit_quantity")
        if (
            one.value
            and one.unit
            and line.unit
            and units.dimension(one.unit) == units.dimension(line.unit) != "count"
        ):
            line.pieces_per_unit = units.in_base(1.0, line.unit) / units.in_base(
                one.value, one.unit
            )


def _variants(builder: Builder, line: ReadLine) -> None:
    line.variants = {}
    cells = builder.table.sheet.rows[line.row - 1]
    for column in builder.meanings.columns:
        if column.means != "variant_quantity":
            continue
        cell = cell_at(cells, column.index)
        found = amount_of(cell, builder.mark, lone_point=builder.lone_point)
        if (
            found.value is None
            and found.problem != "missing"
            and text_of(cell) not in {"-", "–", "x", "—"}
        ):
            builder.gather("quantity", f"quantity_{found.problem}", line.row, blocking=True)
        line.variants[column.header] = found.value or 0.0
    chosen = builder.options.variant
    if chosen in line.variants:
        line.quantity = line.variants[chosen]
    _unit(builder, line, Amount(1.0))


def _yield(builder: Builder, line: ReadLine) -> None:
    """Of a yield of 95 %, 5 % of what goes in are lost: losses are shares of that."""
    found = builder.amount(line.row, "yield")
    value = found.value
    if value is None:
        return
    percent = found.unit == "percent" or builder.meanings.unit("yield") == "%" or value > 1.5
    share = value / 100.0 if percent and not found.percent else value
    if 0.0 < share <= 1.0:
        line.loss = round(1.0 - share, 12)
    else:
        builder.gather("loss", "loss_yield", line.row, blocking=True)


def loss(builder: Builder, line: ReadLine) -> None:
    """The loss of a line as a share, where heading or cell say whether it is one in percent."""
    if "loss" not in builder.where:
        _yield(builder, line)
        return
    found = builder.amount(line.row, "loss")
    if found.problem == "missing" or found.value is None:
        if found.problem not in {"missing", ""}:
            builder.gather("loss", "loss_number", line.row, blocking=True)
        return
    percent = found.unit == "percent" or (
        not found.percent and builder.meanings.unit("loss") == "%"
    )
    if builder.options.loss:
        percent = builder.options.loss == "percent"
    line.loss = found.value / 100.0 if percent else found.value
    if builder.quantity_is_gross and line.quantity is not None and 0 < line.loss < 1:
        line.quantity = round(line.quantity * (1.0 - line.loss), 12)
        builder.gather("=quantity", "quantity_gross", line.row)
    if line.loss < 0 or (
        line.loss >= 1 and (percent or found.percent or builder.reading.documented)
    ):
        builder.gather("loss", "loss_range", line.row, blocking=True)
        line.loss = None
