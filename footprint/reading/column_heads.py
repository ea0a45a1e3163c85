"""Columns that say in every row which product the part belongs to, beside the part."""

from __future__ import annotations

from itertools import groupby
from typing import Literal

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_numbers import are_codes
from footprint.reading.headings import spaced
from footprint.reading.vocabulary import fold, folded_words, row_words

#: What products are called where parts stand beside them, alone or with a word of `_KINDS`.
_PRODUCTS = folded_words(
    "product|products|menu item|dish|recipe|finished product|finished good|finished goods|fg|"
    "end product|end item|"
    "final product|parent product|product variant|sku|style|variant|"
    "产品|成品|产成品|款号|產品|製品|제품|"
    "produkt|erzeugnis|endprodukt|fertigerzeugnis|produit|produit fini|prodotto|"
    "prodotto finito|"
    "producto|producto terminado|produto|produto acabado|wyrob|urun|изделие|продукт|san pham|"
    "produk"
)
_KINDS = late_pattern(
    r" ?(?:id|code|name|number|no|nr|nummer|ref|sku|codigo|nombre|nome|codice|nom|"
    r"bezeichnung|kod|kodu|nazwa|adi|код|ma|ten)$|(?:编码|编号|名称|代码|型号|番号|コード|名|코드|번호)$"
)
#: Families of which one list has several: only where each has the same parts.
_FAMILIES = folded_words(
    "family|product family|model|model no|series|class|size class|机型|型号|系列|机种|機種|"
    "モデル|모델|modell|baureihe|modele|gamme|modello|serie|modelo|serie"
)
#: Lists of which one file has several, by their number or name: `Production BOM No.`
_LISTS = folded_words(
    "bom|production bom|bill of material|bill of materials|stuckliste|nomenclature|"
    "distinta base|lista de materiales|物料清单|清单|部品表"
)
#: Lists of SAP and its kin number the product `Material` and its parts `Component`; others call
#: the product's number a code or a part number, too.
_NUMBERED = folded_words(
    "material|material number|parent material|header material|code|item|item code|item no|"
    "item number|part num|part no|part number|artikel|artikelnummer|article|codigo|codice|"
    "part|articulo|articolo|kod|编码|物料编码|料号"
)
_PARTS = folded_words(
    "component|component number|bom component|component id|component code|komponente|composant|"
    "componente|组件|子件|子项|mtl part num|component part num|component item"
)
#: Of those kinds, the ones that name a product; the others are its code.
_NAMED = late_pattern(r" (?:name|nombre|nome|nom|bezeichnung|nazwa|adi|ten)$|(?:名称|名)$")
#: What numbers of parts are called beside numbers of products: `dish_id, ingredient_id`.
_INSIDE = folded_words(
    "component|part|ingredient|material|raw material|item|child|komponente|teil|zutat|rohstoff|"
    "composant|ingrediente|componente|materiale|组件|零件|材料|原料|物料|部品|자재|부품"
)
_PER_ONE = late_pattern(r" (?:per|pro|je|par|por) (?P<of>[^\W\d_]{4,})$")
_MAY_BE = frozenset(
    ("name", "id", "line_no", "description", "unknown", "category", "spec", "applies_to")
)


def product_heading(text: str) -> Literal["", "code", "name"]:
    """Whether a heading is the code or the name of the product that a part belongs to."""
    words = _words(text)
    if not _of_products(words):
        return ""
    return "name" if _NAMED.search(words) else "code"


def _of_products(words: str) -> bool:
    """Whether folded words are one for products, alone or with words of `_KINDS`."""
    kind = _KINDS.sub("", words)
    return words in _PRODUCTS or kind in _PRODUCTS or _KINDS.sub("", kind.rstrip(" /")) in _PRODUCTS


def names_a_product(heading: str) -> bool:
    """Whether a heading is a word for products: `Producto`, `Finished good`."""
    return _words(heading) in _PRODUCTS


def product_beside_parts(chooser: Chooser) -> None:
    """`Product` beside `Component`, `Product ID` beside `Material`, `Material` beside `Component`
    over numbers: the first says what the part belongs to; several products are not one."""
    taken = ("head", "parent", "level", "head_name", "assemblies")
    if chooser.documented or any(map(chooser.with_meaning, taken)):
        return
    of_what = _of_what(chooser)
    for at, heading in chooser.headings.items():
        words = _words(heading.text)
        kind = _KINDS.sub("", words)
        if words in _LISTS and chooser.means.get(at) == "material":
            chooser.means[at] = "unknown"  # `Bill of Materials` says in which list a part is
        listed = kind in _LISTS and (kind != words or _are_names(chooser.values(at)))
        named = _of_products(words) or listed
        if named and _may_be(chooser, at) and _repeats(chooser, at):
            chooser.means[at] = "head"
            _names_of_products(chooser, at)
            return
        of_one = bool(of_what) and words.startswith(of_what) and _may_be(chooser, at)
        of_one = of_one and chooser.numeric(at) < 0.5  # a number of cartons is no product
        if (of_one and _repeats(chooser, at)) or (
            words in _NUMBERED and _over_components(chooser, at)
        ):
            chooser.means[at] = "head"
            return
    for at, heading in chooser.headings.items():
        family = _words(heading.text) in _FAMILIES and _may_be(chooser, at)
        if family and _same_parts_in_each(chooser, at):
            chooser.means[at] = "head"
            return


