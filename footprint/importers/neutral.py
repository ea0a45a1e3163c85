"""What every reader gives: processes with their products, inputs and elementary flows, as written.

Amounts are in the units of the file and per the process as the file states it. An input finds its
supplier through `keys`: the first key that any product has must belong to one product only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Uncertainty of an amount as its file states it; empty if it states none.

    `kind`: lognormal, normal, triangular, uniform, beta-pert or undefined. `gsd2` is the squared
    geometric standard deviation; the others are in the unit of the amount: `sd` the standard
    deviation, `centre` the median, mean or mode (None: the amount itself).
    """

    kind: str = ""
    gsd2: float | None = None
    sd: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    centre: float | None = None

    def scaled(self, scale: float) -> Spread:
        """The uncertainty of the amount times `scale`; a negative one swaps the bounds."""
        if scale == 1.0 or not self.kind:
            return self
        low, high, centre = (
            None if value is None else value * scale
            for value in (self.minimum, self.maximum, self.centre)
        )
        if scale < 0.0:
            low, high = high, low
        sd = None if self.sd is None else self.sd * abs(scale)
        return replace(self, sd=sd, minimum=low, maximum=high, centre=centre)


@dataclass(frozen=True, slots=True)
class ProcessProduct:
    """What a process makes; a negative amount is a waste that it treats.

    `native` is the file's own identity of process and product. `share` (0 to 1), `mass_kg` and
    `price` (both per unit) are what the file says for allocation. `reference`: the file names it
    as what the process is run for. `never`: why it can be no co-product of an allocation by mass
    (waste, an emission), as far as the file itself says so.
    """

    native: str
    keys: tuple[Key, ...]
    name: str
    amount: float
    unit: str
    name_zh: str = ""
    share: float | None = None
    mass_kg: float | None = None
    price: float | None = None
    reference: bool = False
    never: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """An input from another process; negative if a product is avoided.

    `shares` says which part of it each product bears, by the product's `native` identity. `waste`:
    it is given away to be treated, whichever sign its treatment has in the file. Without a unit it
    is in that of its supplier. `unclear`: why its supplier cannot be known from the file.
    """

    keys: tuple[Key, ...]
    name: str
    amount: float
    unit: str
    comment: str = ""
    spread: Spread = Spread()
    shares: Mapping[str, float] | None = None
    waste: bool = False
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class Elementary:
    """An exchange with nature. `incoming`: taken from nature, not given to it."""

    flow: str
    name: str
    compartment: tuple[str, ...]
    amount: float
    unit: str
    incoming: bool = False
    cas: str = ""
    comment: str = ""
    spread: Spread = Spread()
    shares: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Emission:
    """An elementary flow that was recognised: `flow` is an id of the shipped flows, in kg."""

    flow: str
    kilograms: float
    written: Elementary


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the file. `location` is its free text; `aggregated`: inputs already summed.

    `left_out` are flows that may be greenhouse gases and are not counted, `unread` what else of the
    process may carry a burden and was not understood.
    """

    file: str
    native: str
    name: str
    location: str
    year: int | None
    products: tuple[ProcessProduct, ...]
    inputs: tuple[Input, ...] = ()
    elementary: tuple[Elementary, ...] = ()
    emissions: tuple[Emission, ...] = ()
    name_zh: str = ""
    aggregated: bool = False
    comment: str = ""
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
