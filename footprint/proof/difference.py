"""The first part in which two documents differ."""

from __future__ import annotations

from typing import Any, NamedTuple


class Difference(NamedTuple):
    """Where two documents part (`stages.material`, `contributions.3.kg_co2e`), and what each says;
    None stands for a part that one of them does not have."""

    where: str
    before: Any
    after: Any


def first_difference(before: Any, after: Any, where: str = "") -> Difference | None:
    """The first part, in the order of the documents, that is not the same to the last digit; None
    for documents that are equal."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in (*before, *(name for name in after if name not in before)):
            inner = f"{where}.{name}" if where else str(name)
            found = first_difference(before.get(name), after.get(name), inner)
            if found is not None:
                return found
        return None
    if isinstance(before, list) and isinstance(after, list):
        for at in range(max(len(before), len(after))):
            one = before[at] if at < len(before) else None
            other = after[at] if at < len(after) else None
            found = first_difference(one, other, f"{where}.{at + 1}" if where else str(at + 1))
            if found is not None:
                return found
        return None
    same = type(before) is type(after) or {type(before), type(after)} <= {int, float}
    return None if same and before == after else Difference(where, before, after)
