"""What a decision looks at: facts of the footprint, and the evidence beside it.

`None` always means "not supplied" (then an answer is unknown); `ABSENT` means "known not to
exist" (then an answer is known).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal

from footprint.faults import Contradiction
from footprint.rules.serials import SerialRange, parsed_serial
from footprint.rules.words import exact_text
from footprint.values.claim import DecidedBy
from footprint.values.decision import Tier
from footprint.values.product import SubjectKind
from footprint.values.result import Boundary


class Absent(Enum):
    """The type of `ABSENT`: an own type, so that it can be told from every text."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

SalesChannel = Literal["b2c", "b2b"]
Audience = Literal["consumer", "business"]
VerifierKind = Literal[
    "third-party",
    "accredited-body",
    "registered-verifier",
    "scheme-operator",
    "certified-system",
    "self",
]
AssuranceLevel = Literal["limited", "reasonable"]
#: What the footprint is stated per.
UnitKind = Literal["functional", "declared", "smallest-sales-unit"]
#: How the value of a reference was chosen among the years that there are.
Choice = Literal["fixed-year", "previous-year", "rolling-year", "mean-of-years", "worst-year"]
#: What a footprint may be compared with.
ReferenceName = Literal[
    "previous",
    "previous_certified",
    "base_year",
    "baseline_certified",
    "market_dominant",
    "reference_group",
    "category_mean_6y",
    "category_quantile",
    "announced_benchmark",
    "fossil_comparator",
    "purchase_limit",
]


@dataclass(frozen=True, slots=True)
class FootprintRow:
    """What one row of the bill of materials adds to the footprint: kg CO2e per declared unit.

    `primary` is the share of it that rests on primary data, 0 to 1.
    """

    row: int
    name: str
    kg: Decimal
    primary: Decimal = Decimal(0)


#: What may be cut off from a total that is compared: 3 % (Recommendation (EU) 2021/2279, annex I,
#: 4.6.4; Catena-X PCF Rulebook v4; PACT v3 asks for reasons beyond it). Here it is the share of all
#: that stands on figures that lack something, of which what they lack is only a part.
CUT_OFF_SHARE = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision needs of a footprint. `total_kg` is kg CO2e per declared unit, without
    biogenic uptake and without offsets, unrounded; `coverage_lines` and `primary_share` are
    shares, 0 to 1; `mass_kg` is the product's mass per declared unit; `rows` its contributions;
    `companies` every name and identifier of the one company whose product it is;
    `screening_result` says that too much of it rests on screening figures or is unknown,
    `at_least` that the total lacks something, and `lacking_share` how much of it stands on figures
    that do, 0 to 1 (None: nobody says)."""

    total_kg: Decimal
    unit_amount: Decimal
    unit: str
    boundary: Boundary
    gwp_set: str
    period_start: date | None
    period_end: date | None
    coverage_lines: Decimal
    document_hash: str
    mass_kg: Decimal | None = None
    primary_share: Decimal | None = None
    rows: tuple[FootprintRow, ...] = ()
    companies: tuple[str, ...] = ()
    screening_result: bool = False
    at_least: bool = False
    lacking_share: Decimal | None = None

    @property
    def lacks_too_much(self) -> bool:
        """Whether the true total may be higher by more than is ever cut off: then it is no proof
        that a limit is kept or that credits cover it, only that they are not."""
        if self.screening_result or self.coverage_lines < 1:
            return True
        lacking = self.lacking_share
        return self.at_least and (lacking is None or lacking > CUT_OFF_SHARE)

    @property
    def subject(self) -> SubjectKind:
        """What the footprint is of."""
        match self.boundary:
            case "organisation" | "event":
                return self.boundary
        return "product"

    @property
    def per(self) -> str:
        """The declared unit as it is written in an evidence file, such as `1 piece`."""
        return f"{exact_text(self.unit_amount)} {self.unit}"


@dataclass(frozen=True, slots=True)
class Verification:
    """Who checked the footprint, when, and to which level of assurance; `statement` is the number
    of the verifier's signed statement. Only whoever checked that statement says `confirmed`."""

    by: str | None = None
    kind: VerifierKind | None = None
    date: date | None = None
    level: AssuranceLevel | None = None
    statement: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A value to compare with: kg CO2e per `per_amount` of `per_unit`, and what it covers.

    `date` is its day, or the end of the year that it stands for; without it and without `gwp_set`
    nothing is compared. `earlier_value` is the lowest value announced before this one, for
    benchmarks that only fall; `units_sold` counts the declared units sold in the period of the
    value; `source` says where the value is written; `quantile` says which one the value is (0.1: a
    tenth of the kind is at or below it);
    `history` holds kg CO2e by year.
    """

    value_kg: Decimal
    per_amount: Decimal
    per_unit: str
    boundary: Boundary | None = None
    function: str | None = None
    method: str | None = None
    pcr: str | None = None
    region: str | None = None
    product_code: str | None = None
    gwp_set: str | None = None
    date: date | None = None
    earlier_value_kg: Decimal | Absent | None = None
    units_sold: Decimal | None = None
    quantile: Decimal | None = None
    chosen: Choice | None = None
    source: str | None = None
    history: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Document:
    """A plan or publication that exists: since when, and where the public can read it."""

    date: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A block of carbon credits, in tonnes CO2e, as its registry retired it for a beneficiary.

    Where serial, registry, vintage, day or beneficiary is not given, nobody knows of its use.
    """

    tonnes: Decimal
    programme: str | None = None
    vintage: int | None = None
    issuance: Literal["ex-post", "ex-ante"] | None = None
    retired_on: date | None = None
    serial: str | None = None
    registry: str | None = None
    beneficiary: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if not self.tonnes.is_finite() or self.tonnes <= 0:
            raise Contradiction(f"a block of {self.tonnes} t CO2e is none")
        named = self.named
        if named is not None and named.tonnes != self.tonnes.to_integral_value(ROUND_CEILING):
            raise Contradiction(
                f"the serial {self.serial!r} names {named.tonnes} credits, and not {self.tonnes} t"
            )

    @property
    def named(self) -> SerialRange | None:
        """The credits that the serial names, one for each tonne or part of one; None where it does
        not say first and last."""
        return None if self.serial is None else parsed_serial(self.serial, self.registry or "")


