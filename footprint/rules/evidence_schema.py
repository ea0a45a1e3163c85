"""The shape of an evidence file: every key that a supplier may write, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from footprint.rules.draws import Draws, too_few
from footprint.rules.evidence import (
    ABSENT,
    Absent,
    AssuranceLevel,
    Audience,
    Choice,
    ReferenceName,
    SalesChannel,
    UnitKind,
    VerifierKind,
)
from footprint.rules.fields import (
    Id,
    Name,
    NotNegative,
    Number,
    Per,
    PlainDate,
    Positive,
    Strict,
    Words,
)
from footprint.rules.serials import SerialRange, parsed_serial
from footprint.values.claim import DecidedBy
from footprint.values.decision import Tier
from footprint.values.result import Boundary


def _absent(value: Any) -> Any:
    if value == "absent":
        return ABSENT
    raise ValueError("write `absent` for what is known not to exist")


_Absent = Annotated[Absent, BeforeValidator(_absent), Tag("absent")]
_EITHER = Discriminator(lambda value: "absent" if value in ("absent", ABSENT) else "given")
_Url = Annotated[Words, Field(pattern=r"^https?://\S+$")]


_AbsentOrNumber = Annotated[_Absent | Annotated[Positive, Tag("given")], _EITHER]
_AbsentOrWords = Annotated[_Absent | Annotated[Words, Tag("given")], _EITHER]


_Share = Annotated[NotNegative, Field(le=1)]
_CalendarYear = Annotated[int, Field(ge=1990, le=2200)]
_Year = Annotated[_CalendarYear, Field(strict=True)]


class VerificationEntry(Strict):
    by: Words | None = None
    kind: VerifierKind | None = None
    date: PlainDate | None = None
    level: AssuranceLevel | None = None
    statement: Annotated[Words, Field(max_length=32)] | None = None


class ReferenceEntry(Strict):
    value: Positive
    per: Per
    boundary: Boundary | None = None
    function: Words | None = None
    method: Words | None = None
    pcr: Words | None = None
    region: Words | None = None
    product_code: Words | None = None
    gwp_set: Words | None = None
    date: PlainDate | None = None
    earlier_value: _AbsentOrNumber | None = None
    units_sold: Positive | None = None
    quantile: Annotated[Positive, Field(lt=1)] | None = None
    chosen: Choice | None = None
    source: Words | None = None
    history: dict[_CalendarYear, Positive] = Field(default_factory=dict)


class DocumentEntry(Strict):
    date: PlainDate | None = None
    url: _Url | None = None


_AbsentOrReference = Annotated[_Absent | Annotated[ReferenceEntry, Tag("given")], _EITHER]
_AbsentOrDocument = Annotated[_Absent | Annotated[DocumentEntry, Tag("given")], _EITHER]


def _is_a_credit(kind: str) -> str:
    refusal = _NOT_CREDITS.get(kind)
    if refusal is not None:
        raise ValueError(refusal)
    return kind


#: What is offered in the place of credits, and why it does not count.
_NOT_CREDITS = {
    "allowance": "an emission allowance is a permit to emit and no carbon credit",
    "avoided-emission": "emissions that a product spares its users are neither a part of its "
    "footprint nor a carbon credit",
    "green-power": "certificates of green power belong to the electricity of the footprint and "
    "are no carbon credits",
}
_CreditKind = Annotated[
    Literal["reduction", "removal", "allowance", "avoided-emission", "green-power"],
    AfterValidator(_is_a_credit),
]


class CreditEntry(Strict):
    tonnes: Positive
    programme: Words | None = None
    kind: _CreditKind | None = None
    vintage: _Year | None = None
    issuance: Literal["ex-post", "ex-ante"] | None = None
    retired_on: PlainDate | None = None
    serial: Words | None = None
    registry: Words | None = None
    beneficiary: Words | None = None
    reason: Words | None = None

    @property
    def named(self) -> SerialRange | None:
        """The credits that the serial names. Blocks without a registry are of one unnamed one."""
        return None if self.serial is None else parsed_serial(self.serial, self.registry or "")

    @model_validator(mode="after")
    def _claims_what_it_names(self) -> CreditEntry:
        named = self.named
        if named is not None and named.tonnes != self.tonnes:
            raise ValueError(
                f"the serial names credits {named.first} to {named.last}, which are "
                f"{named.tonnes} t, and not {self.tonnes} t; write first and last of the block"
            )
        return self


class ProbabilityEntry(Strict):
    reference: ReferenceName
    at_least: _Share
    probability: _Share
    draws: Draws | None = None


class IntervalEntry(Strict):
    low: Number
    high: Number
    share: Annotated[Positive, Field(lt=1)] = Decimal("0.95")

    @model_validator(mode="after")
    def _is_in_order(self) -> IntervalEntry:
        if self.low > self.high:
            raise ValueError("'low' is above 'high'")
        return self


class HeldTierEntry(Strict):
    scheme: Id
    tier: Tier
    number: Words | None = None
    valid_until: PlainDate | None = None


class EvidenceFile(Strict):
    sales_channel: SalesChannel | None = None
    audience: Audience | None = None
    function: Words | None = None
    region: Words | None = None
    product_code: Words | None = None
    product_category: Words | None = None
    methods: tuple[Words, ...] | None = None
    pcr: _AbsentOrWords | None = None
    verification: VerificationEntry | None = None
    references: dict[ReferenceName, _AbsentOrReference] = Field(default_factory=dict)
    plans: dict[Name, _AbsentOrDocument] = Field(default_factory=dict)
    publications: dict[Name, _AbsentOrDocument] = Field(default_factory=dict)
    credits: tuple[CreditEntry, ...] | None = None
    units_sold: Positive | None = None
    renewal: Annotated[bool, Field(strict=True)] | None = None
    tiers_held: tuple[HeldTierEntry, ...] | None = None
    unit_kind: UnitKind | None = None
    named_boundary: Words | None = None
    probability_of_reduction: tuple[ProbabilityEntry, ...] = ()
    interval: IntervalEntry | None = None
    decided_by: DecidedBy | None = None
    least_probability: Annotated[Number, Field(ge=Decimal("0.5"), lt=1)] | None = None

    @field_validator("least_probability")
    @classmethod
    def _has_draws_enough(cls, limit: Decimal | None, info: ValidationInfo) -> Decimal | None:
        for one in info.data.get("probability_of_reduction", ()):
            if limit is not None and one.draws is not None and (says := too_few(one.draws, limit)):
                raise ValueError(says)
        return limit

    @field_validator("credits")
    @classmethod
    def _are_counted_once(
        cls, credits: tuple[CreditEntry, ...] | None
    ) -> tuple[CreditEntry, ...] | None:
        blocks = [c.named for c in credits or () if c.named is not None]
        for one, other in pairwise(sorted(blocks)):
            common = one.common(other)
            if common is not None:
                raise ValueError(
                    f"credits {common[0]} to {common[1]} are in two blocks: a credit counts once"
                )
        return credits
