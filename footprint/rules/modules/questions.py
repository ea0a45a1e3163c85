"""What a law is asked: the facts of a battery, of goods, of a garment, of a purchase."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.evidence import VerifierKind
from footprint.rules.fields import NotNegative, Number, Per, PlainDate, Positive, Strict, Words
from footprint.rules.modules.battery_law import Kind
from footprint.rules.modules.procurement import Limit
from footprint.values.decision import Citation
from footprint.values.result import Boundary


class BatteryQuestion(Strict):
    """A battery: what it is; kg CO2e of one battery by stage of a footprint; the energy of a full
    cycle, kWh, and the cycles of its service life; and what its declaration holds already."""

    kind: Kind
    capacity_kwh: Positive | None = None
    external_storage: bool | None = None
    stages_kg: dict[Words, Number] = Field(default_factory=dict)
    energy_per_cycle_kwh: Positive | None = None
    cycles: Positive | None = None
    declaration: dict[Words, Words] = Field(default_factory=dict)


class PrecursorEntry(Strict):
    """A listed input: its CN code, how much of it, and its embedded emissions, t CO2e per unit."""

    cn: Words
    amount: Positive
    direct: NotNegative
    indirect: NotNegative | None = None


class DefaultEntry(Strict):
    """A default value of the country's table, t CO2e per unit, and the year of import."""

    value: NotNegative
    year: Annotated[int, Field(strict=True, ge=2023, le=2100)]
    source: Words


class CbamQuestion(Strict):
    """Goods: CN code, country of origin (code or name), net mass imported in the year (t); and, for
    a plant's own values, its activity level in the unit of the goods, attributed emissions (t CO2e)
    and precursors."""

    cn: Words
    origin: Words | None = None
    tonnes_in_year: NotNegative | None = None
    activity_level: Positive | None = None
    direct_t: NotNegative | None = None
    indirect_t: NotNegative | None = None
    precursors: tuple[PrecursorEntry, ...] = ()
    default: DefaultEntry | None = None
    plant: Words | None = None
    operator: Words | None = None
    year: Annotated[int, Field(strict=True, ge=2023, le=2100)] | None = None


class TextileQuestion(Strict):
    """A garment: its kind, the share of its mass without a model (0 to 1), a score to show, and the
    climate figures to set beside a footprint, kg CO2e."""

    kind: Words
    unmodelled_mass: Annotated[NotNegative, Field(le=1)] | None = None
    points: NotNegative | None = None
    mass_g: Positive | None = None
    footprint_kg: Positive | None = None
    score_kg: Positive | None = None
    normalisation_kg: Positive | None = None


class LimitQuestion(Strict):
    """A purchase limit: kg CO2e per amount and unit, from a day on, and where it is written."""

    value: Positive
    per: Per
    boundary: Boundary
    since: PlainDate
    until: PlainDate | None = None
    title: Words
    article: Words | None = None
    url: Words | None = None
    function: Words | None = None
    method: Words | None = None
    pcr: Words | None = None
    region: Words | None = None
    gwp_set: Literal["AR4", "AR5", "AR6"] | None = None
    verified_by: tuple[VerifierKind, ...] = ()
    primary_share: Annotated[Positive, Field(le=1)] | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise ValueError("until is the day after the last one: it has to be later than since")
        return self

    @property
    def limit(self) -> Limit:
        """The limit as the module takes it."""
        amount, unit = self.per.split(" ", 1)
        since: date = self.since
        return Limit(
            value_kg=self.value,
            per_amount=Decimal(amount),
            per_unit=unit,
            boundary=self.boundary,
            since=since,
            until=self.until,
            source=Citation(self.title, self.article or "", self.url or ""),
            function=self.function,
            method=self.method,
            pcr=self.pcr,
            region=self.region,
            gwp_set=self.gwp_set,
            verified_by=self.verified_by,
            primary_share=self.primary_share,
        )


_Question = TypeVar("_Question", bound=Strict)


def read_question(text: str, kind: type[_Question], file: str) -> _Question:
    """A question in a YAML (or JSON) text. Raises InputRefused (RUL-033) with every problem."""
    try:
        members = load_plain_yaml(text) or {}
    except NotPlainYamlError as error:
        raise faults.LAW_QUESTION.refuse(f"{error}.", Where(file)) from None
    return question_of(members, kind, file)


def question_of(members: Any, kind: type[_Question], file: str = "") -> _Question:
    """A question from plain values. Raises InputRefused (RUL-033) with every problem."""
    try:
        return kind.model_validate(members)
    except ValidationError as error:
        raise InputRefused(
            faults.LAW_QUESTION.at(
                Where(file, column=error_path(detail)),
                f"{error_words(detail)}.",
                f"Keys: {', '.join(kind.model_fields)}.",
            )
            for detail in error.errors(include_url=False, include_input=False)
        ) from None