@dataclass(frozen=True, slots=True)
class ReductionProbability:
    """From paired draws of both footprints: how probable it is that the reduction against a
    reference is at least a share. `at_least` and `probability` are shares, 0 to 1."""

    reference: ReferenceName
    at_least: Decimal
    probability: Decimal
    draws: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """What the footprint lies in with the probability `share`: kg CO2e per declared unit."""

    low_kg: Decimal
    high_kg: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class HeldTier:
    """A tier of a scheme that the product already holds."""

    scheme: str
    tier: Tier
    number: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a criterion beyond the footprint. Everything may be missing.

    `units_sold` counts the declared units sold in the footprint's period. `named_boundary` is a
    boundary that a scheme has its own name for, as the verifier confirmed it. `decided_by` says
    whether the probability of a reduction has to be shown too, `least_probability` how high.
    """

    sales_channel: SalesChannel | None = None
    audience: Audience | None = None
    function: str | None = None
    region: str | None = None
    product_code: str | None = None
    product_category: str | None = None
    methods: tuple[str, ...] | None = None
    pcr: str | Absent | None = None
    verification: Verification | None = None
    references: Mapping[ReferenceName, Reference | Absent] = field(
        default_factory=lambda: MappingProxyType({})
    )
    plans: Mapping[str, Document | Absent] = field(default_factory=lambda: MappingProxyType({}))
    publications: Mapping[str, Document | Absent] = field(
        default_factory=lambda: MappingProxyType({})
    )
    credits: tuple[Credit, ...] | None = None
    units_sold: Decimal | None = None
    renewal: bool | None = None
    tiers_held: tuple[HeldTier, ...] | None = None
    unit_kind: UnitKind | None = None
    named_boundary: str | None = None
    probability_of_reduction: tuple[ReductionProbability, ...] = ()
    interval: Interval | None = None
    decided_by: DecidedBy | None = None
    least_probability: Decimal | None = None
