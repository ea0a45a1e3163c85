"""Columns that number the rows: numbers, levels, ids that are numbers, designators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_depths import depths
from footprint.reading.designators import are_designators
from footprint.reading.grid import cell_at, is_number, text_of
from footprint.reading.levels import level_of
from footprint.reading.materials import material_of
from footprint.reading.vocabulary import fold

_ITEMS = frozenset(
    (
        *("item", "items", "pos", "position", "artikel", "article", "项目", "項目"),
        *("layer", "layers", "schicht", "lage", "couche", "strato", "capa", "层", "層"),
    )
)
_PLACES = frozenset(("pos", "position", "placement"))
_LETTERS = late_pattern(r"[^\W\d_]")
_DIGIT = late_pattern(r"\d")
_FRACTION = late_pattern(r"\d{1,3}\s*/\s*\d{1,4}")
#: `2 pairs`, `1 or more`: a number and a word or two behind it.
_COUNTED = late_pattern(r"\d+(?:[.,]\d+)?\b.{0,12}")
_DOTTED = late_pattern(r"\d+(?:\.\d+)+\.?")


def are_codes(values: Sequence[str]) -> bool:
    """Whether cells are codes of parts (`MB-BLAU`, `4711`): no blanks, digits or capitals only."""
    codes = [one for one in values if " " not in one and (_DIGIT.search(one) or one.isupper())]
    return bool(values) and len(codes) >= 0.8 * len(values) and any(map(_DIGIT.search, codes))


def numbers_and_levels(chooser: Chooser) -> None:
    """Row numbers, item numbers that form a tree (`1.2.1`), and levels."""
    _worded_items(chooser)
    _levels_in_words(chooser)
    depths(chooser)
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


def _levels_in_words(chooser: Chooser) -> None:
    """`Packaging level` over `Primary`, `Secondary` says of what kind a line is, and not how deep
    it lies."""
    for at in chooser.with_meaning("level"):
        values = chooser.values(at)
        told = any(level_of(one) is not None or not one.isalpha() for one in values)
        if values and not told and all(len(one) > 2 for one in values) and not chooser.by_user(at):
            chooser.means[at] = "category"


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
    return numbers and long and are_codes(values)


def _is_second_number(chooser: Chooser, at: int) -> bool:
    """`Item number` is the id of a part where another column counts the lines."""
    values = chooser.values(at)
    unlike = len(set(values)) > 0.5 * len(values)  # one in all rows is that of the product
    return (
        unlike
        and are_codes(values)
        and any(
            counts_up(chooser.values(one)) for one in chooser.with_meaning("line_no") if one != at
        )
    )


def _worded_items(chooser: Chooser) -> None:
    """`Item` over words is the name of the part, not its number."""
    unnamed = not any(map(chooser.with_meaning, ("name", "description", "material", "id")))
    for at in (*chooser.with_meaning("line_no"), *chooser.with_meaning("id")):
        heading = fold(chooser.headings[at].text)
        named = heading in _ITEMS or heading.endswith(" item") or unnamed
        # `Position` beside the materials of a garment says where each of them is.
        named = named and not (heading in _PLACES and chooser.with_meaning("material"))
        if not named or chooser.by_user(at):
            continue
        values = chooser.values(at)
        words = [one for one in values if _is_word(one) or material_of(one)]
        if values and len(words) >= 0.7 * len(values) and not are_codes(values):
            chooser.means[at] = "name"


def _is_word(text: str) -> bool:
    """Whether a cell is words: mostly letters, three of them at least, of which 电 is more."""
    letters = len(_LETTERS.findall(text))
    return letters >= 0.6 * len(text) and (letters > 2 or (letters > 0 and not text.isascii()))


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
    """Whether cells number the rows: 1, 2, 3 or 10, 20, 30, or in another step: 10000, 20000."""
    whole = [int(value) for value in values if value.isdigit()]
    if len(whole) < 0.7 * len(values) or not whole:
        return False
    steps = [after - before for before, after in pairwise(whole)]
    if len(steps) > 1 and len(whole) == len(values) and {*steps} == {whole[0]}:
        return True
    return whole[0] <= 10 and (
        not steps or sum(step in (0, 1, 10) for step in steps) >= 0.8 * len(steps)
    )


def designators(chooser: Chooser) -> None:
    """A column of reference designators, by its heading or by what stands in it."""
    labels = set()
    for at in chooser.with_meaning("designators"):
        if not are_designators(chooser.values(at)) or _count_otherwise(chooser, at):
            chooser.means[at] = _instead_of_designators(chooser, at)
            labels.add(at)
    if chooser.with_meaning("designators"):
        return
    for at, means in chooser.means.items():
        values = chooser.values(at)
        free = means in {"unknown", "note", "other", "share"} and at not in labels
        # Eagle heads them with `Part`, and names the parts in another column.
        free = free or (means == "description" and bool(chooser.with_meaning("name")))
        free = free or (means == "name" and len(chooser.with_meaning("name")) > 1)
        if free and len(values) >= 3 and are_designators(values) and _is_electronic(values):
            chooser.means[at] = "designators"
            return


def _count_otherwise(chooser: Chooser, at: int) -> bool:
    """Whether one code stands in each row, whatever the quantity: `P2` of twelve screws."""
    quantity = chooser.with_meaning("quantity")
    if not quantity or any(re.search(r"[,;+\s-]", one) for one in chooser.values(at)):
        return False
    columns = quantity[0], at
    rows = [[text_of(cell_at(row, one)) for one in columns] for row in chooser.sample]
    many = [code for count, code in rows if code and re.fullmatch(r"0*([2-9]|[1-9]\d+)", count)]
    return len(many) >= 3 or len(many) >= 0.4 * len(chooser.values(at)) > 0


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


def numbers_called_units(chooser: Chooser) -> None:
    """`Uds.` or `Units` above numbers is the quantity; beside one, numbers are no units, though
    `1000` may be one."""
    has = chooser.with_meaning("quantity") or chooser.with_meaning("designators")
    for at in chooser.with_meaning("unit"):
        if chooser.by_user(at) or not _are_numbers(chooser.values(at)):
            continue
        if not has:
            chooser.means[at], has = "quantity", [at]
            many = any(re.fullmatch(r"0*(?:[2-9]|[1-9]\d+)", one) for one in chooser.values(at))
            if many and " per " in f"{fold(chooser.headings[at].text)} ":
                # So many of them in a pack, or so many products to one of them?
                chooser.doubts.append(("quantity", (chooser.shown[at],)))
        elif set(chooser.values(at)) - {"100", "1000"}:
            chooser.means[at] = "unknown"


def _are_numbers(values: Sequence[str]) -> bool:
    """Whether nearly all cells are numbers or parts of one, such as `1/6`."""
    numbers = [one for one in values if is_number(one) or _FRACTION.fullmatch(one)]
    return bool(values) and len(numbers) >= 0.8 * len(values)


def share_of_numbers(chooser: Chooser, at: int) -> float:
    """The share of cells that are numbers; some may have a word behind where most have none."""
    bare, values = chooser.numeric(at), chooser.values(at)
    if not 0.5 <= bare < 0.8:
        return bare
    return sum(bool(_COUNTED.fullmatch(one)) for one in values) / len(values)
