"""`footprint schema`: the JSON Schema of a document that this program publishes."""

from __future__ import annotations

from enum import StrEnum

import typer


class DocumentKind(StrEnum):
    """Documents that have a schema."""

    FOOTPRINT = "footprint"
    DECISION = "decision"
    BOM = "bom"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", epilog="Example: footprint schema footprint")(schema)


def schema(
    document: DocumentKind = typer.Argument(help="footprint, decision or bom.", show_default=False),
) -> None:
    """Print the JSON Schema of footprint.json, decision.json, or a bill of materials as read."""
    from footprint.documents.schemas import schema_text

    typer.echo(schema_text(document.value), nl=False)
