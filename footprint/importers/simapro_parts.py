"""Parts of a SimaPro export beside its exchanges: waste scenarios, and what nobody understands.

Section and block names: the SimaPro CSV format as bw_simapro_csv 0.5 and olca-simapro-csv list it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.figures import optional_figure
from footprint.importers.neutral import Input, ProcessProduct
from footprint.importers.report import Log
from footprint.importers.simapro_blocks import SimaProBlock, SimaProRow
from footprint.late_pattern import late_pattern

DISTRIBUTIONS = frozenset(("lognormal", "normal", "triangle", "triangular", "uniform"))
_ALL_WASTE = "all waste types"
#: Fractions that add up to 1 within this are complete: percentages are rounded.
_ROUNDING = 1e-3

#: Sections that only describe.
_METADATA = frozenset(
    (
        *("platformid", "category type", "process identifier", "type", "process name", "status"),
        *("time period", "geography", "technology", "representativeness", "infrastructure"),
        *("multiple output allocation", "substitution allocation", "cut off rules", "date"),
        *("capital goods", "boundary with nature", "record", "generator", "external documents"),
        *("literature references", "literature reference", "collection method", "data treatment"),
        *("verification", "comment", "allocation rules", "system description", "waste type"),
        *("name", "image", "simapro project", "cutoff rules"),
    )
)
_READ = frozenset(
    (
        *("products", "avoided products", "resources", "materials/fuels", "electricity/heat"),
        *("emissions to air", "emissions to water", "emissions to soil", "final waste flows"),
        *("non material emissions", "social issues", "economic issues", "waste to treatment"),
        *("waste treatment", "waste scenario", "separated waste", "remaining waste"),
        *("input parameters", "calculated parameters"),
    )
)
_STAGE = frozenset(
    (
        *("materials/assemblies", "processes", "assembly", "subassemblies", "disassembly"),
        *("additional life cycles", "reuse", "disposal scenario", "waste/disposal scenario"),
    )
)
#: Cells of a row, the comment being the last: of products, of exchanges with processes (those of
#: the treatments of a scenario have fewer), and with nature (they have a sub-compartment).
_WIDTH = {
    **dict.fromkeys(("products", "waste treatment", "waste scenario"), 7),
    **dict.fromkeys(
        (
            *("avoided products", "materials/fuels", "electricity/heat", "waste to treatment"),
            *("separated waste", "remaining waste", *_STAGE),
        ),
        8,
    ),
    **dict.fromkeys(
        (
            *("resources", "emissions to air", "emissions to water", "emissions to soil"),
            *("final waste flows", "non material emissions", "social issues", "economic issues"),
        ),
        9,
    ),
}
_BLOCKS = frozenset(
    (
        *("units", "quantities", "system description", "literature reference", "raw materials"),
        *("airborne emissions", "waterborne emissions", "final waste flows", "emissions to soil"),
        *(
            "non material emissions",
            "social issues",
            "economic issues",
            "method",
            "damage category",
        ),
        *("impact category", "normalization-weighting set", "waste types", "sub-compartments"),
        *("database input parameters", "database calculated parameters"),
        *("project input parameters", "project calculated parameters"),
    )
)


def unknown_block(block: SimaProBlock, file: str, log: Log) -> None:
    """Say that a block of the file was not read (IMP-114), unless it only describes."""
    if block.name.casefold() in _BLOCKS:
        return
    message = f"the block {block.name[:60]!r} is not read"
    log.note(faults.NOT_READ_BURDEN, Where(file, block.number), message)
    log.of(file).unread += 1


def unknown_sections(block: SimaProBlock, file: str, log: Log) -> tuple[str, ...]:
    """The sections of a process that were not understood and may carry a burden (IMP-114): those
    with a number in a row. Others are said (IMP-113)."""
    known = _METADATA | _READ | (_STAGE if block.name == "Product stage" else frozenset())
    unread = []
    for name, lines in block.sections.items():
        if name.casefold() in known or not lines:
            continue
        where = Where(file, lines[0].number)
        if any(_has_number(line) for line in lines):
            message = f"the section {name[:60]!r} of {len(lines)} rows is not read"
            log.note(faults.NOT_READ_BURDEN, where, message)
            unread.append(name)
        else:
            log.note(faults.NOT_UNDERSTOOD, where, f"the section {name[:60]!r} is not read")
    unread += _wide_rows(block, file, log)
    for line in block.stray:
        where = Where(file, line.number)
        message = f"the row {line.cell(0)[:60]!r} stands in no section and is not read"
        log.note(faults.NOT_READ_BURDEN, where, message)
        unread.append(line.cell(0))
    return tuple(unread)


def _wide_rows(block: SimaProBlock, file: str, log: Log) -> Iterator[str]:
    """Rows with more cells than their section has: two rows in one, or a comment in pieces. What
    stands behind the comment is not read; with a number in it, it may carry a burden."""
    for name, lines in block.sections.items():
        width = _WIDTH.get(name.casefold())
        for line in lines if width is not None else ():
            if not any(cell.strip() for cell in line.cells[width:]):
                continue
            where = Where(file, line.number, line.cell(0)[:80])
            message = f"a row of {name[:60]!r} has {len(line.cells)} cells, {width} are known"
            if _has_number(SimaProRow(line.number, line.cells[width:]), 0):
                log.note(faults.NOT_READ_BURDEN, where, message)
                yield line.cell(0)
            else:
                log.note(faults.NOT_UNDERSTOOD, where, message)


#: `1.000` where the decimal sign is a comma: one, or a thousand? `0.125` can only be a decimal.
_GROUPED = late_pattern(r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])")


def grouped_blocks(text: str, decimal: str) -> str:
    """What is wrong with the points in a number or formula of a file of decimal commas, or ''."""
    if decimal != "," or not _GROUPED.search(text):
        return ""
    return f"{text.strip()[:60]!r} has a point where the file says that the decimal sign is a comma"


def _has_number(line: SimaProRow, start: int = 1) -> bool:
    cells = (cell.strip().replace(",", ".") for cell in line.cells[start:])
    return any(optional_figure(cell) is not None for cell in cells)


def split_waste(
    block: SimaProBlock,
    product: ProcessProduct,
    waste_type: str,
    number: Callable[[SimaProRow], float],
) -> Iterator[Input]:
    """The treatments that a waste scenario splits its waste among.

    `Separated waste` takes its percentages of the whole, `Remaining waste` of what is left. Only a
    share of all of it is known: how much of mixed rubbish is paper does not stand in the file, and
    such a part is an input whose supplier is unclear.
    """
    left = 1.0
    unclear: list[str] = []
    for section in ("Separated waste", "Remaining waste"):
        whole = 1.0 if section == "Separated waste" else left
        taken = 0.0
        for line in block.sections.get(section, []):
            share = number(line) / 100.0
            kind = line.cell(1).strip()
            if kind.casefold() not in {_ALL_WASTE, waste_type.strip().casefold()}:
                unclear.append(kind)
                continue
            taken += share
            name = line.cell(0).strip()
            amount = product.amount * share * whole
            yield Input(((name,),), name, amount, product.unit, waste=True)
        if taken > 1.0 + _ROUNDING:
            unclear.append(f"{taken:.0%} of {section.casefold()}")
        left = max(0.0, whole * (1.0 - taken)) if section == "Remaining waste" else 1.0 - taken
    if unclear or left > _ROUNDING:
        rest = f"how much of it is {', '.join(dict.fromkeys(unclear))}" if unclear else "the rest"
        reason = f"is split by waste type: {rest} does not stand in the file"
        amount = product.amount * max(left, _ROUNDING)
        yield Input((), product.name, amount, product.unit, unclear=reason)
