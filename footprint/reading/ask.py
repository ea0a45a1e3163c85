"""What a careful reader asks or says about the whole list, once its lines are known."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.builder import Builder
from footprint.reading.grid import cell_at, text_of
from footprint.reading.header import FoundTable
from footprint.reading.materials import is_default, material_of
from footprint.reading.model import ReadLine
from footprint.reading.vocabulary import fold, row_pattern

#: A loss above this is no share of a usual process: 0.5 then is half a percent, or a half.
LARGEST_CLEAR_SHARE = 0.15
_FACTORS = (
    "factor",
    "faktor",
    "facteur",
    "fattore",
    "coef",
    "wspolczynnik",
    "系数",
    "係数",
    "계수",
)

#: Cells that say what a line is, beside its name.
_DESCRIBES = ("category", "spec", "description", "stage")
#: How words for a box end that begin with what it is of or for (`Faltkarton`, `Versandschachtel`).
_BOX = late_pattern(r"(?:kartons?|kartonage|schachteln?|verpackung|doos|opakowanie)(?![a-z])")


def decide_loss(builder: Builder) -> None:
    """Percent or share, where neither heading nor cell says so; and of what a loss is a share."""
    reading = builder.reading
    with_loss = [line for line in reading.lines if line.loss]
    if not with_loss:
        return
    told = (
        builder.meanings.unit("loss") == "%"
        or "loss" not in builder.where
        or builder.options.loss
        or reading.documented
    )
    plain = [
        line for line in with_loss if line.loss is not None and not _says_percent(builder, line)
    ]
    if not told and plain:
        most = max(line.loss or 0.0 for line in plain)
        if min(line.loss or 0.0 for line in plain) >= 1 and _is_factor(builder):
            for line in plain:
                line.loss = None
                builder.gather("loss", "loss_unclear", line.row, blocking=True)
        elif most >= 1:
            for line in plain:
                line.loss = (line.loss or 0.0) / 100.0
            reading.say("loss", "loss_percent", None)
        elif most > LARGEST_CLEAR_SHARE:
            for line in plain:
                line.loss = None
                builder.gather("loss", "loss_unclear", line.row, blocking=True)
    if not reading.documented:
        runner = [line.row for line in with_loss if "runner_mass" in builder.where]
        reading.ask("loss_meaning", "loss_meaning", runner or None)


def _is_factor(builder: Builder) -> bool:
    """Whether the column of losses is called a factor: 1.05 then may be 5 % on top."""
    headings = [fold(one.header) for one in builder.reading.columns if one.means == "loss"]
    return any(word in text for text in headings for word in _FACTORS)


def _says_percent(builder: Builder, line: ReadLine) -> bool:
    found = builder.amount(line.row, "loss")
    return found.percent or found.unit == "percent"


def _doubts(builder: Builder) -> None:
    """Columns of which any may be the one that is needed: asked, and none is used."""
    reading = builder.reading
    for about, headings in builder.meanings.doubts:
        rows = [line.row for line in reading.lines if about != "loss" or line.loss]
        reading.ask(about, f"{about}_columns", rows, blocking=True, columns=", ".join(headings))
        reading.total_mass_kg = None if about != "loss" else reading.total_mass_kg
        for line in reading.lines:
            if about == "quantity":
                line.quantity = line.mass_kg = None
            elif about == "loss":
                line.loss = None
            else:
                line.unit_mass_kg = line.mass_kg = None


def ask_what_is_missing(builder: Builder, others: list[FoundTable]) -> None:
    """Questions and assumptions about the file as a whole."""
    reading = builder.reading
    unsure = any(about == "quantity" for about, _ in builder.meanings.doubts)
    if builder.counted_rows and not unsure:
        kind = (
            "quantity_designators_counted" if "designators" in builder.where else "quantity_one_row"
        )
        reading.say("quantity", kind, builder.counted_rows)
        reading.say("unit", "unit_piece", None)
    _doubts(builder)
    _crosses(builder)
    if builder.meanings.beside:
        reading.ask("row", "table_beside", None, blocking=True)
    if reading.variants and not builder.options.variant:
        reading.ask("variant", "variant", None, blocking=True, variants=", ".join(reading.variants))
    if len(reading.products) > 1 and not builder.options.product:
        named = [_shown(builder, one) for one in reading.products[:6]]
        reading.ask("product", "product", None, blocking=True, products=", ".join(named))
    if others and builder.options.sheet is None and (also := _rivals(builder, others)):
        reading.ask("sheet", "sheet", None, blocking=True, sheets=", ".join(also))
        reading.total_mass_kg = None  # the others may be further parts of it
    _materials(builder)
    _parts(builder)
    _areas(builder)
    if not reading.facts.get("name") and not reading.documented:
        reading.ask("product_name", "product_name")
    unused = [
        c.header
        for c in reading.columns
        if c.means in {"unknown", "other", "price", "link", "supplier", "stock"} and c.header
    ]
    if unused:
        reading.say("columns", "columns_unused", None, columns=", ".join(unused))


def _shown(builder: Builder, product: str) -> str:
    """A product by its code, and its name where the file has both."""
    name = builder.head_names.get(product, "")
    return f"{product} ({name})" if name and name != product else product


def _crosses(builder: Builder) -> None:
    marked = builder.meanings.marked
    rows = [
        line.row
        for line in builder.reading.lines
        for cells in (builder.table.sheet.rows[line.row - 1],)
        if not all(text_of(cell_at(cells, at)) for at in marked)
    ]
    if rows:
        shown = [one.header for one in builder.reading.columns if one.index in marked]
        builder.reading.ask("variant", "columns_marked", rows, columns=", ".join(shown))


def _rivals(builder: Builder, others: list[FoundTable]) -> list[str]:
    """Other visible sheets that hold a list of parts as good as this one."""
    own = builder.table
    if own.sheet.hidden:
        return []
    return [
        str(one.sheet.name)
        for one in others
        if one.score >= 0.8 * own.score and len(one.body) >= 2 and not one.sheet.hidden
    ]


def _materials(builder: Builder) -> None:
    if "material" not in builder.where:
        return
    rows = [
        line.row
        for line in builder.reading.lines
        if not line.assembly
        and line.unit not in {"kWh", "MJ", "hour"}
        and (not line.texts.get("material") or is_default(line.texts["material"]))
        and material_of(line.name) is None
    ]
    if rows:
        builder.reading.ask("material", "material_missing", rows)


def _parts(builder: Builder) -> None:
    reading = builder.reading
    if reading.documented:
        return
    texts = [
        fold(" ".join((line.name, line.section, *(line.texts.get(one, "") for one in _DESCRIBES))))
        for line in reading.lines
    ]
    if "designators" in builder.where and not any(
        row_pattern("board").search(text) for text in texts
    ):
        reading.ask("missing_part", "missing_board")
    elif not any(row_pattern("packaging").search(text) or _BOX.search(text) for text in texts):
        reading.ask("missing_part", "missing_packaging")


def _areas(builder: Builder) -> None:
    rows = [
        line.row
        for line in builder.reading.lines
        if line.unit and units.dimension(line.unit) == "area" and line.mass_kg is None
    ]
    if rows:
        builder.reading.ask(
            "thickness", "area_needs_thickness", None, rows_of_area=", ".join(map(str, rows[:20]))
        )
