"""Lists that begin with the product itself, on level 0."""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.levels import dotted_levels, level_of
from footprint.reading.vocabulary import fold

#: What a column of kinds calls the product itself, above its materials.
_FINISHED = frozenset(("finished good", "finished goods", "finished product", "成品", "fg"))

_ASSEMBLIES = frozenset(
    ("assembly", "assy", "product", "baugruppe", "assemblage", "ensemble", "装配", "部件")
)


def leave_finished_good_out(builder: Builder) -> None:
    """The first line is no line where it, and no other, is marked as the product, of which there
    is one."""
    lines = builder.reading.lines
    if "structure" not in builder.where or len(lines) < 2:
        return
    kinds = [fold(line.texts.get("structure", "")) in _FINISHED for line in lines]
    first = lines[0]
    alone = kinds[0] and sum(kinds) == 1
    if (alone or _is_assembly_of_all(builder)) and first.quantity in (None, 1.0):
        if not builder.reading.products:
            builder.reading.products = (first.name,)
        builder.leave_out(first.row, "product")


def _is_assembly_of_all(builder: Builder) -> bool:
    """Whether the first line, and no other, is an assembly, and has no quantity where all others
    have one: a structure that a PLM system shows from its top."""
    if "level" in builder.where or "parent" in builder.where or "quantity" not in builder.where:
        return False
    first, *others = builder.reading.lines
    kinds = [fold(line.texts.get("structure", "")) in _ASSEMBLIES for line in (first, *others)]
    counted = [bool(builder.text(line.row, "quantity")) for line in (first, *others)]
    return kinds[0] and sum(kinds) == 1 and not counted[0] and all(counted[1:])


def leave_root_out(builder: Builder) -> None:
    """The only row of level 0, above all others, is the product and no line of it. One of several
    pieces stays: the numbers below it may be those of all."""
    reading = builder.reading
    lines = reading.lines
    texts = [line.texts.get("level", "").strip() for line in lines]
    if reading.documented or len(lines) < 2:
        return
    root = lines[0]
    if dotted_levels(texts):
        numbered = texts[0] == "0" and texts.count("0") == 1 and "1" in texts
        if numbered and root.quantity in (None, 1.0):
            leave_product_out(builder)
        return
    depths = [level_of(text) for text in texts]
    if depths.count(depths[0]) != 1 or root.quantity not in (None, 1.0):
        return
    if depths[0] == 0 or _is_whole_of_shares(builder, depths):
        leave_product_out(builder)


def _is_whole_of_shares(builder: Builder, depths: list[int | None]) -> bool:
    """Whether the first line lies above all others, and alone has no share: it is the whole."""
    if builder.meanings.unit("quantity") != "%":
        return False
    known = [depth for depth in depths if depth is not None]
    first, *others = (bool(builder.text(one.row, "quantity")) for one in builder.reading.lines)
    return min(known, default=0) == depths[0] and not first and all(others)


def leave_product_out(builder: Builder) -> None:
    """The first line is the product: it names it, and is no line."""
    reading, root = builder.reading, builder.reading.lines[0]
    code = root.texts.get("id", "")
    if not reading.products:
        known = code and code != root.name
        reading.products = (f"[{code}] {root.name}" if known else root.name,)
    builder.leave_out(root.row, "product")
