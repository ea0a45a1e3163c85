"""openLCA JSON-LD packages, schema 1 and schema 2.

Format: GreenDelta, olca-schema. Product outputs are made, product inputs are used; a waste input is
treated, a waste output goes to treatment. Schema 2 renamed the flags (`isInput` for `input`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers.figures import figure_or_formula, optional_figure, year_of
from footprint.importers.flows import recognise
from footprint.importers.formula import Parameters
from footprint.importers.jsonfile import inner, read_object, word
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.neutral import Elementary, Input, Process, Product, Spread
from footprint.importers.openlca_package import Package, read_package
from footprint.importers.report import Log


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:
    """The processes of a package. A file that cannot be read is a problem."""
    package = read_package(members, log)
    units.update(package.units)
    for member in package.processes:
        try:
            value = read_object(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        yield _Reader(package, log, member, value).process()


class _Reader:
    """One process; the exchanges are sorted into products, inputs and elementary flows."""

    def __init__(self, package: Package, log: Log, member: Member, value: dict[str, Any]) -> None:
        self.package = package
        self.log = log
        self.member = member
        self.value = value
        self.native = word(value, "@id")
        self.products: list[Product] = []
        self.inputs: list[Input] = []
        self.elementary: list[Elementary] = []
        self.shares, self.causal = _allocation(value, self.native)
        self.parameters = Parameters(_parameters(value))

    def process(self) -> Process:
        exchanges = self.value.get("exchanges")
        for exchange in exchanges if isinstance(exchanges, list) else ():
            if isinstance(exchange, dict):
                self._exchange(exchange)
        documentation = inner(self.value, "processDocumentation")
        return Process(
            file=self.member.name,
            native=self.native,
            name=word(self.value, "name"),
            location=self._location(),
            year=year_of(
                word(documentation, "validUntil")[:4],
                word(documentation, "validFrom")[:4],
                word(documentation, "timeDescription"),
            ),
            aggregated=word(self.value, "processType") == "LCI_RESULT",
            products=tuple(self.products),
            inputs=tuple(self.inputs),
            elementary=tuple(self.elementary),
        )

    def _location(self) -> str:
        given = inner(self.value, "location")
        known = self.package.locations.get(word(given, "@id"), "")
        return known or word(given, "code") or word(given, "name")

    def _exchange(self, exchange: dict[str, Any]) -> None:
        reference = inner(exchange, "flow")
        name = word(reference, "name")
        where = Where(self.member.name, column=f"{word(self.value, 'name')[:80]}: {name[:80]}")
        formula = word(exchange, "amountFormula")
        amount = figure_or_formula(
            exchange.get("amount"), formula, self.parameters, self.log, where
        )
        flow = self.package.flows.get(word(reference, "@id"), {})
        amount, unit = self.package.in_reference(
            amount,
            word(inner(exchange, "unit"), "name"),
            flow,
            word(inner(exchange, "flowProperty"), "@id"),
        )
        incoming = _flag(exchange, "isInput", "input")
        avoided = _flag(exchange, "isAvoidedProduct", "avoidedProduct")
        kind = self._kind(exchange, reference, flow)
        shares = self.causal.get(_internal(exchange))
        if kind == "ELEMENTARY_FLOW":
            self.elementary.append(
                Elementary(
                    flow=word(reference, "@id"),
                    name=name,
                    cas=word(flow, "cas"),
                    compartment=self._compartment(flow, reference),
                    amount=amount,
                    unit=unit,
                    incoming=incoming,
                    spread=_spread(exchange),
                    shares=shares,
                )
            )
        elif not avoided and incoming == (kind == "WASTE_FLOW"):
            self._product(reference, amount, unit)
        else:
            self.inputs.append(
                Input(
                    keys=self._supplier(exchange, reference),
                    name=name,
                    amount=-amount if avoided else amount,
                    unit=unit,
                    spread=_spread(exchange),
                    shares=shares,
                )
            )

    def _compartment(self, flow: dict[str, Any], reference: dict[str, Any]) -> tuple[str, ...]:
        path = reference.get("categoryPath")
        if isinstance(path, list):
            return tuple(str(part) for part in path)
        return self.package.path(flow.get("category") or reference.get("category"))

    def _kind(
        self, exchange: dict[str, Any], reference: dict[str, Any], flow: dict[str, Any]
    ) -> str:
        """The type of a flow. Packages that leave the flow out may also leave out its type: then
        what it is used as decides, and its name if that is the name of a gas."""
        given = word(flow, "flowType") or word(reference, "flowType")
        if given:
            return given
        category = word(reference, "category").casefold()
        if category.startswith("elementary flows"):
            return "ELEMENTARY_FLOW"
        if category.startswith("technosphere flows") or "defaultProvider" in exchange:
            return "PRODUCT_FLOW"
        if _flag(exchange, "isQuantitativeReference", "quantitativeReference"):
            return "PRODUCT_FLOW"
        named = Elementary("", word(reference, "name"), (), 1.0, "")
        if recognise(named).verdict in {"counted", "assumed", "unmapped"}:
            return "ELEMENTARY_FLOW"
        return "PRODUCT_FLOW" if _flag(exchange, "isInput", "input") else "WASTE_FLOW"

    def _product(self, reference: dict[str, Any], amount: float, unit: str) -> None:
        flow = word(reference, "@id")
        self.products.append(
            Product(
                native=f"{self.native}/{flow}",
                keys=((self.native, flow), (flow,)),
                name=word(reference, "name"),
                amount=amount,
                unit=unit,
                share=self.shares.get(flow),
            )
        )

    def _supplier(
        self, exchange: dict[str, Any], reference: dict[str, Any]
    ) -> tuple[tuple[str, ...], ...]:
        provider = word(inner(exchange, "defaultProvider"), "@id")
        flow = word(reference, "@id")
        return ((provider, flow),) if provider else ((flow,),)


def _parameters(value: dict[str, Any]) -> dict[str, float | str]:
    """The parameters of a process: their stored values, or their formulas where there is none."""
    given = value.get("parameters")
    found: dict[str, float | str] = {}
    for item in given if isinstance(given, list) else ():
        stored = optional_figure(item.get("value")) if isinstance(item, dict) else None
        found[word(item, "name")] = word(item, "formula") if stored is None else stored
    return found


def _flag(exchange: dict[str, Any], *names: str) -> bool:
    return any(exchange.get(name) is True for name in names)


def _internal(exchange: dict[str, Any]) -> str:
    return str(exchange.get("internalId") or exchange.get("@id") or "")


def _spread(exchange: dict[str, Any]) -> Spread:
    given = inner(exchange, "uncertainty")
    deviation = optional_figure(given.get("geomSd"))
    if deviation and deviation > 1.0:
        return Spread(gsd2=deviation**2)
    if word(given, "distributionType").startswith(("TRIANGLE", "UNIFORM")):
        return Spread(
            minimum=optional_figure(given.get("minimum")),
            maximum=optional_figure(given.get("maximum")),
        )
    return Spread()


def _allocation(
    value: dict[str, Any], native: str
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Shares by flow of the product, and by exchange for causal allocation.

    Taken are the factors of the process's default method, or of the only method that has factors.
    """
    given = value.get("allocationFactors")
    factors = [f for f in given if isinstance(f, dict)] if isinstance(given, list) else []
    methods = {word(factor, "allocationType") for factor in factors}
    method = word(value, "defaultAllocationMethod")
    if method not in methods:
        method = next(iter(methods)) if len(methods) == 1 else ""
    shares: dict[str, float] = {}
    causal: dict[str, dict[str, float]] = {}
    for factor in factors:
        amount = optional_figure(factor.get("value"))
        product = word(inner(factor, "product"), "@id")
        if word(factor, "allocationType") != method or amount is None or not product:
            continue
        exchange = inner(factor, "exchange")
        if exchange:
            causal.setdefault(_internal(exchange), {})[f"{native}/{product}"] = amount
        else:
            shares[product] = amount
    return shares, causal
