"""How what a process burdens is divided between its products."""

from __future__ import annotations

from enum import StrEnum


class ProductSplit(StrEnum):
    """How a process with several products is split."""

    REFUSE = "refuse"
    AS_GIVEN = "as-given"
    MASS = "mass"
    ECONOMIC = "economic"
    REFERENCE = "reference"
