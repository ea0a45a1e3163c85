"""`footprint calculate` and `check`: a bill of materials in, a footprint or findings out."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.output import (
    CACHE_OPTION,
    BomFormat,
    Format,
    Lang,
    print_json,
    print_problems,
    problems_json,
    say,
    speak,
    speak_json,
)
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
from footprint.cli.report_output import (
    EXCHANGED,
    MACHINE_READ,
    REPORTS,
    check_out,
    deliver,
    json_bytes,
    report_bytes,
)
from footprint.cli.uncertainty_commands import DRAWS_OPTION, SEED_OPTION, with_interval

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory
    from footprint.reading.options import ReadingOptions
    from footprint.values.bom import Bom
    from footprint.values.result import Footprint

BOM_ARGUMENT = typer.Argument(help="Bill of materials: a CSV or XLSX file.", show_default=False)


class Basis(StrEnum):
    """With what electricity under contract counts: the grid's average, or the contract."""

    LOCATION = "location"
    MARKET = "market"


class Opinion(StrEnum):
    """Who else is asked for the same footprint."""

    BRIGHTWAY = "brightway"


CHECK_OPTION = typer.Option(
    None, "--check", help="Calculate each line a second time, as a plain Brightway LCA."
)
ELECTRICITY_OPTION = typer.Option(
    Basis.LOCATION, "--electricity", help="Count lines with a contract by location or by market."
)
SCREENING_OPTION = typer.Option(
    False,
    "--screening",
    help="Count a line with a mass and a class of material but no dataset by its class.",
)
FORM_OPTION = typer.Option(
    BomFormat.TABLE,
    "--format",
    help="How to print the result: pact, catena-x (9.0.0), catena-x-7, openepd, untp and aasx "
    "are exchanged; html, pdf, xlsx (the report) and aasx need --out.",
)
ATTACH_OPTION = typer.Option(
    [], "--attach", help="File to put into a package (aasx): report, credential. Repeatable."
)
GWP_OPTION = typer.Option(
    "AR6",
    "--gwp-set",
    "--gwp",
    help="GWP set: AR6, AR5, AR4, or AR5-CH4-28 (AR5 with 28 for all methane).",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        epilog="Example: footprint calculate examples/biscuits.csv    "
        "Report: footprint calculate examples/biscuits.csv --format pdf --out biscuits.pdf"
    )(calculate)
    app.command(epilog="Example: footprint check examples/biscuits.csv")(check)


