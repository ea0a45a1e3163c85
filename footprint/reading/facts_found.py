"""What stands around a table: facts of the product, titles, and numbers that may be a base."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class FactsFound:
    """What was found: fact -> text, the row and unit of each, and titles in order."""

    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    #: Numbers beside words that are no known fact: one of them may be a base quantity.
    numbers: list[tuple[str, str]] = field(default_factory=list)
    #: Pairs of a key and a value that are no known fact, by their row: nothing uses them.
    unused: dict[int, str] = field(default_factory=dict)
    #: For how many products a title says that the list is.
    title_amount: int = 0

    def add(self, fact: str, value: str, row: int, unit: str = "") -> None:
        """Keep the first value of a fact."""
        if value and fact not in self.values:
            self.values[fact], self.rows[fact] = value, row
            if unit:
                self.units[fact] = unit
