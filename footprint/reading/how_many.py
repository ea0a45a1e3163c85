"""Keys and sentences above a table that say for how many products, or for which, it is."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold

#: Keys of what the list is for: a number of products, or the product.
LIST_FOR = frozenset(
    """
    bom for|bill of materials for|parts list for|quantities for|qty for|list for|stuckliste fur|
    mengen fur|mengenangaben fur|angaben fur|quantites pour|nomenclature pour|quantita per|
    distinta per|cantidades para|lista para|ilosci na|zestawienie na|quantidades para|dinh muc cho|
    hoeveelheden voor|stuklijst voor|all quantities for|all quantities per|quantities per|
    quantities are for|mengen je|mengen pro|alle mengen fur|alle mengen je|quantites par
    """.replace("\n    ", "").split("|")
)
_OF_QUANTITIES = (
    *("all quantities", "quantities", "qty", "mengen", "alle mengen", "quantites", "quantita"),
    *("cantidades", "ilosci", "quantidades", "hoeveelheden"),
)
_QUANTITIES_FOR = late_pattern(
    r"(?:以下|下列|本表)?(?:用量|用料)(?:为|按|以|对应)\s*(?P<zh>[1-9]\d*\s*[套台个件只双])(?:计|产品)?"
    r"|(?P<key>[^\d:：]{3,40}?)\s*[:：]?\s*(?P<many>[1-9][\d.,]*\s*[^\W\d_]*)\.?"
)


def for_many(text: str) -> str:
    """For how many products a sentence says that the quantities are (`Mengen für 100 Stück`)."""
    match = _QUANTITIES_FOR.fullmatch(text.strip())
    if match is None:
        return ""
    key = fold(match["key"] or "")
    # Of a title (`BOM for 24 bottles`) it stays open what its quantities are.
    if not match["zh"] and (key not in LIST_FOR or not key.startswith(_OF_QUANTITIES)):
        return ""
    return match["zh"] or match["many"]


def of_list(value: str) -> str:
    """What follows `BOM for`: a number of products, or the product."""
    return "base_quantity" if value[:1].isdigit() else "name"
