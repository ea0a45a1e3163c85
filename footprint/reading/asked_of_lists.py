"""What a list is not: one of the products that a part is used in; and what it leaves to be asked of
packaging that holds many products."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.grid import filled_cells, text_of
from footprint.reading.naming import columns_named
from footprint.reading.vocabulary import fold

_WHERE_USED = late_pattern(
    r"where[\s-]*used|verwendungsnachweis|cas d.emploi|donde se usa|dove usato|onde usado|"
    r"反查|逆展開|使用先一覧|역전개"
)
#: `Pcs per carton`: how many products the packaging of a row holds.
_CONTENTS = late_pattern(
    r"(?:pcs?|pieces?|units?|products?|items?|qty|quantity|nos?|stuck|stk|anzahl|pieces|unidades|pezzi|"
    r"sztuk|个|件|只|数量|入数|개|수량)?\s*(?:\.\s*)?(?:per|/|je|pro|par|por|na|in|每)\s*"
    r"(?:pack\w*|verpackung\w*|karton\w*|carton\w*|ctn|box|case|crate|pallet\w*|palette\w*|tray|bag|"
    r"shipper|bundle|箱|托盘|托|盒|袋|包装|박스|パレット|ケース)"
)


#: The same over a column that reads as the quantity: of packaging of whatever kind.
_IN_ANY = late_pattern(
    r"(?:pcs?|pieces?|units?|products?|items?|stuck|stk|个|件|只)\s*(?:\.\s*)?(?:per|/|je|pro|每)\s*"
    r"(?:packaging(?: unit| level)?|package|verpackung|包装)"
)


def ask_where_used(builder: Builder) -> None:
    """A list of what a part is used in reads as one of its parts: asked before anything counts."""
    rows = builder.table.sheet.rows
    said = [text_of(cell) for at in builder.table.above for _, cell in filled_cells(rows[at - 1])]
    if any(_WHERE_USED.search(fold(text)) for text in said):
        builder.reading.ask("where_used", "where_used", None, blocking=True)


def ask_contents(builder: Builder) -> None:
    """How many products a packaging holds divides its quantity, or says how it is packed: asked
    where it stands in a column that nothing uses."""
    columns = {one.index: one.header for one in builder.reading.columns}
    told = {at for key in builder.options.columns for at in columns_named(key, columns)}
    for one in builder.reading.columns:
        heading = fold(one.header)
        unused = one.means in {"unknown", "other"} and _CONTENTS.fullmatch(heading)
        if one.index in told or not (unused or _in_any_packaging(one.means, heading)):
            continue
        rows = [
            line.row
            for line in builder.reading.lines
            if (builder.amount_at(line.row, one.index).value or 1.0) != 1.0
        ]
        if rows and "quantity_per" not in builder.where:
            builder.reading.ask("contents", "contents", rows, blocking=True, column=one.header)


def _in_any_packaging(means: str, heading: str) -> bool:
    return means == "quantity" and bool(_IN_ANY.fullmatch(heading))
