"""A drawing as one self-contained SVG document with live text, a title and a description."""

from __future__ import annotations

from label_templates.drawing.shapes import RED, Code, Drawing, Step, rounded
from label_templates.environment import environment
from label_templates.type.fonts import FALLBACK_FAMILY, families


def drawing_svg(drawing: Drawing, family: str, lang: str = "") -> str:
    """The drawing for viewers that set its text in the first font of `family` that they have.

    Places are written with two decimals.
    """
    template = environment().get_template("drawing.svg.j2")
    return template.render(
        drawing=drawing,
        family=family,
        lang=lang,
        mark_colour=RED,
        path_data=_path_data,
        code_data=_code_data,
        n=_number,
    )


def screen_families(language: str) -> str:
    """The fonts of a picture on a screen: those that the PDF embeds, then those of viewers."""
    embedded = [name for name in families(language) if name != FALLBACK_FAMILY]
    return ", ".join((*embedded, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"))


def _number(value: float) -> str:
    return f"{rounded(value) + 0.0:g}"


def _path_data(steps: tuple[Step, ...]) -> str:
    return "".join(kind + " ".join(map(_number, place)) for kind, place in steps)


def _code_data(code: Code) -> str:
    """The dark modules, one unit a module."""
    return "".join(f"M{x} {y}h{run}v1h-{run}z" for x, y, run in code.runs)
