"""Columns that say what a row is: the product that it belongs to, its parent, its name."""

from __future__ import annotations

from itertools import pairwise

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_above import lists_above
from footprint.reading.column_heads import product_beside_parts, same_in_each_product
from footprint.reading.column_ids import ids_of_all, said_of_all
from footprint.reading.column_numbers import are_codes, counts_up
from footprint.reading.grid import cell_at, text_of
from footprint.reading.materials import material_of
from footprint.reading.vocabulary import fold, row_words

_KINDS_OF_ROWS = ("structure_text", "structure_reference", "structure_phantom", "output")
_WEAK_NAMES = frozenset(("comment", "artikel", "article"))
_LETTERS = late_pattern(r"[^\W\d_]")
#: Where a wire begins and ends, which names no part.
_ENDS_OF_WIRES = frozenset(
    ("from", "to", "von", "nach", "vers", "desde", "hasta", "da", "od", "do", "起点", "终点")
)
_CAS = late_pattern(r"\d{2,7}-\d{2}-\d")


def parents(chooser: Chooser) -> None:
    """A column of parents names ids of the table; otherwise it is the product of the whole list."""
    lists_above(chooser)
    for at in chooser.with_meaning("parent"):
        if chooser.by_user(at) or chooser.documented:
            continue
        if chooser.with_meaning("assemblies"):
            chooser.means[at] = "category"  # how many of it there are stands in the row
            continue
        values = set(chooser.values(at))
        if {fold(one) for one in values} <= row_words("truthy") | row_words("falsy"):
            chooser.means[at] = "other"  # `Assembly` marks what has a list of its own
            continue
        # Parents may be named by name: the tree is then built by names (`set_parents`).
        known = (*chooser.with_meaning("id"), *chooser.with_meaning("name"))
        begins = bool(chooser.sample) and bool(text_of(cell_at(chooser.sample[0], at)))
        if begins and all(values.isdisjoint(chooser.values(one)) for one in known):
            chooser.means[at] = "head"
    _one_for_all(chooser)
    _of_one_variant(chooser)
    if not chooser.with_meaning("head"):
        for at in chooser.with_meaning("head_name"):
            if not chooser.with_meaning("parent"):
                chooser.means[at] = "head"


def _of_one_variant(chooser: Chooser) -> None:
    """A variant that every row names is the one that the list is of; so is an `Alternative` of
    SAP, which is one of several lists of the product."""
    for at in (*chooser.with_meaning("applies_to"), *chooser.with_meaning("alternative")):
        alike = len(set(chooser.values(at))) == 1 and chooser.fill(at) > 0.9
        if alike and len(chooser.values(at)) > 1 and not chooser.by_user(at):
            chooser.means[at] = "other"


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
        weak = chooser.headings[at].score < 1.0 or _is_money(chooser, at)
        if chooser.numeric(at) > 0.9 and weak:
            chooser.means[at] = "unknown"
    said_of_all(chooser)
    product_beside_parts(chooser)
    same_in_each_product(chooser)
    ids_of_all(chooser)
    _codes_called_names(chooser)
    _one_name(chooser)
    _codes_called_material(chooser)
    _materials_called_ids(chooser)
    if not chooser.with_meaning("material"):
        for at in chooser.with_meaning("spec"):
            if "material" in chooser.others(at):
                chooser.means[at] = "material"
                break
    if not chooser.with_meaning("name") and not chooser.documented:
        _stand_in(chooser)


def _is_money(chooser: Chooser, at: int) -> bool:
    """`Wert` is that of a resistor beside its designator, and what parts cost elsewhere."""
    designated = chooser.with_meaning("designators")
    return fold(chooser.headings[at].text) == "wert" and not designated


def _codes_called_names(chooser: Chooser) -> None:
    """`Component` or `Komponente` over codes is the id where another column has the words."""
    if chooser.documented:
        return
    coded = any(map(chooser.values, chooser.with_meaning("id"))) or chooser.with_meaning(
        "designators"
    )
    worded = [
        at
        for at in (*chooser.with_meaning("name"), *chooser.with_meaning("description"))
        if chooser.fill(at) > 0.7 and not are_codes(chooser.values(at))
    ]
    for at in chooser.with_meaning("name"):
        values = chooser.values(at)
        if counts_up(values) and len(chooser.with_meaning("name")) > 1:
            chooser.means[at] = "line_no"
            return
        parents = {one for up in chooser.with_meaning("parent") for one in chooser.values(up)}
        # A part stands on several rows where each names its parent.
        unlike = len(set(values)) >= 0.9 * len(values) or not parents.isdisjoint(values)
        unlike = unlike or _once_in_each_product(chooser, at)
        if worded and unlike and not coded and are_codes(values) and not chooser.by_user(at):
            chooser.means[at] = "id"
            return


def _once_in_each_product(chooser: Chooser, at: int) -> bool:
    """Whether a code stands once in each product of a list of several."""
    heads = chooser.with_meaning("head")
    if not heads:
        return False
    rows = [*zip(chooser.values(heads[0]), chooser.values(at), strict=False)]
    return len(set(rows)) >= 0.9 * len(rows)


def _one_name(chooser: Chooser) -> None:
    by_user = [at for at in chooser.with_meaning("name") if chooser.by_user(at)]
    named = by_user or _without_comments(chooser)
    if len(named) > 1:
        named.sort(key=lambda at: (-round(chooser.fill(at) - chooser.numeric(at), 1), at))
        if not by_user and _repeats(chooser, named[0]):
            # `部件` beside `零件`: the first says what the part belongs to.
            named.sort(key=lambda at: (_repeats(chooser, at), chooser.fill(at) < 0.9))
        for at in named[1:]:
            chooser.means[at] = _second_name(chooser, at)
    if named and not by_user and chooser.fill(named[0]) < 0.4:
        for at in chooser.with_meaning("description"):
            if chooser.fill(at) > 0.7:
                chooser.means[named[0]], chooser.means[at] = "description", "name"
                break


