"""Notes that say for how many products a packaging is: `1 carton for 12 bottles`, `24 pcs/ctn`."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.model import ReadLine
from footprint.reading.vocabulary import fold, row_pattern

_MANY = r"(?:[2-9]|[1-9]\d+)"
_HOLDER = (
    r"(?:ctn|cartons?|kartons?|box|case|pallet|palette|palet|shipper|tray|vpe|caja|cartone|scatola|"
    r"boite|箱|盒|托|ケース|パレット|박스)"
)
_SHARED = late_pattern(
    rf"(?:(?<![a-z])(?:for|per|fur|pro|je|pour|par|para|por|na|every)\s+|每){_MANY}(?![\d.,])"
    r"(?!\s*(?:mm|cm|m\b|kg|g\b|ml|l\b|%|v\b|w\b|years|months|h\b|min|days|colou?rs))"
    rf"|(?<![\d.,]){_MANY}\s*[^\W\d_]{{0,9}}\.?\s*(?:/|(?:per|je|pro|in|a|par|por|na)\s)\s*{_HOLDER}"
    rf"|{_HOLDER}\s*(?:/|入|装)?\s*{_MANY}\s*(?:个|只|件|套|台|瓶|個|入|개)"
)


def is_shared(line: ReadLine, note: str) -> bool:
    """Whether a packaging that is counted whole is one for several products, as its note says."""
    whole = line.quantity is not None and line.quantity >= 1 and line.unit == "piece"
    packs = row_pattern("packaging").search(fold(f"{line.name} {line.texts.get('category', '')}"))
    return bool(whole and packs and _SHARED.search(fold(note)))
