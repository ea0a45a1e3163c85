"""Choices of datasets on the command line: `--pick ROW=DATASET` or `--pick NAME=DATASET`, kept."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli import faults
from footprint.faults import Where

if TYPE_CHECKING:
    from footprint.bom.choices import Choice
    from footprint.inventory.compiled import CompiledInventory
    from footprint.values.bom import Bom
    from footprint.values.line import Line

PICK_OPTION = typer.Option(
    [],
    "--pick",
    help="Choose a dataset for a row, or for the lines of a name: '12=abs-resin-rna', "
    "'螺丝 M3x8=part-screw-iso7045-m3x8'. May be given several times; it is kept.",
)
MATCHES_OPTION = typer.Option(
    None,
    "--matches",
    help="File that keeps choices (default: matches.yaml beside the bill of materials).",
)
BY_OPTION = typer.Option("", "--by", help="Who chooses (default: your name on this machine).")


def keep_picks(
    path: Path,
    bom: Bom,
    picks: Sequence[str],
    inventory: CompiledInventory,
    matches: Path | None,
    by: str,
    today: date,
) -> tuple[Path, Bom]:
    """Write choices into the file that keeps them; returns it, and the lines with them.

    Raises `InputRefused` (CLI-003, ENG-001, BOM-012, BOM-033), and then nothing is written.
    """
    from footprint.bom.choices import (
        FOLDER_FILE,
        SUFFIX,
        choices_text,
        merged,
        read_choices,
        with_choices,
    )

    own = path.with_suffix(SUFFIX)  # where there is one, the folder's is not read
    target = matches or (own if own.is_file() else path.with_name(FOLDER_FILE))
    who = by or getpass.getuser()
    new = [choice for pick in picks for choice in _choices(pick, bom, inventory, who, today)]
    old = read_choices(target.read_bytes(), target.name) if target.is_file() else []
    target.write_text(choices_text(merged(old, new)), "utf-8")
    unchosen = [
        replace(line, dataset="", supplier_pcf="", chosen_by="") if line.chosen_by else line
        for line in bom.lines
    ]
    return target, replace(bom, lines=tuple(with_choices(unchosen, merged(old, new))))


def _choices(
    pick: str, bom: Bom, inventory: CompiledInventory, who: str, today: date
) -> list[Choice]:
    """The choice that `--pick` makes: one for a row, or for all lines of a name and one unit."""
    from footprint.bom.choices import choice_key, choice_of
    from footprint.engine.resolve import Unresolved, dataset_of
    from footprint.faults import InputRefused

    what, mark, dataset = pick.rpartition("=")
    if not mark or not what.strip() or not dataset.strip():
        message = f"{pick!r} is not ROW=DATASET or NAME=DATASET"
        hint = "Such as 7=steel-cold-rolled-cn; rows and names: footprint read FILE."
        raise faults.BAD_PICK.refuse(message, Where("--pick"), hint)
    lines = _lines(what.strip(), bom)
    units = sorted({line.unit for line in lines})
    if len(units) != 1:
        message = f"{what.strip()!r} is no row and no name"
        if units:
            message = f"{what.strip()!r} has lines in {', '.join(units)}: name a row"
        hint = "Such as 7=steel-cold-rolled-cn; rows and names: footprint read FILE."
        raise faults.BAD_PICK.refuse(message, Where("--pick"), hint)
    for line in () if _is_word(dataset.strip(), inventory) else lines:
        try:
            picked = replace(line, dataset=dataset.strip())
            dataset_of(picked, inventory, bom.product.country, bom.file)
        except Unresolved as unresolved:
            raise InputRefused([unresolved.problem]) from None
    kinds = {choice_key(line): choice_of(line, dataset.strip(), who, today) for line in lines}
    return list(kinds.values())


def _is_word(dataset: str, inventory: CompiledInventory) -> bool:
    """Whether it is a class of material or `not-a-part`, and no id of a dataset."""
    from footprint.bom.choices import BY_CLASS, NOT_A_PART
    from footprint.engine.screening import chosen_screening
    from footprint.inventory.model import DEFAULT_GWP_SET

    if dataset.startswith(BY_CLASS):
        return chosen_screening(dataset, inventory, DEFAULT_GWP_SET) is not None
    return dataset == NOT_A_PART


def _lines(what: str, bom: Bom) -> list[Line]:
    from footprint.values.stages import fold_keyword

    by_row = [line for line in bom.lines if what.isdigit() and line.row == int(what)]
    return by_row or [line for line in bom.lines if fold_keyword(line.name) == fold_keyword(what)]
