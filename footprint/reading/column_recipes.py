"""Columns that only their neighbours or their cells explain: units below an unknown heading,
letters for dimensions, money called `Amount`, take-offs of buildings, dosages per volume."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_kinds import kinds_of_rows
from footprint.reading.headings import LETTERS
from footprint.reading.parts_by_mass import are_parts
from footprint.reading.units import MASS, dimension, unit_of
from footprint.reading.vocabulary import fold, row_words

#: What the columns of a schedule of building elements are called.
_BUILT = frozenset(
    """
    family and type|family|type mark|ifcclass|ifc class|ifc type|ifc entity|globalid|global id|
    material name|ifcguid
    """.replace("\n    ", "").split("|")
)
_NET = late_pattern(r"(?:material|net) ?(?P<of>volume|area)\b|(?P<plain>volume|area)\b")
#: A heading that is a mass per volume and no more: `kg/m3`, `[g/L]`.
_BARE = late_pattern(
    r"[\[(]?\s*(?P<mass>[a-zµ]{1,3})\s*/\s*(?:m3|m³|m\^3|㎥|l|litre|liter|ltr)\s*[\])]?", re.I
)
_SYMBOLS = frozenset(("libpart", "cmp name", "library ref", "libref", "device"))
_FITTED = frozenset(("fitted", "alternate", "populated", "mounted", "placed", "assembled", "贴装"))
_CROSSES = frozenset(("x", "✓", "✔", "√", "●", "○", "•"))
_FIXED = "fixed_quantity"
_BASES = frozenset(("basis", "basis type", "fixed", "usage type", "quantity type"))
_PER_WORDS = frozenset(
    "unit|lot|item|order|batch|u|l|each|piece|fixed|variable|fix|f|v|constant|固定|变动|變動".split(
        "|"
    )
)
_MONEY = frozenset(("amount", "betrag", "montant", "valor", "importe"))
_LENGTH_SIGN = late_pattern(r"\d\s*(?:\"|''|”|'|mm|cm|in|ft)", re.I)
_TAKEN = ("quantity", "total_quantity", "designators", "variant_quantity", "share")


def settle(chooser: Chooser) -> None:
    """Give these columns their meanings; nothing that a user has said is changed."""
    if chooser.documented:
        return
    _footprints(chooser)
    kinds_of_rows(chooser)
    _fitting(chooser)
    _units_by_cells(chooser)
    _letters(chooser)
    _money(chooser)
    _take_offs(chooser)
    _dosages(chooser)
    for at, heading in chooser.headings.items():
        if are_parts(heading.text) and chooser.means[at] == "quantity" and not chooser.by_user(at):
            chooser.means[at] = "share"
    _fixed_quantities(chooser)


def _footprints(chooser: Chooser) -> None:
    """Names of symbols (`LibPart`, `Device`) stand for the footprint where nothing else does."""
    columns = chooser.with_meaning("footprint")
    weak = [at for at in columns if fold(chooser.headings[at].text) in _SYMBOLS]
    if len(weak) < len(columns):
        for at in weak:
            if not chooser.by_user(at):
                chooser.means[at] = "device" if _names_the_unnamed(chooser, at) else "other"


def _names_the_unnamed(chooser: Chooser, at: int) -> bool:
    """Whether a `Device` says what parts are that have no value, such as connectors."""
    valued = [one for one in chooser.with_meaning("name") if chooser.fill(one) < 1.0]
    return bool(valued) and fold(chooser.headings[at].text) == "device"


def _fitting(chooser: Chooser) -> None:
    """A column that says of every part whether it is fitted, whatever it is called."""
    known = row_words("dnp") | row_words("truthy") | row_words("falsy") | _FITTED
    for at in chooser.with_meaning("fitted"):
        # `Placement` in lists of garments: body, neck, polybag.
        told = {fold(one) for one in chooser.values(at)}
        if told and told.isdisjoint(known) and not chooser.by_user(at):
            chooser.means[at] = "category"
    if any(map(chooser.with_meaning, ("fitted", "dnp"))):
        return
    for at in chooser.with_meaning("unknown"):
        values = {fold(one) for one in chooser.values(at)}
        if values & row_words("dnp") and values <= row_words("dnp") | _FITTED:
            chooser.means[at] = "fitted"
            return


def _units_by_cells(chooser: Chooser) -> None:
    """A column of units under a heading that nobody knows. Sizes (`M`, `L`) are none: some cell has
    to count pieces or weigh, in two letters or more; a plant `1000` is no thousand."""
    if chooser.with_meaning("unit"):
        return
    for at in chooser.with_meaning("unknown"):
        values = chooser.values(at)
        known = [unit for one in values if (unit := unit_of(one))]
        sure = any(
            not one.isdigit() and len(one) > 1 and (unit in MASS or dimension(unit) == "count")
            for one in values
            if (unit := unit_of(one))
        )
        of_mass = chooser.means.get(at - 1) in {"unit_mass", "line_mass", "gross_mass", "price"}
        # A phase of the work; no list is of pairs alone.
        sure = sure and {one.upper() for one in values} != {"PR"}
        if sure and len(known) >= 0.9 * len(values) and chooser.fill(at) > 0.5 and not of_mass:
            chooser.means[at] = "unit"
            return


def _letters(chooser: Chooser) -> None:
    """`L`, `W` and `T` above lengths, two of them at least; `L` beside `l` is a longueur beside a
    largeur."""
    bare = {at: one.text.partition("(")[0].strip(" .") for at, one in chooser.headings.items()}
    for at in chooser.with_meaning("length") if "L" in bare.values() else ():
        if bare[at] == "l" and not chooser.by_user(at):
            chooser.means[at] = "width"
    found = {
        at: LETTERS[letter]
        for at in chooser.with_meaning("unknown")
        if (letter := fold(chooser.headings[at].text)) in LETTERS
        and not chooser.with_meaning(LETTERS[letter])
        and (chooser.numeric(at) > 0.7 or all(map(_LENGTH_SIGN.search, chooser.values(at))))
        and chooser.values(at)
    }
    if len(found) > 1 and len(set(found.values())) == len(found):
        chooser.means.update(found)


def _money(chooser: Chooser) -> None:
    """`Amount` beside a price and another quantity is money."""
    others = [at for at in chooser.with_meaning("quantity") if not _is_money(chooser, at)]
    if others and chooser.with_meaning("price"):
        for at in chooser.with_meaning("quantity"):
            if at not in others and not chooser.by_user(at):
                chooser.means[at] = "price"


def _is_money(chooser: Chooser, at: int) -> bool:
    return fold(chooser.headings[at].text) in _MONEY


def _take_offs(chooser: Chooser) -> None:
    """In a schedule of building elements the volume (or else the area) of a row is that of all its
    elements: it is the quantity, and their count is not."""
    folded = {at: fold(one.text) for at, one in chooser.headings.items()}
    if _BUILT.isdisjoint(folded.values()) or any(map(chooser.by_user, folded)):
        return
    measured: dict[str, list[int]] = {"volume": [], "area": []}
    for at, text in folded.items():
        match = _NET.match(text)
        if match and chooser.fill(at) > 0.5:
            measured[match["of"] or match["plain"]].append(at)
    columns = measured["volume"] or measured["area"]
    if not columns:
        return
    best = min(columns, key=lambda at: (folded[at].startswith(("volume", "area")), at))
    for at, text in folded.items():
        if at in measured["volume"] + measured["area"] or chooser.means[at] in {
            "quantity",
            "volume",
        }:
            chooser.means[at] = "other"
        elif text == "material name":
            chooser.means[at] = "material"
        elif text in {"family and type", "name"}:
            chooser.means[at] = "name"
    chooser.means[best] = "quantity"
    if chooser.headings[best].unit is None and chooser.numeric(best) > 0.5:
        chooser.doubts.append(("quantity", (chooser.shown[best],)))


def _dosages(chooser: Chooser) -> None:
    """`kg/m3` alone above the numbers of a recipe is the quantity in a cubic metre of product, not
    a density, where nothing else is the quantity."""
    if any(map(chooser.with_meaning, _TAKEN)):
        return
    for at in chooser.with_meaning("density"):
        match = _BARE.fullmatch(chooser.headings[at].text.strip())
        unit = unit_of(match["mass"]) if match else None
        if unit in MASS and not chooser.by_user(at):
            chooser.means[at], chooser.units[at] = "quantity", unit
            return


def second_table(chooser: Chooser) -> frozenset[int]:
    """The columns of a table right of the first one: the same headings again, three at least,
    behind an empty column or as many as before."""
    texts = {at: fold(one.text) for at, one in chooser.headings.items()}
    if not texts or chooser.told:
        return frozenset()
    first = min(texts)
    for at in sorted(texts):
        shift = at - first
        again = [one for one in texts if one >= at and texts.get(one - shift) == texts[one]]
        apart = at - 1 not in texts or len(again) * 2 == len(texts) == 2 * shift
        if shift > 2 and apart and len(again) > 2:
            return frozenset(one for one in texts if one >= at)
    return frozenset()


def _fixed_quantities(chooser: Chooser) -> None:
    """A column `Per` or `Basis` that says `Unit` or `Lot` tells which quantities are for a whole
    order."""
    for means in ("base_quantity", "quantity_per", "fixed_quantity"):
        for at in chooser.with_meaning(means):
            words = {fold(one) for one in chooser.values(at)} <= _PER_WORDS
            open_heading = fold(chooser.headings[at].text) in _BASES
            if not chooser.by_user(at) and chooser.values(at) and words != (means == _FIXED):
                if words:
                    chooser.means[at] = _FIXED
                elif open_heading:
                    chooser.means[at] = "unknown"


def marked_columns(chooser: Chooser) -> tuple[int, ...]:
    """Columns of crosses, two at least, of which some row has one and not the other."""
    crossed = [
        at
        for at in chooser.with_meaning("unknown")
        if chooser.values(at) and {fold(one) or one for one in chooser.values(at)} <= _CROSSES
    ]
    partly = any(chooser.fill(at) < 1.0 for at in crossed)
    return tuple(crossed) if len(crossed) > 1 and partly else ()
