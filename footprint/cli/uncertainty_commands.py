"""`footprint compare`, and the options by which `calculate` adds an interval to its result."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.footprint_words import spoken
from footprint.cli.inventories import (
    INVENTORY_OPTION,
    ONLY_OPTION,
    one_with_processes,
    open_inventory,
)
from footprint.cli.output import (
    CACHE_OPTION,
    LANG_OPTION,
    Format,
    Lang,
    print_json,
    speak,
    speak_json,
)
from footprint.cli.total_text import at_least, lacks_listed

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory
    from footprint.uncertainty.simulate import SimulationSettings
    from footprint.values.result import Footprint
    from footprint.values.uncertainty import Comparison, Uncertainty
    from footprint.words.language import Language

DRAWS_OPTION = typer.Option(
    None, "--draws", help="Add an interval from so many draws (Monte Carlo), such as 1000."
)
SEED_OPTION = typer.Option(1, "--seed", help="Seed of the draws: same seed, same interval.")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: footprint compare 2024.csv 2025.csv --threshold 5%")(compare)


def compare(
    old: Path = typer.Argument(help="Bill of materials to compare with.", show_default=False),
    new: Path = typer.Argument(help="Bill of materials that is compared.", show_default=False),
    threshold: str = typer.Option("0%", "--threshold", help="Reduction asked about: 5% or 0.05."),
    draws: int = typer.Option(1000, "--draws", help="How many draws to make."),
    seed: int = SEED_OPTION,
    gwp: str = typer.Option("AR6", "--gwp-set", "--gwp", help="GWP set: AR6, AR5 or AR4."),
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """How sure is it that one product's footprint is lower than another's?"""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.bom.read import read_bom
    from footprint.uncertainty.compare import compare as compare_boms
    from footprint.values.uncertainty import comparison_document

    asked = _share(threshold)
    before, after = read_bom(old), read_bom(new)
    beside = one_with_processes(old, new)
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=beside)
    how = _settings(draws, seed)
    found = compare_boms(before, after, inventory, asked, how, gwp_set=gwp)
    if form is Format.JSON:
        print_json(comparison_document(found))
    else:
        typer.echo(comparison_text(found, lang.value))


def with_interval(
    result: Footprint, inventory: CompiledInventory, draws: int, seed: int
) -> Footprint:
    """The footprint with its interval, drawn by as many threads as the machine has cores."""
    from footprint.uncertainty.simulate import add_uncertainty as add

    return add(result, inventory, _settings(draws, seed))


def uncertainty_lines(value: float, found: Uncertainty, language: Language = "en") -> list[str]:
    """The value with no more digits than its interval supports, then the interval in words."""
    from footprint.uncertainty.digits import interval_text

    middle, low, high = interval_text(value, found.low, found.high)
    parts = [f"{part.name} {part.share:.0%}" for part in found.by_figure[:5] if part.share > 0.005]
    if language == "zh":
        said = (
            f"{found.draws:,} 次抽样（种子 {found.seed}）中 {found.level:.0%} 在 {low} 与 {high} "
            "kg CO2e 之间。"
        )
        return [middle, said, *([f"来自：{'、'.join(parts)}。"] if parts else [])]
    lines = [
        middle,
        f"{found.level:.0%} of {found.draws:,} draws (seed {found.seed}) lie between "
        f"{low} and {high} kg CO2e.",
    ]
    return [*lines, f"It comes from: {', '.join(parts)}."] if parts else lines


def comparison_text(found: Comparison, language: Language = "en") -> str:
    """A comparison as people read it."""
    from footprint.uncertainty.digits import interval_text

    middle, low, high = (
        f"{text} %"
        for text in interval_text(100 * found.reduction, 100 * found.low, 100 * found.high)
    )
    old = f"{at_least(found.old_lacks, language)}{found.old_kg_co2e:.3g}"
    new = f"{at_least(found.new_lacks, language)}{found.new_kg_co2e:.3g}"
    if language == "zh":
        lines = [
            f"减少：{middle}，{found.level:.0%} 区间 {low} 至 {high}",
            f"至少减少 {100 * found.threshold:.4g} % 的概率：{found.probability:.1%}"
            f"（标准误 {found.error:.1%}）",
            f"原 {old}，新 {new} kg CO2e（{found.gwp_set}）；"
            f"{found.draws:,} 次抽样，种子 {found.seed}",
        ]
    else:
        lines = [
            f"Reduction: {middle}, {found.level:.0%} interval {low} to {high}",
            f"Probability of a reduction of at least {100 * found.threshold:.4g} %: "
            f"{found.probability:.1%} (standard error {found.error:.1%})",
            f"Old {old}, new {new} kg CO2e ({found.gwp_set}); "
            f"{found.draws:,} draws, seed {found.seed}",
        ]
    inventory = f"{spoken(language)['inventory']} {found.inventory}"
    return "\n".join([*lines, *_lacking(found, language), inventory])


def _lacking(found: Comparison, language: Language) -> list[str]:
    """What each total lacks; the change is of what is counted."""
    words, told = spoken(language), []
    for name, lacks in (("old lacks", found.old_lacks), ("new lacks", found.new_lacks)):
        if lacks:
            told.append(words[name].format(lacks=lacks_listed(lacks, language)))
    return [*told, words["of what is counted"]] if told else []


def _settings(draws: int, seed: int) -> SimulationSettings:
    from footprint.uncertainty.simulate import SimulationSettings

    return SimulationSettings(draws, seed, workers=os.cpu_count() or 1)


def _share(text: str) -> float:
    """A share written as `5%` or `0.05`."""
    number = text.strip()
    try:
        return float(number.removesuffix("%")) / (100.0 if number.endswith("%") else 1.0)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no share; write 5% or 0.05") from None
