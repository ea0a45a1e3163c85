"""Columns that say what a row is: numbers, levels, ids, parents, designators, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from footprint.reading.chooser import Chooser
from footprint.reading.designators import are_designators
from footprint.reading.grid import cell_at, text_of
from footprint.reading.materials import material_of
from footprint.reading.vocabulary import fold

_WEAK_NAMES = frozenset(("comment", "artikel", "article"))
_ITEMS = frozenset(("item", "items", "pos", "position", "artikel", "article", "项目", "項目"))
_PRODUCTS = frozenset(
    """
    product|finished product|finished good|finished goods|fg|产品|产品名称|成品|成品名称|產品|製品|
    製品名|제품|제품명|produkt|erzeugnis|endprodukt|produit|produit fini|prodotto|producto|
    produto|wyrob
    """.replace("\n    ", "").split("|")
)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_DOTTED = re.compile(r"\d+(?:\.\d+)+\.?")


def numbers_and_levels(chooser: Chooser) -> None:
    """Row numbers, item numbers that form a tree (`1.2.1`), and levels."""
    _worded_items(chooser)
    for at in chooser.with_meaning("line_no"):
        if not chooser.by_user(at):
            _number_or_level(chooser, at)
    if not chooser.with_meaning("level") and not chooser.with_meaning("parent"):
        first = [at for at in chooser.with_meaning("unknown") if at == 1]
        for at in (*chooser.with_meaning("id"), *first):
            if not chooser.by_user(at) and _is_tree(chooser.values(at)):
                chooser.means[at] = "level"
                break
    if chooser.with_meaning("parent") and not chooser.with_meaning("id"):
        _numbers_as_ids(chooser)


def _number_or_level(chooser: Chooser, at: int) -> None:
    values = chooser.values(at)
    if not chooser.with_meaning("level") and _is_tree(values):
        chooser.means[at] = "level"
    elif (
        not counts_up(values)
        and not chooser.with_meaning("id")
        and (
            _are_long_codes(chooser, at)
            or "id" in chooser.others(at)
            or _is_second_number(chooser, at)
        )
    ):
        chooser.means[at] = "id"


def _are_long_codes(chooser: Chooser, at: int) -> bool:
    """`Item number` above `110-0005` or `M0001` says which part it is."""
    values = chooser.values(at)
    long = sum(len(one) > 4 for one in values) >= 0.8 * len(values)
    heading = fold(chooser.headings[at].text)
    numbers = "number" in heading or heading in {"no", "nr", "nummer", "n"}
    return numbers and long and _are_codes(values)


def _is_second_number(chooser: Chooser, at: int) -> bool:
    """`Item number` is the id of a part where another column counts the lines."""
    return _are_codes(chooser.values(at)) and any(
        counts_up(chooser.values(one)) for one in chooser.with_meaning("line_no") if one != at
    )


def _worded_items(chooser: Chooser) -> None:
    """`Item` over words is the name of the part, not its number."""
    for at in (*chooser.with_meaning("line_no"), *chooser.with_meaning("id")):
        if fold(chooser.headings[at].text) not in _ITEMS or chooser.by_user(at):
            continue
        values = chooser.values(at)
        words = [one for one in values if len(_LETTERS.findall(one)) >= max(3, 0.6 * len(one))]
        if values and len(words) >= 0.7 * len(values) and not _are_codes(values):
            chooser.means[at] = "name"


def _numbers_as_ids(chooser: Chooser) -> None:
    """Where parents name row numbers, these are the ids."""
    parents = {value for at in chooser.with_meaning("parent") for value in chooser.values(at)}
    for at in chooser.with_meaning("line_no"):
        if parents & set(chooser.values(at)):
            chooser.means[at] = "id"
            return


def _is_tree(values: Sequence[str]) -> bool:
    """Whether item numbers form a tree: some have dots, and what they lie under exists."""
    dotted = [value.rstrip(".") for value in values if _DOTTED.fullmatch(value)]
    known = {value.rstrip(".") for value in values}
    under = sum(value.rsplit(".", 1)[0] in known for value in dotted)
    real = [value for value in dotted if not value.endswith(".0")]
    unlike = len(set(values)) >= 0.9 * len(values)
    return bool(real) and unlike and under >= 0.5 * len(dotted)


def counts_up(values: Sequence[str]) -> bool:
    """Whether cells number the rows: 1, 2, 3 or 10, 20, 30."""
    whole = [int(value) for value in values if value.isdigit()]
    if len(whole) < 0.7 * len(values) or not whole:
        return False
    steps = [after - before for before, after in pairwise(whole)]
    return whole[0] <= 10 and (
        not steps or sum(step in (0, 1, 10) for step in steps) >= 0.8 * len(steps)
    )


def designators(chooser: Chooser) -> None:
    """A column of reference designators, by its heading or by what stands in it."""
    for at in chooser.with_meaning("designators"):
        if not are_designators(chooser.values(at)) or _count_otherwise(chooser, at):
            chooser.means[at] = _instead_of_designators(chooser, at)
    if chooser.with_meaning("designators"):
        return
    for at, means in chooser.means.items():
        values = chooser.values(at)
        free = means in {"unknown", "note", "other", "share"}
        # Eagle heads them with `Part`, and names the parts in another column.
        free = free or (means == "description" and bool(chooser.with_meaning("name")))
        if free and len(values) >= 3 and are_designators(values) and _is_electronic(values):
            chooser.means[at] = "designators"
            return


def _count_otherwise(chooser: Chooser, at: int) -> bool:
    """Whether one code stands in each row, whatever the quantity: `P2` of twelve screws."""
    quantity = chooser.with_meaning("quantity")
    if not quantity or any(re.search(r"[,;\s-]", one) for one in chooser.values(at)):
        return False
    counts = [one for one in chooser.values(quantity[0]) if re.fullmatch(r"\d+", one)]
    return sum(int(one) > 1 for one in counts) >= 0.4 * len(chooser.values(at)) > 0


def _instead_of_designators(chooser: Chooser, at: int) -> str:
    """What a column called `Reference` or `Repère` is that holds no designators."""
    values = chooser.values(at)
    if _is_tree(values) and not chooser.with_meaning("level"):
        return "level"
    if counts_up(values):
        return "line_no"
    return "other" if chooser.with_meaning("id") else "id"


def _is_electronic(values: Iterable[str]) -> bool:
    heads = {match[0].upper() for value in values if (match := re.match(r"[A-Za-z]+", value))}
    return len(heads & {"R", "C", "U", "D", "L", "Q", "J", "IC", "LED", "X", "Y", "SW", "F"}) >= 2


def parents(chooser: Chooser) -> None:
    """A column of parents names ids of the table; otherwise it is the product of the whole list."""
    for at in chooser.with_meaning("parent"):
        if chooser.by_user(at) or chooser.documented:
            continue
        values = set(chooser.values(at))
        # Parents may be named by name: the tree is then built by names (`set_parents`).
        known = (*chooser.with_meaning("id"), *chooser.with_meaning("name"))
        begins = bool(chooser.sample) and bool(text_of(cell_at(chooser.sample[0], at)))
        if begins and all(values.isdisjoint(chooser.values(one)) for one in known):
            chooser.means[at] = "head"
    _one_for_all(chooser)
    if not chooser.with_meaning("head"):
        for at in chooser.with_meaning("head_name"):
            chooser.means[at] = "other" if chooser.with_meaning("parent") else "head"


def _one_for_all(chooser: Chooser) -> None:
    """`Item` that says one code in every row is the product where another column has the parts."""
    if chooser.with_meaning("head") or chooser.with_meaning("parent"):
        return
    for at in chooser.with_meaning("line_no"):
        values = chooser.values(at)
        same = len(values) > 1 and len(set(values)) == 1 and chooser.fill(at) > 0.9
        if same and not values[0].isdigit() and not chooser.by_user(at):
            chooser.means[at] = "head"
            return


def names(chooser: Chooser) -> None:
    """One column is the name; the others that could be say more about the part."""
    for at in chooser.with_meaning("name"):
        # Words such as `product` stand in headings of numbers, too: `kg per t product`.
        if chooser.numeric(at) > 0.9 and chooser.headings[at].score < 1.0:
            chooser.means[at] = "unknown"
    _product_beside_parts(chooser)
    _codes_called_names(chooser)
    _one_name(chooser)
    _codes_called_material(chooser)
    if not chooser.with_meaning("material"):
        for at in chooser.with_meaning("spec"):
            if "material" in chooser.others(at):
                chooser.means[at] = "material"
                break
    if not chooser.with_meaning("name") and not chooser.documented:
        _stand_in(chooser)


def _product_beside_parts(chooser: Chooser) -> None:
    """`Product` beside `Component` says in every row what the part belongs to."""
    named = [at for at in chooser.with_meaning("name") if not chooser.by_user(at)]
    taken = ("head", "parent", "level", "head_name")
    if len(named) < 2 or chooser.documented or any(map(chooser.with_meaning, taken)):
        return
    first, values = named[0], chooser.values(named[0])
    blocks = 1 + sum(one != before for before, one in pairwise(values))
    together = len(values) > 1 and blocks == len(set(values)) < len(values)
    pairs = (set(zip(values, chooser.values(at), strict=False)) for at in named[1:])
    other = any(len(both) > len(set(values)) for both in pairs)
    if fold(chooser.headings[first].text) in _PRODUCTS and together and other:
        chooser.means[first] = "head"


def _are_codes(values: Sequence[str]) -> bool:
    """Whether cells are codes of parts (`MB-BLAU`, `4711`): no blanks, digits or capitals only."""
    codes = [one for one in values if " " not in one and (_DIGIT.search(one) or one.isupper())]
    return bool(values) and len(codes) >= 0.8 * len(values) and any(map(_DIGIT.search, codes))


def _codes_called_names(chooser: Chooser) -> None:
    """`Component` or `Komponente` over codes is the id where another column has the words."""
    if chooser.documented:
        return
    coded = chooser.with_meaning("id") or chooser.with_meaning("designators")
    worded = [
        at
        for at in (*chooser.with_meaning("name"), *chooser.with_meaning("description"))
        if chooser.fill(at) > 0.7 and not _are_codes(chooser.values(at))
    ]
    for at in chooser.with_meaning("name"):
        values = chooser.values(at)
        if counts_up(values) and len(chooser.with_meaning("name")) > 1:
            chooser.means[at] = "line_no"
            return
        parents = {one for up in chooser.with_meaning("parent") for one in chooser.values(up)}
        # A part stands on several rows where each names its parent.
        unlike = len(set(values)) >= 0.9 * len(values) or not parents.isdisjoint(values)
        if worded and unlike and not coded and _are_codes(values) and not chooser.by_user(at):
            chooser.means[at] = "id"
            return


def _one_name(chooser: Chooser) -> None:
    by_user = [at for at in chooser.with_meaning("name") if chooser.by_user(at)]
    named = by_user or _without_comments(chooser)
    if len(named) > 1:
        named.sort(key=lambda at: (-round(chooser.fill(at) - chooser.numeric(at), 1), at))
        for at in named[1:]:
            chooser.means[at] = "description"
    if named and not by_user and chooser.fill(named[0]) < 0.4:
        for at in chooser.with_meaning("description"):
            if chooser.fill(at) > 0.7:
                chooser.means[named[0]], chooser.means[at] = "description", "name"
                break


def _without_comments(chooser: Chooser) -> list[int]:
    """`Comment` is the name in lists of electronics, a note where another column is."""
    named = chooser.with_meaning("name")
    weak = [at for at in named if fold(chooser.headings[at].text) in _WEAK_NAMES]
    if len(named) <= max(1, len(weak)):
        return named
    for at in weak:
        comment = "comment" in fold(chooser.headings[at].text)
        chooser.means[at] = "note" if comment else "description"
    return [at for at in named if at not in weak]


def _stand_in(chooser: Chooser) -> None:
    """Where no heading means a name, the column that tells most about the part is it."""
    if worded := _unnamed_words(chooser):
        chooser.means[worded] = "name"
        return
    described = chooser.with_meaning("description")
    for at in described if not chooser.with_meaning("id") else ():
        # `Part` over codes, beside a description in words.
        if len(described) > 1 and _are_codes(chooser.values(at)):
            chooser.means[at] = "id"
            break
    coded = bool(chooser.with_meaning("id"))
    for means in (
        "description",
        "spec" if coded else "material",
        "id" if coded else "spec",
        "id",
        "footprint",
        "category",
    ):
        for at in chooser.with_meaning(means):
            if chooser.numeric(at) < 0.5 or means == "id":
                chooser.means[at] = "name"
                return


def _unnamed_words(chooser: Chooser) -> int:
    """The first column of an unknown heading that says something else in every row, or 0. It goes
    before a material that many parts share."""
    if chooser.with_meaning("description") or chooser.with_meaning("designators"):
        return 0
    materials = chooser.with_meaning("material")
    said = [one for one in materials if len(set(chooser.values(one))) == len(chooser.values(one))]
    for at in sorted(chooser.with_meaning("unknown")):
        if any(one < at for one in said):
            return 0
        values = chooser.values(at)
        unlike = len(set(values)) >= 0.8 * len(values)
        worded = sum(bool(_LETTERS.search(one)) for one in values) >= 0.8 * len(values)
        if unlike and worded and chooser.fill(at) > 0.7 and chooser.numeric(at) < 0.2:
            return at
    return 0


def _codes_called_material(chooser: Chooser) -> None:
    """In SAP and its kin `Material` is the number of an article, not what it is made of."""
    for at in chooser.with_meaning("material"):
        values = chooser.values(at)
        codes = [one for one in values if any(map(str.isdigit, one)) and " " not in one]
        known = sum(material_of(value) is not None for value in values)
        unlike = len(set(values)) >= 0.9 * len(values) and known < 0.3 * len(values)
        called = "material" in fold(chooser.headings[at].text)  # a `Grade` is no number
        unlike = unlike and called and not chooser.with_meaning("id")
        if values and unlike and len(codes) >= 0.8 * len(values):
            chooser.means[at] = "id"
