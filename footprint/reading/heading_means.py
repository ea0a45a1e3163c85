"""What a heading means by the word in it, as the unit beside the word allows."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.reading.units import MASS, dimension, per_of

#: Scores: the heading is a known word; is one after its unit or prefix is taken off; contains one.
EXACT, TRIMMED, CONTAINED = 1.0, 0.95, 0.7
_PER_MEANS = {"m2": "areal_mass", "m": "linear_mass", "piece": "unit_mass", "m3": "density"}
#: Units that make sense for a meaning; a heading unit of another kind says something else.
_NUMERIC = frozenset(
    """
    quantity unit_mass line_mass length width height thickness diameter loss volume density
    areal_mass linear_mass shot_mass runner_mass gross_mass dimensions share yield
    total_quantity cross_section area
    """.split()
)


#: What a meaning is beside a unit of a dimension: `Marker yield (m)` is the cloth in one piece.
_MEASURED = {
    ("spec", "length"): "dimensions",
    ("yield", "length"): "quantity",
    ("yield", "area"): "quantity",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as read: candidate meanings (best first), the unit in it, and a score 0 to 1."""

    text: str
    means: tuple[str, ...] = ()
    unit: str | None = None
    score: float = 0.0
    group: str = ""


def as_unit_allows(text: str, means: tuple[str, ...], unit: str | None, score: float) -> Heading:
    """Meanings as the unit allows: `Weight (g/m2)` is an areal mass, not a unit mass."""
    if unit is None:
        return Heading(text, means, None, score)
    if unit in MASS:
        return Heading(text, _weighed(means), unit, score)
    if unit == "%":
        ordered = tuple(_percent(one) for one in means)
        return Heading(text, ordered, unit, score)
    per = per_of(unit)
    if per is not None and per.of == "piece" and means[0] == "quantity":
        return Heading(text, means, per.text.split("/")[0], score)
    if means[0] in {"quantity", "share"} and (unit == "kg/m3" or (per and per.of == "m3")):
        return Heading(text, ("quantity",), unit.split("/")[0], score)  # in so much of the product
    if per is not None and means[0] in _NUMERIC:
        return Heading(text, (_PER_MEANS[per.of],), unit, score)
    if unit in {"g/cm3", "kg/m3"}:
        return Heading(text, ("density",), unit, score)
    kind_of = dimension(unit)
    if kind_of == "volume" and means[0] in {"unit_mass", "line_mass"}:
        return Heading(text, ("volume",), unit, score)  # `khối lượng` is an amount of timber, too
    said = _MEASURED.get((means[0], kind_of))
    return Heading(text, (said,) if said else means, unit, score)


def _weighed(means: tuple[str, ...]) -> tuple[str, ...]:
    """Meanings of a heading that holds a unit of mass."""
    if means[0] == "loss":
        return ("scrap_mass",)
    of_one = means[0] == "share" and "unit_mass" in means
    if of_one or means[0] in {"spec", "unit", "material", "name", "description"}:
        return ("unit_mass",)
    return means


def _percent(meaning: str) -> str:
    return "share" if meaning in {"quantity", "unit_mass", "spec", "material"} else meaning


def meanings_by_unit(unit: str) -> tuple[str, ...]:
    """What a heading may mean that is no more than a unit."""
    if unit in MASS:
        return ("unit_mass",)
    if per := per_of(unit):
        return (_PER_MEANS[per.of],)
    return {"%": ("share",)}.get(unit, ("quantity",) if unit == "piece" else ())
