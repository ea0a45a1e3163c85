"""Shapes of questions to laws, of decisions, and of what a purchaser asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from api.field_types import Amount, PositiveAmount, PositiveShare, Share, SignedAmount
from api.schemas import Asked, Shape
from footprint.rules.evidence import VerifierKind
from footprint.rules.fields import PlainDate
from footprint.values.decision import Tier
from footprint.values.result import Boundary

_Text = Annotated[str, Field(min_length=1, max_length=2000)]
_Day = Field(default=None, description="The day asked about; today (UTC) where left out.")


class BatteryAsked(Asked):
    """A battery under Regulation (EU) 2023/1542, Article 7."""

    as_of: PlainDate | None = _Day
    kind: Literal["ev", "lmt", "industrial", "other"] = Field(description="What it is.")
    capacity_kwh: PositiveAmount | None = Field(default=None, description="Capacity, kWh.")
    external_storage: bool | None = Field(
        default=None, description="Whether its storage is exclusively external (industrial)."
    )
    stages_kg: dict[str, SignedAmount] = Field(
        default_factory=dict,
        description="kg CO2e of one battery by stage of a footprint.",
        max_length=20,
    )
    energy_per_cycle_kwh: PositiveAmount | None = Field(
        default=None, description="Energy of a full cycle, kWh."
    )
    cycles: PositiveAmount | None = Field(default=None, description="Cycles of the service life.")
    declaration: dict[str, _Text] = Field(
        default_factory=dict, description="What the declaration holds already.", max_length=20
    )


class PrecursorAsked(Asked):
    """A listed input of goods."""

    cn: _Text = Field(description="CN code.")
    amount: PositiveAmount = Field(description="How much of it, in its own unit.")
    direct: Amount = Field(description="Direct embedded emissions, t CO2e per unit.")
    indirect: Amount | None = Field(
        default=None, description="Indirect embedded emissions, t CO2e per unit."
    )


class DefaultAsked(Asked):
    """A default value of a country's table."""

    value: Amount = Field(description="t CO2e per unit.")
    year: int = Field(ge=2023, le=2100, description="Year of import.")
    source: _Text = Field(description="Where the value is written.")


class CbamAsked(Asked):
    """Goods under Regulation (EU) 2023/956. The answer is no product carbon footprint."""

    as_of: PlainDate | None = _Day
    cn: _Text = Field(description="CN code, four to eight digits.")
    origin: str | None = Field(
        default=None, max_length=200, description="Country of origin, by its code or its name."
    )
    tonnes_in_year: Amount | None = Field(
        default=None, description="Net mass imported in the year, t."
    )
    activity_level: PositiveAmount | None = Field(
        default=None, description="Goods made, in the unit in which they are counted."
    )
    direct_t: Amount | None = Field(default=None, description="Attributed direct t CO2e.")
    indirect_t: Amount | None = Field(default=None, description="Attributed indirect t CO2e.")
    precursors: list[PrecursorAsked] = Field(
        default_factory=list, max_length=100, description="Listed inputs."
    )
    default: DefaultAsked | None = Field(default=None, description="A default value.")
    plant: _Text | None = Field(default=None, description="The plant.")
    operator: _Text | None = Field(default=None, description="Its operator.")
    year: int | None = Field(default=None, ge=2023, le=2100, description="Year of the data.")


class TextileAsked(Asked):
    """A garment under French decree 2025-957."""

    as_of: PlainDate | None = _Day
    kind: _Text = Field(description="`clothing`, or a kind that is left out.")
    unmodelled_mass: Share | None = Field(
        default=None, description="Share of the mass without a model, 0 to 1."
    )
    points: Amount | None = Field(default=None, description="Impact points of the score.")
    mass_g: PositiveAmount | None = Field(default=None, description="Mass, g.")
    footprint_kg: PositiveAmount | None = Field(default=None, description="Footprint, kg CO2e.")
    score_kg: PositiveAmount | None = Field(
        default=None, description="Climate impact in the score, kg CO2e."
    )
    normalisation_kg: PositiveAmount | None = Field(
        default=None, description="Yearly climate impact of a European, kg CO2e."
    )


