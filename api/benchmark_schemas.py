"""Shapes of benchmarks: what the categories of the register look like on a day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas import Shape

_KG = "kg CO2e per one `unit`, exact to 15 digits."


class BenchmarkLeast(Shape):
    """How many a group needs at least before figures are told."""

    products: int = Field(description="Products.")
    companies: int = Field(description="Companies.")


class BenchmarkFiguresAnswer(Shape):
    """Quartiles of a group, one number a product."""

    minimum: str = Field(description=_KG)
    lower_quartile: str = Field(description=_KG)
    median: str = Field(description=_KG)
    upper_quartile: str = Field(description=_KG)
    maximum: str = Field(description=_KG)


class BenchmarkRankAnswer(Shape):
    """Where the product of the certificate stands among the others of the group."""

    others: int = Field(description="Other products.")
    higher: int = Field(description="Those with a higher number.")
    same: int = Field(description="Those with the same number.")
    lower: int = Field(description="Those with a lower number.")
    lower_than_percent: str = Field(
        description="`higher` in percent of `others`, rounded down to a tenth."
    )


class BenchmarkGroupAnswer(Shape):
    """Certificates in force of one category, unit, boundary and set of GWP values."""

    category: str = Field(description="A code (`CPC:46410`), or a name in words.")
    kind: Literal["code", "name"] = Field(description="Which of the two it is.")
    unit: str = Field(description="The unit that figures are per.", examples=["kilogram"])
    boundary: str = Field(description="Boundary of all numbers.", examples=["cradle-to-gate"])
    gwp_sets: list[str] = Field(description="Sets of GWP values that all numbers rest on.")
    certificates: int = Field(description="Certificates in force.")
    products: int = Field(description="Products; of each the newest certificate counts.")
    companies: int = Field(description="Companies that have these products.")
    most_products_of_one_company: int = Field(description="Products of the one with most.")
    self_declared: int = Field(description="Of the products: without a named verifier.")
    incomplete: int = Field(
        description="Of the products: counted for less than all mass or all lines, so at least."
    )
    state: Literal["told", "too_few"] = Field(description="Whether there are enough.")
    kg_co2e: BenchmarkFiguresAnswer | None = Field(description="Null where there are too few.")
    rank: BenchmarkRankAnswer | None = Field(
        description="For the `certificate` that was asked for; else, and with too few, null."
    )
    rests_on: list[str] | None = Field(
        description="Numbers of the certificates that count, ascending; null unless a category or "
        "a certificate is asked for."
    )
    rests_on_hash: str = Field(description="SHA-256 of that list as canonical JSON (RFC 8785).")
    says: str = Field(description="It in words.")
    says_zh: str = Field(description="It in Chinese.")


class BenchmarkLeftOut(Shape):
    """Certificates in force that are in no group."""

    count: int = Field(description="How many.")
    says: str = Field(description="Why.")
    says_zh: str = Field(description="Why, in Chinese.")


class BenchmarkPage(Shape):
    """What the categories of the register look like today, those with most products first."""

    type: Literal["benchmarks"] = Field(description="Always `benchmarks`.")
    day: date = Field(description="The day (UTC): certificates in force then count.")
    quantiles: str = Field(description="The definition of the quartiles, and its source.")
    least: BenchmarkLeast = Field(description="What a group needs before figures are told.")
    groups: list[BenchmarkGroupAnswer] = Field(description="At most `limit` groups.")
    more: int = Field(description="How many groups were left off.")
    left_out: list[BenchmarkLeftOut] = Field(description="What is in no group, and why.")
    note: str = Field(description="What the figures are not.")
    note_zh: str = Field(description="It in Chinese.")
