"""Names as Teamcenter shows items: `000124/A;1-Housing` is item 000124, revision A, its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from footprint.late_pattern import late_pattern
from footprint.reading.amounts import Amount
from footprint.reading.builder import Builder

#: Item / revision ; sequence - name, with what the structure shows behind: that there is a view,
#: and how many of it are packed into one row.
_ITEM = late_pattern(
    r"\s*(?P<code>[^/;]{1,64})/(?P<revision>[^/;\s]{1,8});(?P<sequence>\d{1,4})\s*-\s*"
    r"(?P<name>\S.*?)(?:\s+\(view\))?(?:\s+x\s+(?P<packed>[1-9]\d{0,5}))?(?:\s+\(view\))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as a structure shows it; `packed`: how many of it the row stands for, where it says
    so."""

    code: str
    name: str
    packed: int | None


def item_of(text: str) -> ShownItem | None:
    """The item that a text shows, or None for any other text."""
    match = _ITEM.fullmatch(text) if ";" in text else None
    if match is None:
        return None
    packed = int(match["packed"]) if match["packed"] else None
    return ShownItem(match["code"].strip(), match["name"], packed)


def items_apart(builder: Builder, row: int, texts: dict[str, str], amount: Amount) -> Amount:
    """Take items in the texts of a row apart, and say so; a row of packed items counts as many.

    Returns the amount of the row: the number of packed items where it has no other. Where it has
    another one, which of both is meant is asked.
    """
    if parent := item_of(texts.get("parent", "")):
        texts["parent"] = parent.code
    item = item_of(texts.get("name", ""))
    if item is None:
        return amount
    texts["name"] = item.name
    texts.setdefault("id", item.code)
    builder.gather("=name", "item_name", row)
    if item.packed is None or amount.value == item.packed:
        return amount
    if amount.problem == "missing":
        builder.gather("=quantity", "packed_items", row)
        return Amount(float(item.packed))
    return replace(amount, problem="packed") if amount.value is not None else amount
