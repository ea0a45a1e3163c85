"""Why a row that reads like a line is no part of the product."""

from __future__ import annotations

from footprint.reading.amounts import Amount
from footprint.reading.builder import Builder
from footprint.reading.designators import count_designators
from footprint.reading.footers import may_begin
from footprint.reading.rows import Cells, is_unfitted
from footprint.reading.vocabulary import fold, row_words


def left_out(
    builder: Builder,
    row: int,
    texts: dict[str, str],
    amount: Amount,
    cells: Cells,
    yes_only: frozenset[str],
) -> str:
    """Why a line is not part of the product, or ""."""
    if row in builder.options.rows:
        return ""
    if is_unfitted(cells, yes_only):
        count = count_designators(texts.get("designators", ""))
        if count is not None and count > 1:
            builder.gather("dnp", "dnp_group", row)
        return "excluded" if texts.get("excluded") else "dnp"
    if reason := _marked_out(builder, row, texts, amount, cells):
        return reason
    if amount.value is not None and amount.value < 0 and builder.reading.documented:
        builder.gather("quantity", "quantity_negative", row, blocking=True)
    elif amount.value is not None and amount.value < 0:
        builder.gather("by_product", "negative", row)
        return "negative"
    if amount.value == 0 and not builder.reading.documented:
        builder.gather("zero_quantity", "zero", row)
        return "zero"
    if builder.options.product and builder.head and builder.options.product not in builder.head:
        return "other_product"
    return ""


def _marked_out(
    builder: Builder, row: int, texts: dict[str, str], amount: Amount, cells: Cells
) -> str:
    """Why a column or the title of its section says that a row is no line, or ""."""
    no = row_words("falsy")
    if builder.skip_section == "spare" or fold(texts.get("spare", "no")) not in no:
        builder.gather("spare", "spare_part", row)
        return "spare"
    of_papers = fold(texts.get("category", "")) in row_words("documents")
    if (of_papers or builder.skip_section == "documents") and amount.value is None:
        return "reference"
    status = fold(texts.get("status", ""))
    if status in row_words("removed"):
        builder.gather("row", "removed", row)
        return "removed"
    if status in row_words("inactive"):
        builder.gather("row", "inactive", row, blocking=True)
    if fold(texts.get("structure", "")) in row_words("output"):
        builder.gather("base_quantity", "base_output", row, blocking=not builder.options.base)
        return "by_product"
    if fold(texts.get("by_product", "no")) not in no:
        builder.gather("by_product", "by_product_marked", row)
        return "by_product"
    name = cells.name
    return (
        "spare"
        if name and may_begin(name[:2], "spare") and fold(name) in row_words("spare")
        else ""
    )
