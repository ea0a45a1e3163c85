"""What a reader of the result should know: gaps, matches by name, stand-ins, missing mass."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.engine import faults
from footprint.engine.item import ScreeningFigure, units_of_pieces
from footprint.engine.items import Item, Items
from footprint.engine.resolve import LEAVE_OUT, UNCONFIRMED
from footprint.engine.years import reference_year
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.years import base_of, years_of
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import Split

#: The lines' masses may differ from the product's by this share before it is reported.
MASS_TOLERANCE = 0.10
#: Stages of what happens at the maker's own site.
OF_THE_SITE = frozenset(("production", "direct_emission"))
#: Lines that a remark on many of them names.
NAMED_LINES = 5
#: A named tuple's own `__new__` fills in defaults, which takes as long again.
_new = tuple.__new__


def warnings_of(
    bom: Bom,
    found: Items,
    unsplit: tuple[str, ...],
    split: Split,
    inventory: CompiledInventory,
) -> tuple[Problem, ...]:
    """All warnings of a calculation, in the order: file, gaps, lines, product, method."""
    warnings = [*bom.warnings, *found.warnings]
    warnings += [
        faults.GAP.at(
            problem.where,
            f"left out of the total: {problem.message}",
            problem.hint.removesuffix(LEAVE_OUT),
        )
        for problem in (*found.unresolved, *found.uncounted)
    ]
    warnings += _line_warnings(bom, found, inventory)
    warnings += _stage_warnings(bom, found)
    warnings += _mass_warnings(bom, found)
    if not any(item.stage in OF_THE_SITE for item in found.items):
        warnings.append(_no_process(bom, found))
    if unsplit and split.excluding_biogenic_uptake:
        sets = ", ".join(unsplit)
        message = f"some sources published CO2e without its gases, under: {sets}"
        hint = "It is used as published; the result lists every set it rests on."
        warnings.append(faults.MIXED_GWP.at(Where(bom.file), message, hint))
    return tuple(warnings)


def _no_process(bom: Bom, found: Items) -> Problem:
    """Nothing of the maker's own site counts: there is no line of it, or it was left out."""
    hint = "Add electricity, fuels and processes of your site as lines with stage production."
    message = "no line has the stage production or direct_emission"
    left_out = {problem.where.row for problem in found.unresolved}
    if any(line.stage in OF_THE_SITE and line.row in left_out for line in found.bom_lines):
        hint = "Choose datasets for the lines of that stage that were left out."
        message = "no line of the stage production or direct_emission is counted"
    return faults.NO_PROCESS.at(Where(bom.file), message, hint)


def match_warnings(
    bom: Bom, item: Item, entry: Entry, inventory: CompiledInventory
) -> list[Problem]:
    """What to say of a dataset that the line does not name itself."""
    warnings = []
    if item.matched_by in UNCONFIRMED:
        message = (
            f"{item.line.name!r} was matched by name to {entry.id}"
            f" (score {item.score:.2f}: {item.reason})"
        )
        hint = (
            "Confirm it in column dataset, or choose another: "
            "footprint match FILE --pick ROW=DATASET."
        )
        warnings.append(faults.MATCHED_BY_NAME.at(bom.where(item.line), message, hint))
        if item.matched_by == "name":
            warnings += _year_warnings(entry, bom, item.line, inventory)
    elif item.matched_by == "pick":
        message = f"{item.line.name!r} counts as {entry.id}, chosen by {item.line.chosen_by}"
        hint = "Write another id in column dataset, or delete the choice, to change it."
        warnings.append(faults.CHOSEN.at(bom.where(item.line), message, hint))
    return warnings


def _material_warnings(bom: Bom, item: Item, entry: Entry) -> Iterator[Problem]:
    """Whether the line is a part of which only the material is counted, whoever named it."""
    if item.only_material:
        message = (
            f"{item.line.name!r}: only its material is counted ({entry.id} by mass); "
            "the making of the part is not"
        )
        hint = (
            "Name a model of the part. Where lines of stage production make it, write its "
            "material by mass (kg) instead of in pieces."
        )
        yield faults.ONLY_MATERIAL.at(bom.where(item.line), message, hint)


def _line_warnings(bom: Bom, found: Items, inventory: CompiledInventory) -> list[Problem]:
    warnings: list[Problem] = []
    file = bom.file
    pieces = units_of_pieces(found.items)
    for item in found.items:
        line, _, _, _, origin, matched_by, _, _, traits, _, _ = item
        if traits is None or not isinstance(origin, Entry):
            warnings += _screening_warnings(bom, item)
            continue
        if matched_by != "id":
            if matched_by == "transport-mode":
                continue
            warnings += match_warnings(bom, item, origin, inventory)
        if matched_by == "material" or line.unit in pieces:
            warnings += _material_warnings(bom, item, origin)
        for code, message, hint in traits.remarks:
            where = bom.where(line) if line.file else _new(Where, (file, line.row, None))
            warnings.append(_new(Problem, (code, message, where, hint)))
    return warnings


def _screening_warnings(bom: Bom, item: Item) -> Iterator[Problem]:
    if isinstance(item.origin, ScreeningFigure):
        message = f"{item.line.name!r} has no dataset; {item.name} stands for it: {item.reason}"
        hint = "Give a dataset, or choose one: footprint match BOM --pick ROW=DATASET."
        yield faults.SCREENED.at(bom.where(item.line), message, hint)


def _year_warnings(
    entry: Entry, bom: Bom, line: Line, inventory: CompiledInventory
) -> Iterator[Problem]:
    """Electricity that was matched by name and is not of the reference period's year."""
    year = reference_year(bom.product)
    base = base_of(entry, inventory.datasets) or entry
    if year is None or entry.year == year or len(years_of(base, inventory.datasets)) == 1:
        return
    message = f"{entry.id} is of {entry.year}; there is none for {year}, the reference period"
    hint = "Write the id of another year in column dataset to choose it."
    yield faults.OTHER_YEAR.at(bom.where(line), message, hint)


def _stage_warnings(bom: Bom, found: Items) -> Iterator[Problem]:
    """The lines of a list without stages that do not count as material, one remark per stage."""
    for stage in dict.fromkeys(one.stage for one in found.staged):
        lines = [one.line for one in found.staged if one.stage == stage]
        named = ", ".join(f"{line.name!r} (row {line.row})" for line in lines[:NAMED_LINES])
        more = len(lines) - NAMED_LINES
        named += f" and {more} more" if more > 0 else ""
        message = f"no stage is stated; assumed {stage}, by what they are: {named}"
        hint = "Add a column stage to say otherwise: material, production, packaging."
        yield faults.DERIVED_STAGE.at(Where(bom.file, column="stage"), message, hint)


def _mass_warnings(bom: Bom, found: Items) -> list[Problem]:
    warnings = []
    if found.mass_unknown:
        rows = ", ".join(str(line.row) for line in found.mass_unknown[:10])
        message = f"{len(found.mass_unknown)} material lines have no mass (rows {rows})"
        hint = "Give the mass of one unit in column unit_mass."
        warnings.append(faults.UNKNOWN_MASS.at(Where(bom.file), message, hint))
    product = bom.product.mass_kg
    if product is None or found.mass_unknown:
        return warnings
    material = found.material_net_kg
    if abs(material - product) > MASS_TOLERANCE * product:
        message = f"the material lines weigh {material:.4g} kg net, the product {product:.4g} kg"
        hint = "Check units (g or kg), losses and missing lines; packaging does not count."
        warnings.append(faults.MASS_BALANCE.at(Where(bom.file), message, hint))
    return warnings
