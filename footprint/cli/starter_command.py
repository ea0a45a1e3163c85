"""`footprint new`: a workbook to fill in, made for an industry."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from footprint.cli.faults import UNUSABLE_PATH
from footprint.cli.output import Lang, bilingual, program, say, speak, typed
from footprint.cli.report_output import deliver
from footprint.faults import Where


class Industry(StrEnum):
    """The industries that have a starter workbook (`footprint.starter.model.INDUSTRIES`)."""

    ELECTRONICS = "electronics"
    MACHINE = "machine"
    GARMENT = "garment"
    FOOD = "food"
    PACKAGING = "packaging"
    FURNITURE = "furniture"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: footprint new --industry garment --out polo.xlsx --lang zh")(new)


def new(
    industry: Industry = typer.Option(help="The industry whose example the workbook holds."),
    out: Path = typer.Option(help="The workbook to write (.xlsx); never one that is there."),
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the workbook: en or zh."),
) -> None:
    """Make a workbook to fill in: drop-downs, an example that calculates, the product's facts."""
    speak(lang)
    from footprint.starter.build import starter_workbook

    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("the workbook needs a name that ends in .xlsx", param_hint="--out")
    if out.exists():
        hint = "Name another file: what was filled in is not overwritten."
        raise UNUSABLE_PATH.refuse("it is there already", Where(str(out)), hint)
    deliver(starter_workbook(industry.value, lang.value), out)
    check = f"{program()} check {typed(out)}"
    say(bilingual(f"Fill it in, then: {check}", f"填好后运行：{check} --lang zh"))
