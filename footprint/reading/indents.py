"""Trees that only the names show: by dots, hyphens or blanks before them."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.roots import leave_product_out

#: `..Housing`, `-- Lens`, `>> Screw`, `|__ Nut`: signs before a word, with or without a blank.
_MARKED = late_pattern(r"(?P<marks>([.\-–·•>+*_|└├─ ])\2*[.\-–·•>+*_|└├─ ]*)(?=[^\W_])")
_SIGNS = frozenset(".-–·•>+*_|└├─")


def indent_by_marks(builder: Builder) -> bool:
    """Take signs before the names as their depth, and off the names, where the first name has
    none, and others have different numbers of them; whether that is so."""
    lines = builder.reading.lines
    if builder.reading.documented or len(lines) < 3 or not lines[0].name[:1].isalnum():
        return False
    if not any(line.name[:1] in _SIGNS for line in lines):
        return False
    found = {line.row: match for line in lines if (match := _MARKED.match(line.name))}
    depths = {row: len(match["marks"].rstrip()) for row, match in found.items()}
    if len(set(depths.values())) < 2 or len({match["marks"][0] for match in found.values()}) > 1:
        return False  # one sign on all of them is a bullet
    for line in lines:
        if match := found.get(line.row):
            line.name = line.name[match.end() :]
            line.texts["name"] = line.name
    builder.indents.update(depths)
    return True


def leave_indented_root_out(builder: Builder) -> None:
    """The first name, which is the only one that is not indented, is the product."""
    lines, indents = builder.reading.lines, builder.indents
    depths = [indents.get(line.row, 0) for line in lines]
    if builder.reading.documented or len(set(depths)) < 2 or depths.count(min(depths)) != 1:
        return
    if depths[0] == min(depths) and lines[0].quantity in (None, 1.0):
        leave_product_out(builder)
