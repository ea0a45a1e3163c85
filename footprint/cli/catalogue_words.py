"""What `footprint catalogue run` says at its end, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.output import Lang

if TYPE_CHECKING:
    from footprint.catalogue.question import CatalogueQuestion

#: Kinds of refusals that are told; the table has all.
_REASONS = 5
_TOLD = {
    Lang.EN: {
        "products": "{:,} products: {}",
        "refused": "{:,} refused, with code, row and column: {}",
        "why": "  {} products, {}: {} (such as {}, row {})",
        "read_as": "{} was read as: {}",
        "manifest": "What they were made of: {}",
    },
    Lang.ZH: {
        "products": "{:,} 个产品：{}",
        "refused": "{:,} 个被拒绝，附代码、行和列：{}",
        "why": "  {} 个产品，{}：{}（如 {} 第 {} 行）",
        "read_as": "{} 的读法：{}",
        "manifest": "计算依据：{}",
    },
}


def tell_run(manifest: dict[str, Any], question: CatalogueQuestion, lang: Lang) -> None:
    """Say what came of a run, and where it is."""
    told = _TOLD[lang]
    typer.echo(told["products"].format(manifest["products"], question.results))
    if manifest["refused"]:
        typer.echo(told["refused"].format(manifest["refused"], question.refused))
        _tell_why(question.refused, told["why"])
    for file, how in manifest.get("read_as", {}).items():
        pairs = ", ".join(f"{heading} = {column}" for heading, column in how["columns"].items())
        typer.echo(told["read_as"].format(file, pairs))
    typer.echo(told["manifest"].format(question.manifest))


def _tell_why(refused: Path, words: str) -> None:
    """The most frequent reasons of a table of refusals, each with the first of its kind."""
    import pyarrow.parquet as pq

    from footprint.catalogue.summary import refused_products

    table = pq.read_table(refused)
    codes = table.column("code").to_pylist()
    for code, count in list(refused_products(table).items())[:_REASONS]:
        first = table.slice(codes.index(code), 1).to_pylist()[0]
        message, file, row = first["message"], first["file"], first["row"]
        typer.echo(words.format(f"{count:,}", code, message, file, row))
