"""`footprint explain`: a result taken apart, in tables, text and a workbook."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.output import (
    CACHE_OPTION,
    Lang,
    print_json,
    print_problems,
    speak,
    speak_json,
)
from footprint.cli.report_output import deliver, json_bytes

if TYPE_CHECKING:
    from footprint.analysis.tables import AnalysisTable
    from footprint.analysis.words import Language
    from footprint.inventory.compiled import CompiledInventory
    from footprint.values.bom import Bom
    from footprint.values.result import Footprint

GAPS_OPTION = typer.Option(
    False, "--allow-gaps", help="Leave out lines without a dataset; the coverage says so."
)


class By(StrEnum):
    """What a result is taken apart by."""

    LINE = "line"
    STAGE = "stage"
    UPSTREAM = "upstream"


class ExplainFormat(StrEnum):
    """How an explanation is printed; `sankey` is JSON with nodes and links."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    SANKEY = "sankey"


LANG_OPTION = typer.Option(Lang.EN, "--lang", help="Language of headers: en or zh.")


def explain(
    bom: Path = BOM_ARGUMENT,
    by: By = typer.Option(By.LINE, "--by", help="Rows of the BOM, stages, or upstream datasets."),
    cut_off: str = typer.Option("1%", "--cut-off", help="Smaller shares are summed: 1% or 0.01."),
    form: ExplainFormat = typer.Option(ExplainFormat.TABLE, "--format", help="How to print it."),
    out: Path | None = typer.Option(None, "--out", help="File to write (needed for xlsx)."),
    lang: Lang = LANG_OPTION,
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    allow_gaps: bool = GAPS_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Take a footprint apart: by rows at every level, by stage, or by upstream dataset.

    An XLSX file holds everything: summary, lines, tree, upstream, sources and warnings.
    """
    if form is ExplainFormat.XLSX and out is None:
        raise typer.BadParameter("--format xlsx needs --out FILE")
    share = _share(cut_off)
    speak(lang)
    speak_json(form in {ExplainFormat.JSON, ExplainFormat.SANKEY} and out is None)
    from footprint.bom.read import read_bom
    from footprint.engine.calculate import calculate

    read = read_bom(bom)
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=bom)
    result = calculate(read, inventory, gwp, allow_gaps=allow_gaps, electricity=electricity.value)
    if form is ExplainFormat.XLSX and out is not None:
        deliver(_workbook(result, read, inventory, share, lang.value), out)
    elif form is ExplainFormat.SANKEY:
        from footprint.analysis.document import sankey_document
        from footprint.analysis.sankey import sankey

        _print(sankey_document(result, sankey(result, read, inventory, share)), out)
    else:
        document, table = _explanation(by, result, read, inventory, share, lang.value)
        if form is ExplainFormat.JSON:
            _print(document, out)
        else:
            _print_table(table, form, out, result, document, lang.value)
    print_problems(result.warnings if form is ExplainFormat.TABLE else ())


def _explanation(
    by: By,
    result: Footprint,
    bom: Bom,
    inventory: CompiledInventory,
    cut_off: float,
    language: Language,
) -> tuple[dict[str, Any], AnalysisTable]:
    from footprint.analysis import contributions, document, tables

    if by is By.STAGE:
        stages = contributions.by_stage(result, bom)
        return document.stages_document(result, stages), tables.stages_table(stages, language)
    if by is By.UPSTREAM:
        from footprint.analysis.upstream import by_upstream

        found = by_upstream(result, inventory, cut_off)
        return document.upstream_document(result, found), tables.upstream_table(found, language)
    rows = contributions.by_line(result, bom, cut_off)
    return document.lines_document(result, rows, cut_off), tables.tree_table(rows, language)


def _workbook(
    result: Footprint,
    bom: Bom,
    inventory: CompiledInventory,
    cut_off: float,
    language: Language,
) -> bytes:
    from footprint.analysis.contributions import by_line
    from footprint.analysis.export import xlsx_bytes
    from footprint.analysis.tables import result_tables
    from footprint.analysis.upstream import by_upstream

    found = by_upstream(result, inventory, cut_off)
    rows = by_line(result, bom, cut_off)
    return xlsx_bytes(result_tables(result, found, rows, language))


def _print_table(
    table: AnalysisTable,
    form: ExplainFormat,
    out: Path | None,
    result: Footprint,
    document: dict[str, Any],
    language: Language,
) -> None:
    if form is ExplainFormat.CSV:
        from footprint.analysis.export import csv_text

        text = csv_text(table)
        if out is not None:
            # Spreadsheets read Chinese from a file only after a byte order mark.
            deliver(text.encode("utf-8-sig"), out)
        else:
            typer.echo(text, nl=False)
        return
    from footprint.cli.analysis_text import explanation_text

    text = explanation_text(table, result, str(document["by"]), language)
    if out is not None:
        deliver(f"{text}\n".encode(), out)
    else:
        typer.echo(text)


def _print(document: dict[str, Any], out: Path | None) -> None:
    if out is None:
        print_json(document)
        return
    deliver(json_bytes(document), out)


def _share(text: str) -> float:
    """A share written as `1%` or `0.01`."""
    number = text.strip()
    try:
        return float(number.removesuffix("%")) / (100.0 if number.endswith("%") else 1.0)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no share; write 1% or 0.01") from None
