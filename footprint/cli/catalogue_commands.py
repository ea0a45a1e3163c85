"""`footprint catalogue`: a whole catalogue of products from a table to a table."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli import catalogue_reports
from footprint.cli.bom_commands import GWP_OPTION, SCREENING_OPTION
from footprint.cli.catalogue_words import tell_run
from footprint.cli.explaining import GAPS_OPTION
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.label_commands import (
    AS_OF_OPTION,
    EVIDENCE_OPTION,
    as_of_day,
    read_evidence_text,
)
from footprint.cli.output import (
    CACHE_OPTION,
    Format,
    Lang,
    print_json,
    say,
    speak,
    speak_json,
)
from footprint.cli.reading_options import DECIMAL_OPTION
from footprint.cli.uncertainty_commands import DRAWS_OPTION, SEED_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from footprint.catalogue.form import TableAnswers
    from footprint.catalogue.question import CatalogueQuestion
    from footprint.catalogue.run import Workers
    from footprint.inventory.compiled import CompiledInventory

CLUSTER_OPTION = typer.Option(
    None,
    "--cluster",
    help="Address of a Dask scheduler, such as tcp://10.0.0.5:8786: its workers calculate "
    "(extra: cluster).",
    show_default=False,
)
COLUMNS_OPTION = typer.Option(
    [],
    "--map",
    help="What a heading means: '单重=unit_mass:g', 'Remark=other' to leave it out; repeatable.",
)
REMEMBER_OPTION = typer.Option(
    False, "--remember", help="Remember what results were made of, for a later --since."
)
SINCE_OPTION = typer.Option(
    None,
    "--since",
    help="Results that remember: calculate only what is other than then.",
    show_default=False,
)
FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="Print for people, or JSON.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    catalogue = typer.Typer(
        help="A whole catalogue of products from a table to a table.", no_args_is_help=True
    )
    catalogue.command(epilog="Example: footprint catalogue run products.csv -o results.parquet")(
        run
    )
    catalogue_reports.register(catalogue)
    app.add_typer(catalogue, name="catalogue")


def run(
    products: Path = typer.Argument(
        help="Lines of all products: a Parquet, CSV or TSV file, or a folder of them.",
        show_default=False,
    ),
    results: Path = typer.Option(
        ..., "-o", "--out", help="Parquet file for the results.", show_default=False
    ),
    processes: int = typer.Option(
        0, "--processes", min=0, help="How many processes work (0: one per processor)."
    ),
    cluster: str | None = CLUSTER_OPTION,
    gwp: str = GWP_OPTION,
    draws: int | None = DRAWS_OPTION,
    seed: int = SEED_OPTION,
    schemes: list[str] = typer.Option(
        [], "--decide", help="Id of a scheme to decide each product under; may be given again."
    ),
    evidence: Path | None = EVIDENCE_OPTION,
    as_of: datetime | None = AS_OF_OPTION,
    remember: bool = REMEMBER_OPTION,
    since: Path | None = SINCE_OPTION,
    allow_gaps: bool = GAPS_OPTION,
    screening: bool = SCREENING_OPTION,
    columns: list[str] = COLUMNS_OPTION,
    decimal: str = DECIMAL_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of messages: en or zh."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Calculate every product of a table; goes on where a run that was killed stopped.

    Products that are refused stop no other. Exit status 1 if any product was refused.
    """
    speak_json(form is Format.JSON)
    speak(lang)
    import pyarrow as pa

    from footprint.catalogue.decisions import SchemesAsked
    from footprint.catalogue.gaps import Gaps
    from footprint.catalogue.question import CatalogueQuestion
    from footprint.catalogue.run import run_catalogue

    pa.set_cpu_count(1)  # processes work, not threads
    names, day = tuple(dict.fromkeys(schemes)), as_of_day(as_of)
    asked = SchemesAsked(names, read_evidence_text(evidence), day) if schemes else None
    inventory = partial(open_inventory, cache, tuple(imported), only_imported=only_imported)
    question = CatalogueQuestion(
        *(products, results, inventory, gwp, draws, seed, asked, remember, since),
        *(Gaps(allow_gaps, screening), _answers(columns, decimal), lang.value),
    )
    many, told = processes or os.cpu_count() or 1, partial(_progress, time.monotonic())
    manifest = run_catalogue(question, many, told, _workers(cluster, question))
    print_json(manifest) if form is Format.JSON else tell_run(manifest, question, lang)
    if manifest["refused"]:
        raise typer.Exit(1)


def _answers(columns: list[str], decimal: str) -> TableAnswers:
    """What the options say of the tables. Raises `InputRefused` (CAT-001, BOM-046)."""
    from footprint.catalogue.form import TableAnswers
    from footprint.catalogue.headings import column_told
    from footprint.cli.reading_options import answers_from_options

    mark = answers_from_options([], decimal=decimal).decimal or None
    return TableAnswers(dict(map(column_told, columns)), mark)


def _workers(
    cluster: str | None, question: CatalogueQuestion
) -> Callable[[CompiledInventory], Workers] | None:
    """Who calculates: the workers of a cluster, or None for processes of this machine."""
    if cluster is None:
        return None
    if question.remembers:
        raise typer.BadParameter("--cluster remembers nothing: leave out --remember and --since")
    from footprint.cli.cluster import OnCluster

    return partial(OnCluster, cluster)


def _progress(started: float, before: int, done: int, whole: int) -> None:
    """Lines done, rate and time left, in one line of a terminal."""
    seconds = time.monotonic() - started
    rate = (done - before) / seconds if seconds else 0.0
    left = (whole - done) / rate if rate else 0.0
    text = f"{done / whole:6.1%}  {rate:,.0f} lines/s  {left:,.0f} s left"
    if sys.stderr.isatty():
        typer.echo(f"\r{text}    ", err=True, nl=done == whole)
    elif done == whole:
        say(text)
