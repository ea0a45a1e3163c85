#!/usr/bin/env bash
# fpdf2 2.8.9: an SVG label of 50 x 25 mm is drawn 141.7 x 70.9 mm large, or 50 inches wide.
#
# Expected: an SVG whose width is "50mm" is 50 mm wide on paper where no other size is asked for, as CairoSVG and svglib
# make it. The document has a unit of its own (mm unless told otherwise), for the numbers of its caller.
# Happens: the size of the picture is brought to points (141.73) and these are taken as a number of units of the
# document: 141.7 mm. With unit="in" the same picture is 141.7 inches wide, and only with unit="pt" it is right. The
# factor is 72/25.4 = 2.83, and what is drawn fits on a sheet of A4. With width= it is as wide as that says.
# Matters: labels are drawn to a size: the law sets least heights of letters, and a QR code has a module that a
# scanner needs. A label that is made as SVG and put on a page as it is does not fit its place.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fpdf2==2.8.9 svglib==2.3.2
cd "$work"
cat > label.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="25mm" viewBox="0 0 100 50">
  <rect x="0" y="0" width="100" height="50" fill="#224466"/>
</svg>
SVG
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from fpdf import FPDF
from svglib.svglib import svg2rlg

PER_UNIT = {"mm": 1.0, "in": 25.4, "pt": 25.4 / 72}


def drawn(unit, **asked):
    document = FPDF(unit=unit, format=(500 / PER_UNIT[unit], 500 / PER_UNIT[unit]))
    document.add_page()
    placed = document.image("label.svg", **asked)
    return tuple(round(side * PER_UNIT[unit], 1) for side in (placed.rendered_width, placed.rendered_height))


other = svg2rlg("label.svg")
sizes = {unit: drawn(unit) for unit in ("mm", "in", "pt")}
print("fpdf2", version("fpdf2"), "svglib", version("svglib"))
print("a label of 50 x 25 mm is, in mm, in documents of these units:", sizes)
print("asked for w=50 in mm:", drawn("mm", w=50))
print("svglib, in mm:", tuple(round(side * 25.4 / 72, 1) for side in (other.width, other.height)))
as_seen = sizes["mm"] == (141.7, 70.9) and sizes["pt"] == (50.0, 25.0) and drawn("mm", w=50) == (50.0, 25.0)
sys.exit(0 if as_seen and round(sizes["in"][0] / 25.4, 1) == 141.7 else 1)
PY
