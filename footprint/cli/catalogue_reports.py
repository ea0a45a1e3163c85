"""`footprint catalogue summary` and `footprint catalogue diff`: tables of results as a whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.catalogue_summary_text import catalogue_summary_lines, difference_lines
from footprint.cli.output import LANG_OPTION, Format, Lang, print_json, speak, speak_json

if TYPE_CHECKING:
    import pyarrow as pa

    from footprint.catalogue.summary import CatalogueSummary

_FORMAT = typer.Option(Format.TABLE, "--format", help="Print for people, or JSON.")
_WIDTH = 760.0


def register(catalogue: typer.Typer) -> None:
    """Add the commands to those of catalogues."""
    catalogue.command(epilog="Example: footprint catalogue summary results.parquet -o summary")(
        summary
    )
    catalogue.command(epilog="Example: footprint catalogue diff 2024.parquet 2025.parquet")(diff)


def summary(
    results: Path = typer.Argument(help="Table of results of a run.", show_default=False),
    folder: Path | None = typer.Option(
        None, "-o", "--out", help="Folder for tables (CSV) and pictures (SVG).", show_default=False
    ),
    form: Format = _FORMAT,
    lang: Lang = LANG_OPTION,
) -> None:
    """Distributions, stages, hot spots and warnings of a table of results."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.catalogue.summary import catalogue_summary

    table = _read(results)
    beside = results.with_suffix(".refused.parquet")
    found = catalogue_summary(table, _read(beside) if beside.is_file() else None)
    if folder is not None:
        write_summary(found, folder)
    if form is Format.JSON:
        print_json(found.document())
        return
    for line in catalogue_summary_lines(found, lang):
        typer.echo(line)


def diff(
    old: Path = typer.Argument(help="Table of results before.", show_default=False),
    new: Path = typer.Argument(help="Table of results after.", show_default=False),
    between: Path | None = typer.Option(
        None,
        "--between",
        help="Results of the old products under the new data: tells data from lines.",
        show_default=False,
    ),
    out: Path | None = typer.Option(
        None, "-o", "--out", help="Parquet file for what changed by product.", show_default=False
    ),
    form: Format = _FORMAT,
    lang: Lang = LANG_OPTION,
) -> None:
    """What changed between two tables of results, product by product, and at which stage."""
    speak(lang)
    speak_json(form is Format.JSON)
    import pyarrow.parquet as pq

    from footprint.catalogue.differ import difference, told_difference

    table = difference(_read(old), _read(new), None if between is None else _read(between))
    told = told_difference(table) | {"made_of": _made_of(old, new)}
    if out is not None:
        pq.write_table(table, out)
    if form is Format.JSON:
        print_json(told)
        return
    for line in difference_lines(told, lang):
        typer.echo(line)


def write_summary(found: CatalogueSummary, folder: Path) -> None:
    """Write the tables and pictures of a summary into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = found.document()
    for name in ("spreads", "totals", "hot_spots"):
        _write_csv(folder / f"{name}.csv", document[name])
    for name in ("stages_kg_co2e", "completeness", "warnings", "refused"):
        rows = [{"name": key, "value": value} for key, value in document[name].items()]
        _write_csv(folder / f"{name}.csv", rows)
    for scheme, verdicts in found.decisions.items():
        rows = [{"name": key, "value": value} for key, value in verdicts.items()]
        _write_csv(folder / f"tiers_{scheme}.csv", rows)
        picture = _picture(f"{scheme}: products by tier and verdict", verdicts)
        (folder / f"tiers_{scheme}.svg").write_text(picture, "utf-8")
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / "summary.json").write_text(text, "utf-8")
    totals = {f"{one.low:.3g} to {one.high:.3g} kg": one.products for one in found.totals}
    spots = {one.name: one.kg_co2e for one in found.hot_spots}
    for name, title, values in (
        ("totals", "Products by kg CO2e", totals),
        ("stages", "Stages, kg CO2e of one of each product", found.stages_kg_co2e),
        ("hot_spots", "Hot spots, kg CO2e of one of each product", spots),
        ("warnings", "Products by warning", found.warnings),
    ):
        (folder / f"{name}.svg").write_text(_picture(title, values), "utf-8")


def _picture(title: str, values: Mapping[str, float]) -> str:
    from label_templates.drawing.bars import Bar, bars_drawing
    from label_templates.drawing.svg import drawing_svg, screen_families

    bars = [Bar(name, value, f"{value:,.4g}") for name, value in values.items() if value]
    described = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    drawing = bars_drawing("", bars, _WIDTH, title, described)
    return drawing_svg(drawing, screen_families("en"), "en")


def _read(path: Path) -> pa.Table:
    """A table of results. Raises `InputRefused` (CAT-004)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from footprint.catalogue import faults
    from footprint.faults import Where

    if not path.is_file():
        message = "there is no table of results here"
        raise faults.UNREADABLE.refuse(message, Where(str(path)), "Name the file of a run's -o.")
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        from footprint.catalogue.source import why_unreadable

        raise faults.UNREADABLE.refuse(why_unreadable(error), Where(str(path))) from None
    if "product" not in table.column_names:
        raise faults.UNREADABLE.refuse("it is no table of results of a catalogue", Where(str(path)))
    return table


def _made_of(old: Path, new: Path) -> dict[str, bool]:
    """Whether both runs had the same catalogue, inventory, GWP set and engine, by manifest."""
    paths = [path.with_suffix(".manifest.json") for path in (old, new)]
    if not all(path.is_file() for path in paths):
        return {}
    before, after = (json.loads(path.read_text("utf-8")) for path in paths)
    names = ("catalogue", "inventory", "gwp_set", "engine")
    return {name: before.get(name) == after.get(name) for name in names}


def _write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)
