"""`footprint match` and `footprint data search`: from words to datasets, with score and reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.match_tables import (
    match_offers,
    match_rows,
    match_table,
    match_texts,
    match_word,
)
from footprint.cli.output import (
    CACHE_OPTION,
    Format,
    Lang,
    bilingual,
    print_json,
    say,
    speak,
    speak_json,
)
from footprint.cli.picking import BY_OPTION, MATCHES_OPTION, PICK_OPTION, keep_picks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from footprint.inventory.compiled import CompiledInventory
    from footprint.matching.candidates import Offer
    from footprint.matching.outcome import Outcome
    from footprint.values.line import Line

FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the result.")


def register(app: typer.Typer, data: typer.Typer) -> None:
    """Add the commands to the application and to the group `data`."""
    app.command(epilog="Example: footprint match examples/power-bank.csv")(match)
    data.command("search", epilog="Example: footprint data search 不锈钢板 --unit kg")(search)


def match(
    bom: Path = BOM_ARGUMENT,
    form: Format = FORMAT_OPTION,
    write: Path | None = typer.Option(
        None, "--write", help="Write a CSV copy with the dataset column filled where it is sure."
    ),
    picks: list[str] = PICK_OPTION,
    matches: Path | None = MATCHES_OPTION,
    by: str = BY_OPTION,
    limit: int = typer.Option(3, "--limit", help="Candidates of a line.", min=1, max=20),
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the table: en or zh."),
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Find datasets for the lines that name none: how sure, why, what else, and what it would give.

    A choice (--pick) is kept in matches.yaml and used again for lines of the same name and unit.
    """
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.bom.read import read_bom
    from footprint.reading.options import ReadingOptions

    # Datasets are looked for whatever the product is called.
    read = read_bom(bom, ReadingOptions(name=bom.stem))
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=bom)
    if picks:
        today = datetime.now(UTC).date()
        kept, read = keep_picks(bom, read, picks, inventory, matches, by, today)
        say(f"{match_word('Kept', lang)}: {kept}")
    rows = match_rows(read, inventory, limit)
    if form is Format.JSON:
        print_json({"file": read.file, "lines": rows})
    else:
        typer.echo(match_table(rows, lang))
        if offers := match_offers(rows, lang):
            typer.echo(offers)
    counts = {status: sum(row["status"] == status for row in rows) for status in _STATUSES}
    say(", ".join(f"{count} {match_word(one, lang)}" for one, count in counts.items() if count))
    if write is not None:
        sure = {r["row"]: r["dataset"] for r in rows if r["status"] in {"matched", "chosen"}}
        _write(bom, write, sure, read.lines)
        say(f"{match_word('Written', lang)}: {write}")


def search(
    text: str = typer.Argument(help="A name, grade, HS or CAS number.", show_default=False),
    unit: str = typer.Option("", "--unit", help="Only datasets that this unit can be turned into."),
    location: str = typer.Option("", "--location", help="Prefer this place (ISO 3166)."),
    top: int = typer.Option(10, "--top", help="How many to show.", min=1, max=100),
    form: Format = FORMAT_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Search the inventory by name, synonym, grade or code, in English or Chinese."""
    speak_json(form is Format.JSON)
    inventory = open_inventory(cache, imported, only_imported=only_imported)
    outcome, offers = _search(text, unit, location, top, inventory)
    found = [offer.as_json() for offer in offers]
    if form is Format.JSON:
        accepted = outcome.accepted.entry.id if outcome.accepted else None
        print_json({"accepted": accepted, "refusal": outcome.refusal, "candidates": found})
        return
    from footprint.cli.tables import table

    header = ("dataset", "score", "unit", "where", "name", "名称", "why")
    keys = ("dataset", "score", "unit", "location", "name_en", "name_zh", "reason")
    typer.echo(table([header, *(match_texts(row, keys) for row in found)], right=(1,), most=46))
    if outcome.refusal:
        from footprint.words.language import in_words

        refused = in_words(outcome.refusal, "zh")
        say(
            bilingual(
                f"A line of this name would not be matched: {outcome.refusal}.",
                f"此名称的行不会被匹配：{refused}。",
            )
        )


_STATUSES = ("given", "chosen", "matched", "guess", "refused", "supplier", "assembly", "emission")


def _search(
    text: str, unit: str, location: str, top: int, inventory: CompiledInventory
) -> tuple[Outcome, tuple[Offer, ...]]:
    """Search as a line is matched, whatever the stage. Raises `InputRefused` (BOM-012, BOM-018)."""
    from footprint import units
    from footprint.bom import faults
    from footprint.faults import Where
    from footprint.locations import is_location
    from footprint.matching.candidates import offers_of
    from footprint.matching.match import matcher_of
    from footprint.matching.query import Query

    if location and not is_location(location):
        hint = "Two-letter country codes, such as CN, VN or CN-GD."
        message = f"{location!r} is no known place"
        raise faults.BAD_LOCATION.refuse(message, Where("--location"), hint)
    try:
        wanted = units.normal_unit(unit) if unit else ""
    except units.UnitError as error:
        hint = "Such as kg, g, m2, l, kWh, tkm or piece."
        raise faults.UNKNOWN_UNIT.refuse(str(error), Where("--unit"), hint) from None
    fitting = {
        entry.unit: not wanted or units.convertible(wanted, entry.unit)
        for entry in inventory.datasets.values()
    }
    query = Query(text, stage="", location=location)
    outcome = matcher_of(inventory).match(query, lambda entry: fitting[entry.unit], top)
    return outcome, offers_of(outcome.candidates, query, inventory)


def _same_list(old: Sequence[Line], bom: Path, copy: bytes, target: Path) -> None:
    """Refuse a copy (BOM-001) that would be read otherwise than the file: a column of datasets
    makes it one of the documented form, whose headings and units are not guessed, and facts of the
    product may stand beside the file under its name."""
    from footprint.bom import faults
    from footprint.bom.beside import bytes_beside
    from footprint.bom.read import read_bom_bytes
    from footprint.bom.supplier_files import Folder
    from footprint.faults import InputRefused, Where

    new: Sequence[Line]
    try:
        facts = bytes_beside(target, ".product.yaml")
        new = read_bom_bytes(copy, target.name, facts, documents=Folder(bom.parent)).lines
    except InputRefused:
        new = ()
    said = [[(line.name, line.quantity, line.unit) for line in lines] for lines in (old, new)]
    if said[0] != said[1]:
        raise faults.UNREADABLE.refuse(
            "the list is an export, of which no copy with a column of datasets can be read",
            Where(str(target)),
            "Keep the choices beside the file instead: footprint match FILE --pick ROW=DATASET.",
        )


def _write(bom: Path, target: Path, datasets: dict[int, str], lines: Sequence[Line]) -> None:
    """Write the filled copy. Raises `InputRefused` (BOM-001) if it cannot, or would overwrite."""
    from footprint.bom import faults
    from footprint.faults import Where
    from footprint.matching.fill import filled_copy

    if target.suffix.lower() != ".csv":
        raise faults.UNREADABLE.refuse("the copy is written as .csv", Where(str(target)))
    if target.exists() and target.samefile(bom):
        raise faults.UNREADABLE.refuse(
            "the copy would overwrite the bill of materials", Where(str(target))
        )
    copy = filled_copy(bom.read_bytes(), bom.name, datasets)
    _same_list(lines, bom, copy, target)
    try:
        target.write_bytes(copy)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise faults.UNREADABLE.refuse(
            f"the file cannot be written: {reason}", Where(str(target))
        ) from None
