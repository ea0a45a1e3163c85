"""Options by which a user says what a file leaves open; the same for all commands that read one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from footprint.faults import Where

if TYPE_CHECKING:
    from footprint.reading.options import ReadingOptions

MAP_OPTION = typer.Option(
    [], "--map", help="What a heading means: 'Menge=quantity', 'Gewicht=unit_mass:g'; repeatable."
)
UNIT_OPTION = typer.Option(
    "", "--unit", help="Unit of the lines that have none, such as pcs or kg."
)
SHEET_OPTION = typer.Option(None, "--sheet", help="The sheet to read.")
VARIANT_OPTION = typer.Option("", "--variant", help="The column of quantities to take.")
PRODUCT_OPTION = typer.Option("", "--product", help="The product to take, of several in one file.")
DECIMAL_OPTION = typer.Option("", "--decimal", help="Decimal mark of the file: point or comma.")
BASE_OPTION = typer.Option(
    None, "--base", help="For how many products the quantities are.", min=1e-9
)
LOSS_OPTION = typer.Option("", "--loss", help="What losses are: percent or share.")
NAME_OPTION = typer.Option("", "--name", help="Name of the product.")
HEADER_OPTION = typer.Option(
    None,
    "--header-row",
    help="Row of the headings, from 1; 0: there are none, columns are #1, #2 ...",
    min=0,
)


def answers_from_options(
    columns: list[str],
    unit: str = "",
    sheet: str | None = None,
    header_row: int | None = None,
    base: float | None = None,
    **texts: str,
) -> ReadingOptions:
    """The options of a command as answers. Raises InputRefused (BOM-046) for a malformed one."""
    from footprint.reading.mapping import checked, column_answer
    from footprint.reading.options import ReadingOptions

    where = Where(column="--map")
    given: dict[str, Any] = {key: value for key, value in {"unit": unit, **texts}.items() if value}
    return ReadingOptions(
        columns=dict(column_answer(one, where) for one in columns),
        sheet=sheet,
        header_row=header_row,
        base=base,
        **checked(given, Where()),  # type: ignore[arg-type]  # checked word by word
    )
