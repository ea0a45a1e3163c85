"""`footprint disclose`: footprints times units sold, and category 1 of a buyer's scope 3."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from footprint.cli.bom_commands import calculated_file
from footprint.cli.label_commands import read_evidence_text
from footprint.cli.output import CACHE_OPTION, print_json, say, speak_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("disclose", epilog="Example: footprint disclose sales.yaml --workbook sales.xlsx")(
        disclose
    )


def disclose(
    sales: Path = typer.Argument(
        help="YAML file with products and units. docs/disclosure.md", show_default=False
    ),
    workbook: Path | None = typer.Option(
        None, "--workbook", help="Write the export as XLSX too.", show_default=False
    ),
    cache: Path = CACHE_OPTION,
) -> None:
    """Print the figures of products for corporate disclosure, as JSON."""
    speak_json(True)
    from footprint.canonical_fast import canonical_bytes
    from footprint.documents.footprint import footprint_document
    from footprint.report.disclosure import SoldProduct, disclosure
    from footprint.report.disclosure_question import DisclosureQuestion
    from footprint.report.disclosure_workbook import disclosure_workbook
    from footprint.rules.modules.questions import read_question

    asked = read_question(read_evidence_text(sales), DisclosureQuestion, sales.name)
    products = []
    for one in asked.products:
        _, result = calculated_file(sales.parent / one.file, cache)
        stored = json.loads(canonical_bytes(footprint_document(result)))
        products.append(SoldProduct(stored, one.sold, one.bought))
    export = disclosure(products, asked.company, asked.buyer or "")
    print_json(export)
    if workbook is not None:
        workbook.write_bytes(disclosure_workbook(export))
        say(f"written: {workbook}")
