"""Files that people drop in which are no table: recognised by their first bytes, and what to do.

Each is refused with the export to make instead (BOM-032): reading one as a table would find
something, and that would be wrong.
"""

from __future__ import annotations

import re

from footprint.faults import InputRefused, Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults

_CAD = "Export the parts list or BOM table of the assembly as CSV or XLSX, with a mass per part."
_NETLIST = (
    "Export the bill of materials instead: in KiCad, 'Tools > Generate Bill of Materials', or "
    "'kicad-cli sch export bom'."
)
_ECHO = (
    "Write a heading and one row per part with commas between the values, without the word ECHO:, "
    "and save that as .csv."
)
_OFFICE = "Copy its table into a spreadsheet and save that as .xlsx or .csv."
_PICTURE = "Type or copy the table into a spreadsheet and save that as .xlsx or .csv."

#: What a file is, how its bytes begin, and the export to make instead.
_KINDS: tuple[tuple[str, bytes, str], ...] = (
    ("a PDF", rb"%PDF-", "Export the table from the program that made it, as .xlsx or .csv."),
    ("a picture", rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP", _PICTURE),
    ("a STEP model (ISO 10303-21)", rb"\s*ISO-10303-21", _CAD),
    ("an STL mesh", rb"\s*solid [^\n]*\n\s*facet ", _CAD),
    ("an IGES model", rb"[^\n]{72}S\s*1\r?\n", _CAD),
    ("a Parasolid model", rb"\*\*ABCDEFGHIJKLMNOPQRSTUVWXYZ", _CAD),
    ("a DXF drawing", rb"\s*(?:999\r?\n[^\n]*\n\s*)*0\r?\nSECTION\r?\n", _CAD),
    ("a DWG drawing", rb"AC10\d\d", _CAD),
    ("a netlist", rb"\s*(?:<\?xml[^>]*>\s*)?<export\b[^>]*version=|\s*\(export\b", _NETLIST),
    ("a KiCad schematic or board", rb"\s*\(kicad_(?:sch|pcb)\b|EESchema Schematic", _NETLIST),
    ("the echo output of OpenSCAD", rb"(?:(?:WARNING|TRACE|DEPRECATED)[^\n]*\n)*ECHO: ", _ECHO),
    ("a JSON document", rb'\s*(?:\{\s*"|\[\s*[{\[])', "Export the parts list as CSV or XLSX."),
    ("an RTF document", rb"\{\\rtf", _OFFICE),
    ("an archive", rb"7z\xbc\xaf\x27\x1c|Rar!|\x1f\x8b|BZh\d|\xfd7zXZ", "Unpack it first."),
    ("a database", rb"SQLite format 3\0|\0\x01\0\0Standard ", "Export its parts table as .csv."),
)
_BEGINNINGS = [(name, late_pattern(begins, re.DOTALL), hint) for name, begins, hint in _KINDS]
#: How much of a file is looked at.
HEAD = 4096


def refuse_foreign(data: bytes, where: Where) -> None:
    """Raise `InputRefused` (BOM-032) if the bytes are a known kind of file that is no table."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    for name, beginning, hint in _BEGINNINGS:
        if beginning.match(head):
            raise refusal(name, where, hint)
    # A binary STL: 80 bytes of anything, the number of its triangles, 50 bytes for each.
    if len(data) > 84 and len(data) == 84 + 50 * int.from_bytes(data[80:84], "little"):
        raise refusal("an STL mesh", where, _CAD)


#: What a zip holds that is no spreadsheet: a name within, what the file is, what to do.
_WITHIN: tuple[tuple[str, str, str], ...] = (
    (r"word/document\.xml", "a Word document", _OFFICE),
    (r"ppt/presentation\.xml", "a PowerPoint file", _OFFICE),
    (r"visio/document\.xml", "a Visio drawing", _OFFICE),
    (r"Index/.*\.iwa", "a Numbers or Pages file", "Export it as Excel (.xlsx) or CSV."),
    (r"3D/.*\.model", "a 3MF model", _CAD),
    (r"Document\.xml", "a FreeCAD document", _CAD),
)


def foreign_archive(names: list[str], where: Where) -> InputRefused:
    """The refusal (BOM-032) of a zip that holds no spreadsheet."""
    for pattern, name, hint in _WITHIN:
        if any(re.fullmatch(pattern, member) for member in names):
            return refusal(name, where, hint)
    return refusal("an archive without a spreadsheet", where, "Unpack it; give the table in it.")


def refusal(name: str, where: Where, hint: str) -> InputRefused:
    """BOM-032 for a file that is `name`."""
    return faults.FOREIGN.refuse(f"this is {name}, not a table of parts", where, hint)
