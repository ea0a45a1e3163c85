"""Columns that say what kind of row each is: a material, a note, work, the product itself."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.vocabulary import fold, folded_words, row_words

#: What a column of kinds says of rows that are no parts; and of those that are.
_NO_PARTS = row_words("structure_text") | row_words("output") | {"finished good", "finished goods"}
_KINDS = _NO_PARTS | frozenset(
    "input|inputs|eingang|entree|entrada|ingresso|投入|输入|"
    "subcontract|subcontracting|subcontractor|outside process|"
    "raw good|raw material|raw materials|component|components|material|materials|item|part|parts|"
    "assembly|subassembly|sub assembly|purchased|packaging|consumable|consumables|buy|make|"
    "rohstoff|kaufteil|fertigungsteil|matiere|composant|原材料|材料|原料|辅料|包材|零件|部件|外购件|自制件|部品".split(
        "|"
    )
)

#: Headings above answers of which `no` makes a part an option.
REQUIRED = folded_words("required|mandatory|compulsory|pflicht|obligatoire|obligatorio|必选|必需")
_OPTIONS = row_words("falsy") | folded_words("optional|option|optionnel|opcional|可选")
_ANSWERS = row_words("truthy") | folded_words("required|mandatory|必选|必需")

#: How fine a yarn is, in the units of the trade.
_FINENESS = late_pattern(
    r"(?:\d+\s*/\s*)?\d+\s*(?:nm|ne|nec|den|denier|dtex|tex|s)\.?(?:/\d+)?", re.I
)


def kinds_of_rows(chooser: Chooser) -> None:
    """A column that tells materials from notes, work and the product itself, whatever it is
    called."""
    _counts_of_spares(chooser)
    if chooser.with_meaning("structure"):
        return
    for at, means in chooser.means.items():
        values = {fold(one) for one in chooser.values(at)}
        free = means in {"unknown", "spec", "other", "category"} and not chooser.by_user(at)
        if free and len(values) > 1 and values <= _KINDS and values & _NO_PARTS:
            chooser.means[at] = "structure"
            return


def counts_of_yarn(chooser: Chooser) -> None:
    """`Count` above `2/26 Nm` says how fine a yarn is."""
    for at in chooser.with_meaning("quantity"):
        values = chooser.values(at)
        if values and all(map(_FINENESS.fullmatch, values)) and not chooser.by_user(at):
            chooser.means[at] = "spec"


def required_or_not(chooser: Chooser) -> None:
    """`Required?` over answers says which parts are options; over numbers it is an amount."""
    for at in chooser.with_meaning("unknown"):
        values = {fold(one) for one in chooser.values(at)}
        heading = fold(chooser.headings[at].text).strip("? ")
        if heading in REQUIRED and values & _OPTIONS and values <= _OPTIONS | _ANSWERS:
            chooser.means[at] = "alternative"


def german_prices(chooser: Chooser) -> None:
    """`EP` beside `GP` is the price of one beside that of all; it is a thickness in French."""
    named = {fold(one.text): at for at, one in chooser.headings.items()}
    both = [named[word] for word in ("ep", "gp") if word in named]
    for at in both if len(both) == 2 else ():
        if not chooser.by_user(at):
            chooser.means[at] = "price"


def _counts_of_spares(chooser: Chooser) -> None:
    """`Spare` above numbers says how many more are kept; a mark says that the row is a spare."""
    for at in chooser.with_meaning("spare"):
        numbers = [float(one) for one in chooser.values(at) if one.replace(".", "", 1).isdigit()]
        counts = len(numbers) == len(chooser.values(at)) > 0 and max(numbers) > 1.0
        if counts and chooser.with_meaning("quantity") and not chooser.by_user(at):
            chooser.means[at] = "other"


def columns_of_models(chooser: Chooser) -> None:
    """`Model A`, `Model B` over numbers alone are no words about a part: how many each model has.
    Nothing else says how many there are."""
    counted = ("quantity", "total_quantity", "designators", "variant_quantity", "share")
    if chooser.documented or any(map(chooser.with_meaning, counted)):
        return
    found = [
        at
        for at in chooser.with_meaning("spec")
        if chooser.numeric(at) == 1.0 and chooser.fill(at) > 0.5 and not chooser.by_user(at)
    ]
    first = {fold(chooser.headings[at].text).split(" ")[0] for at in found}
    if len(found) > 1 and len(first) == 1:
        for at in found:
            chooser.means[at] = "unknown"
