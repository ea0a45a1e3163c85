"""The door of the room: what kind of file the bytes are, whatever its name says."""

from __future__ import annotations

from footprint.faults import Where
from footprint.printable import unprintable
from footprint.sheets import faults
from footprint.sheets.archive import member_names
from footprint.sheets.encoding import decode
from footprint.sheets.foreign import HEAD, foreign_archive, refusal, refuse_foreign
from footprint.sheets.json_table import is_json, read_json
from footprint.sheets.limits import MAX_BYTES
from footprint.sheets.model import Book
from footprint.sheets.spreadsheet_xml import is_spreadsheet_xml, read_spreadsheet_xml
from footprint.sheets.text import read_text
from footprint.sheets.web_archive import is_web_archive, read_web_archive
from footprint.sheets.webpage import is_webpage, read_webpage
from footprint.sheets.xml_list import is_xml, read_xml_list

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The names of streams in an OLE file, as its directory has them.
_ENCRYPTED, _WORKBOOK, _BOOK = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book")
)


def open_book(data: bytes, filename: str) -> Book:
    """The sheets of a CSV, TSV, TXT, XLSX, XLSM, XLS, ODS, JSON, XML Spreadsheet or XML file.

    The kind is told by the content. Raises `InputRefused`: BOM-001 (cannot be read), 002 (the
    encoding cannot be told), 003 (empty), 024 (too large), 032 (no table; export one instead).
    """
    where = Where(filename)
    book = _open(data, where)
    _refuse_unprintable(book, where)
    return book


def _refuse_unprintable(book: Book, where: Where) -> None:
    """Control characters and half characters are in no part's name; they act on terminals, and
    not every database keeps them."""
    for sheet in book.sheets:
        texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str)]
        if not unprintable("".join(texts)):
            continue
        for at, row in enumerate(sheet.rows, start=1):
            for cell in row:
                if isinstance(cell, str) and (character := unprintable(cell)):
                    place = Where(where.file, at)
                    message = f"a cell holds the control character {character}"
                    raise faults.ENCODING.refuse(message, place, "Delete it.")


def _open(data: bytes, where: Where) -> Book:
    if len(data) > MAX_BYTES:
        raise faults.TOO_LARGE.refuse(f"it has more than {MAX_BYTES:,} bytes", where)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise faults.EMPTY.refuse("the file is empty", where)
    if data[:4] == b"PK\x03\x04":
        return _open_archive(data, where)
    if data[:8] == _OLE:
        return _open_ole(data, where)
    if data[:2] == b"\x09\x08" or data[:4] in {b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"}:
        message = "this is a workbook of an Excel before 1997"
        raise faults.UNREADABLE.refuse(message, where, "Save it as .xlsx or .csv.")
    if is_json(data):
        return read_json(data, where)
    return _open_text(data, where)


def _open_text(data: bytes, where: Where) -> Book:
    if is_web_archive(data[:HEAD]):
        return read_web_archive(data, where)
    if not is_spreadsheet_xml(data[:HEAD]):
        refuse_foreign(data, where)
    decoded = decode(data, where)
    head = decoded.text[:HEAD].encode(errors="replace")
    if is_spreadsheet_xml(head):
        return read_spreadsheet_xml(decoded, where)
    if head != data[:HEAD]:
        refuse_foreign(head, where)
    if is_webpage(decoded.text):
        return read_webpage(decoded, where)
    if is_xml(decoded.text):
        return read_xml_list(decoded, where)
    return read_text(decoded, where)


def _open_archive(data: bytes, where: Where) -> Book:
    names = member_names(data, where)
    lower = {name.lower().replace("\\", "/") for name in names}
    if "xl/workbook.bin" in lower:
        message = "this is a binary workbook (.xlsb)"
        raise faults.UNREADABLE.refuse(message, where, "Save it as .xlsx or .csv.")
    if any("workbook" in name and name.endswith(".xml") for name in lower):
        from footprint.sheets.xlsx import read_xlsx

        return read_xlsx(data, where)
    if "content.xml" in lower:
        from footprint.sheets.ods import read_ods

        return read_ods(data, where)
    raise foreign_archive(names, where)


def _open_ole(data: bytes, where: Where) -> Book:
    from footprint.sheets.xls import protected, read_xls

    if _ENCRYPTED in data:
        raise protected(where)
    if _WORKBOOK not in data and _BOOK not in data:
        hint = "Export the parts list as .xlsx or .csv."
        raise refusal("an old Office document or a CAD model", where, hint)
    return read_xls(data, where)
