"""Shared strings of an XLSX of which some text is struck through.

Values come without their character formats: 10 struck out and 12 beside it arrive as 1012.
"""

from __future__ import annotations

from footprint.sheets.xml import walk_xml


def struck_strings(data: bytes | None) -> frozenset[int]:
    """The numbers of the strings in `sharedStrings.xml` of which a part is struck through."""
    if not data or b"strike" not in data:
        return frozenset()
    struck = set()
    at = -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal at
        if tag == "si":
            at += 1
        elif tag == "strike" and attributes.get("val") not in {"0", "false"}:
            struck.add(at)

    walk_xml(data, start, lambda _tag: None, lambda _text: None)
    return frozenset(struck)
