"""What keeps a test able to fail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def some(items: Iterable[T]) -> list[T]:
    """`items`, of which there must be at least one: a loop over nothing asserts nothing."""
    found = list(items)
    assert found, "there is nothing to look at: this test would assert nothing"
    return found