def calculate(
    bom: Path = BOM_ARGUMENT,
    form: BomFormat = FORM_OPTION,
    lang: Lang = typer.Option(
        Lang.EN, "--lang", help="Language of the report and of messages: en or zh."
    ),
    out: Path | None = typer.Option(None, "--out", help="File to write instead of printing."),
    attach: list[Path] = ATTACH_OPTION,
    dated: datetime | None = typer.Option(
        None, "--date", formats=["%Y-%m-%d"], help="Date of the report (default: today, UTC)."
    ),
    gwp: str = GWP_OPTION,
    allow_gaps: bool = typer.Option(
        False, "--allow-gaps", help="Leave out lines without a dataset; the coverage says so."
    ),
    screening: bool = SCREENING_OPTION,
    created: datetime | None = typer.Option(
        None, "--created", help="Creation time of a PACT document (default: now)."
    ),
    electricity: Basis = ELECTRICITY_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    draws: int | None = DRAWS_OPTION,
    seed: int = SEED_OPTION,
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
    second: Opinion | None = CHECK_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Calculate the footprint of a product: print it, or write the report that buyers ask for."""
    check_out(form, out)
    speak(lang)
    speak_json(form in MACHINE_READ and out is None)
    given = answers_from_options(
        columns, unit, sheet, header_row, base, variant=variant, product=product,
        decimal=decimal, loss=loss, name=name,
    )  # fmt: skip
    read, result = calculated_file(
        bom, cache, gwp, allow_gaps, imported, only_imported, electricity.value, given, screening
    )
    opened = partial(open_inventory, cache, imported, only_imported=only_imported, beside=bom)
    if draws is not None:
        result = with_interval(result, opened(), draws, seed)
    day = (dated or datetime.now(UTC)).date()
    content = _content(
        result, read, opened, form, lang, day, created, screening=screening, attach=attach
    )
    if second is not None:
        content = _with_opinion(content, result, opened(), form)
    deliver(content, out)
    if form is not BomFormat.JSON:
        print_problems(result.warnings)


def _content(
    result: Footprint,
    read: Bom,
    opened: Callable[[], CompiledInventory],
    form: BomFormat,
    lang: Lang,
    day: date,
    created: datetime | None,
    *,
    screening: bool,
    attach: Sequence[Path],
) -> bytes:
    if form in REPORTS:
        return report_bytes(result, read, opened(), day, form, lang.value)
    if form in EXCHANGED:
        from footprint.cli.exchange_output import exchanged_bytes

        return exchanged_bytes(_pact(result, created, screening=screening), form, attach)
    return _printed(result, form, created, lang, screening=screening)


def _printed(
    result: Footprint, form: BomFormat, created: datetime | None, lang: Lang, *, screening: bool
) -> bytes:
    """The result as table, our JSON or a document that is exchanged."""
    if form is BomFormat.JSON:
        from footprint.documents.footprint import footprint_document

        return json_bytes(footprint_document(result))
    if form is BomFormat.PACT:
        return json_bytes(_pact(result, created, screening=screening))
    from footprint.cli.footprint_text import footprint_text

    return f"{footprint_text(result, lang.value)}\n".encode()


def _pact(result: Footprint, created: datetime | None, *, screening: bool) -> dict[str, Any]:
    from footprint.pact.document import pact_document

    moment = created or datetime.now(UTC).replace(microsecond=0)
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return pact_document(result, moment, screening=screening)


def _with_opinion(
    content: bytes, result: Footprint, inventory: CompiledInventory, form: BomFormat
) -> bytes:
    """The printed result with Brightway's numbers beside ours: in our JSON under
    `second_opinion`, below a table, else on stderr. Raises `InputRefused` where they differ."""
    from footprint.brightway.second_opinion import second_opinion
    from footprint.cli.tables import opinion_table

    found = second_opinion(result, inventory)
    if form is BomFormat.JSON:
        return json_bytes(json.loads(content) | {"second_opinion": found.as_json()})
    if form is BomFormat.TABLE:
        return content + f"\n{opinion_table(found)}\n".encode()
    say(opinion_table(found))
    return content


def check(
    bom: Path = BOM_ARGUMENT,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the findings."),
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the sentences: en or zh."),
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
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
    cache: Path = CACHE_OPTION,
) -> None:
    """Check a bill of materials: everything that is wrong, and everything worth knowing."""
    from footprint.engine.plausible import findings

    speak(lang)
    speak_json(form is Format.JSON)
    given = answers_from_options(
        columns, unit, sheet, header_row, base,
        variant=variant, product=product, decimal=decimal, loss=loss, name=name,
    )  # fmt: skip
    read, result = calculated_file(bom, cache, "AR6", False, imported, only_imported, options=given)
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=bom)
    notes = (*result.warnings, *findings(read, inventory, result))
    if form is Format.JSON:
        print_json({"problems": [], "warnings": problems_json(notes)})
        return
    print_problems(notes)
    if lang is Lang.ZH:
        say(f"{read.file}：{len(read.lines)} 行可以计算；{len(notes)} 条提示。")
        return
    say(f"{read.file}: {len(read.lines)} lines can be calculated; {len(notes)} warnings.")


def calculated_file(
    path: Path,
    cache: Path,
    gwp_set: str = "AR6",
    allow_gaps: bool = False,
    imported: Sequence[Path] = (),
    only_imported: bool = False,
    electricity: Literal["location", "market"] = "location",
    options: ReadingOptions | None = None,
    screening: bool = False,
) -> tuple[Bom, Footprint]:
    """Read and calculate a file with the inventories asked for (see `open_inventory`)."""
    from footprint.bom.plausible import refuse_period_ahead
    from footprint.bom.read import BomRefused, read_bom
    from footprint.engine.calculate import calculate as calculate_footprint

    # 100,000 lines are a million objects that live to the end: looking for garbage took 2 s of 7.
    gc.disable()
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=path)
    try:
        bom = read_bom(path, options)
    except BomRefused as refused:
        from footprint.study import all_problems  # which loads all rules

        raise all_problems(refused, inventory, electricity) from None
    refuse_period_ahead(bom.product, datetime.now(UTC).date(), path.name)
    return bom, calculate_footprint(
        bom,
        inventory,
        gwp_set,
        allow_gaps=allow_gaps,
        electricity=electricity,
        screening=screening,
    )
