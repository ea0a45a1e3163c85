"""The arguments that each predicate takes, as they stand in a rule file under a date."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from footprint.rules.evidence import (
    AssuranceLevel,
    Audience,
    ReferenceName,
    UnitKind,
    VerifierKind,
)
from footprint.rules.fields import (
    BilingualText,
    Months,
    Name,
    NotNegative,
    Per,
    Positive,
    Strict,
    Words,
)
from footprint.values.decision import MarketVerdict, Tier
from footprint.values.result import Boundary

Aspect = Literal["function", "boundary", "method", "pcr", "region", "product_code"]
_Share = Annotated[NotNegative, Field(lt=1)]


class InForce(Strict):
    """`offered`: can be applied for (a pilot or an app: runs). `unknown`: the state was looked
    for, not found; `because` says since when and what was found instead."""

    status: Literal["offered", "unknown"]
    because: BilingualText | None = None

    @model_validator(mode="after")
    def _says_why_nothing_is_known(self) -> InForce:
        if (self.status == "unknown") == (self.because is None):
            raise ValueError("'because' stands with the status unknown, and with no other")
        return self


class Applies(Strict):
    """To whom a market's law speaks: what is said to others it does not cover."""

    audiences: Annotated[tuple[Audience, ...], Field(min_length=1)]


class TierSubject(Strict):
    """What may carry the tier: a category of product, or one that holds another tier."""

    needs_tier: Tier | None = None
    categories: tuple[Words, ...] | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> TierSubject:
        if self.needs_tier is None and self.categories is None:
            raise ValueError("needs_tier or categories is needed")
        return self


class BoundaryOf(Strict):
    """Boundaries accepted per sales channel; a channel left out is one nothing is known of.

    `named` instead asks for a boundary of the scheme's own, which the verifier confirms.
    """

    b2c: tuple[Boundary, ...] | None = None
    b2b: tuple[Boundary, ...] | None = None
    named: Words | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> BoundaryOf:
        if (self.named is None) == (self.b2c is None and self.b2b is None):
            raise ValueError("either 'named', or 'b2c' and 'b2b'")
        return self


class Method(Strict):
    """Accepted standards and whether a product category rule is demanded."""

    any: Annotated[tuple[Words, ...], Field(min_length=1)]
    pcr: Literal["required", "where_listed", "not_asked"]


class Verified(Strict):
    """Kinds of verifier accepted, how recent the statement must be, and its least level."""

    any: Annotated[tuple[VerifierKind, ...], Field(min_length=1)]
    every_months: Months | None = None
    level: AssuranceLevel | None = None


class Comparable(Strict):
    """A reference and the aspects in which it must be the same as the footprint."""

    to: ReferenceName
    same: Annotated[tuple[Aspect, ...], Field(min_length=1)]


class Below(Strict):
    """value <= reference x (1 - by); `strict` asks for <. `by` is a share: 0.02 is 2 %.

    `within_months` bounds the time from the reference to the end of the footprint's period;
    `quantile` asks that the reference is that quantile of its kind (0.1: the best tenth);
    `from_quarter_before` that it is of the calendar quarter before the decision's, or of its own.
    """

    ref: ReferenceName
    by: _Share
    strict: Annotated[bool, Field(strict=True)] = False
    same: Annotated[tuple[Aspect, ...], Field(min_length=1)]
    within_months: Months | None = None
    quantile: Annotated[Positive, Field(lt=1)] | None = None
    from_quarter_before: Annotated[bool, Field(strict=True)] = False
    metrics: Annotated[tuple[Literal["intensity", "absolute"], ...], Field(min_length=1)] = (
        "intensity",
    )


class Ratchet(Strict):
    """A benchmark that only falls: a higher recomputed value does not count."""

    ref: ReferenceName
    never: Literal["up"]


class DataAge(Strict):
    """The footprint's period ended at most so many months before the decision."""

    max_months: Months


