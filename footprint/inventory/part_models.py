"""Part models: what a screw or a board is made of, in sizes, as datasets like all others.

A part model is written as a dataset of kind `part` (per kg, m2 or piece) with its inputs; its sizes
stand in `part_series.csv` and `part_sizes.csv` and become one dataset each, made of the model. A
model is never rated better than what it is made of (docs/decisions/0031-part-models.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from footprint import units
from footprint.inventory.model import Dataset, Exchange

if TYPE_CHECKING:  # the models of rows take as long to load as a short list to calculate
    from footprint.inventory.schema import SeriesRow, SizeRow

PART = "part"
#: Ids of part models begin so.
PREFIX = "part-"


def sized_part(series: SeriesRow, size: SizeRow, model: Dataset) -> tuple[Dataset, Exchange]:
    """The dataset of one size and its only input, an amount of `model`.

    Raises `ValueError` if the amount's unit does not convert to the unit of the model.
    """
    scale = units.factor(size.unit, model.unit) * series.factor
    low = size.amount * series.low if size.minimum is None else size.minimum
    high = size.amount * series.high if size.maximum is None else size.maximum
    label = size.label or size.size.upper().replace("P", ".").replace("X", "x")
    amount = size.amount * scale
    head = replace(
        model,
        id=f"{PREFIX}{series.series}-{size.size}",
        name_en=series.name_en.format(label),
        name_zh=series.name_zh.format(label),
        synonyms_en=(),
        synonyms_zh=(),
        unit=series.unit,
        source=series.source,
        locator=size.locator or series.locator,
        comment=series.comment or model.comment,
        mass_kg_per_unit=_mass(size, model, amount),
        density_kg_per_l=None,
        grammage_kg_per_m2=None,
    )
    certain = low == high
    return head, Exchange(
        kind="technosphere",
        input=model.id,
        amount=amount,
        source=size.source or series.source,
        locator=size.locator or series.locator,
        published_amount=size.amount,
        published_unit=size.unit,
        minimum=None if certain else low * scale,
        maximum=None if certain else high * scale,
        data_kind="calculated",
    )


def _mass(size: SizeRow, model: Dataset, amount: float) -> float | None:
    """kg of one unit of a size: as its row says, or by the mass of what it is made of."""
    if size.mass_g is not None:
        return size.mass_g / 1000.0
    per_unit = 1.0 if model.unit == "kg" else model.mass_kg_per_unit
    return None if per_unit is None else amount * per_unit


def with_spread(model: Dataset) -> Dataset:
    """A part model whose inputs all have a spread: what states none takes that of the model."""
    exchanges = tuple(
        exchange
        if exchange.gsd2 or exchange.minimum is not None or exchange.maximum is not None
        else replace(exchange, gsd2=model.spread)
        for exchange in model.exchanges
    )
    return replace(model, exchanges=exchanges)


def rate_parts(datasets: dict[str, Dataset]) -> dict[str, Dataset]:
    """All datasets, with part models rated at best as the worst of what they are made of.

    Technology and year are those of the worst input, `places` are the places of all of them. Made
    of other part models, they take over what these lack.
    """
    rated: dict[str, Dataset] = {}

    def of(name: str) -> Dataset:
        if name not in rated:
            dataset = datasets[name]
            inputs = [e.input for e in dataset.exchanges if e.kind == "technosphere"]
            rated[name] = (
                _rated(dataset, [of(i) for i in inputs]) if dataset.kind == PART else dataset
            )
        return rated[name]

    return {name: of(name) for name in datasets}


def _rated(part: Dataset, inputs: list[Dataset]) -> Dataset:
    made_of = [dataset for dataset in inputs if dataset.kind == PART]
    return replace(
        part,
        technological=max([part.technological, *(d.technological for d in inputs)]),
        year=min([part.year, *(d.year for d in inputs)]),
        places=_once(place for d in inputs for place in d.places or (d.location,)),
        lacks_en=_once([*part.lacks_en, *(step for d in made_of for step in d.lacks_en)]),
        lacks_zh=_once([*part.lacks_zh, *(step for d in made_of for step in d.lacks_zh)]),
        screening=_exceeds(part) or any(d.screening for d in made_of),
    )


def _exceeds(part: Dataset) -> bool:
    """Whether the lacking steps could raise the figure beyond its own stated interval."""
    if not part.lacks_en:
        return False
    return part.lacks_up_to is None or part.spread is None or 1 + part.lacks_up_to > part.spread


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