def _are_names(values: list[str]) -> bool:
    """Whether all cells are names or codes with letters, and no answers (`Yes`)."""
    said = {fold(one) for one in values}
    plain = said.isdisjoint(row_words("truthy") | row_words("falsy"))
    return plain and all(len(one) > 2 and any(map(str.isalpha, one)) for one in said)


def same_in_each_product(chooser: Chooser) -> None:
    """`BakedGoodID` beside `RecipeID` says the same of all parts of a product: it names none."""
    heads = chooser.with_meaning("head")
    if len(heads) != 1 or chooser.documented:
        return
    products = chooser.values(heads[0])
    if len(products) < 2 * len(set(products)) or chooser.fill(heads[0]) < 0.9:
        return
    for at in (*chooser.with_meaning("name"), *chooser.with_meaning("id")):
        values = chooser.values(at)
        pairs = set(zip(products, values, strict=False))
        if chooser.fill(at) > 0.9 and len(pairs) == len(set(products)) and not chooser.by_user(at):
            chooser.means[at] = "other"


def _of_what(chooser: Chooser) -> str:
    """What the heading of the quantities says that they are of: `robot` in `Qty per robot`."""
    for at in chooser.with_meaning("quantity"):
        if match := _PER_ONE.search(_words(chooser.headings[at].text)):
            return match["of"]
    return ""


def _words(heading: str) -> str:
    return fold(spaced(heading))


def _names_of_products(chooser: Chooser, head: int) -> None:
    """`Product name` beside `Product code` names the product, and `BOM name` its list: no part."""
    # Beside `BOM number` both stand: the name is taken, whichever comes first.
    named_so = {at: bool(_NAMED.search(_words(one.text))) for at, one in chooser.headings.items()}
    for at, heading in sorted(chooser.headings.items(), key=lambda one: not named_so[one[0]]):
        words = _words(heading.text)
        kind = _KINDS.sub("", words)
        named = _of_products(words)
        free = _may_be(chooser, at) or (named_so[at] and chooser.means.get(at) == "other")
        if at == head or not (named or kind in _LISTS) or not free or chooser.by_user(at):
            continue
        both = zip(chooser.values(head), chooser.values(at), strict=False)
        if chooser.fill(at) > 0.9 and len({*both}) == len({*chooser.values(head)}):
            first = named and not chooser.with_meaning("head_name")
            chooser.means[at] = "head_name" if first else "other"


def _may_be(chooser: Chooser, at: int) -> bool:
    return chooser.means.get(at) in _MAY_BE and not chooser.by_user(at)


def _part_columns(chooser: Chooser, but: int) -> list[int]:
    named = next(filter(None, map(chooser.with_meaning, ("name", "description", "id"))), [])
    columns = [*named, *chooser.with_meaning("material")]
    words = {at: _words(one.text) for at, one in chooser.headings.items()}
    columns += [at for at, one in words.items() if one in _PARTS]
    if _KINDS.sub("", words[but]) != words[but]:  # a number, as those of the parts are
        kinds = {at: _KINDS.sub("", one) for at, one in words.items()}
        columns += [at for at, one in kinds.items() if one != words[at] and one in _INSIDE]
    return [at for at in dict.fromkeys(columns) if at != but]


def _repeats(chooser: Chooser, at: int) -> bool:
    """Whether a column says the same in rows below each other, or of half of all rows, where
    another column says what the parts are."""
    values = chooser.values(at)
    distinct = set(values)
    if len(distinct) == len(values) or chooser.fill(at) < 0.9:
        return False
    blocks = sum(1 for _ in groupby(values))
    together = blocks == len(distinct) or len(distinct) <= len(values) / 2
    parts = map(chooser.values, _part_columns(chooser, at))
    pairs = (set(zip(values, part, strict=False)) for part in parts)
    return together and any(len(both) > len(distinct) for both in pairs)


def _over_components(chooser: Chooser, at: int) -> bool:
    """Whether numbers called `Material` stand in blocks beside numbers called `Component`."""
    beside = [one for one, found in chooser.headings.items() if _words(found.text) in _PARTS]
    if not beside or chooser.by_user(at) or not are_codes(chooser.values(at)):
        return False
    return are_codes(chooser.values(beside[0])) and _repeats(chooser, at)


def _same_parts_in_each(chooser: Chooser, at: int) -> bool:
    """Whether each block of a column has the same parts, other than the masses of them."""
    names = [one for one in chooser.with_meaning("name") if one != at]
    values = chooser.values(at)
    if not names or chooser.fill(at) < 0.9 or len(chooser.values(names[0])) != len(values):
        return False
    rows = zip(values, chooser.values(names[0]), strict=True)
    blocks = [[name for _, name in block] for _, block in groupby(rows, key=lambda row: row[0])]
    same = len({tuple(sorted(block)) for block in blocks}) == 1
    return same and len(blocks) > 1 and len(blocks[0]) > 1 and len(blocks) == len(set(values))
