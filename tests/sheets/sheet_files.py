"""Files made in code: workbooks by openpyxl and xlwt, ODS and raw XLSX from their XML."""

from __future__ import annotations

import io
import zipfile

import xlwt
from openpyxl import Workbook

CALC = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)


def xlsx(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return out.getvalue()


def ods(tables: str, styles: str = "") -> bytes:
    """An ODS of the given `table:table` elements and automatic styles."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{CALC}"/>'
        "</manifest:manifest>"
    )
    return archive({"mimetype": CALC, "content.xml": content, "META-INF/manifest.xml": manifest})


def raw_xlsx(sheet: str, strings: str = "") -> bytes:
    """An XLSX whose one sheet is the given XML: what other writers than openpyxl make."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet"}
    parts |= {"sharedStrings": "sharedStrings"} if strings else {}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{types}{kind}+xml"/>'
        for name, kind in parts.items()
    )

    def relation(number: int, kind: str, target: str) -> str:
        return f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'

    def relations(*entries: str) -> str:
        return f'<Relationships xmlns="{package}/relationships">{"".join(entries)}</Relationships>'

    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            *([relation(2, "sharedStrings", "sharedStrings.xml")] if strings else []),
        ),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Parts" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet.replace("<worksheet", f'<worksheet xmlns="{main}"'),
    }
    if strings:
        members["xl/sharedStrings.xml"] = strings.replace("<sst", f'<sst xmlns="{main}"')
    return archive(members)
