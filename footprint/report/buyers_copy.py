"""The copy of a report that goes to a buyer: result, quality and gaps, and no line of it."""

from __future__ import annotations

from dataclasses import replace

from footprint.report.model import FootprintReport


def buyers_copy(report: FootprintReport) -> FootprintReport:
    """The report without lines, hot spots, datasets, suppliers' documents, and messages that name
    lines. What is not covered stays in it, as shares and as codes."""
    return replace(report, lines=(), hot_spots=(), datasets=(), documents=(), notices=())
