"""ILCD+EPD as XML: the process data set with the flow that it declares, from a zip as published.

The unit and the mass stand in the data set of the flow, beside that of the process. Both become the
JSON that nodes publish, so that one reader holds for all forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from footprint.exchange.faults import MISSING_FACT, NOT_A_DOCUMENT
from footprint.exchange.ilcd_ids import UNITS, property_id
from footprint.exchange.package import unpacked
from footprint.faults import Where
from footprint.sheets.xml import UnsafeXml, attribute, local, read_sheet_xml


def process_of_zip(data: bytes, file: str) -> Mapping[str, Any] | None:
    """The one process data set in a package, as JSON; None if there is none.

    Raises `InputRefused`: EXC-001 for a package that is not sound or holds several, EXC-003 where
    it lacks the flow that is declared.
    """
    roots = {name: _root(content, file) for name, content in unpacked(data, file, ".xml").items()}
    processes = [root for root in roots.values() if local(root.tag) == "processDataSet"]
    if not processes:
        return None
    if len(processes) > 1:
        message = f"the package holds {len(processes)} declarations, and which one counts is open"
        raise NOT_A_DOCUMENT.refuse(message, Where(file), "Give a package with one of them.")
    flows = [root for root in roots.values() if local(root.tag) == "flowDataSet"]
    return _process(processes[0], {_uuid(flow): flow for flow in flows}, file)


def process_of_xml(data: bytes, file: str) -> Mapping[str, Any]:
    """A process data set alone: refused (EXC-003), since its unit stands in another file."""
    root = _root(data, file)
    if local(root.tag) != "processDataSet":
        message = f"the XML is a {local(root.tag)}, no process data set of ILCD"
        raise NOT_A_DOCUMENT.refuse(message, Where(file))
    return _process(root, {}, file)


def _root(data: bytes, file: str) -> Any:
    try:
        return read_sheet_xml(data)
    except (UnsafeXml, etree.XMLSyntaxError) as error:
        message = f"it is no sound XML: {str(error)[:100]}"
        raise NOT_A_DOCUMENT.refuse(message, Where(file)) from None


def _process(root: Any, flows: Mapping[str, Any], file: str) -> dict[str, Any]:
    wanted = _text(root, "referenceToReferenceFlow")
    reference = next(
        (one for one in _all(root, "exchange") if attribute(one, "dataSetInternalID") == wanted),
        None,
    )
    if reference is None:
        raise MISSING_FACT.refuse("no exchange is the reference flow", Where(file))
    (flow_link,) = list(_all(reference, "referenceToFlowDataSet"))[:1] or (None,)
    flow = flows.get(attribute(flow_link, "refObjectId").lower()) if flow_link is not None else None
    if flow is None:
        message = "the data set of the flow that is declared is missing, and with it the unit"
        raise MISSING_FACT.refuse(message, Where(file), "Give the zip as it is published.")
    owner = next(_all(root, "referenceToOwnershipOfDataSet"), None)
    return {
        "processInformation": {
            "dataSetInformation": {"UUID": _uuid(root), "name": {"baseName": _name(root)}},
            "quantitativeReference": {"referenceToReferenceFlow": [wanted]},
            "time": {"dataSetValidUntil": _text(root, "dataSetValidUntil") or None},
        },
        "modellingAndValidation": {
            "LCIMethodAndAllocation": {
                "other": {"anies": [{"name": "subType", "value": _text(root, "subType")}]}
            }
        },
        "administrativeInformation": {
            "publicationAndOwnership": {
                "referenceToOwnershipOfDataSet": {
                    "shortDescription": [] if owner is None else _texts(owner, "shortDescription")
                }
            }
        },
        "exchanges": {"exchange": [_exchange(reference, flow, wanted)]},
        "LCIAResults": {"LCIAResult": [_result(one) for one in _all(root, "LCIAResult")]},
    }


def _exchange(reference: Any, flow: Any, internal_id: str) -> dict[str, Any]:
    main = _text(flow, "referenceToReferenceFlowProperty")
    return {
        "dataSetInternalID": internal_id,
        "referenceFlow": True,
        "meanAmount": _text(reference, "meanAmount") or None,
        "resultingAmount": _text(reference, "resultingAmount") or None,
        "flowProperties": [_property(one, main) for one in _all(flow, "flowProperty")],
        "materialProperties": list(_materials(flow)),
    }


def _property(element: Any, main: str) -> dict[str, Any]:
    link = next(_all(element, "referenceToFlowPropertyDataSet"), None)
    uuid = "" if link is None else attribute(link, "refObjectId").lower()
    names = [] if link is None else _texts(link, "shortDescription")
    name = names[0]["value"] if names else ""
    return {
        "uuid": uuid,
        "name": names,
        "referenceFlowProperty": attribute(element, "dataSetInternalID") == main,
        "meanValue": _text(element, "meanValue") or None,
        "referenceUnit": UNITS.get(property_id(uuid, name)),
    }


def _materials(flow: Any) -> Iterator[dict[str, Any]]:
    """Properties in MatML: what they are called and their units stand apart from their values."""
    details = {attribute(one, "id"): one for one in _all(flow, "PropertyDetails")}
    for data in _all(flow, "PropertyData"):
        about = details.get(attribute(data, "property"))
        if about is not None:
            units = next(_all(about, "Units"), None)
            unit = "" if units is None else attribute(units, "name")
            yield {"name": _text(about, "Name"), "value": _text(data, "Data"), "unit": unit}


def _result(element: Any) -> dict[str, Any]:
    method = next(_all(element, "referenceToLCIAMethodDataSet"), None)
    amounts: list[dict[str, Any]] = [
        {
            "module": attribute(one, "module"),
            "scenario": attribute(one, "scenario"),
            "value": _number(one.text),
        }
        for one in _all(element, "amount")
    ]
    uuid = "" if method is None else attribute(method, "refObjectId")
    for group in _all(element, "referenceToUnitGroupDataSet"):
        said = {"shortDescription": [{"value": _text(group, "shortDescription"), "lang": "en"}]}
        amounts.append({"name": "referenceToUnitGroupDataSet", "value": said})
    return {
        "referenceToLCIAMethodDataSet": {"refObjectId": uuid},
        "other": {"anies": amounts},
    }


def _number(text: str | None) -> str | None:
    """A number as it is written; text that is none (`ND`, `MNA`) declares nothing."""
    try:
        return str(Decimal((text or "").strip()))
    except InvalidOperation:
        return None


def _uuid(root: Any) -> str:
    return _text(root, "UUID").lower()


def _name(root: Any) -> list[dict[str, str]]:
    return _texts(root, "baseName")


def _all(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if local(one.tag) == name)


def _text(element: Any, name: str) -> str:
    found = next(_all(element, name), None)
    return "" if found is None or found.text is None else found.text.strip()


def _texts(element: Any, name: str) -> list[dict[str, str]]:
    return [
        {"value": (one.text or "").strip(), "lang": attribute(one, "lang") or "en"}
        for one in _all(element, name)
    ]
