"""Workbooks that are written: equal content, equal bytes."""

from __future__ import annotations

import io
import zipfile

from footprint.late_pattern import late_pattern

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = late_pattern(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def without_clock(data: bytes) -> bytes:
    """The same workbook with its moments of creation set to 1980: equal content, equal bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, content)
    return buffer.getvalue()
