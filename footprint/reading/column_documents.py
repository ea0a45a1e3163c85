"""Exports of documents with rows inside: `BoM Lines/Component`, `Qty (Items)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser

_PATHS = frozenset(
    (
        *("bom lines", "bom line", "inputs", "components", "component", "lines", "items"),
        *("bom items", "raw materials", "子项", "子件", "明细"),
        *("artikel", "articles", "articulos", "itens", "articoli", "pozycje", "pozycja"),
        *("artikelen", "mat hang", "物料", "项目", "項目", "品目", "품목"),
    )
)
_ROW_ID = late_pattern(r"id\s*\(", re.I)


def groups_inside(chooser: Chooser, paths: Mapping[int, str]) -> set[str]:
    """The groups of columns that are of the rows inside: by their name, or by what they hold."""
    counted = Counter(paths.values())
    known = {group for group, count in counted.items() if group in _PATHS and count > 1}
    return known or _rows_inside(chooser, paths)


def _rows_inside(chooser: Chooser, paths: Mapping[int, str]) -> set[str]:
    """The one group of columns that have the parts and their quantities, in any language, beside
    the quantity of the product (`Cantidad, Líneas de LdM/Componente, Líneas de LdM/Cantidad`)."""
    said: dict[str, set[str]] = {}
    for at, heading in chooser.headings.items():
        said.setdefault(paths.get(at, ""), set()).update(heading.means[:1])
    found = {
        group
        for group, means in said.items()
        if group and "quantity" in means and means & {"name", "id"}
    }
    alone = len(found) == 1 and len(said) == 2 and "quantity" in said.get("", set())
    return found if alone else set()


def numbers_of_rows(chooser: Chooser, columns: list[int]) -> None:
    """ERPNext prints the number of each row of its database: `ID (Items)`, beside the code."""
    ids = [at for at in columns if chooser.means[at] == "id" and not chooser.by_user(at)]
    for at in ids if len(ids) > 1 else ():
        if _ROW_ID.match(chooser.headings[at].text):
            chooser.means[at] = "other"
