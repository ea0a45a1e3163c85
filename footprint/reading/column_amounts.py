"""Columns of numbers: quantities, variants, masses, lengths."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_kinds import columns_of_models
from footprint.reading.column_numbers import counts_up, numbers_called_units, share_of_numbers
from footprint.reading.column_products import (
    is_mass_of_line,
    is_volume_of_line,
    without_losses,
)
from footprint.reading.column_shares import (
    adds_to_whole,
    alike_beside_masses,
    holds_shares,
    masses_with_units,
    shares_of_masses,
)
from footprint.reading.column_units import bare_units, same_in_other_units, unit_above
from footprint.reading.column_wholes import counted_twice, needs_of_orders, wholes_of_parts
from footprint.reading.heading_means import Heading
from footprint.reading.heading_rows import sizes_in
from footprint.reading.headings import read_heading
from footprint.reading.parts_by_mass import are_parts
from footprint.reading.per_many import many_in, of_a_batch, of_a_time
from footprint.reading.vocabulary import fold

_NUMBERS = frozenset(("no", "nos", "nr", "num", "n", "number"))
#: Lists of a change have the quantity before it beside the one after it.
_OLD = late_pattern(
    r"\b(?:old|previous|prev|bisher\w*|ancien\w*|anterior|vecchi[ao]|stara)\b|旧|原用|原数"
)
_DIGIT = late_pattern(r"\d")
#: What a quantity is for that counts the whole product: `Qty/Product`, `Menge je Endprodukt`.
_OF_PRODUCT = late_pattern(
    r"(?:/ ?|\b(?:per|pro|je|par|por|na)\s)(?:finished |end |top |final )?(?:product|products|fg|"
    r"finished good|end item|top level|top assembly|vehicle|machine|produkt|erzeugnis|endprodukt|"
    r"fahrzeug|maschine|produit|producto|prodotto|produto|wyrob)(?: [(\[].*)?$"
    r"|^(?:每台|单台|單台|整机)"
)
_PER = frozenset(("per", "pro", "je"))


def variants(chooser: Chooser) -> tuple[str, ...]:
    """Several columns of quantities, one for each variant of the product."""
    if sizes := _sizes(chooser):
        return _as_variants(chooser, sizes)
    bare_units(chooser)
    columns_of_models(chooser)
    _numbers_that_count(chooser)
    _without_words(chooser)
    quantities = chooser.with_meaning("quantity")
    texts = [chooser.headings[at].text for at in quantities]
    plain = [at for at in quantities if chooser.headings[at].score == 1.0]
    alike = [at for at in quantities if at not in plain and chooser.headings[at].score < 1.0]
    unknown = [
        at for at, means in chooser.means.items()
        if means == "unknown" and share_of_numbers(chooser, at) >= 0.8 and chooser.fill(at) >= 0.2
    ]  # fmt: skip
    grouped = [at for at in unknown if "quantity" in _group_means(chooser.headings[at])]
    if len(alike) >= 2 and not plain and len(set(texts)) == len(texts):
        of_one = [at for at in alike if _is_of_one(chooser.headings[at].text)]
        new = [at for at in of_one or alike if not _OLD.search(fold(chooser.headings[at].text))]
        if len(net := without_losses(chooser, new)) == 1:
            for at in alike:
                chooser.means[at] = "quantity" if at in net else "other"
            return ()
        return _as_variants(chooser, alike)
    if len(grouped) >= 2:
        return _as_variants(chooser, grouped)
    if (
        not quantities
        and not chooser.with_meaning("designators")
        and not chooser.with_meaning("total_quantity")
    ):
        return _instead(chooser, unknown)
    return ()


def _instead(chooser: Chooser, unknown: list[int]) -> tuple[str, ...]:
    """Columns of small numbers below unknown headings, where none is the quantity."""
    of_parts = bool(chooser.with_meaning("unit_mass"))  # `% of component` beside the masses
    small = [
        at
        for at in unknown
        if _small(chooser, at) and not (of_parts and chooser.headings[at].unit == "%")
    ]
    if same := same_in_other_units(chooser, small):
        chooser.means[same], chooser.units[same] = "quantity", unit_above(chooser, same)
        return ()
    if any(adds_to_whole(chooser, at) for at in chooser.with_meaning("share")):
        return ()
    if len(small) >= 2:
        return _as_variants(chooser, small)
    if len(small) == 1 and chooser.headings[small[0]].text:
        chooser.doubts.append(("quantity", (chooser.shown[small[0]],)))
    return ()


def _is_of_one(heading: str) -> bool:
    return not (many_in(heading) or of_a_batch(heading) or of_a_time(heading))


def _sizes(chooser: Chooser) -> list[int]:
    """Columns of the sizes of a garment (`S M L XL`), where no column is the quantity of all."""
    texts = [chooser.headings[at].text if at in chooser.headings else "" for at in _up_to(chooser)]
    columns = [at for at in sizes_in(texts) if chooser.numeric(at) > 0.8]
    taken = any(map(chooser.by_user, columns)) or chooser.with_meaning("quantity")
    return [] if taken or len(columns) < 3 else columns


def _up_to(chooser: Chooser) -> range:
    return range(1, max(chooser.headings, default=0) + 1)


def _without_words(chooser: Chooser) -> None:
    """`Type quantité` above words is no quantity beside one above numbers."""
    columns = chooser.with_meaning("quantity")
    worded = [at for at in columns if not any(map(_DIGIT.search, chooser.values(at)))]
    for at in worded if len(worded) < len(columns) else ():
        if chooser.values(at) and not chooser.by_user(at):
            chooser.means[at] = "unknown"


def _numbers_that_count(chooser: Chooser) -> None:
    """`No` over numbers that do not count the rows is how many there are, and is asked."""
    taken = ("quantity", "total_quantity", "designators", "variant_quantity", "share")
    if any(map(chooser.with_meaning, taken)):
        return
    for at in (*chooser.with_meaning("line_no"), *chooser.with_meaning("id")):
        bare = fold(chooser.headings[at].text) in _NUMBERS and not chooser.by_user(at)
        if bare and not counts_up(chooser.values(at)) and chooser.numeric(at) > 0.9:
            chooser.means[at] = "quantity"
            if not _makes_masses(chooser, at):
                chooser.doubts.append(("quantity", (chooser.shown[at],)))
            return


def _makes_masses(chooser: Chooser, at: int) -> bool:
    """Whether a column times the masses of one is the masses of lines: it counts them."""
    one, line = chooser.with_meaning("unit_mass"), chooser.with_meaning("line_mass")
    return bool(one and line) and is_mass_of_line(chooser, at, one[0], line[0])


def _group_means(heading: Heading) -> tuple[str, ...]:
    return read_heading(heading.group).means if heading.group else ()


def _small(chooser: Chooser, at: int) -> bool:
    """Numbers that can be quantities: none is negative, and most are small."""
    numbers = [float(value) for value in chooser.values(at) if re.fullmatch(r"\d+(\.\d+)?", value)]
    return bool(numbers) and sorted(numbers)[len(numbers) // 2] <= 1000


def _as_variants(chooser: Chooser, columns: list[int]) -> tuple[str, ...]:
    for at in columns:
        chooser.means[at] = "variant_quantity"
    return tuple(chooser.shown[at] for at in columns)


def bases(chooser: Chooser, head: set[int]) -> None:
    """A base quantity in the row of every component is the denominator of that component's
    quantity (`基本用量 / 基础数量`); one beside the product alone is the base of the whole list."""
    _per_of_masses(chooser)
    _per_of_prices(chooser)
    if chooser.with_meaning("quantity_per"):
        return
    filled = max((chooser.fill(at) for at in chooser.with_meaning("quantity")), default=1.0)
    for at in chooser.with_meaning("base_quantity"):
        if at not in head and chooser.fill(at) >= 0.8 * filled:
            chooser.means[at] = "quantity_per"
    needs_of_orders(chooser)


def _per_of_prices(chooser: Chooser) -> None:
    """`je` (`per`) right of a price says for how many pieces the price is: no quantity's base."""
    for at in (*chooser.with_meaning("base_quantity"), *chooser.with_meaning("quantity_per")):
        if chooser.means.get(at - 1) == "price" and not chooser.by_user(at):
            chooser.means[at] = "price"


