"""Areas of boxes and boards from their printed dimensions, in m2.

A dimension without a unit is millimetres, as drawings have it; `cm` or 厘米 anywhere in the group
makes it centimetres.
"""

from __future__ import annotations

from collections.abc import Mapping

from footprint.late_pattern import late_pattern

_N = r"(\d+(?:\.\d+)?)\s*(mm|cm|毫米|厘米)?"
_BOX = late_pattern(rf"(?<![\d.a-z]){_N}\s*[x]\s*{_N}\s*[x]\s*{_N}")
_FLAT = late_pattern(rf"(?<![\d.a-z]){_N}\s*[x]\s*{_N}(?!\s*x)")
_LAYERS = late_pattern(r"(?<!\d)(\d{1,2})\s?-?\s?(?:layers?|l(?![a-z])|ply|层|plies)")
#: Width of the glue flap of a slotted box, m (35 mm; FEFCO leaves it to the maker).
_FLAP = 0.035
_WORDS = {
    3: ("single wall", "single-wall", "单瓦", "三层"),
    5: ("double wall", "double-wall", "双瓦", "五层"),
}
_SIDES = {1: ("single-sided", "single sided", "单面"), 2: ("double-sided", "double sided", "双面")}


def carton_area(text: str) -> float | None:
    """Board of a slotted box (FEFCO 0201), m2: (2 (L + W) + flap) x (W + H)."""
    match = _BOX.search(text)
    if match is None:
        return None
    length, width, height = (side * 1e-3 for side in _millimetres(match.groups()))
    return (2 * (length + width) + _FLAP) * (width + height)


def flat_area(text: str) -> float | None:
    """Area of a board, label or sheet of length x width (x thickness), m2."""
    match = _BOX.search(text) or _FLAT.search(text)
    if match is None:
        return None
    sides = sorted(_millimetres(match.groups()), reverse=True)
    return sides[0] * sides[1] * 1e-6


def carton_layers(text: str) -> int | None:
    """3, 5 or 7 plies, if the text says so."""
    return _counted(text, _WORDS)


def board_layers(text: str) -> int | None:
    """Copper layers, if the text says so."""
    return _counted(text, _SIDES)


def _counted(text: str, words: Mapping[int, tuple[str, ...]]) -> int | None:
    match = _LAYERS.search(text)
    if match:
        return int(match[1])
    return next((n for n, said in words.items() if any(word in text for word in said)), None)


def _millimetres(groups: tuple[str | None, ...]) -> list[float]:
    numbers = [float(value) for value in groups[::2] if value is not None]
    units = {unit for unit in groups[1::2] if unit}
    return [n * (10.0 if units & {"cm", "厘米"} else 1.0) for n in numbers]
