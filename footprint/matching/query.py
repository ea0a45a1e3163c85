"""What a line says of itself: all that a dataset can be found by, and refused for."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.late_pattern import late_pattern

#: What a design tool or a clerk writes into a column that has no answer.
_NO_ANSWER = late_pattern(
    r"(?i)\W*(?:material\W*)?(?:<?not specified>?|unspecified|none|n\W?a|tbd|see drawing|various|"
    r"purchased|bought|mixed|misc|generic|default|-+|/|无|见图|详见图纸|外购|外协|其他|未指定)\W*"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A line's own words, unit and place.

    `material`, `specification` and `category` are columns of their own, empty where a file has
    none; `unit` is the line's ("" = unknown), `mass_kg` the stated mass of one such unit in kg, or
    None. `location` is the line's own place (ISO 3166), `country` the product's; `stage` is one of
    `footprint.values.line.STAGES` or "" (any).
    """

    name: str
    note: str = ""
    stage: str = "material"
    location: str = ""
    country: str = ""
    material: str = ""
    specification: str = ""
    category: str = ""
    unit: str = ""
    mass_kg: float | None = None

    @property
    def made_of(self) -> str:
        """The material column, or "" if it says nothing."""
        return "" if _NO_ANSWER.fullmatch(self.material) else self.material.strip()

    @property
    def words(self) -> str:
        """Everything the line says, for what may stand in any column."""
        return " | ".join(
            text
            for text in (self.name, self.made_of, self.specification, self.category, self.note)
            if text
        )
