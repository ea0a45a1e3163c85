"""From rows as published to exchanges as calculated: units, gases from CO2e, grid mixes."""

from __future__ import annotations

import math

from footprint import units
from footprint.inventory.market_rows import TECHNOLOGIES, MarketRow
from footprint.inventory.model import Dataset, Exchange
from footprint.inventory.schema import ExchangeRow

_CO2E = "kgCO2e@"


def exchange_of(row: ExchangeRow, unit: str, ref_amount: float) -> Exchange:
    """A published row as an exchange in `unit` (kg for emissions), per one unit of its dataset.

    `kgCO2e@28` means kilograms of CO2e computed with a GWP of 28: divided back into kilograms of
    gas. Raises `ValueError` if the unit does not convert.
    """
    if row.unit.startswith(_CO2E):
        if row.type != "biosphere":
            raise ValueError(f"{row.unit!r} is a unit of emissions only")
        scale = 1.0 / float(row.unit.removeprefix(_CO2E))
    elif row.unit == unit:
        scale = 1.0
    else:
        scale = units.factor(row.unit, unit)
    scale /= ref_amount
    return Exchange(
        kind=row.type,
        input=row.input,
        amount=row.amount * scale,
        source=row.source,
        locator=row.locator,
        published_amount=row.amount,
        published_unit=row.unit,
        gsd2=row.gsd2,
        minimum=None if row.minimum is None else row.minimum * scale,
        maximum=None if row.maximum is None else row.maximum * scale,
        pedigree=tuple(int(digit) for digit in row.pedigree.split("-")) if row.pedigree else (),
        data_kind=row.data_kind,
        comment=row.comment,
        distribution=row.distribution,
        centre=None if row.centre is None else row.centre * scale,
        sd=None if row.sd is None else row.sd * scale,
    )


def market_dataset(
    row: MarketRow, technologies: dict[str, dict[str, str]]
) -> tuple[Dataset, list[Exchange]]:
    """The electricity market of a row: 1 kWh delivered takes 1 / (1 - loss) kWh of generation.

    Raises `ValueError` if the shares do not add up to 1 within 0.001, or a technology with a share
    has no dataset in the row's technology set.
    """
    shares = {name: float(getattr(row, name)) for name in TECHNOLOGIES}
    total = math.fsum(shares.values())
    if abs(total - 1.0) > 1e-3:
        raise ValueError(f"the shares of {row.dataset!r} add up to {total:.5f}, not to 1")
    suppliers = technologies.get(row.technologies, {})
    exchanges = []
    for name, share in shares.items():
        if share == 0.0:
            continue
        if name not in suppliers:
            raise ValueError(f"technology set {row.technologies!r} has no dataset for {name}")
        exchanges.append(
            Exchange(
                kind="technosphere",
                input=suppliers[name],
                amount=share / total / (1.0 - row.loss),
                source=row.source,
                locator=row.locator,
                published_amount=share,
                published_unit="kWh",
                data_kind="calculated",
                comment=f"share of generation, with {row.loss:.4f} lost on the way",
            )
        )
    if row.delivery:
        exchanges.append(
            Exchange(
                kind="technosphere",
                input=row.delivery,
                amount=1.0,
                source=row.loss_source or row.source,
                locator=row.loss_locator or row.locator,
                published_amount=1.0,
                published_unit="kWh",
                comment="transmission and distribution",
            )
        )
    return _market_head(row), exchanges


def _market_head(row: MarketRow) -> Dataset:
    return Dataset(
        id=row.dataset,
        name_en=row.name_en,
        name_zh=row.name_zh,
        synonyms_en=row.synonyms_en,
        synonyms_zh=row.synonyms_zh,
        unit="kWh",
        location=row.location,
        year=row.year,
        kind="market",
        activity="market",
        boundary="cradle-to-gate",
        source=row.source,
        locator=row.locator,
        codes=("HS:2716",),
        technological=2,
        includes=("transmission and distribution losses",),
        comment=row.comment,
        check_value=row.check_value,
        check_tolerance=row.check_tolerance,
        check_source=row.check_source,
    )
