"""`footprint data`: build the inventory, list its datasets, show one with all its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.output import (
    CACHE_OPTION,
    LANG_OPTION,
    Format,
    Lang,
    bilingual,
    print_json,
    say,
    speak,
    speak_json,
    typed,
)

FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the result.")


def register(data: typer.Typer) -> None:
    """Add the commands to the group."""
    data.command("build", epilog="Example: footprint data build")(build)
    data.command("list", epilog="Example: footprint data list --find 铝")(list_datasets)
    data.command("show", epilog="Example: footprint data show electricity-grid-cn")(show)


def build(
    form: Format = FORMAT_OPTION,
    root: Path | None = typer.Option(None, "--from", help="Folder of figures (default: shipped)."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Compile the inventory anew with Brightway and print its content hash."""
    speak_json(form is Format.JSON)
    from footprint.inventory.build import rebuild

    compiled = rebuild(cache, root)
    if form is Format.JSON:
        document = {"hash": compiled.hash, "datasets": len(compiled.datasets)}
        print_json(document | {"folder": str(compiled.folder)})
    else:
        typer.echo(f"{len(compiled.datasets)} datasets\n{compiled.hash}\n{compiled.folder}")


def list_datasets(
    find: str = typer.Option("", "--find", help="Only datasets whose id or names contain this."),
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANG_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """List datasets: id, unit, location, names, kg CO2e per unit (AR6, without biogenic CO2)."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.inventory.chain import dataset_rows

    inventory = open_inventory(cache, imported, only_imported=only_imported)
    rows = [row for row in dataset_rows(inventory) if _contains(row, find)]
    if form is Format.JSON:
        print_json({"datasets": rows})
        return
    if not rows:
        hint = bilingual(
            "try other words: footprint data search", "请换词搜索：footprint data search"
        )
        text = bilingual(
            f"No dataset is called {find!r}; {hint}", f"没有名为 {find!r} 的数据集；{hint}"
        )
        say(f"{text} {typed(Path(find))}" if find else text)
        return
    from footprint.cli.tables import number, table

    header = ("id", "unit", "where", "year", "kg CO2e", "name", "名称")
    typer.echo(
        table(
            [
                header,
                *(
                    (
                        row["id"],
                        row["unit"],
                        row["location"],
                        str(row["year"]),
                        number(row["kg_co2e_per_unit"]),
                        row["name_en"],
                        row["name_zh"],
                    )
                    for row in rows
                ),
            ],
            right=(3, 4),
        )
    )
    count = len(rows)
    say(bilingual(f"{count} dataset{'' if count == 1 else 's'}", f"{count} 个数据集"))


def show(
    name: str = typer.Argument(help="Id of a dataset.", show_default=False),
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    form: Format = FORMAT_OPTION,
    lang: Lang = LANG_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Show a dataset: its figures as published, sources, intensities, and what it is made of."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.inventory.chain import dataset_document

    inventory = open_inventory(cache, imported, only_imported=only_imported)
    document = dataset_document(inventory, inventory.entry(name).id)
    if form is Format.JSON:
        print_json(document)
        return
    from footprint.cli.dataset_text import dataset_text

    typer.echo(dataset_text(document, lang.value))


def _contains(row: dict[str, Any], text: str) -> bool:
    words = (row["id"], row["name_en"], row["name_zh"], *row["synonyms_en"], *row["synonyms_zh"])
    return text.casefold() in "\n".join(words).casefold()
