"""XML of strangers: no document type, no entities, no network, known encodings only.

lxml has no type stubs; elements are `Any` here and in the readers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.member import ImportMember
from footprint.importers.report import Log
from footprint.late_pattern import late_pattern

#: In all of these `<`, `!` and Latin letters are their ASCII bytes, so that the scan below holds.
_ENCODINGS = frozenset(
    b"utf-8 utf8 us-ascii ascii iso-8859-1 iso-8859-15 windows-1252 gb18030 gbk gb2312".split()
)
_DECLARED = late_pattern(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_DOCUMENT_TYPE = late_pattern(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _checked(member: ImportMember) -> bytes:
    data = member.read()
    where = Where(member.name)
    if b"\x00" in data:
        raise faults.ENCODING.refuse("the file holds NUL bytes; XML is read as UTF-8", where)
    declared = _DECLARED.match(data[:400])
    if declared and declared[1].lower() not in _ENCODINGS:
        name = declared[1][:40].decode("ascii", "replace")
        raise faults.ENCODING.refuse(f"the encoding {name!r} is not read", where)
    if _DOCUMENT_TYPE.search(data):
        message = "the file declares a document type or entities, which life-cycle data never needs"
        raise faults.UNSAFE_XML.refuse(message, where)
    return data


def read_xml(member: ImportMember) -> Any:
    """The root element of a file. Raises `InputRefused` (IMP-001 to IMP-005)."""
    data = _checked(member)
    try:
        return etree.fromstring(data, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(member, error) from None


def each_element(member: ImportMember, name: str) -> Iterator[Any]:
    """Each element of this local name, freed after use: a file of 600 processes stays small.

    Raises `InputRefused` (IMP-001 to IMP-005).
    """
    data = _checked(member)
    try:
        for _, element in etree.iterparse(io.BytesIO(data), tag=f"{{*}}{name}", **_SAFE):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(member, error) from None


def _broken(member: ImportMember, error: Exception) -> Exception:
    return faults.UNREADABLE.refuse(f"this is not sound XML: {error}", Where(member.name))


def element_text(element: Any, path: str, default: str = "") -> str:
    """The text of the first element at a path, blanks joined; `*:` paths are written `{*}`."""
    found = element.find(path) if element is not None else None
    return " ".join((found.text or "").split()) if found is not None else default


def text_in_language(element: Any, path: str, language: str) -> str:
    """The text of the first element at a path in a language (`en`, `zh`), or empty."""
    for found in element.iterfind(path):
        given = found.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        if given.lower().split("-")[0] == language:
            return " ".join((found.text or "").split())
    return ""


def unknown_children(
    element: Any, path: str, known: set[str], log: Log, where: Where
) -> tuple[str, ...]:
    """The names of the children at a path that a reader does not know: each is said (IMP-114)."""
    found = []
    for parent in element.iterfind(path):
        for child in parent:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name and name not in known:
                message = f"the element <{name[:60]}> of {(where.column or '')[:80]!r} is not read"
                log.note(faults.NOT_READ_BURDEN, where, message)
                found.append(name)
    return tuple(found)
