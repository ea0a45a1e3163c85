"""What an export for corporate disclosure is made of: products and the units that were sold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from footprint.rules.fields import NotNegative, Strict, Words


class SoldEntry(Strict):
    """A bill of materials beside the file, and how many declared units of it were sold; `bought` of
    them by the buyer."""

    file: Words
    sold: NotNegative
    bought: NotNegative | None = None

    @model_validator(mode="after")
    def _no_more_than_sold(self) -> SoldEntry:
        if self.bought is not None and self.bought > self.sold:
            raise ValueError("more was bought than sold")
        return self


class DisclosureQuestion(Strict):
    """The company that discloses, the buyer whose category 1 is wanted, and the products."""

    company: Words
    buyer: Words | None = None
    products: Annotated[tuple[SoldEntry, ...], Field(min_length=1, max_length=10_000)]
