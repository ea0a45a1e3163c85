"""The claim of a decision document, with its texts cleaned as all that is printed."""

from __future__ import annotations

from footprint.certificates.intake import Intake
from footprint.values.claim import Claim, ClaimComparison, ClaimedCredits

_DECIDED = {"letter", "probability"}
_MARGINS = {"supported", "within-uncertainty", "not-stated"}


def claim_from(read: Intake) -> Claim:
    """The claim as a certificate carries it; what is wrong with it joins the other problems."""
    return Claim(
        comparisons=tuple(_comparison(node) for node in read.mappings("comparisons")),
        credits=tuple(_credits(node) for node in read.mappings("credits")),
        tonnes=read.text("tonnes", optional=True),
        needed=read.text("needed", optional=True),
        units=read.text("units", optional=True),
        period_start=read.text("period_start", optional=True),
        period_end=read.text("period_end", optional=True),
        says=read.text("says"),
        says_zh=read.text("says_zh"),
    )


def _comparison(node: Intake) -> ClaimComparison:
    return ClaimComparison(
        reference=node.text("reference"),
        value=node.text("value"),
        per=node.text("per"),
        lower_by=node.text("lower_by"),
        at_least=node.text("at_least"),
        strict=node.flag("strict"),
        day=node.text("day", optional=True),
        group=node.text("group", optional=True),
        source=node.text("source", optional=True),
        margin=node.one_of("margin", _MARGINS),  # type: ignore[arg-type]
        decided_by=node.one_of("decided_by", _DECIDED),  # type: ignore[arg-type]
        probability=node.text("probability", optional=True),
        draws=int(node.number("draws")),
        says=node.text("says"),
        says_zh=node.text("says_zh"),
    )


def _credits(node: Intake) -> ClaimedCredits:
    return ClaimedCredits(
        tonnes=node.text("tonnes"),
        programme=node.text("programme", optional=True),
        registry=node.text("registry", optional=True),
        serial=node.text("serial", optional=True),
        vintage=node.text("vintage", optional=True),
        retired_on=node.text("retired_on", optional=True),
    )
