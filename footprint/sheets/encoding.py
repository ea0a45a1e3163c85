"""Bytes to text: the encoding is told by evidence, and asked for where that is not enough."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import inf

from footprint.faults import Where
from footprint.sheets import faults
from footprint.sheets.evidence import CODECS, evidence

_HINT = "Save it as 'CSV UTF-8'."
#: How much of the text is weighed; and by how much the best encoding has to be likelier than the
#: next one that reads the text otherwise: e^3, twenty to one.
_WEIGHED, _MARGIN = 40_000, 3.0
#: What a text of ASCII may hold: all but control characters that divide no lines or columns.
_ASCII = bytes([*range(0x20, 0x7F), *b"\t\r\n\x0b\x0c\x1a"])
_NAMES = {
    "gb18030": "GB18030 (simplified Chinese)",
    "big5": "Big5 (traditional Chinese)",
    "shift_jis": "Shift-JIS (Japanese)",
    "euc_kr": "EUC-KR (Korean)",
    "cp1252": "Windows-1252 (western Europe)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp874": "Windows-874 (Thai)",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and whether that was told by evidence alone."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, where: Where) -> Decoded:
    """The text of a file. Raises `InputRefused` (BOM-002)."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _unicode(data, "utf-16", where)
    if data[:3] == b"\xef\xbb\xbf":
        return _unicode(data, "utf-8-sig", where)
    if _is_utf16_without_mark(data):
        return _unicode(data, _utf16_without_mark(data), where)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"), where)
    except UnicodeDecodeError as error:
        _refuse_damaged(data, error, where)
    return _checked(_by_evidence(data, where), where)


def _unicode(data: bytes, encoding: str, where: Where) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = _line_of(data, error.start)
        message = f"the text is not sound {encoding.removesuffix('-sig').upper()}"
        raise faults.ENCODING.refuse(message, Where(where.file, row), _HINT) from None
    return _checked(Decoded(text, encoding.removesuffix("-sig")), where)


def _is_utf16_without_mark(data: bytes) -> bool:
    """A NUL or two in a text of UTF-8 is damage; UTF-16 has one in every separator and line end."""
    zeros = data.count(0)
    if zeros * 10 > len(data):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return zeros > 0
    return False


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 without its mark: separators and line ends are ASCII, so every other byte is zero."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _line_of(data: bytes, position: int) -> int:
    return data[:position].count(b"\n") + 1


def _refuse_damaged(data: bytes, error: UnicodeDecodeError, where: Where) -> None:
    """UTF-8 in which a few bytes are wrong is damaged UTF-8, and no text in another encoding."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(1 for char in text if char > "\x7f") - wrong
    # Two legacy bytes in a row are sound UTF-8 by chance in some 3 of 100 cases.
    if right > 4 * wrong:
        row = _line_of(data, error.start)
        message = "the text is UTF-8, but some bytes in it are damaged"
        raise faults.ENCODING.refuse(message, Where(where.file, row), _HINT)


def _by_evidence(data: bytes, where: Where) -> Decoded:
    found: list[tuple[float, str, str]] = []
    for encoding, codec in CODECS.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((evidence(_foreign_part(data, codec), encoding), encoding, text))
    found = [entry for entry in found if entry[0] > -inf and _fault_of(entry[2]) is None]
    if not found:
        message = "the text is in none of the encodings that are read here"
        raise faults.ENCODING.refuse(message, where, _HINT)
    found.sort(reverse=True)
    best, encoding, text = found[0]
    for score, other, otherwise in found[1:]:
        if otherwise != text and score > best - _MARGIN:
            line, one, two = _first_difference(text, otherwise)
            message = f"the text may be {_NAMES[encoding]} or {_NAMES[other]}: {one!r} or {two!r}"
            raise faults.ENCODING.refuse(message, Where(where.file, line), _HINT)
    return Decoded(text, encoding, guessed=True)


def _foreign_part(data: bytes, codec: str) -> str:
    """The lines that have other than ASCII in them, up to a limit; the same for every codec."""
    lines, size = [], 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _WEIGHED:
                break
    return b"\n".join(lines).decode(codec, errors="replace")


def _first_difference(text: str, otherwise: str) -> tuple[int, str, str]:
    lines = zip(text.splitlines(), otherwise.splitlines(), strict=False)
    for number, (one, two) in enumerate(lines, start=1):
        if one != two:
            return number, one[:40], two[:40]
    return 1, text[:40], otherwise[:40]


def _checked(decoded: Decoded, where: Where) -> Decoded:
    fault = _fault_of(decoded.text)
    if fault:
        says, position = fault
        row = decoded.text[:position].count("\n") + 1
        raise faults.ENCODING.refuse(f"the text holds {says}", Where(where.file, row), _HINT)
    return decoded


def _fault_of(text: str) -> tuple[str, int] | None:
    """Characters that no text has, and where the first stands: a sign that the encoding is wrong,
    or the file is no text."""
    if text.isascii() and not text.encode().translate(None, _ASCII):
        return None
    found: list[tuple[int, str]] = []
    for char in set(text):
        kind = unicodedata.category(char)
        if kind == "Cc" and char not in "\t\r\n\x0b\x0c\x1a\x85":
            found.append((text.index(char), "NUL or control characters"))
        if kind in {"Co", "Cn"}:
            found.append((text.index(char), "private-use or unassigned characters"))
    if not found:
        return None
    position, says = min(found)
    return says, position
