"""Reports drawn again from a bundle: what a report that came along must be, byte by byte."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, get_args

from footprint.late_pattern import late_pattern
from footprint.proof.bundle import Bundle
from footprint.report.build import footprint_report
from footprint.study import calculated
from footprint.uncertainty.simulate import add_uncertainty

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory

_DAY = late_pattern(rb"20\d\d-\d\d-\d\d")
#: A report names its own day first; further ones are those of periods and sources.
_DAYS = 2


def reports_again(
    bundle: Bundle, inventory: CompiledInventory, data: bytes, suffix: str
) -> Iterator[bytes]:
    """Every report of the bundle that a file of these bytes could be: each language, with and
    without the interval, dated as the file says.

    Raises `InputRefused` where the bundle's files cannot be read.
    """
    from label_templates.report.forms import rendered
    from label_templates.report.words import ReportLanguage

    form = suffix.removeprefix(".")
    inputs = bundle.inputs()
    bom = inputs.read()
    plain = calculated(bom, inputs, inventory)
    for interval in (False, True):
        result = add_uncertainty(plain, inventory) if interval else plain
        for day, language in product(_days(data, suffix), get_args(ReportLanguage)):
            report = footprint_report(result, bom, inventory, day)
            yield rendered(report, result, form, language)


def _days(data: bytes, suffix: str) -> list[date]:
    """The days that the file may be dated with."""
    if suffix == ".pdf":
        return _pdf_day(data)
    if suffix == ".xlsx":
        from footprint.sheets.archive import BROKEN_ZIP

        try:
            from zipfile import ZipFile

            with ZipFile(io.BytesIO(data)) as archive:
                shared = [one for one in archive.infolist() if one.file_size < 50_000_000]
                texts = [archive.read(one) for one in shared if one.filename.endswith(".xml")]
        except BROKEN_ZIP:
            return []
        data = b"\n".join(texts)
    found = dict.fromkeys(one.decode() for one in _DAY.findall(data))
    return [day for text in [*found][:_DAYS] if (day := _date(text)) is not None]


def _pdf_day(data: bytes) -> list[date]:
    """The day of making, as the PDF states it of itself."""
    stated = re.search(rb"<xmp:CreateDate>(20\d\d-\d\d-\d\d)", data)
    found = _date(stated[1].decode()) if stated else None
    return [] if found is None else [found]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
