"""Lists that give each assembly a section of its own, as CAD programs print them: `Sub-Assembly
ROTOR contains:` (Creo), `Bill of Material: ROTOR` (CATIA)."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.model import Reading, ReadLine

_TITLE = late_pattern(
    r"(?:(?:sub-?\s?)?assembly|bill of materials?|(?:unter)?baugruppe|stückliste|nomenclature|"
    r"(?:子)?(?:装配体?|组件)|部件表|物料清单)\s*[:：]?\s+(?P<name>.+?)"
    r"(?:\s+(?:contains|enthält|contient)|\s*包含)?\s*[:：]?",
    re.I,
)


def assembly_named(title: str) -> str:
    """The assembly that the title of a section is about, or ""."""
    match = _TITLE.fullmatch(title.strip())
    return match["name"].strip() if match else ""


def set_section_parents(reading: Reading) -> None:
    """Put the lines of a section below the line that the title of the section names.

    The same assembly may stand on several lines; its parts then belong to the first, as where a
    column names the assembly of each part.
    """
    lines = reading.lines
    by_code: dict[str, ReadLine] = {}
    for line in lines:
        for code in filter(None, (line.texts.get("id"), line.name)):
            by_code.setdefault(code, line)
    moved = []
    for line in lines:
        above = by_code.get(assembly_named(line.section))
        if above is not None and above is not line and above.section != line.section:
            line.parent_row, above.assembly = above.row, True
            moved.append(line.row)
    if moved:
        reading.say("parent", "parent_by_section", moved)
