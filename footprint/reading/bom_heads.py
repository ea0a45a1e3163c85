"""Exports of `mrp.bom` of OpenERP, flat: heads of lists and their components are rows of one table.

A row that names no list above it is the head of one: its quantity is that for which the quantities
of the rows below are. The head of a component's own list stands in a second row beside it.
"""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.column_above import is_list_above
from footprint.reading.model import ReadLine
from footprint.reading.titles import split_code
from footprint.reading.vocabulary import fold


def settle_heads(builder: Builder) -> None:
    """Leave the heads of lists out: those of components hand their parts to the component, for one
    of it, and what no component is, is a product."""
    if not is_list_above(builder.heading("parent")):
        return
    lines = builder.reading.lines
    heads = [line for line in lines if not line.texts.get("parent")]
    under = {head.row: _below(head, lines) for head in heads}
    for line in lines:
        line.texts["id"] = line.name  # the ids are those of rows; one part stands in several lists
    for head in heads:
        uses = [one for one in lines if one not in heads and _names(one) & _names(head)]
        if uses:
            _component(builder, head, uses, under[head.row])
        else:
            _product(builder, head, under[head.row])
    for head in heads:
        builder.leave_out(head.row, "bom_head")


def _below(head: ReadLine, lines: list[ReadLine]) -> list[ReadLine]:
    called = {head.name, head.texts.get("id", head.name)}
    return [one for one in lines if one.texts.get("parent") in called]


def _names(line: ReadLine) -> set[str]:
    """What a row calls its product, with and without the code."""
    said = [line.name, line.texts.get("description", "")]
    return {fold(split_code(text)[1]) for text in said if text}


def _product(builder: Builder, head: ReadLine, below: list[ReadLine]) -> None:
    for line in below:
        line.texts["parent"] = head.name
    chosen = builder.options.product in ("", head.name)
    if below and chosen and builder.base_cell is None:
        builder.base_cell = builder.amount(head.row, "quantity")
        builder.base_unit = builder.text(head.row, "unit")


def _component(
    builder: Builder, head: ReadLine, uses: list[ReadLine], below: list[ReadLine]
) -> None:
    for use in uses:  # one id: the tree of the list counts every use of it
        use.texts["id"] = uses[0].name
    for line in below:
        line.texts["parent"] = uses[0].name
        if not head.quantity or any(use.unit != head.unit for use in uses):
            builder.gather("quantity", "bom_head_unit", line.row, blocking=True)
            line.quantity = None
        elif line.quantity is not None:
            line.quantity /= head.quantity
            if head.quantity != 1:
                builder.gather("=quantity", "bom_head_divided", line.row)
