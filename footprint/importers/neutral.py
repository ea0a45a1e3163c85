"""What every reader gives: processes with their products, inputs and elementary flows, as written.

Amounts are in the units of the file and per the process as the file states it. An input finds its
supplier through `keys`: the first key that any product has must belong to one product only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Uncertainty of an amount: squared geometric standard deviation, or bounds in its unit."""

    gsd2: float | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What a process makes; a negative amount is a waste that it treats.

    `native` is the file's own identity of process and product. `share` (0 to 1), `mass_kg` and
    `price` (both per unit) are what the file says for allocation.
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


@dataclass(frozen=True, slots=True)
class Input:
    """An input from another process; negative if a product is avoided.

    `shares` says which part of it each product bears, by the product's `native` identity.
    """

    keys: tuple[Key, ...]
    name: str
    amount: float
    unit: str
    comment: str = ""
    spread: Spread = Spread()
    shares: Mapping[str, float] | None = None


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
    """A process of the file. `location` is its free text; `aggregated`: inputs already summed."""

    file: str
    native: str
    name: str
    location: str
    year: int | None
    products: tuple[Product, ...]
    inputs: tuple[Input, ...] = ()
    elementary: tuple[Elementary, ...] = ()
    emissions: tuple[Emission, ...] = ()
    name_zh: str = ""
    aggregated: bool = False
    comment: str = ""
    left_out: tuple[str, ...] = ()
