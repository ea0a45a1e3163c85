"""ILCD packages: process, flow, flow property and unit group data sets in their folders.

Format: European Commission, Joint Research Centre, ILCD format 1.1. Amounts are in the reference
unit of the flow's reference property; a flow that the package leaves out has neither type nor unit.
The reference flow is the product, whatever its own data set says that it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers import faults
from footprint.importers.figures import figure, year_of
from footprint.importers.flows import compartment_of
from footprint.importers.ilcd_flows import IlcdFlow, flows_in
from footprint.importers.ilcd_values import causal_shares, ilcd_spread
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct
from footprint.importers.report import Log
from footprint.importers.xmlfile import element_text, read_xml, text_in_language, unknown_children

_INFORMATION = "{*}processInformation/{*}dataSetInformation"


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:
    """The processes of a package. A file that cannot be read is a problem."""
    flows = flows_in(members, log, units)
    for member in members.files:
        if member.folder != "processes" or member.suffix != ".xml":
            continue
        try:
            root = read_xml(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        yield _process(member, root, flows, log)


def _process(member: ImportMember, root: Any, flows: dict[str, IlcdFlow], log: Log) -> Process:
    base = f"{_INFORMATION}/{{*}}name/{{*}}baseName"
    name = text_in_language(root, base, "en") or element_text(root, base)
    native = element_text(root, f"{_INFORMATION}/{{*}}UUID")
    references = {
        (found.text or "").strip() for found in root.iterfind(".//{*}referenceToReferenceFlow")
    }
    place = root.find(".//{*}locationOfOperationSupplyOrProduction")
    sorter = _Sorter(member, name, native, flows, log)
    found = False
    for exchange in root.iterfind("{*}exchanges/{*}exchange"):
        is_reference = exchange.get("dataSetInternalID", "") in references
        found = found or is_reference
        sorter.add(exchange, is_reference)
    where = Where(member.name, column=name[:80])
    if not found:
        missing = "its reference flow is not among its exchanges" if references else "it names none"
        message = f"{name[:80]!r} has no reference flow: {missing}"
        log.note(faults.NOT_UNDERSTOOD, where, message)
    if references and not found:
        sorter.products.clear()  # by-products alone would take all of its burden
    return Process(
        file=member.name,
        native=native,
        name=name,
        name_zh=text_in_language(root, base, "zh"),
        location=place.get("location", "") if place is not None else "",
        year=year_of(
            element_text(root, "{*}processInformation/{*}time/{*}referenceYear"),
        ),
        aggregated="LCI result" in element_text(root, ".//{*}typeOfDataSet"),
        products=tuple(sorter.products),
        inputs=tuple(replace(i, shares=sorter.named(i.shares)) for i in sorter.inputs),
        elementary=tuple(replace(e, shares=sorter.named(e.shares)) for e in sorter.elementary),
        unread=unknown_children(root, "{*}exchanges", {"exchange", "other"}, log, where),
    )


class _Sorter:
    """Sorts the exchanges of a process into products, inputs and elementary flows."""

    def __init__(
        self, member: ImportMember, process: str, native: str, flows: dict[str, IlcdFlow], log: Log
    ) -> None:
        self.member = member
        self.process = process
        self.native = native
        self.flows = flows
        self.log = log
        self.ids: dict[str, str] = {}
        self.products: list[ProcessProduct] = []
        self.inputs: list[Input] = []
        self.elementary: list[Elementary] = []

    def add(self, exchange: Any, is_reference: bool) -> None:
        reference = exchange.find("{*}referenceToFlowDataSet")
        uuid = reference.get("refObjectId", "") if reference is not None else ""
        label = element_text(reference, "{*}shortDescription")
        where = Where(self.member.name, column=f"{self.process[:80]}: {label[:80]}")
        flow = self.flows.get(uuid)
        amount = self._amount(exchange, where)
        direction = element_text(exchange, "{*}exchangeDirection").casefold()
        if direction not in {"input", "output"}:
            message = f"the direction {direction[:20]!r} is neither Input nor Output"
            self.log.refuse(faults.NO_DIRECTION, where, message)
            return
        incoming = direction == "input"
        if is_reference:
            self._reference(exchange, uuid, flow, label, amount, where)
        elif flow is None:
            # Without its flow data set an exchange has no unit, and could be anything.
            self.inputs.append(Input((), label or uuid, amount, ""))
        elif flow.kind == "Elementary flow":
            self.elementary.append(
                Elementary(
                    flow=uuid,
                    name=flow.name,
                    cas=flow.cas,
                    compartment=flow.compartment,
                    amount=amount,
                    unit=flow.unit,
                    incoming=incoming,
                    spread=ilcd_spread(exchange, amount, self.log, where),
                    shares=causal_shares(exchange),
                )
            )
        elif incoming == (flow.kind == "Waste flow"):
            self._product(exchange, uuid, flow, amount)
        else:
            self.inputs.append(
                Input(
                    keys=((uuid,),),
                    name=flow.name,
                    amount=amount,
                    unit=flow.unit,
                    spread=ilcd_spread(exchange, amount, self.log, where),
                    shares=causal_shares(exchange),
                    waste=not incoming,
                )
            )

    def _amount(self, exchange: Any, where: Where) -> float:
        """The resulting amount; the mean one only where no variable stands between the two."""
        resulting = element_text(exchange, "{*}resultingAmount")
        mean = element_text(exchange, "{*}meanAmount")
        if not resulting and element_text(exchange, "{*}referenceToVariable"):
            message = "the amount depends on a variable, and its result is not stated"
            self.log.refuse(faults.BAD_AMOUNT, where, message)
            return math.nan
        return figure(resulting or mean, self.log, where)

    def _reference(
        self,
        exchange: Any,
        uuid: str,
        flow: IlcdFlow | None,
        label: str,
        amount: float,
        where: Where,
    ) -> None:
        if flow is None:
            flow = IlcdFlow(label or uuid, "", "", "", (), "")
        if flow.kind == "Elementary flow":
            message = f"the reference flow {flow.name[:80]!r} is typed as an elementary flow"
            self.log.note(faults.NOT_UNDERSTOOD, where, message, "It is the product all the same.")
        self._product(exchange, uuid, flow, amount, reference=True)

    def named(self, shares: Mapping[str, float] | None) -> dict[str, float] | None:
        """Shares by the products' identities, from shares by the numbers of their exchanges."""
        if shares is None:
            return None
        return {self.ids[number]: part for number, part in shares.items() if number in self.ids}

    def _product(
        self, exchange: Any, uuid: str, flow: IlcdFlow, amount: float, *, reference: bool = False
    ) -> None:
        self.ids[exchange.get("dataSetInternalID", "")] = f"{self.native}/{uuid}"
        emitted = compartment_of(flow.compartment).kind and not reference
        self.products.append(
            ProcessProduct(
                native=f"{self.native}/{uuid}",
                keys=((self.native, uuid), (uuid,)),
                name=flow.name,
                name_zh=flow.name_zh,
                amount=amount,
                unit=flow.unit,
                reference=reference,
                never="emission" if emitted else "",
            )
        )
