"""The section of a conductor from what a list says of it: mm2 or AWG."""

from __future__ import annotations

import math
import re

from footprint.late_pattern import late_pattern

_AWG = late_pattern(r"awg\s*(?P<gauge>\d{1,2})|(?P<again>\d{1,2})\s*awg", re.I)
_SQUARE = late_pattern(r"(?P<area>\d+(?:[.,]\d+)?)\s*(?:mm2|mm²|sqmm|qmm)", re.I)


def section_mm2(text: str) -> float | None:
    """Cross-section of a conductor in mm2 from `2.5 mm²` or `AWG 22`; None if the text has neither.

    AWG: d = 0.127 mm x 92^((36 - n) / 39) (ASTM B258-18, 5.1), solid conductor.
    """
    folded = text.replace("²", "2")
    if match := _SQUARE.search(folded):
        return float(match["area"].replace(",", "."))
    if match := _AWG.search(folded):
        gauge = int(match["gauge"] or match["again"])
        diameter = 0.127 * 92 ** ((36 - gauge) / 39)
        return float(math.pi / 4 * diameter**2)
    return None
