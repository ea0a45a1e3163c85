"""Explanations, scenarios and methods as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from footprint.analysis.words import Language, word
from footprint.cli.tables import number, table
from footprint.cli.total_text import declared_in_words, lacking_line, total_in_words
from footprint.engine.completeness import counted_mass
from footprint.report.figures import counted_percent

if TYPE_CHECKING:
    from footprint.analysis.methods import MethodResult, Methods
    from footprint.analysis.scenario import ScenarioOutcome
    from footprint.analysis.tables import AnalysisTable, Cell
    from footprint.values.result import Footprint

#: Rows and gases shown; the JSON has all of them.
SHOWN = 15


def explanation_text(
    shown: AnalysisTable, result: Footprint, by: str, language: Language = "en"
) -> str:
    """A table of contributions under the total that it adds up to."""
    name, total = result.product.name, total_in_words(result, language)
    unit, gaps = declared_in_words(result, language), _gaps(result, language)
    head = f"{name}: {total} kg CO2e per {unit}{gaps}"
    if language == "zh":
        head = f"{result.product.name_zh or name}：每 {unit} {total} kg CO2e{gaps}"
    head = "\n".join([head, *lacking_line(result, language)])
    header = shown.header
    rows = [[*header], *([_text(cell) for cell in row] for row in shown.rows)]
    if by == "line":  # the depth as an indent of the name, where people expect it
        rows = [[*header[1:]]] + [
            [_text(row[1]), _text(row[2]), "  " * int(row[0] or 0) + str(row[3])]
            + [_text(cell) for cell in row[4:]]
            for row in shown.rows
        ]
    right = [at for at, cell in enumerate(rows[0]) if "CO2e" in cell or "当量" in cell]
    return f"{head}\n\n{table(rows, right=right, most=46)}"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return number(cell) if isinstance(cell, float) else str(cell)


def _gaps(result: Footprint, language: Language) -> str:
    """What stands beside a total that does not cover everything; nothing if it does."""
    mass, lines = counted_mass(result).by_data, counted_percent(result.coverage.lines).text
    if mass is not None and mass >= 1.0 and result.coverage.lines >= 1.0:
        return ""
    chinese = language == "zh"
    weighed = "质量占比未知" if chinese else "an unknown share of the mass"
    if mass is not None:
        share = counted_percent(mass).text
        weighed = f"质量的 {share}" if chinese else f"{share} of the mass"
    return (
        f"（覆盖{weighed}、行数的 {lines}）"
        if chinese
        else f" (covers {weighed}, {lines} of the lines)"
    )


def _per(result: Footprint, language: Language) -> str:
    """The unit of a total, and what it is per."""
    declared = declared_in_words(result, language)
    return f"kg CO2e，每 {declared}" if language == "zh" else f"kg CO2e per {declared}"


def scenario_text(outcome: ScenarioOutcome, language: Language) -> str:
    """Both totals, and the rows that change."""
    name = outcome.name_zh if language == "zh" and outcome.name_zh else outcome.name
    before, after = outcome.before_kg_co2e, outcome.after_kg_co2e
    whole = [
        total_in_words(result, language, value)
        for result, value in ((outcome.before, before), (outcome.after, after))
    ]
    change = f" ({(after - before) / abs(before):+.1%})" if before else ""
    columns = "row | line | name | before | after | difference | changes".split(" | ")
    rows = [[word(column, language) for column in columns]]
    changed = [row for row in outcome.rows if row.difference_kg_co2e]
    rows += [
        [
            str(row.row),
            row.line,
            row.name,
            number(row.before_kg_co2e),
            number(row.after_kg_co2e),
            f"{row.difference_kg_co2e:+.3g}",
            ", ".join(map(str, row.changes)),
        ]
        for row in changed[:SHOWN]
    ]
    lines = [
        f"{word('scenario', language)}: {name}",
        f"{whole[0]} -> {whole[1]} {_per(outcome.before, language)}{change}"
        + (_gaps(outcome.before, language) or _gaps(outcome.after, language)),
        *(lacking_line(outcome.before, language) or lacking_line(outcome.after, language)),
        "",
        table(rows, right=(0, 3, 4, 5)),
    ]
    if len(changed) > SHOWN:
        rest = sum(row.difference_kg_co2e for row in changed[SHOWN:])
        lines.append(f"... {len(changed) - SHOWN} more rows, {rest:+.3g} kg CO2e together")
    return "\n".join(lines)


def methods_text(found: Methods, language: Language) -> str:
    """Every rule set with its total, then why each differs."""
    columns = ("method", "biogenic CO2", "kg CO2e", "difference", "GWP sets used")
    rows = [[word(column, language) for column in columns]]
    for method in found.methods:
        biogenic = word("included" if method.biogenic_included else "excluded", language)
        if method.kg_co2e is None or method.difference_kg_co2e is None:
            rows.append([method.gwp_set, "", word("unknown", language), "", ""])
            continue
        difference = f"{method.difference_kg_co2e:+.3g}"
        sets = ", ".join(word(one, language) for one in method.gwp_sets_used)
        rows.append([method.gwp_set, biogenic, f"{method.kg_co2e:.6g}", difference, sets])
    reference = found.reference
    product = reference.product
    name = (language == "zh" and product.name_zh) or product.name
    comma = "，" if language == "zh" else ", "
    head = f"{name}{comma}{_per(reference, language)}{_gaps(reference, language)}"
    blocks = ["\n".join([head, *lacking_line(reference, language)]), table(rows, right=(2, 3))]
    blocks += [_why(method, found.reference, language) for method in found.methods]
    return "\n\n".join(block for block in blocks if block)


def _why(method: MethodResult, reference: Footprint, language: Language) -> str:
    """Why one rule set differs: gases, biogenic CO2, and what cannot be converted."""
    lines = list(_reasons(method, reference, language))
    if not lines:
        return ""
    biogenic = word("included" if method.biogenic_included else "excluded", language)
    return "\n".join([f"{method.gwp_set}, {word('biogenic CO2', language)} {biogenic}:", *lines])


def _reasons(method: MethodResult, reference: Footprint, language: Language) -> Iterator[str]:
    for problem in method.refused:
        yield f"  {problem}"
    if method.biogenic_included:  # its gases are those of the same set without biogenic CO2
        for part in method.biogenic:
            if part.difference_kg_co2e:
                yield f"  {part.difference_kg_co2e:+.3g}  {word(part.label, language)}"
        return
    for gas in method.gases[:SHOWN]:
        name = gas.name_zh if language == "zh" else gas.name_en
        yield (
            f"  {gas.difference_kg_co2e:+.3g}  {name}: {gas.kg:.3g} kg x "
            f"({gas.gwp_after:g} - {gas.gwp_before:g})"
        )
    if method.gwp_set != reference.gwp_set:
        for name, burden in method.unsplit_kg_co2e:
            text = word("published as CO2e without gases, cannot be converted", language)
            yield f"  {0:+.3g}  {number(burden)} kg CO2e {text} ({word(name, language)})"
