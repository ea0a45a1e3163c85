"""What a user says about his file: columns, unit, sheet, variant, decimal mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Answers given in advance. Empty or None means that the file is asked.

    `columns` maps a heading to a meaning and a unit (`{"Gewicht": ("unit_mass", "g")}`), `unit` is
    that of lines without one, `base` the number of products that the quantities are for. `rows` are
    rows of this very file that are lines, whatever they look like.
    """

    columns: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    unit: str = ""
    sheet: str | None = None
    header_row: int | None = None
    variant: str = ""
    product: str = ""
    decimal: Literal["", ".", ","] = ""
    base: float | None = None
    mass_unit: str = ""
    length_unit: str = ""
    loss: Literal["", "percent", "share"] = ""
    name: str = ""
    rows: tuple[int, ...] = ()