def _per_of_masses(chooser: Chooser) -> None:
    """`Per` (`Pro`) behind a column of masses says for how many pieces the mass is."""
    for at in chooser.with_meaning("base_quantity"):
        beside = chooser.means.get(at - 1) in {"unit_mass", "mass_unit"}
        if beside and fold(chooser.headings[at].text) in _PER and not chooser.by_user(at):
            chooser.means[at] = "mass_per"


def quantities(chooser: Chooser) -> None:
    """One column is the quantity; a share of a recipe is one where there is no other."""
    numbers_called_units(chooser)
    _wholes_of_trees(chooser)
    _gross_alone(chooser)
    filled = [at for at in chooser.with_meaning("quantity") if chooser.fill(at) > 0]
    if len(chooser.with_meaning("quantity")) > 1:
        for at in chooser.with_meaning("quantity"):
            if at not in filled:
                chooser.means[at] = "other"
    if len(filled) > 1:
        _choose_quantity(chooser, filled)
    wholes_of_parts(chooser)
    counted_twice(chooser)
    has = chooser.with_meaning("quantity") or chooser.with_meaning("variant_quantity")
    if not has and (told := shares_of_masses(chooser) or masses_with_units(chooser)):
        chooser.means[told], has = "quantity", [told]
    for at in sorted(chooser.with_meaning("share"), key=lambda at: not adds_to_whole(chooser, at)):
        percent = chooser.units.get(at, chooser.headings[at].unit) == "%"
        percent = percent or are_parts(chooser.headings[at].text)
        if not has and (percent or adds_to_whole(chooser, at)):
            chooser.means[at], chooser.units[at], has = "quantity", "%", [at]
        elif has or alike_beside_masses(chooser, at):
            chooser.means[at] = "other"
        elif holds_shares(chooser, at) and not chooser.with_meaning("designators"):
            chooser.means[at] = "quantity"
            chooser.doubts.append(("quantity", (chooser.shown[at],)))


