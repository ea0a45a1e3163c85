"""The styles of an XLSX: what the style number of a cell says about the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from footprint.sheets.formats import BUILT_IN, telling
from footprint.sheets.model import CellTraits
from footprint.sheets.xml import attribute, local, read_sheet_xml


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: the mark of its cells (None: nothing), and its format code."""

    mark: CellTraits | None
    code: str


def read_styles(data: bytes | None) -> list[Style]:
    """The cell formats (`cellXfs`) of `styles.xml`, in order. Raises what `read_xml` does."""
    if not data:
        return []
    parts = {local(child.tag): child for child in read_sheet_xml(data)}
    codes = dict(BUILT_IN)
    for entry in parts.get("numFmts", ()):
        codes[_number(entry, "numFmtId")] = attribute(entry, "formatCode")
    struck = [_is_struck(font) for font in parts.get("fonts", ())]
    return [_style(xf, codes, struck) for xf in parts.get("cellXfs", ())]


def _is_struck(font: Any) -> bool:
    return any(
        local(child.tag) == "strike" and attribute(child, "val") not in {"0", "false"}
        for child in font
    )


def _style(xf: Any, codes: dict[int, str], struck: list[bool]) -> Style:
    code = codes.get(_number(xf, "numFmtId"), "")
    font = _number(xf, "fontId")
    indent = next((_number(child, "indent") for child in xf if local(child.tag) == "alignment"), 0)
    mark = CellTraits(telling(code), strike=font < len(struck) and struck[font], indent=indent)
    return Style(mark if mark != CellTraits() else None, code)


def _number(element: Any, name: str) -> int:
    text = attribute(element, name)
    return int(text) if text.isdecimal() else 0