def _second_name(chooser: Chooser, at: int) -> str:
    """What a name beside the name is: `Material name` says what the part is made of."""
    of_material = fold(chooser.headings[at].text).startswith(
        "material"
    ) and not chooser.with_meaning("material")
    return "material" if of_material and not are_codes(chooser.values(at)) else "description"


def _repeats(chooser: Chooser, at: int) -> bool:
    """Whether a column says the same in rows below each other."""
    values = chooser.values(at)
    return sum(one == before for before, one in pairwise(values)) > 0.2 * len(values)


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
    if not chooser.with_meaning("description") and (typed := _types_that_name(chooser)):
        chooser.means[typed] = "name"
        return
    if worded := _unnamed_words(chooser) or _names_called_materials(chooser):
        chooser.means[worded] = "name"
        return
    described = chooser.with_meaning("description")
    for at in described if not chooser.with_meaning("id") else ():
        # `Part` over codes, beside a description in words.
        if len(described) > 1 and are_codes(chooser.values(at)):
            chooser.means[at] = "id"
            break
    # Numbers of substances stand beside the names of these, where the mixture has none of its own.
    named = {at for at in chooser.with_meaning("id") if not _is_of_substances(chooser, at)}
    coded = bool(named)
    for means in (
        "description",
        "spec" if coded else "material",
        "id" if coded else "spec",
        "id",
        "footprint",
        "category",
    ):
        for at in chooser.with_meaning(means):
            values = chooser.values(at)
            if len(values) > 2 and len(set(values)) == 1:
                continue  # what is said of every row names no part
            if chooser.numeric(at) < 0.5 or means == "id":
                chooser.means[at] = "name"
                return


def _names_called_materials(chooser: Chooser) -> int:
    """`Material` that names another thing in every row, few of them substances, beside remarks
    that many rows do not have; or 0."""
    described = max(map(chooser.fill, chooser.with_meaning("description")), default=1.0)
    for at in chooser.with_meaning("material"):
        values = chooser.values(at)
        unlike = len(values) > 3 and len(set(values)) >= 0.9 * len(values)
        known = sum(material_of(one) is not None for one in values)
        fuller = chooser.fill(at) > max(described, 0.9) and not chooser.by_user(at)
        if fuller and unlike and known < 0.5 * len(values) and not are_codes(values):
            return at
    return 0


def _is_of_substances(chooser: Chooser, at: int) -> bool:
    """Whether a column has CAS numbers: `7732-18-5`."""
    values = chooser.values(at)
    return bool(values) and all(map(_CAS.fullmatch, values))


def _types_that_name(chooser: Chooser) -> int:
    """`Part Type` that is another in every row, and none of those of rows, names the part; or 0."""
    kinds = frozenset().union(*map(row_words, _KINDS_OF_ROWS))
    for at in chooser.with_meaning("structure"):
        values = [fold(one) for one in chooser.values(at)]
        unlike = len(values) > 1 and len(set(values)) == len(values) and chooser.fill(at) > 0.7
        if unlike and kinds.isdisjoint(values) and not chooser.by_user(at):
            return at
    return 0


def _unnamed_words(chooser: Chooser) -> int:
    """The first column of an unknown heading that says something else in every row, or 0. It goes
    before a material that many parts share."""
    if chooser.with_meaning("description") or chooser.with_meaning("designators"):
        return 0
    materials = chooser.with_meaning("material")
    said = [one for one in materials if len(set(chooser.values(one))) == len(chooser.values(one))]
    for at in sorted(chooser.with_meaning("unknown")):
        if fold(chooser.headings[at].text).split(" ")[0] in _ENDS_OF_WIRES:
            continue
        if any(one < at for one in said):
            return 0
        values = chooser.values(at)
        unlike = len(set(values)) >= 0.8 * len(values) or _once_in_each_product(chooser, at)
        worded = sum(bool(_LETTERS.search(one)) for one in values) >= 0.8 * len(values)
        if unlike and worded and chooser.fill(at) > 0.7 and chooser.numeric(at) < 0.2:
            return at
    return 0


def _materials_called_ids(chooser: Chooser) -> None:
    """`Material ID` that many parts share names what they are made of, not the part."""
    for at in chooser.with_meaning("id"):
        values = chooser.values(at)
        called = "material" in fold(chooser.headings[at].text) and not chooser.by_user(at)
        shared = len(values) > 3 and len(set(values)) <= 0.7 * len(values)
        shared = shared and not _once_in_each_product(chooser, at)
        named = chooser.with_meaning("name") and not chooser.with_meaning("parent")
        if called and shared and named and not chooser.with_meaning("material"):
            chooser.means[at] = "material"
            return


def _codes_called_material(chooser: Chooser) -> None:
    """In SAP and its kin `Material` is the number of an article, not what it is made of."""
    for at in chooser.with_meaning("material"):
        values = chooser.values(at)
        if counts_up(values) and not chooser.by_user(at):
            chooser.means[at] = "line_no"  # `Mtl` counts the materials of an operation
            continue
        codes = [one for one in values if any(map(str.isdigit, one)) and " " not in one]
        known = sum(material_of(value) is not None for value in values)
        unlike = len(set(values)) >= 0.9 * len(values) and known < 0.3 * len(values)
        called = "material" in fold(chooser.headings[at].text)  # a `Grade` is no number
        unlike = unlike and called and not chooser.with_meaning("id")
        if values and unlike and len(codes) >= 0.8 * len(values):
            chooser.means[at] = "id"
