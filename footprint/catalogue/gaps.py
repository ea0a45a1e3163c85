"""What becomes of lines that lead to no dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Gaps:
    """Whether lines without a dataset are left out (their products are then `at least`), and
    whether such lines with a mass count by their class of material; else they are refused."""

    allow_gaps: bool = False
    screening: bool = False

    def __bool__(self) -> bool:
        return self.allow_gaps or self.screening

    def told(self) -> dict[str, Any]:
        """What was asked, for a manifest: only what differs from a whole count."""
        asked = {"allow_gaps": self.allow_gaps, "screening": self.screening}
        return {name: True for name, wanted in asked.items() if wanted}


NO_GAPS = Gaps()
