"""What an imported inventory cut off, as a PACT document has to say it."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.engine import faults as engine_faults
from footprint.engine.completeness import SCREENING_SHARE
from footprint.faults import Problem, Where
from footprint.pact import faults
from footprint.values.result import Footprint


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


def uncovered(footprint: Footprint, screening: bool) -> Iterator[Problem]:
    """What keeps an incomplete result from being exchanged: gaps always; inputs that an import cut
    off, until the maker says how much that exempts (their share is not known from the inventory,
    and it is not 0); a screening result unless it is asked for."""
    whole, coverage = footprint.completeness, footprint.coverage
    screened = whole.screening_result or whole.screening_lines
    gaps = any(problem.code == engine_faults.GAP.code for problem in footprint.warnings)
    if screened and not gaps:
        if not screening:
            hint = "Give data for the lines that ENG-021 names, or ask for it by --screening."
            if whole.unlisted_mass_share > SCREENING_SHARE:
                share = f"{whole.unlisted_mass_share:.1%}"
                hint = (
                    f"{share} of the product's mass is in no line: add what is missing, correct "
                    "the mass, or ask for it by --screening."
                )
            yield faults.SCREENING.at(Where(), "this is a screening result", hint)
        return
    cut = cut_off_datasets(footprint)
    if coverage.lines >= 1 and coverage.mass >= 1:
        return
    if cut and not gaps and footprint.product.exempted_emissions_percent:
        return
    hint = ""
    message = f"only {100 * coverage.lines:.1f} % of lines are covered"
    if cut:
        message += f"; inputs were cut off at the import of {', '.join(cut[:5])}"
        hint = "State the share that this exempts: # exempted_emissions_percent: ... (above 0)"
    yield faults.INCOMPLETE.at(Where(), message, hint)
