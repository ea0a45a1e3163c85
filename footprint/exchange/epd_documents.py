"""A supplier's declaration, ILCD+EPD or openEPD -> his footprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.canonical import bytes_hash
from footprint.exchange.epd_supplier import supplier_from_epd
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.faults import NOT_A_DOCUMENT
from footprint.exchange.ilcd_json import epd_from_json, is_ilcd_json
from footprint.exchange.ilcd_xml import process_of_xml, process_of_zip
from footprint.exchange.open_epd_read import epd_from_open_epd, is_open_epd
from footprint.exchange.package import is_package, unpacked
from footprint.faults import Where
from footprint.values.supplier import SupplierPcf


def supplier_from_ilcd(
    process: Mapping[str, Any], data: bytes, file: str, accept: bool
) -> SupplierPcf:
    """The footprint of A1 to A3 that a process data set states; `data` are the bytes of the file.

    Raises `InputRefused` (SUP-003, EXC-002, EXC-003, EXC-102, EXC-103).
    """
    epd = epd_from_json(process, file)
    return supplier_from_epd(epd, "ilcd-epd", file, bytes_hash(data), accept)


def supplier_from_open_epd(
    document: Mapping[str, Any], data: bytes, file: str, accept: bool
) -> SupplierPcf:
    """The footprint of A1 to A3 that an openEPD document states.

    Raises `InputRefused` (SUP-003, EXC-002, EXC-003, EXC-101 to EXC-103).
    """
    epd, gwp_set = epd_from_open_epd(document, file)
    return supplier_from_epd(epd, "openepd", file, bytes_hash(data), accept, gwp_set)


def declared(data: bytes, file: str, accept: bool, document: Any = None) -> SupplierPcf:
    """The footprint of a declaration in any of its forms; `document` is the JSON, if it is any.

    Raises `InputRefused` (EXC and SUP codes) for what is no declaration, too.
    """
    if is_open_epd(document):
        return supplier_from_open_epd(document, data, file, accept)
    if is_package(data):
        process = process_of_zip(data, file) or _process_json(data, file)
    elif document is None:
        process = process_of_xml(data, file)
    else:
        process = document
    if not is_ilcd_json(process):
        message = "it is of no form that is known here"
        hint = "Known are PACT, Catena-X, ILCD+EPD, openEPD, and certificates of this program."
        raise NOT_A_DOCUMENT.refuse(message, Where(file), hint)
    return supplier_from_ilcd(process, data, file, accept)


def _process_json(data: bytes, file: str) -> Any:
    """The one process data set in a package of JSON files; None if there is none."""
    found = []
    for name, content in unpacked(data, file, ".json").items():
        try:
            document = read_exactly(content)
        except (ValueError, RecursionError) as error:
            message = f"{name} is not sound JSON: {str(error)[:80]}"
            raise NOT_A_DOCUMENT.refuse(message, Where(file)) from None
        found += [document] if is_ilcd_json(document) else []
    if len(found) > 1:
        message = f"the package holds {len(found)} declarations, and which one counts is open"
        raise NOT_A_DOCUMENT.refuse(message, Where(file), "Give a package with one of them.")
    return found[0] if found else None
