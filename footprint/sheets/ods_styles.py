"""The styles of an ODS, said in the words of Excel's number formats (OpenDocument 1.3, 16.29)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from footprint.sheets.formats import telling
from footprint.sheets.model import CellTraits
from footprint.sheets.xml import attribute, local, read_sheet_xml


@dataclass(slots=True)
class OdsStyles:
    """Cell styles by name: the format code that each gives, and which strike through."""

    codes: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)

    def mark(self, name: str) -> CellTraits:
        """What cells of the style have to say."""
        return CellTraits(telling(self.codes.get(name, "")), strike=name in self.struck)


def read_ods_styles(*files: bytes | None) -> OdsStyles:
    """The cell styles of `styles.xml` and `content.xml`. Raises what `read_xml` does."""
    data, cells = {}, {}
    for content in files:
        for element in _styles_in(read_sheet_xml(content)) if content else ():
            name = attribute(element, "name")
            kind = local(element.tag)
            if kind == "style" and attribute(element, "family") == "table-cell":
                cells[name] = element
            elif kind.endswith("-style"):
                data[name] = _format_code(element, kind)
    styles = OdsStyles()
    for name in cells:
        chain = _chain(cells, name)
        used = (attribute(element, "data-style-name") for element in chain)
        styles.codes[name] = data.get(next((style for style in used if style), ""), "")
        if any(_is_struck(element) for element in chain):
            styles.struck.add(name)
    return styles


def _styles_in(root: Any) -> list[Any]:
    return [
        element
        for part in root
        if local(part.tag) in {"styles", "automatic-styles"}
        for element in part
        if isinstance(element.tag, str)
    ]


def _chain(cells: dict[str, Any], name: str) -> list[Any]:
    """A style and those that it is made from; a circle ends where it closes."""
    chain: list[Any] = []
    seen: set[str] = set()
    while name in cells and name not in seen:
        seen.add(name)
        chain.append(cells[name])
        name = attribute(cells[name], "parent-style-name")
    return chain


def _is_struck(style: Any) -> bool:
    return any(
        local(child.tag) == "text-properties"
        and attribute(child, "text-line-through-style") not in {"", "none"}
        for child in style
    )


def _format_code(style: Any, kind: str) -> str:
    if kind == "text-style":
        return "@"
    if kind not in {"number-style", "percentage-style", "currency-style"}:
        return ""
    code = ""
    for part in style:
        name = local(part.tag)
        if name == "number":
            code += _digits(part)
        elif name in {"text", "currency-symbol"} and part.text:
            code += part.text if part.text in "% " else '"' + part.text.replace('"', "") + '"'
    return code + "%" if kind == "percentage-style" and "%" not in code else code


def _digits(part: Any) -> str:
    # A hostile style may ask for a billion digits.
    whole, places = (
        min(int(text), 30) if text.isdecimal() else otherwise
        for text, otherwise in (
            (attribute(part, "min-integer-digits"), 1),
            (attribute(part, "decimal-places"), 0),
        )
    )
    return ("0" * whole or "#") + ("." + "0" * places if places else "")
