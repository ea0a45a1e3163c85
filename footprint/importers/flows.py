"""Elementary flows of other inventories, to the greenhouse gas flows of ours.

Gases are counted, flows that cannot be greenhouse gases are counted as such, and what lies between
is reported: never a silent zero. The tables are in `flows.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.gas_names import (
    Gas,
    carbon_origin,
    gas_of,
    may_be_gas,
    plain_gas_name,
    tables,
)
from footprint.importers.measures import Measures
from footprint.importers.neutral import Elementary, Emission, Process
from footprint.importers.report import Counts, Log
from footprint.inventory.read import read_flows

#: Before the id of one of our own flows, where a file of ours comes back.
OWN_FLOW = "footprint-flow:"
Verdict = Literal["counted", "assumed", "unmapped", "backwards", "other"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a flow is: an id of ours if it is `counted` (or its origin `assumed`), else empty.

    `place`: air, water, soil or resource; empty if the file does not say.
    """

    verdict: Verdict
    flow: str = ""
    place: str = "air"


def emissions_of(process: Process, measures: Measures, log: Log, counts: Counts) -> Process:
    """The process with its greenhouse gases in kg, and without its elementary flows.

    What may be a greenhouse gas and is not counted stands in `left_out` and in the log.
    """
    emissions = []
    left_out = []
    for written in process.elementary:
        found = recognised_flow(written)
        where = Where(f"{process.file}", column=f"{process.name[:80]}: {written.name[:80]}")
        if written.amount == 0.0:
            counts.zero += 1
        elif found.flow:
            counts.gases += 1
            kilograms = _kilograms(written, measures, log, where)
            if kilograms is not None:
                emissions.append(Emission(found.flow, kilograms, written))
                _assumed(written, found, log, where)
        elif found.verdict == "other":
            counts.other += 1
        else:
            counts.unmapped += 1
            left_out.append(written.name)
            _report(written, found, log, where)
    return replace(
        process,
        elementary=(),
        emissions=tuple(emissions),
        left_out=tuple(dict.fromkeys(left_out)),
    )


def _kilograms(written: Elementary, measures: Measures, log: Log, where: Where) -> float | None:
    """The mass of a gas; without a unit it is in kg, the unit of the flow, which is noticed."""
    if not written.unit:
        log.note(
            faults.UNIT_ASSUMED, where, f"{written.name[:80]!r} has no unit: kg, its flow's own"
        )
        return written.amount
    kilograms = measures.convert(written.amount, written.unit, "kg", where)
    if kilograms is None:
        message = f"{written.name!r} is given in {written.unit!r}, which is no mass"
        log.refuse(faults.BAD_FLOW_UNIT, where, message)
    return kilograms


def _assumed(written: Elementary, found: Recognised, log: Log, where: Where) -> None:
    name = f"{written.name[:80]!r}"
    if found.verdict == "assumed":
        message = f"{name} does not say its origin; it counts as {found.flow}"
        log.note(faults.ORIGIN_ASSUMED, where, message)
    if found.place == "":
        log.note(
            faults.PLACE_ASSUMED, where, f"{name} does not say where it goes; it counts as air"
        )


def _report(written: Elementary, found: Recognised, log: Log, where: Where) -> None:
    place = "/".join(part for part in written.compartment if part)[:80]
    if found.verdict == "backwards":
        message = f"{written.name[:80]!r} ({place}) is taken in where it should be given off"
        log.note(faults.BACKWARDS, where, message)
        return
    message = f"{written.name[:80]!r} ({place}) may be a greenhouse gas and is not counted"
    hint = "We hold no factor for it, or its name does not say which gas it is."
    log.note(faults.UNMAPPED_GAS, where, message, hint)


def recognised_flow(flow: Elementary) -> Recognised:
    """What an elementary flow is, by its UUID, CAS number, name and compartment."""
    if flow.flow.startswith(OWN_FLOW):
        known = flow.flow.removeprefix(OWN_FLOW)
        return Recognised("counted", known) if known in _own_flows() else Recognised("unmapped")
    return _recognise(flow.flow, flow.name, flow.compartment, flow.cas, flow.incoming)


@lru_cache(maxsize=100_000)
def _recognise(
    uuid: str, name: str, compartment: tuple[str, ...], cas: str, incoming: bool
) -> Recognised:
    plain, bracket = _without_bracket(name)
    where = compartment_of((*compartment, bracket))
    gas = gas_of(plain, cas)
    if gas is None:
        known = tables()["uuids"].get(uuid.casefold())
        if known:
            backwards = incoming and known != "co2-uptake"
            return Recognised("backwards") if backwards else Recognised("counted", known)
        elsewhere = where.kind in {"resource", "water", "soil"}
        suspect = plain.strip() == "" or may_be_gas(plain, cas, incoming=incoming)
        harmless = elsewhere or not suspect
        return Recognised("other" if harmless else "unmapped")
    in_air = "in air" in f"{plain} / {' / '.join(compartment)}".casefold()
    if where.kind == "resource" or (incoming and in_air):
        if "uptake" in gas and not where.below:
            return Recognised("counted", gas["uptake"])
        return Recognised("other")
    if any(word in plain_gas_name(plain) for word in tables()["origins"]["not_counted"]):
        return Recognised("unmapped")
    if where.kind in {"water", "soil"}:
        return Recognised("other")
    if incoming:
        return Recognised("backwards")
    found = _by_origin(gas, plain, aircraft=where.aircraft)
    return replace(found, place=where.kind)


class Compartment(NamedTuple):
    """Where a flow goes to or comes from: `kind` is air, water, soil, resource, or empty if it is
    not said. `below`: a resource of ground, water, land or life, not of the air."""

    kind: str
    below: bool
    aircraft: bool


def compartment_of(path: tuple[str, ...]) -> Compartment:
    """The compartment that a path names, by the whole words of its segments.

    A path that names air is air, however close to the ground; `ground` alone is soil.
    """
    words: set[str] = set()
    for segment in path:
        words |= set(re.findall(r"[^\W\d_]+", segment.casefold()))
    table = {key: bool(words & set(names)) for key, names in tables()["compartments"].items()}
    aircraft, below = table["aircraft"], table["below"]
    for kind in ("resource", "air", "water", "soil"):
        if table[kind]:
            return Compartment(kind, below, aircraft)
    return Compartment("", below, aircraft)


def _without_bracket(name: str) -> tuple[str, str]:
    """A name without the compartment in brackets behind it, as GaBi writes it, and that."""
    match = re.fullmatch(r"(.+?)\s*\[([^\[\]]*)\]\s*", name)
    return (match[1], match[2]) if match else (name, "")


def _by_origin(gas: Gas, name: str, *, aircraft: bool) -> Recognised:
    origin = carbon_origin(name)
    if origin in gas:
        if origin == "fossil" and aircraft:
            return Recognised("counted", gas["aircraft"])
        return Recognised("counted", gas[origin])
    if "any" in gas:
        return Recognised("counted", gas["aircraft" if aircraft and "aircraft" in gas else "any"])
    return Recognised("assumed", gas["aircraft" if aircraft else "fossil"])


@cache
def _own_flows() -> frozenset[str]:
    return frozenset(read_flows()[0])
