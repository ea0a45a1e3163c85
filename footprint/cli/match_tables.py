"""What lines are taken for, as rows and as tables for people to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from footprint.cli.output import Lang
from footprint.words.language import in_words

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory
    from footprint.values.bom import Bom
    from footprint.values.line import Line

_ZH = {
    "given": "已给出", "chosen": "已选择", "matched": "已匹配", "guess": "待确认",
    "refused": "未匹配", "supplier": "供应商文件", "assembly": "组件", "emission": "排放",
    "row": "行", "name": "名称", "status": "状态", "dataset": "数据集", "score": "得分",
    "reason": "理由", "candidate": "候选",
    "unit fits": "单位依据", "kg CO2e each": "每单位 kg CO2e", "why": "理由", "unit": "单位",
    "mass": "质量", "words": "词语", "none": "不合", "Kept": "已保存", "Written": "已写入",
    "Choose one": "选择",
}  # fmt: skip


#: States whose name in JSON is not what people are told; the console says the same.
_EN = {"guess": "our guess"}


def match_word(text: str, lang: Lang) -> str:
    return (_ZH if lang is Lang.ZH else _EN).get(text, text)


def match_rows(bom: Bom, inventory: CompiledInventory, limit: int) -> list[dict[str, Any]]:
    """One row per line: what it is taken for, how, how sure and why."""
    from footprint.bom.tree import assemblies

    containers = assemblies(bom.lines)
    rows = []
    for line in bom.lines:
        row = {"row": line.row, "line": line.id, "name": line.name, "dataset": "", "score": None}
        if line.id in containers:
            row |= {"status": "assembly", "reason": "its parts count"}
        elif line.stage == "direct_emission":
            row |= {"status": "emission", "reason": "a substance, not a dataset"}
        elif line.supplier_pcf:
            row |= {"status": "supplier", "reason": f"document {line.supplier_pcf}"}
        else:
            row |= _resolved(line, bom, inventory, limit)
        rows.append(row)
    return rows


def _resolved(line: Line, bom: Bom, inventory: CompiledInventory, limit: int) -> dict[str, Any]:
    from footprint.bom.choices import BY_CLASS
    from footprint.engine.resolve import Unresolved, dataset_of, query_of
    from footprint.matching.candidates import candidates

    if line.dataset.startswith(BY_CLASS):
        reason = f"by material and mass, chosen by {line.chosen_by}"
        return {"dataset": line.dataset, "status": "chosen", "reason": reason}
    try:
        found = dataset_of(line, inventory, bom.product.country, bom.file)
    except Unresolved as unresolved:
        offers = candidates(query_of(line, bom.product.country), inventory, limit)
        return {
            "dataset": line.dataset,
            "status": "refused",
            "reason": unresolved.problem.message,
            "problem": unresolved.problem.as_json(),
            "candidates": [offer.as_json() for offer in offers],
        }
    if found.matched_by == "id":
        return {"dataset": found.entry.id, "status": "given", "reason": "given"}
    if found.matched_by == "pick":
        return {"dataset": found.entry.id, "status": "chosen", "reason": found.reason}
    offers = candidates(query_of(line, bom.product.country), inventory, limit)
    return {
        "dataset": found.entry.id,
        "status": "guess" if found.guessed else "matched",
        "score": found.score,
        "reason": found.reason,
        "candidates": [offer.as_json() for offer in offers],
    }


def match_offers(rows: list[dict[str, Any]], lang: Lang) -> str:
    """The candidates of lines that were refused or are guesses, for people to choose from."""
    from footprint.cli.tables import table

    header: tuple[str, ...] = (
        "row",
        "name",
        "candidate",
        "score",
        "unit fits",
        "kg CO2e each",
        "why",
    )
    cells = [
        (
            str(row["row"]),
            row["name"],
            one["dataset"],
            f"{one['score']:.2f}",
            match_word(one["fit"], lang),
            "" if one["kg_co2e_per_line_unit"] is None else f"{one['kg_co2e_per_line_unit']:.3g}",
            in_words(one["reason"], lang.value),
        )
        for row in rows
        if row["status"] in {"refused", "guess"}
        for one in row["candidates"]
    ]
    if not cells:
        return ""
    header = tuple(match_word(one, lang) for one in header)
    choose = f"{match_word('Choose one', lang)}: footprint match BOM --pick ROW=DATASET"
    return f"\n{table([header, *cells], right=(0, 3, 5), most=48)}\n\n{choose}"


def match_table(rows: list[dict[str, Any]], lang: Lang) -> str:
    """The lines and what each is taken for, in one language."""
    from footprint.cli.tables import table

    keys = ("row", "name", "status", "dataset", "score", "reason")
    header = [match_word(key, lang) for key in keys]
    cells = [
        match_texts(
            row
            | {
                "status": match_word(row["status"], lang),
                "reason": in_words(row["reason"], lang.value),
            },
            keys,
        )
        for row in rows
    ]
    return table([header, *cells], right=(0, 4), most=60)


def match_texts(row: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    """Values of a row as they are printed: two decimals, and nothing for none."""
    values = [row[key] for key in keys]
    return [
        "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
        for value in values
    ]
