"""How a version of the protocol says things; what is meant is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.partners.events import event_in
from api.partners.model import FULFILLED, REJECTED


@dataclass(frozen=True, slots=True)
class Dialect:
    """`read` gives the event in a body as version 3 says it (raises EventError); `fulfilled`,
    `rejected` are types of answers and `missing` the code in one; `document` gives a published
    document in this version, None where it has no place for it."""

    read: Callable[[bytes], dict[str, Any]]
    fulfilled: str
    rejected: str
    missing: str
    document: Callable[[str], dict[str, Any] | None]


THIRD = Dialect(event_in, FULFILLED, REJECTED, "NotFound", json.loads)