class OffsetCover(Strict):
    """Retired credits >= ratio x footprint x units sold.

    `issuance` bars credits sold before the fact; `retire_within_months` sets the last day, from the
    end of the footprint's period, and no first one; `every_months` asks for a retirement no longer
    ago than that; `around_months` counts no block that was retired longer before or after the day
    of the plan `declared`.
    """

    ratio: Annotated[NotNegative, Field(gt=0)]
    issuance: Literal["ex-post"] | None = None
    retire_within_months: Months | None = None
    every_months: Months | None = None
    around_months: Months | None = None
    declared: Name | None = None

    @model_validator(mode="after")
    def _says_around_what(self) -> OffsetCover:
        if (self.around_months is None) != (self.declared is None):
            raise ValueError("'around_months' and 'declared' stand together")
        return self


class Credits(Strict):
    """Accepted programmes. `closed`: no other is accepted; otherwise others are unknown, and the
    list may be empty where only what is denied could be found. `table` names the evidence (a plan)
    that the operator's own table, which was not read here, lists the programmes."""

    any: tuple[Words, ...]
    closed: Annotated[bool, Field(strict=True)]
    deny: tuple[Words, ...] = ()
    vintage_after: Annotated[int, Field(strict=True)] | None = None
    table: Name | None = None

    @model_validator(mode="after")
    def _accepts_something(self) -> Credits:
        if self.closed and not self.any:
            raise ValueError("a closed list needs at least one programme")
        return self


class Plan(Strict):
    """Documents that must exist; `public`: each with an address where all can read it."""

    needs: Annotated[tuple[Name, ...], Field(min_length=1)]
    public: Annotated[bool, Field(strict=True)] = False


class Publish(Strict):
    """What must be published, and how often it must be renewed."""

    fields: Annotated[tuple[Name, ...], Field(min_length=1)]
    every_months: Months | None = None


class Validity(Strict):
    """Term of the certificate."""

    months: Months


class UnitOf(Strict):
    """What the number must be per: the kinds accepted, and the amounts it is shown per (any)."""

    kinds: tuple[UnitKind, ...] = ()
    shown_per: tuple[Per, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> UnitOf:
        if not self.kinds and not self.shown_per:
            raise ValueError("kinds or shown_per is needed")
        return self


class Class(Strict):
    """One class of a scale: its name and the highest value in it, kg CO2e."""

    name: Words
    up_to: Positive


class ClassOf(Strict):
    """A scale of classes, best first, per a unit; `classes` unknown where no limits were found."""

    scale: BilingualText
    at_least: Words
    per: Per | None = None
    classes: tuple[Class, ...] | Literal["unknown"]

    @model_validator(mode="after")
    def _is_a_scale(self) -> ClassOf:
        if isinstance(self.classes, str):
            return self
        if self.per is None or not self.classes:
            raise ValueError("a scale needs 'per' and at least one class")
        if any(worse.up_to <= better.up_to for better, worse in pairwise(self.classes)):
            raise ValueError("the classes are not in order, best first")
        if self.at_least not in [each.name for each in self.classes]:
            raise ValueError("'at_least' is not a class of the scale")
        return self


class PrimaryData(Strict):
    """The least share of the footprint, by absolute contribution, that rests on primary data."""

    at_least: Annotated[Positive, Field(le=1)]


def _is_a_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"the pattern cannot be read: {error}") from None
    return text


class Identifier(Strict):
    """What a certificate number of the scheme looks like; told to the reader, not checked: the
    operator gives it after the decision."""

    pattern: Annotated[Words, AfterValidator(_is_a_pattern)] | None = None
    example: Words | None = None


class Display(Strict):
    """What the mark has to show; told to the reader, not checked."""

    elements: Annotated[tuple[BilingualText, ...], Field(min_length=1)]


class Say(Strict):
    """What the words must or must not do; told to the reader, not checked."""

    must: tuple[BilingualText, ...] = ()
    forbid: tuple[BilingualText, ...] = ()


class SchemeRemark(Strict):
    """What nobody found, or what a reader should know; told to the reader, not checked."""

    tell: BilingualText


class LawOutcome(Strict):
    """What a market's law answers: the verdict, why, and what may be said all the same.

    `wording` may hold {footprint}, {per} and {boundary}; one with {reduction} or {offset} is told
    where the tier claims such.
    """

    verdict: MarketVerdict
    says: BilingualText
    wording: tuple[BilingualText, ...] = ()


class Ruling(Strict):
    """The answer where the conditions are met, are not met, or cannot be judged."""

    met: LawOutcome
    not_met: LawOutcome | None = None
    open: LawOutcome | None = None
