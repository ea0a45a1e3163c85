"""What the register says about a certificate today: the one thing that is not signed into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: States a reader can meet. `draft`: genuine, but marked as not for use when it was made.
#: `invalid`: a check failed that a genuine certificate passes, so nothing that it says counts.
State = Literal[
    "issued", "not_yet_valid", "suspended", "revoked", "expired", "superseded", "draft", "invalid"
]


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """The state at `asked_at`; since when and why, if it changed; the number that replaces it."""

    state: State
    asked_at: datetime
    since: datetime | None = None
    reason: str = ""
    superseded_by: str = ""
