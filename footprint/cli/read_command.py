"""`footprint read`: how a file is understood, before anything is calculated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.output import Format, Lang, bilingual, print_json, say, speak, speak_json
from footprint.cli.reading_options import (
    BASE_OPTION,
    DECIMAL_OPTION,
    HEADER_OPTION,
    LOSS_OPTION,
    MAP_OPTION,
    NAME_OPTION,
    PRODUCT_OPTION,
    SHEET_OPTION,
    UNIT_OPTION,
    VARIANT_OPTION,
    answers_from_options,
)

if TYPE_CHECKING:
    from footprint.reading.model import Reading


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: footprint read examples/fan-erp.xlsx --lang zh")(read)


def read(
    file: Path = typer.Argument(
        help="Any list of parts: CSV, TSV, TXT, XLSX, XLSM, XLS or ODS.", show_default=False
    ),
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the reading."),
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the sentences: en or zh."),
    save: bool = typer.Option(
        False, "--save", help="Keep these answers as NAME.mapping.yaml, for files like this one."
    ),
    columns: list[str] = MAP_OPTION,
    unit: str = UNIT_OPTION,
    sheet: str | None = SHEET_OPTION,
    header_row: int | None = HEADER_OPTION,
    variant: str = VARIANT_OPTION,
    product: str = PRODUCT_OPTION,
    decimal: str = DECIMAL_OPTION,
    base: float | None = BASE_OPTION,
    loss: str = LOSS_OPTION,
    name: str = NAME_OPTION,
) -> None:
    """Show how a file is understood: its table, columns, lines, what is skipped, assumed and asked.

    Nothing is calculated. What the file leaves open is asked, with the option that answers it.
    """
    from footprint.bom.beside import answers_of, bytes_of, mapping_beside
    from footprint.reading.document import reading_document
    from footprint.reading.mapping import mapping_bytes
    from footprint.reading.read import read_table

    speak(lang)
    speak_json(form is Format.JSON)
    given = answers_from_options(
        columns, unit, sheet, header_row, base,
        variant=variant, product=product, decimal=decimal, loss=loss, name=name,
    )  # fmt: skip
    options = answers_of(mapping_beside(file), file.name, given)
    reading = read_table(bytes_of(file), file.name, options)
    if form is Format.JSON:
        print_json(reading_document(reading))
    else:
        _print(reading, lang.value)
    if save:
        to = file.with_suffix(".mapping.yaml")
        to.write_bytes(mapping_bytes(options, reading.fingerprint))
        say(bilingual(f"Written: {to}", f"已写入：{to}"))


def _print(reading: Reading, language: str) -> None:
    from footprint.cli.reading_text import reading_text

    typer.echo(reading_text(reading, language))
