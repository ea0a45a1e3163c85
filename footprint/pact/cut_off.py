"""What an imported inventory cut off, as a PACT document has to say it."""

from __future__ import annotations

from footprint.engine import faults as engine_faults
from footprint.engine.result import Footprint


def cut_off_datasets(footprint: Footprint) -> list[str]:
    """The datasets of the result that lack inputs, here or upstream, in their order of lines."""
    code = engine_faults.CUT_OFF_DATASET.code
    found = (p.message.split(" ", 1)[0] for p in footprint.warnings if p.code == code)
    return list(dict.fromkeys(found))


def exemption(footprint: Footprint) -> str | None:
    """The maker's reason, and what an imported inventory cut off."""
    cut = cut_off_datasets(footprint)
    reason = footprint.product.exempted_emissions_description
    if not cut:
        return reason or None
    missing = f"Inputs cut off at the import of the inventory: {', '.join(cut)}."
    return f"{reason} {missing}".strip()
