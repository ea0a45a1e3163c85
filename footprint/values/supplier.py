"""A supplier's own footprint of what he delivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

#: The forms in which suppliers send footprints: one name per form, whatever its version.
SupplierForm = Literal["pact", "certificate", "catena-x", "aas", "ilcd-epd", "openepd", "untp"]


@dataclass(frozen=True, slots=True)
class SupplierPcf:
    """A supplier's footprint per ONE declared unit (`unit`): parts in kg CO2e, by category.

    `parts` are keyed as the inventory's split, and hold the aircraft part. `not_credited` is CO2
    captured or removed (zero or below), which the parts leave out. `mass_kg` is that of one
    declared unit. `primary_data_share` is in percent; `ratings` are technological, geographical and
    temporal. `valid_until` is the last day of validity. `coverage` is the share of mass that the
    document covers. `lacks` is what it says in words that its total lacks, `exempted_percent` what
    its maker left out of it (PACT v3, exemptedEmissionsPercent). `untold` are the parts that it
    leaves out; `note` says that its stated total was taken, which its parts do not make; `question`
    is what the document leaves open about its mass.
    """

    file: str
    hash: str
    kind: SupplierForm
    id: str
    company: str
    product: str
    unit: str
    mass_kg: float | None
    parts: Mapping[str, float]
    gwp_sets: tuple[str, ...]
    valid_until: date | None
    primary_data_share: float | None = None
    ratings: tuple[float, float, float] | None = None
    deprecated: bool = False
    not_credited: float = 0.0
    outbound_logistics: float = 0.0
    coverage: float = 1.0
    lacks: tuple[str, ...] = ()
    exempted_percent: float = 0.0
    untold: tuple[str, ...] = ()
    note: str = ""
    question: str = ""

    @property
    def lacking_share(self) -> float:
        """How much of the figure stands on something that lacks, 0 to 1: all of it where parts are
        missing, what was exempted where that is told as a share."""
        if self.lacks or self.coverage < 1.0:
            return 1.0
        return self.exempted_percent / 100.0
