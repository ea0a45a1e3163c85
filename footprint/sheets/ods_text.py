"""The text of an ODS cell, with the line breaks and tabs that calamine 0.9.1 joins without a gap.

It gives `5<text:line-break/>6` as 56, and the reading aid of Japanese text as part of the text.
"""

from __future__ import annotations

#: What stands in a cell and is not its text: comments, drawings, reading aids (OpenDocument 1.3).
_BESIDE = {"annotation", "frame", "shapes", "ruby-text"}
_BREAKS = {"line-break": "\n", "tab": "\t"}


class CellText:
    """Collects the text of one cell. `special` if it has what calamine does not give as it is."""

    def __init__(self) -> None:
        self.special = False
        self._paragraphs: list[str] = []
        self._inside = self._beside = 0

    @property
    def shown(self) -> str:
        """The text; paragraphs are lines."""
        return "\n".join(self._paragraphs)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element within the cell begins."""
        if tag in _BESIDE:
            self._beside += 1
            self.special = self.special or tag == "ruby-text"
        elif self._beside:
            return
        elif tag in {"p", "h"}:
            self._inside += 1
            self._paragraphs.append("")
        elif tag in _BREAKS:
            self.special = True
            self.add(_BREAKS[tag])
        elif tag == "s":
            count = attributes.get("c", "1")
            # A hostile file may ask for a billion blanks.
            self.add(" " * min(int(count) if count.isdecimal() else 1, 1000))

    def add(self, text: str) -> None:
        """Text within the cell; what stands outside of paragraphs is layout of the XML."""
        if self._inside and not self._beside:
            self._paragraphs[-1] += text

    def end(self, tag: str) -> None:
        """An element within the cell ends."""
        if tag in _BESIDE:
            self._beside -= 1
        elif tag in {"p", "h"} and not self._beside:
            self._inside -= 1
