"""A web archive (MHTML, RFC 2557): how SAP and Excel save a table as one web page."""

from __future__ import annotations

import re

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.encoding import Decoded, decode
from footprint.sheets.limits import MAX_SHEETS
from footprint.sheets.model import Book, Sheet
from footprint.sheets.webpage import page_sheets

_BEGINS = late_pattern(rb"(?i)\s*MIME-Version:.{0,600}multipart/related", re.DOTALL)


def is_web_archive(head: bytes) -> bool:
    """Whether a file begins as a web archive."""
    return bool(_BEGINS.match(head))


def read_web_archive(data: bytes, where: Where) -> Book:
    """The tables of all pages in an archive. Raises `InputRefused` (BOM-001, 002, 003, 024)."""
    import email  # noqa: PLC0415  tables are seldom web archives
    import email.policy  # noqa: PLC0415

    archive = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    sheets: list[Sheet] = []
    encoding = ""
    for part in archive.walk():
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content.strip():
            continue
        page = _decoded(content, str(part.get_content_charset() or ""), where)
        encoding = encoding or page.encoding
        sheets += page_sheets(page, where)
    if not sheets:
        raise faults.EMPTY.refuse("the web archive has no table", where)
    return Book("xls", tuple(sheets[:MAX_SHEETS]), encoding, quirks=("html_table",))


def _decoded(content: bytes, charset: str, where: Where) -> Decoded:
    """The text of a page in the encoding that its part states, or else by evidence."""
    try:
        return Decoded(content.decode(charset), charset) if charset else decode(content, where)
    except (LookupError, UnicodeDecodeError):
        return decode(content, where)
