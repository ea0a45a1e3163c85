"""openLCA JSON-LD packages, schema 1 and schema 2.

Format: GreenDelta, olca-schema. Product outputs are made, product inputs are used; a waste input is
treated, a waste output goes to treatment. Schema 2 renamed the flags (`isInput` for `input`).
openLCA calculates with the formula of an amount or parameter, not with the number beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers import faults
from footprint.importers.figures import figure_or_formula, parameters_of, year_of
from footprint.importers.formula import Parameters
from footprint.importers.jsonfile import inner, read_object, word_under
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct
from footprint.importers.openlca_package import NotConvertible, OpenLcaPackage, read_package
from footprint.importers.openlca_values import (
    KNOWN,
    allocation_of,
    flag,
    holds,
    internal_id,
    kind_of_flow,
    stated_spread,
    stored_parameters,
)
from footprint.importers.report import Log


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:
    """The processes of a package. A file that cannot be read is a problem."""
    package = read_package(members, log)
    units.update(package.units)
    shared = parameters_of(
        stored_parameters(package.parameters), Parameters(), log, Where(members.name)
    )
    for member in package.processes:
        try:
            value = read_object(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        yield _ProcessReader(package, shared, log, member, value).process()


class _ProcessReader:
    """One process; the exchanges are sorted into products, inputs and elementary flows."""

    def __init__(
        self,
        package: OpenLcaPackage,
        shared: Parameters,
        log: Log,
        member: ImportMember,
        value: dict[str, Any],
    ) -> None:
        self.package = package
        self.log = log
        self.member = member
        self.value = value
        self.native = word_under(value, "@id")
        self.products: list[ProcessProduct] = []
        self.inputs: list[Input] = []
        self.elementary: list[Elementary] = []
        self.shares, self.causal = allocation_of(value, self.native)
        where = Where(member.name, column=word_under(value, "name")[:80])
        given = value.get("parameters")
        own = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
        for item in own:
            if inner(item, "uncertainty"):
                message = (
                    f"the uncertainty of parameter {word_under(item, 'name')[:60]!r} is not drawn"
                )
                log.note(faults.UNCERTAINTY, where, message)
        self.parameters = parameters_of(stored_parameters(own), shared, log, where)

    def process(self) -> Process:
        exchanges = self.value.get("exchanges")
        for exchange in exchanges if isinstance(exchanges, list) else ():
            if isinstance(exchange, dict):
                self._exchange(exchange)
        documentation = inner(self.value, "processDocumentation")
        return Process(
            file=self.member.name,
            native=self.native,
            name=word_under(self.value, "name"),
            location=self._location(),
            year=year_of(
                word_under(documentation, "validUntil")[:4],
                word_under(documentation, "validFrom")[:4],
                word_under(documentation, "timeDescription"),
            ),
            aggregated=word_under(self.value, "processType") == "LCI_RESULT",
            products=tuple(self.products),
            inputs=tuple(self.inputs),
            elementary=tuple(self.elementary),
            unread=self._unread(),
        )

    def _unread(self) -> tuple[str, ...]:
        """The sections of the process that are unknown and hold something."""
        unknown = [name for name, held in self.value.items() if name not in KNOWN and held]
        where = Where(self.member.name, column=word_under(self.value, "name")[:80])
        for name in unknown:
            fault = faults.NOT_READ_BURDEN if holds(self.value[name]) else faults.NOT_UNDERSTOOD
            self.log.note(fault, where, f"the field {name[:60]!r} of a process is not read")
        return tuple(name for name in unknown if holds(self.value[name]))

    def _location(self) -> str:
        given = inner(self.value, "location")
        known = self.package.locations.get(word_under(given, "@id"), "")
        return known or word_under(given, "code") or word_under(given, "name")

    def _exchange(self, exchange: dict[str, Any]) -> None:
        reference = inner(exchange, "flow")
        name = word_under(reference, "name")
        where = Where(
            self.member.name, column=f"{word_under(self.value, 'name')[:80]}: {name[:80]}"
        )
        formula = word_under(exchange, "amountFormula")
        amount = figure_or_formula(
            exchange.get("amount"), formula, self.parameters, self.log, where
        )
        flow = self.package.flows.get(word_under(reference, "@id"), {})
        spread = stated_spread(exchange, amount, self.log, where)
        scale, unit = self._unit(exchange, flow, where)
        amount, spread = amount * scale, spread.scaled(scale)
        incoming = flag(exchange, "isInput", "input")
        avoided = flag(exchange, "isAvoidedProduct", "avoidedProduct")
        kind = kind_of_flow(exchange, reference, flow)
        shares = self.causal.get(internal_id(exchange))
        if kind == "ELEMENTARY_FLOW":
            self.elementary.append(
                Elementary(
                    flow=word_under(reference, "@id"),
                    name=name,
                    cas=word_under(flow, "cas"),
                    compartment=self._compartment(flow, reference),
                    amount=amount,
                    unit=unit,
                    incoming=incoming,
                    spread=spread,
                    shares=shares,
                )
            )
        elif not avoided and incoming == (kind == "WASTE_FLOW"):
            names = ("isQuantitativeReference", "quantitativeReference")
            self._product(reference, amount, unit, is_reference=flag(exchange, *names))
        else:
            self.inputs.append(
                Input(
                    keys=self._supplier(exchange, reference),
                    name=name,
                    amount=-amount if avoided else amount,
                    unit=unit,
                    spread=spread.scaled(-1.0 if avoided else 1.0),
                    shares=shares,
                    waste=kind == "WASTE_FLOW" and not avoided,
                )
            )

    def _unit(
        self, exchange: dict[str, Any], flow: dict[str, Any], where: Where
    ) -> tuple[float, str]:
        unit = word_under(inner(exchange, "unit"), "name")
        used = word_under(inner(exchange, "flowProperty"), "@id")
        given = flow.get("flowProperties")
        if not used and isinstance(given, list) and len(given) > 1:
            message = f"{unit!r} of which flow property is not stated: that of reference was taken"
            self.log.note(faults.UNIT_ASSUMED, where, message)
        if self.package.leaves_out(unit, used):
            message = f"the unit group of its property does not define {unit!r}; our table does"
            self.log.note(faults.UNIT_ASSUMED, where, message)
        try:
            return self.package.in_reference(unit, flow, used)
        except NotConvertible as reason:
            message = f"an amount in {unit!r} of another flow property: {reason}"
            self.log.refuse(faults.BAD_UNIT, where, message)
            return 1.0, unit

    def _compartment(self, flow: dict[str, Any], reference: dict[str, Any]) -> tuple[str, ...]:
        path = reference.get("categoryPath")
        if isinstance(path, list):
            return tuple(str(part) for part in path)
        return self.package.path(flow.get("category") or reference.get("category"))

    def _product(
        self, reference: dict[str, Any], amount: float, unit: str, *, is_reference: bool
    ) -> None:
        flow = word_under(reference, "@id")
        self.products.append(
            ProcessProduct(
                native=f"{self.native}/{flow}",
                keys=((self.native, flow), (flow,)),
                name=word_under(reference, "name"),
                amount=amount,
                unit=unit,
                share=self.shares.get(flow),
                reference=is_reference,
            )
        )

    def _supplier(
        self, exchange: dict[str, Any], reference: dict[str, Any]
    ) -> tuple[tuple[str, ...], ...]:
        provider = word_under(inner(exchange, "defaultProvider"), "@id")
        flow = word_under(reference, "@id")
        return ((provider, flow),) if provider else ((flow,),)
