"""The share of clean electricity that a product's own lines name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from footprint.units import UnitError, convert
from footprint.values.power import power_source


@dataclass(frozen=True, slots=True)
class CleanEnergy:
    """Electricity of a product's lines in kWh per declared unit: all, clean, and nuclear. What is
    bought from the grid counts as not clean, whatever its mix: that needs a contract."""

    kwh: float
    clean_kwh: float
    nuclear_kwh: float

    @property
    def share(self) -> float | None:
        """Clean power of all, 0 to 1; None where no line names electricity."""
        return self.clean_kwh / self.kwh if self.kwh > 0 else None


def clean_energy_of(document: Mapping[str, Any]) -> CleanEnergy:
    """What the lines of a footprint document say about electricity."""
    found = {"kwh": 0.0, "clean_kwh": 0.0, "nuclear_kwh": 0.0}
    for line in document["contributions"]:
        source = power_source(line["dataset"])
        if source is None or line["quantity"] < 0:
            continue
        try:
            kwh = convert(line["quantity"], line["unit"], "kWh")
        except UnitError:
            continue
        found["kwh"] += kwh
        if source != "other":
            found[f"{source}_kwh"] += kwh
    return CleanEnergy(**found)
