"""Lists that begin with the product itself, on level 0."""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.levels import dotted_levels, level_of


def leave_root_out(builder: Builder) -> None:
    """The only row of level 0, above all others, is the product and no line of it. One of several
    pieces stays: the numbers below it may be those of all."""
    reading = builder.reading
    lines = reading.lines
    texts = [line.texts.get("level", "").strip() for line in lines]
    if reading.documented or len(lines) < 2 or dotted_levels(texts):
        return
    depths = [level_of(text) for text in texts]
    root = lines[0]
    if depths[0] != 0 or depths.count(0) != 1 or root.quantity not in (None, 1.0):
        return
    code = root.texts.get("id", "")
    if not reading.products:
        reading.products = (f"[{code}] {root.name}" if code != root.name else root.name,)
    builder.leave_out(root.row, "product")
