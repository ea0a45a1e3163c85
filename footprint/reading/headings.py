"""One heading: what it may mean, how sure that is, and the unit that stands in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from footprint.late_pattern import late_pattern
from footprint.reading.heading_means import (
    CONTAINED,
    EXACT,
    TRIMMED,
    Heading,
    as_unit_allows,
    meanings_by_unit,
)
from footprint.reading.heading_units import (
    known_heading,
    split_unit,
    unit_of_word,
)
from footprint.reading.heading_words import TOTAL, meanings_inside
from footprint.reading.per_many import container_in, many_in
from footprint.reading.units import MASS, dimension, per_of, unit_of
from footprint.reading.vocabulary import fold

#: A heading that is longer is a sentence.
MAX_HEADING = 80
#: Words that make any heading a matter of buying: their numbers are never quantities of a part.
_BUYING = late_pattern(
    r"(?<![a-z])(price|cost|preis|kosten|prix|cout|prezzo|costo|precio|cena|koszt|usd|eur|cny|rmb|moq|"
    r"stock|order|ordered|purchase|buy|bestell\w*|lager\w*|lead time)(?![a-z])|"
    r"单价|金额|价格|成本|库存|采购|订购|単価|在庫|발주|단가|재고|금액"
)
#: Figures of burdens are no amounts of a part, whatever unit they have: `CO2e (kg)`.
_BURDEN = late_pattern(
    r"(?<![a-z0-9])(?:[kgt]*\s?co2\w*|ghg|gwp\d*|pcf|lca|emissions?|emission factors?|efs?|"
    r"emissionsfaktor\w*|emissionen|facteurs? d emission|factor de emision|footprint of \w+|"
    r"(?:carbon|co2|water|environmental) footprint|embodied (?:carbon|energy)|cumulative energy)"
    r"(?![a-z])|co2e?$|fussabdruck|排放|碳足迹|碳足跡|炭素|排出|배출"
)
#: What is done and where, beside the parts: numbers of routings are none of parts.
_ROUTING = late_pattern(
    r"(?<![a-z])(?:routing|work ?cent(?:er|re)|related operation)(?![a-z])|工艺路线"
)
#: Money, in brackets behind a word that could be of an amount: `Ext. (USD)`.
_MONEY = late_pattern(
    r"[(\[](?:us\$|usd|eur|€|\$|£|¥|gbp|cny|rmb|jpy|chf|inr|krw|vnd|thb|元)[)\]]", re.I
)
#: A price where so many are bought: `Unit @100`, `Ext @ 1k`.
_BREAK = late_pattern(r"@\s*\d+\s*[kK]?\b")
#: Letters that are dimensions where a unit of length stands beside them: `L (mm)`.
LETTERS = {
    "l": "length",
    "h": "height",
    "w": "width",
    "b": "width",
    "t": "thickness",
    "thk": "thickness",
}
#: `Ø (mm)`; the sign is folded to a plain letter.
_ROUND = {"o": "diameter", "d": "diameter"}
#: `PartNum`, `UOMCode`: the words of a name of a field that has no blanks.
_HUMPS = late_pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FIELD_NAME = late_pattern(r"[A-Z]?[a-z0-9]+(?:[A-Z]+[a-z0-9]*)+|[A-Z]{2,}[a-z]{2,}\w*")
#: A heading that is no more than that: `mg per tablet`, `ml/bottle`.
_OF_ONE = late_pattern(
    r"(?P<unit>[A-Za-zµ²]{1,3})\s*(?:/|\b(?:per|je|pro|par|por|na)\b)\s*[^\W\d_]{3,12}", re.I
)
#: `kg/Charge (2000 l)`
_BRACKETED_END = late_pattern(r"\s+\([^()]*\)$")
#: A figure of one piece: `Wt per pc`, `Länge je Stk.`
_PER_EACH = late_pattern(
    r"(?P<head>.+?)\s+(?:per|pro|pr|je|par|por|a|na|za|на|за|cho|ต่อ)\.?\s*(?P<each>[^\W\d_]{1,12})\.?",
    re.I,
)
#: Words for what goes into a process.
_INPUT = late_pattern(r"input|consum|usage|verbrauch|einsatz|zuzycie|расход|耗|投入|用量")
#: What such a figure may be; `wt` alone is a share by weight, too.
_OF_EACH = frozenset(("price", "unit_mass", "quantity", "length", "width", "gross_mass"))
#: Words behind a quantity or a mass that say of what: `Menge/Einheit`, `Định mức/sp`.
_TAILS = frozenset(("unit", "thickness", "parent", "name", "description", "id", "line_no"))
#: A column of the components in an export of documents with rows inside: `Qty (Items)`.
_OF_COMPONENTS = late_pattern(
    r"(?P<column>[^()]+?)\s*\((?P<group>items|bom items|components|raw materials|bom lines|"
    r"artikel|articles|artículos|articulos|itens|articoli|pozycje|pozycja|artikelen|mặt hàng|"
    r"物料|项目|項目|品目|품목|子项|子件|明细)\)",
    re.I,
)
#: German compounds: `Putzverlust %`.
_LOST = ("verlust", "ausschuss", "schwund", "verschnitt", "zuschlag")
#: What its technical names are called on the screen.
_FIELDS = {
    "bom_line_ids": "BoM Lines",
    "product_id": "Component",
    "product_tmpl_id": "Product",
    "product_qty": "Quantity",
    "product_uom_id": "Unit of Measure",
    "product_uom": "Unit of Measure",
    "bom_id": "BoM",
    "name": "Name",
}
#: Odoo writes the field of a linked record behind its path: `BoM Lines/Component/Display Name`.
_SHOWN_NAME = late_pattern(
    r"(?P<path>.+/.+|product|component)/\s*(?:display name|complete name)", re.I
)
#: The name or the external id of a unit is the unit: `Unit of Measure/Name`.
_SHOWN = frozenset(("name", "display name", "id", "external id", "nombre", "nom", "bezeichnung"))
#: `Netto m²`, `Brutto m²`: amounts of cloth, leather or board, without a further word.
_NET_OR_GROSS = dict.fromkeys(
    ("net", "nett", "netto", "neto", "netta"), "quantity"
) | dict.fromkeys(("gross", "brutto", "brut", "bruto", "lordo"), "gross_quantity")
_SPREAD = frozenset(("length", "area", "volume"))
_WEIGHED = frozenset(("unit_mass", "line_mass", "gross_mass"))

_EACH = frozenset(
    ("me", "uom", "um", "unit", "pc", "piece", "part", "each", "stuck", "stk", "item", "1", "one")
)


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """What a heading may mean. An unknown one has no meanings and the score 0."""
    if not text or len(text) > MAX_HEADING or "\n\n" in text:
        return Heading(text)
    if means := known_heading(text) or known_heading(text.strip("()[]（）【】 ")):
        return as_unit_allows(text, means, unit_of_word(text), EXACT)
    if composed := _composed(text):
        return composed
    if (apart := spaced(text)) != text:
        return replace(read_heading(apart), text=text)
    bare, unit, rest = split_unit(text)
    letter = (LETTERS | _ROUND).get(fold(bare))
    if letter and unit is not None and dimension(unit) == "length":
        return Heading(text, (letter,), unit, TRIMMED)
    if whose := _NET_OR_GROSS.get(fold(bare)) if unit and dimension(unit) in _SPREAD else None:
        return Heading(text, (whose,), unit, TRIMMED)
    if unit in MASS and TOTAL.fullmatch(fold(bare)):
        return Heading(text, ("line_mass",), unit, TRIMMED)
    if means := known_heading(bare):
        return as_unit_allows(text, means, unit, EXACT if unit else TRIMMED)
    found = _phrase(text, bare, unit, rest)
    if container_in(text) and not _WEIGHED.isdisjoint(found.means[:1]):
        return replace(found, means=("other",))  # what a pallet weighs is no figure of a part
    return found


def spaced(text: str) -> str:
    """The words of a name of a field (`PartNum`, `UOMCode`) with blanks; another text as it is."""
    return _HUMPS.sub(" ", text) if _FIELD_NAME.fullmatch(text) else text


def _phrase(text: str, bare: str, unit: str | None, rest: str) -> Heading:
    """A heading that is no known word: a path, a matter of buying, or one that contains a word."""
    folded = fold(bare)
    if folded.endswith(" #") and known_heading(folded[:-2])[:1] == ("line_no",):
        return Heading(text, ("line_no",), unit, TRIMMED)  # `Layer #`
    if any(map(_BURDEN.search, (folded, fold(text)))) or _ROUTING.search(folded):
        return Heading(text, ("other",), unit, TRIMMED)
    if path := _path(text, bare, unit) or _of_each(text, bare, unit):
        return path
    if _BUYING.search(folded) or _BREAK.search(text) or _MONEY.search(text):
        means: tuple[str, ...] = (
            ("order_quantity",)
            if re.search(r"qty|quantity|menge|数量|수량|数", folded)
            else ("price",)
        )
        return Heading(text, means, unit, CONTAINED)
    if unit == "%" and any(map(_is_lost, folded.split())):
        return Heading(text, ("loss",), unit, CONTAINED)
    if means := meanings_inside(folded, unit):
        return as_unit_allows(text, means, unit, CONTAINED)
    if not bare and unit:
        return Heading(text, meanings_by_unit(unit), unit, CONTAINED)
    if rest and (means := known_heading(rest)):
        return as_unit_allows(text, means, unit, CONTAINED)
    return Heading(text, (), unit, 0.0)


def _is_lost(word: str) -> bool:
    return known_heading(word)[:1] == ("loss",) or word.endswith(_LOST)


def _composed(text: str) -> Heading | None:
    """A heading made of another one: `Qty (Items)`, `Qty per 1000 pcs`; or of a unit: `kg/km`."""
    if shown := _SHOWN_NAME.fullmatch(text):
        return replace(read_heading(shown["path"]), text=text)
    if component := _OF_COMPONENTS.fullmatch(text):
        inner = read_heading(component["column"])
        return replace(inner, text=text, group=fold(component["group"]))
    if field := _field(text):
        return field
    if many := _of_many(text):
        return many
    per = per_of(text)
    if per is not None:
        return Heading(text, meanings_by_unit(per.text), per.text, CONTAINED)
    plain = _BRACKETED_END.sub("", unicodedata.normalize("NFKC", text).strip())
    if one := _OF_ONE.fullmatch(plain):
        unit = unit_of(one["unit"])
        if unit is not None and dimension(unit) in {"mass", "length", "area", "volume"}:
            return Heading(text, ("quantity",), unit, TRIMMED)
    return None


def _field(text: str) -> Heading | None:
    """A technical name of a field, as exports that can be imported again have it
    (`bom_line_ids/product_qty`): read as the heading that a person sees."""
    parts = text.split("/")
    if len(parts) > 4 or _FIELDS.keys().isdisjoint((parts[0], parts[-1])):
        return None
    inner = read_heading("/".join(_FIELDS.get(part, part) for part in parts))
    if parts[0] == "bom_id":
        return Heading(text, ("parent",), None, TRIMMED)
    if parts[-1] in {"id", ".id", "default_code"} and "product_uom" in parts[-2]:
        return Heading(text, ("unit",), None, TRIMMED, inner.group)
    if parts[-1] in {"id", ".id", "default_code"} and inner.means[:1] != ("id",):
        return Heading(text, ("id",), None, TRIMMED, inner.group)
    return replace(inner, text=text)


def _of_many(text: str) -> Heading | None:
    """A quantity or mass for many products: `Qty per 1000 pcs`, `Weight per 1000 pcs (kg)`."""
    many = many_in(text)
    if many is None:
        return None
    inner = read_heading(many.rest) if many.rest else Heading(text, ("quantity",), None, TRIMMED)
    if known_heading(many.rest)[:1] == ("unit",):
        return Heading(text, ("unit",), None, TRIMMED)  # `Unit per tonne of product`
    # `kg/t`, `kg/t Stahl`: in so much of the product, whatever it is called.
    if unit := unit_of(many.rest) or (many.unit in MASS and unit_of(many.rest.split(" ")[0])):
        return Heading(text, ("quantity",), unit, TRIMMED)
    of_process = many.unit in MASS and _INPUT.search(fold(many.rest))
    if of_process and inner.unit is not None and inner.means[:1] != ("price",):
        return Heading(text, ("quantity",), inner.unit, TRIMMED)
    if inner.means[:1] in {("quantity",), ("spec",)}:  # `norma` is a norm of consumption here
        return replace(inner, text=text, means=("quantity",))
    if inner.means[:1] == ("unit_mass",) and inner.unit in MASS and many.unit == "piece":
        return replace(inner, text=text, unit=f"{inner.unit}/{many.amount:g} piece")
    return None


def _path(text: str, bare: str, unit: str | None) -> Heading | None:
    """Headings that name a path, such as `BoM Lines/Quantity` or `inputs/unit/symbol`."""
    parts = [part for part in re.split(r"[/.>|:]", bare) if part.strip()]
    if len(parts) < 2 or any(len(part) > 40 for part in parts):
        return None
    head = known_heading(parts[0])
    if (
        len(parts) == 2
        and head[:1] == ("quantity",)
        and not _TAILS.isdisjoint(known_heading(parts[1])[:1])
    ):
        return Heading(text, head[:1], unit, TRIMMED)
    each = len(parts) == 2 and (fold(parts[1]) in _EACH or unit_of(parts[1]) == "piece")
    if each and not _OF_EACH.isdisjoint(head[:1]):
        return Heading(text, head[:1], unit, TRIMMED)
    group = fold(parts[0])
    if fold(parts[-1]) in _SHOWN and known_heading(parts[-2])[:1] == ("unit",):
        return Heading(text, ("unit",), None, TRIMMED, group if len(parts) > 2 else "")
    for take in (2, 1):
        if len(parts) < take:
            continue
        tail = " ".join(parts[-take:])
        if take == 1 and fold(tail) in {"toy", "unit", "set", "piece", "product", "car", "assy"}:
            break
        if means := known_heading(tail):
            return Heading(text, means, unit, TRIMMED, group)
    if head and head[0] in {"quantity", "unit_mass"} and len(parts) == 2:
        per_product = "line_mass" if head[0] == "unit_mass" else "quantity"
        return Heading(
            text,
            (per_product,),
            unit,
            TRIMMED,
        )
    return None


def _of_each(text: str, bare: str, unit: str | None) -> Heading | None:
    """A figure of one piece: a mass, a length, a price, a quantity."""
    match = _PER_EACH.fullmatch(bare)
    if match is None:
        return None
    if fold(match["each"]) not in _EACH and unit_of(match["each"]) != "piece":
        return None
    means = known_heading(match["head"])
    if unit in MASS and "unit_mass" in means:
        return Heading(text, ("unit_mass",), unit, TRIMMED)
    if not _OF_EACH.isdisjoint(means[:1]):
        return as_unit_allows(text, means[:1], unit, TRIMMED)
    return None
