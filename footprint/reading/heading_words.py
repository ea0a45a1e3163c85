"""What a heading means that only contains a known word, and what the words beside it make of it."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.units import MASS
from footprint.reading.vocabulary import headings

#: Scripts that write words without blanks between them.
_UNSPACED = late_pattern(r"[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]")
#: Words that are headings alone, and say nothing of a longer one: `Stk. je Lage`.
_SMALL = frozenset(("per", "pro", "je", "base", "yy", "eq", "mw", "impiego"))
#: `Usage UoM`, `Komponentenmengeneinheit`; a `Qty per unit` is none.
_UNIT_ENDS = (" uom", " u/m", " unit of measure", "mengeneinheit")
#: `Product link`
_LINKS = (" link", " links", " url", " href")
TOTAL = late_pattern(
    r"(?<![a-z])(total\w*|gesamt\w*|insgesamt|ext|extended|totale|razem|lacznie|tong|"
    r"summe|somme|suma|toplam)(?![a-z])|"
    r"合计|总|合計|總|총"
)
_GROSS = late_pattern(r"(?<![a-z])(gross|brutto\w*|brut|lordo|bruto)(?![a-z])|毛")
_BEFORE_LOSS = {"quantity": ("gross_quantity",), "unit_mass": ("gross_mass",)}
#: What stands before `per` says what the figures are, not what stands behind it.
_OF_WHAT = late_pattern(r" (?:per|pro|je|par|por|na|za) ")
#: `Part Qty`, `Anzahl Baugruppen`: counts of such things, and no names of them.
_THINGS = frozenset(("id", "parent", "name", "head_name", "description"))
_COUNTED = late_pattern(
    r"(?<![a-z])(?:qty|quantity|menge|anzahl|qte|quantite|cantidad|qtd|ilosc|count)$"
    r"|^(?:qty|quantity|anzahl|stuck|number of|no of|nombre de|qte|cantidad de|ilosc|count of) "
    r"|(?:数量|用量|數量|수량)$"
)
_NUMBER_ID = late_pattern(
    r"(?<![a-z])(no|nr|num|number|nummer|code|id|pn|ipn|sku|codice|codigo|kod|numer|#)$"
)
#: What a word means where the heading says that it is a total: `Total volume` is of all pieces.
_OF_ALL = {
    "quantity": ("total_quantity",),
    "unit_mass": ("line_mass",),
    "volume": ("other",),
    "length": ("total_length",),
}


def meanings_inside(folded: str, unit: str | None) -> tuple[str, ...]:
    """The meanings of the word inside a heading, as the words and the unit beside it make them."""
    if folded.endswith(_UNIT_ENDS) and " per " not in folded:
        return ("unit",)
    if folded.endswith(_LINKS):
        return ("link",)
    means = _contained(_OF_WHAT.split(folded)[0]) or _contained(folded)
    if not means:
        return ()
    if means[0] == "loss" and _COUNTED.search(folded):
        return ("other",)  # `Scrap qty` counts pieces
    if means[0] in _THINGS and _COUNTED.search(folded):
        return ("quantity",)
    if means[0] == "share" and unit in MASS:
        means = ("unit_mass",)
    if TOTAL.search(folded):
        return _OF_ALL.get(means[0], means)
    return _BEFORE_LOSS.get(means[0], means) if _GROSS.search(folded) else means


def _contained(folded: str) -> tuple[str, ...]:
    """The meanings of the longest known word inside a heading; numbers of parts are ids."""
    table = headings()
    best: tuple[int, int, tuple[str, ...]] = (0, 0, ())
    tokens = folded.split()
    for size in range(min(4, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            phrase = " ".join(tokens[at : at + size])
            word = None if phrase in _SMALL else table.get(phrase)
            if word and len(phrase) > 1 and (len(phrase), at) > best[:2]:
                best = (len(phrase), at, word.means)
        if best[2]:
            break
    if _UNSPACED.search(folded):
        for size in range(min(8, len(folded)), 1, -1):
            for at in range(len(folded) - size + 1):
                phrase = folded[at : at + size]
                word = None if phrase.isascii() else table.get(phrase)
                if word and (len(phrase), at) > best[:2]:
                    best = (len(phrase), at, word.means)
    means = best[2]
    if (
        means
        and means[0] in {"name", "description", "material", "parent"}
        and _NUMBER_ID.search(folded)
    ):
        return ("id",)
    return means
