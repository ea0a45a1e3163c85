"""The text of a PDF as a reader takes it that honours `/ActualText` (PDF 32000-1, 14.9.4).

pypdf's own extraction does not, and Thai needs it: one cluster of letters is several glyphs. The
typesetter sets a raised tone mark as a run of its own and names its whole cluster once more; such
an echo is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from label_templates.type.clusters import clusters

_PAIR = re.compile(r"<([0-9A-F]{4})>\s*<([0-9A-F]+)>\s*$", re.MULTILINE)
_THAI_MARKS = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Run:
    """Glyphs in one place: their text, the height of their baseline and their right edge in pt."""

    text: str
    height: float
    right: float


@dataclass(frozen=True)
class _Font:
    letters: dict[int, str]
    widths: dict[int, float]


def squeezed(text: str) -> str:
    """Without blanks and invisible break points: a page may break its lines anywhere."""
    return re.sub(r"[\s\u200b]+", "", text)


def pdf_text(pdf: bytes) -> str:
    """The text of all pages in the order of their content, without blanks."""
    return squeezed("".join(_page_text(page) for page in PdfReader(BytesIO(pdf)).pages))


def pdf_runs(pdf: bytes) -> list[Run]:
    """All runs of glyphs of all pages."""
    return [run for page in PdfReader(BytesIO(pdf)).pages for run in _runs(page)]


def _page_text(page: PageObject) -> str:
    text, height = "", 0.0
    for run in _runs(page):
        raised = run.height != height and len(clusters(run.text)) == 1
        if raised and _THAI_MARKS.search(run.text) and text.endswith(run.text):
            continue
        text, height = text + run.text, run.height
    return text


def _runs(page: PageObject) -> Iterator[Run]:
    fonts = {name: _font(font.get_object()) for name, font in _fonts(page).items()}
    font, size = _Font({}, {}), 0.0
    spans: list[str | None] = []
    said, x, y, right = "", 0.0, 0.0, 0.0
    content = page.get_contents()
    assert isinstance(content, ContentStream)
    for operands, operator in content.operations:
        if operator == b"cm":
            x, y = float(operands[4]), float(operands[5])
        elif operator == b"Tf":
            font, size = fonts[operands[0]], float(operands[1])
        elif operator == b"Tm":
            right = x + float(operands[4])
        elif operator == b"BDC":
            if said:
                yield Run(said, y, right)
            said = ""
            actual = operands[1].get("/ActualText") if isinstance(operands[1], dict) else None
            spans.append(None if actual is None else str(actual))
        elif operator == b"EMC":
            actual = spans.pop() if spans else None
            if actual is not None or said:
                yield Run(said if actual is None else actual, y, right)
            said = ""
        elif operator in (b"Tj", b"TJ"):
            glyphs, width = _shown(operands[0], font)
            said += "".join(font.letters[glyph] for glyph in glyphs)
            right += width * size / 1000


def _fonts(page: PageObject) -> Any:
    resources: Any = page["/Resources"]
    return resources.get("/Font", {})


def _font(font: Any) -> _Font:
    table = font["/ToUnicode"].get_data().decode("latin-1")
    letters = {
        int(glyph, 16): bytes.fromhex(code).decode("utf-16-be")
        for glyph, code in _PAIR.findall(table)
    }
    widths: dict[int, float] = {}
    listed = font["/DescendantFonts"][0].get_object().get("/W", [])
    # Either a first glyph and the widths from there on, or first, last and their common width.
    place = 0
    while place < len(listed):
        first, second = int(listed[place]), listed[place + 1]
        if isinstance(second, list):
            widths |= {first + step: float(width) for step, width in enumerate(second)}
            place += 2
        else:
            common = float(listed[place + 2])
            widths |= dict.fromkeys(range(first, int(second) + 1), common)
            place += 3
    return _Font(letters, widths)


def _shown(operand: Any, font: _Font) -> tuple[list[int], float]:
    """The glyphs of a text operator, and their width in thousandths of the font's size."""
    glyphs: list[int] = []
    width = 0.0
    for part in operand if isinstance(operand, list) else [operand]:
        if hasattr(part, "original_bytes"):
            codes = part.original_bytes
            found = [int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)]
            glyphs += found
            width += sum(font.widths.get(glyph, 1000.0) for glyph in found)
        else:
            width -= float(part)
    return glyphs, width