def _wholes_of_trees(chooser: Chooser) -> None:
    """`Qty per product` beside levels counts the whole product on every level."""
    columns = chooser.with_meaning("quantity")
    if len(columns) != 1 or chooser.by_user(columns[0]) or not chooser.with_meaning("level"):
        return
    if _OF_PRODUCT.search(fold(chooser.headings[columns[0]].text)):
        chooser.means[columns[0]] = "total_quantity"


def _gross_alone(chooser: Chooser) -> None:
    """What goes in is the quantity where no column has what stays in the product."""
    gross = chooser.with_meaning("gross_quantity")
    taken = ("quantity", "total_quantity", "variant_quantity", "designators")
    if len(gross) == 1 and not any(map(chooser.with_meaning, taken)):
        chooser.means[gross[0]] = "quantity"


def losses(chooser: Chooser) -> None:
    """Of several columns of losses the one that holds any is the loss; two that do are asked."""
    columns = chooser.with_meaning("loss")
    some = [at for at in columns if any(re.search(r"[1-9]", one) for one in chooser.values(at))]
    for at in columns:
        if len(columns) > 1 and at != (some or columns)[0]:
            chooser.means[at] = "other"
    if len(some) > 1:
        chooser.doubts.append(("loss", tuple(chooser.shown[at] for at in some)))


def _choose_quantity(chooser: Chooser, columns: list[int]) -> None:
    best = max(chooser.headings[at].score for at in columns)
    exact = [at for at in columns if chooser.headings[at].score == best]
    exact = without_losses(chooser, exact)
    exact = [at for at in exact if _is_of_one(chooser.headings[at].text)] or exact
    if len({tuple(chooser.values(at)) for at in exact}) > 1:
        chooser.doubts.append(("quantity", tuple(chooser.shown[at] for at in exact)))
    for at in columns:
        if at != exact[0]:
            chooser.means[at] = "other"


def geometry(chooser: Chooser) -> None:
    """`Size` with lengths in it is a specification; lengths need numbers."""
    for means in ("length", "width", "thickness", "diameter", "height"):
        for at in chooser.with_meaning(means):
            if chooser.values(at) and not any(
                any(c.isdigit() for c in value) for value in chooser.values(at)
            ):
                chooser.means[at] = "other"
    for at in chooser.with_meaning("volume"):
        if is_volume_of_line(chooser, at):
            chooser.means[at] = "other"
    _areas_and_totals(chooser)
    if not chooser.with_meaning("length"):
        for at in chooser.with_meaning("height"):
            flat = chooser.with_meaning("thickness") or chooser.with_meaning("areal_mass")
            if chooser.with_meaning("width") and flat:
                chooser.means[at] = "length"


def _areas_and_totals(chooser: Chooser) -> None:
    """An area is that of a sheet; the length of all is that of one where nothing counts them."""
    of_sheets = chooser.with_meaning("areal_mass") or chooser.with_meaning("thickness")
    for at in chooser.with_meaning("area"):
        if chooser.numeric(at) < 0.5 or not of_sheets:
            chooser.means[at] = "other"
    for at in chooser.with_meaning("total_length"):
        alone = not any(map(chooser.with_meaning, ("length", "quantity", "total_quantity")))
        chooser.means[at] = "length" if alone else "other"
