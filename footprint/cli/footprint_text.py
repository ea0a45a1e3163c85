"""A footprint as people read it: total, parts, lines, completeness, quality; English, Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.cli.footprint_words import spoken
from footprint.cli.subject_text import subject_lines
from footprint.cli.tables import number, table
from footprint.cli.total_text import declared_in_words, lacking_line
from footprint.cli.uncertainty_commands import uncertainty_lines
from footprint.engine import faults
from footprint.engine.completeness import SCREENING_SHARE, counted_mass
from footprint.faults import Fault
from footprint.inventory.model import GWP_RULES
from footprint.report.figures import counted_percent
from footprint.values.result import Completeness, Footprint
from footprint.words.language import Language, in_words

#: Contributions shown; the JSON has all of them.
SHOWN = 25


def _completeness(footprint: Footprint, words: dict[str, str], language: Language) -> list[str]:
    """What the total lacks, and what of it rests on screening figures or is unknown."""
    whole = footprint.completeness
    lines = []
    if whole.screening_result:
        lines.append(words["screening result"].format(why=_why_screening(whole, words)))
    lines += lacking_line(footprint, language)
    if whole.screening_lines:
        lines.append(
            words["screening figures"].format(
                lines=whole.screening_lines,
                share=whole.screening_mass_share,
                kg=number(whole.screening_kg_co2e),
                low=number(whole.screening_low_kg_co2e),
                high=number(whole.screening_high_kg_co2e),
            )
        )
        lines += [f"  {text}" for text in _told(footprint, faults.SCREENED, words, language)]
    unknown = whole.unknown_mass_share
    if unknown is None:
        lines.append(words["unknown mass"])
    elif unknown:
        lines.append(words["unknown"].format(share=unknown))
    return lines


def footprint_text(footprint: Footprint, language: Language) -> str:
    """The footprint as text, for a terminal."""
    words = spoken(language)
    total, interval = number(footprint.total), []
    if footprint.uncertainty is not None:
        total, *interval = uncertainty_lines(footprint.total, footprint.uncertainty, language)
        if footprint.completeness.word == "at least":
            interval.append(words["on top"])
    product, quality = footprint.product, footprint.quality
    head = words["total"].format(
        word=words[footprint.completeness.word],
        total=total,
        unit=declared_in_words(footprint, language),
        boundary=words.get(footprint.boundary, footprint.boundary),
        gwp=footprint.gwp_set,
    )
    rule = GWP_RULES[footprint.gwp_set][language == "zh"]
    return "\n".join(
        [
            " / ".join(name for name in (product.name, product.name_zh) if name),
            head,
            *interval,
            "",
            _parts(footprint, words),
            "",
            *subject_lines(footprint, words),
            *_lines(footprint, words),
            *_not_counted(footprint, words, language),
            "",
            *_completeness(footprint, words, language),
            _counted(footprint, words),
            words["quality"].format(
                technology=quality.technological,
                geography=quality.geographical,
                time=quality.temporal,
                primary=quality.primary_data_share,
            ),
            *_electricity(footprint, words),
            f"{footprint.gwp_set}: {rule}.",
            f"{words['inventory']} {footprint.provenance.inventory}",
            f"{words['bom']} {footprint.provenance.bom}",
        ]
    )


def _counted(footprint: Footprint, words: dict[str, str]) -> str:
    mass, lines = counted_mass(footprint), counted_percent(footprint.coverage.lines).text
    if mass.counted is None or mass.by_data is None:
        return words["counted lines"].format(lines=lines)
    counted, data = counted_percent(mass.counted).text, counted_percent(mass.by_data).text
    return words["counted mass"].format(mass=counted, data=data, lines=lines)


def _parts(footprint: Footprint, words: dict[str, str]) -> str:
    split = footprint.split.as_dict()
    rows = [(words["part"], "kg CO2e")] + [
        (words.get(name, name.replace("_", " ")), number(value))
        for name, value in split.items()
        if value
    ]
    return table(rows, right=(1,))


def _lines(footprint: Footprint, words: dict[str, str]) -> list[str]:
    ranked = sorted(footprint.contributions, key=lambda c: -abs(c.kg_co2e))
    keys = ("row", "line", "stage", "amount", "dataset", "kg CO2e", "share")
    rows = [tuple(words.get(key, key) for key in keys)]
    rows += [
        (
            str(item.row),
            item.name,
            words.get(item.stage, item.stage.replace("_", " ")),
            f"{number(item.quantity)} {words.get(item.unit, item.unit)}",
            item.dataset + words.get(f"by {item.matched_by}", ""),
            number(item.kg_co2e),
            f"{item.share:.1%}",
        )
        for item in ranked[:SHOWN]
    ]
    lines = [table(rows, right=(0, 3, 5, 6))]
    if len(ranked) > SHOWN:
        rest = sum(item.kg_co2e for item in ranked[SHOWN:])
        lines.append(words["more"].format(count=len(ranked) - SHOWN, kg=number(rest)))
    return lines


def _not_counted(footprint: Footprint, words: dict[str, str], language: Language) -> list[str]:
    """The lines that the table above does not have, and why."""
    said = [f"  {text}" for text in _told(footprint, faults.GAP, words, language)]
    return ["", words["not counted"], *said] if said else []


def _told(
    footprint: Footprint, fault: Fault, words: dict[str, str], language: Language
) -> Iterator[str]:
    """What the calculation noticed of lines under one code, with the row of each."""
    for one in footprint.warnings:
        if one.code == fault.code:
            text = in_words(one.message.removeprefix("left out of the total: "), language)
            row = one.where.row
            yield text if row is None else words["of row"].format(row=row, text=text)


def _why_screening(whole: Completeness, words: dict[str, str]) -> str:
    """Why a result is a screening result."""
    if whole.unknown_mass_share is None:
        return words["unweighed"]
    share = whole.screening_mass_share + whole.unknown_mass_share + whole.unlisted_mass_share
    return words["screened share"].format(share=share, most=SCREENING_SHARE)


def _electricity(footprint: Footprint, words: dict[str, str]) -> list[str]:
    both = footprint.electricity
    if both is None:
        return []
    return [
        words["electricity"].format(
            location=number(both.location_based_kg_co2e),
            market=number(both.market_based_kg_co2e),
            basis=words.get(f"{both.basis}-based", f"{both.basis}-based"),
        )
    ]