class LimitAsked(Asked):
    """A purchaser's limit on one of your footprints."""

    footprint_id: str = Field(description="Id of one of your footprints.", max_length=64)
    evidence: Annotated[
        dict[str, Any] | str,
        WithJsonSchema(
            {"anyOf": [{"$ref": "#/components/schemas/EvidenceFile"}, {"type": "string"}]}
        ),
    ] = Field(default="", description="The evidence, as for a certificate.")
    as_of: PlainDate | None = _Day
    value: PositiveAmount = Field(description="The most that is accepted, kg CO2e per `per`.")
    per: _Text = Field(description="What the limit is per, such as `1 kilogram`.")
    boundary: Boundary = Field(description="Boundary that the limit is for.")
    since: PlainDate = Field(description="First day of the limit.")
    until: PlainDate | None = Field(default=None, description="First day on which it has ended.")
    title: _Text = Field(description="Where the limit is written.")
    article: _Text | None = Field(default=None, description="Article or section.")
    url: _Text | None = Field(default=None, description="Its address.")
    function: _Text | None = Field(default=None, description="Function it is for.")
    method: _Text | None = Field(default=None, description="Method it is for.")
    pcr: _Text | None = Field(default=None, description="Product category rule it is for.")
    region: _Text | None = Field(default=None, description="Region it is for.")
    gwp_set: Literal["AR4", "AR5", "AR6"] | None = Field(default=None, description="GWP set.")
    verified_by: list[VerifierKind] = Field(
        default_factory=list, max_length=6, description="Kinds of verifier that are accepted."
    )
    primary_share: PositiveShare | None = Field(
        default=None, description="Least share of primary data, 0 to 1."
    )


class DecisionsAsked(Asked):
    """Which tiers one of your footprints has earned."""

    footprint_id: str = Field(description="Id of one of your footprints.", max_length=64)
    evidence: Annotated[
        dict[str, Any] | str,
        WithJsonSchema(
            {"anyOf": [{"$ref": "#/components/schemas/EvidenceFile"}, {"type": "string"}]}
        ),
    ] = Field(default="", description="The evidence, as for a certificate.")
    scheme: str | None = Field(default=None, max_length=64, description="A scheme; else all.")
    tier: Tier | None = Field(default=None, description="A tier of the scheme; else all.")
    markets: list[str] = Field(
        default_factory=list,
        max_length=60,
        description="Ids of laws, or countries by code or name: DE, Germany, 德国; else all laws.",
    )
    as_of: PlainDate | None = _Day


class LawAnswer(Shape):
    """What a law answers: each part with its reply, sentence, confidence and sources."""

    answer: dict[str, Any] = Field(
        description="The parts by name. `reply` is yes, no, not_yet or unknown; figures are "
        "decimal text."
    )


class SchemeList(Shape):
    """The schemes whose rules are known."""

    as_of: date = Field(description="The day of their states.")
    schemes: list[dict[str, Any]] = Field(description="Id, names, state, tiers, coverage.")


class SchemeAnswer(Shape):
    """A scheme with every rule, its dates, sources and how certain each is."""

    scheme: dict[str, Any] = Field(description="As `footprint schemes show` prints it.")


class DecisionsAnswer(Shape):
    """Decisions on a footprint, the short form first."""

    passes: list[str] = Field(description="`scheme/tier` that is earned.")
    nearly: list[dict[str, str]] = Field(
        description="Tiers that one change would lift, each with the smallest."
    )
    open: list[dict[str, str]] = Field(
        description="Tiers that cannot be decided: what was not supplied, and every other reason."
    )
    fails: list[str] = Field(description="`scheme/tier` that is not earned.")
    not_offered: list[str] = Field(description="Tiers that are not offered on the day.")
    decisions: list[dict[str, Any]] = Field(description="Every decision with its reasons.")


class PurchaseAnswer(Shape):
    """What a purchaser asks about a certificate."""

    reply: Literal["yes", "no", "unknown"] = Field(description="Whether it is as asked for.")
    why: list[str] = Field(description="The reasons, one sentence each.")
    why_zh: list[str] = Field(description="The reasons in Chinese.")
    number: str = Field(description="Number of the certificate.")
    labelled: bool = Field(description="Whether it is in force on the day, as far as is known.")
    state: str = Field(description="Its state now.")
    tier: str = Field(description="Its tier.")
    scheme: str = Field(description="Its scheme.")
    valid_from: date = Field(description="First day of its term.")
    valid_until: date = Field(description="Last day of its term.")
    kg_co2e: str = Field(description="Certified value, all digits.")
    complete: bool = Field(
        description="Whether the value is all of it; else it is at least so much."
    )
    lacks: list[str] = Field(
        description="What it lacks, in codes; none where only data for a part of the mass lack."
    )
    per: str = Field(description="What the value is per: `1 piece`, `whole event`.")
    boundary: str = Field(description="Its system boundary.")
    claim: str = Field(description="What the tier claims in figures; may be empty.")
    claim_zh: str = Field(description="The same in Chinese.")
