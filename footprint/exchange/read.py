"""A supplier's document in any form that is known here -> his footprint.

PACT and certificates are read by `footprint.supplier`; what else there is becomes a PACT document
first, so that all of them are held to the same sums.
"""

from __future__ import annotations

from typing import Any

from footprint.exchange.exact_json import read_exactly
from footprint.exchange.package import is_package
from footprint.exchange.untp_read import is_passport, passport_of_token, supplier_from_passport
from footprint.faults import Where
from footprint.supplier.read import MAX_BYTES, plausible, read_supplier
from footprint.values.supplier import SupplierPcf

_CATENA = "urn:io.catenax.pcf:"
#: A declaration as published holds its printed pages too.
MAX_DOCUMENT = 20_000_000


def read_supplier_document(
    data: bytes, file: str, where: Where, *, accept: bool = False
) -> SupplierPcf:
    """Read a supplier's document; `where` is the cell that names it.

    accept : take the stated total where the parts do not add up to it.
    Raises `InputRefused` (SUP-001 to SUP-004, SUP-010, SUP-013, EXC-001, EXC-003, EXC-101 to 103).
    """
    if is_package(data) and len(data) <= MAX_DOCUMENT and b"aasx/" in data:
        from footprint.exchange.aas_supplier import supplier_from_shell

        return plausible(supplier_from_shell(data, file, where, accept), where)
    if len(data) <= MAX_DOCUMENT and is_xml_or_zip(data):
        return plausible(_declaration(data, file, accept), where)
    document = _json(data)
    if _is_catena_x(document):
        from footprint.exchange.catena_x_supplier import supplier_from_catena_x

        return plausible(supplier_from_catena_x(document, data, file, where, accept), where)
    passport = passport_of_token(data) if document is None else document
    if is_passport(passport):
        return plausible(supplier_from_passport(passport, data, file, where), where)
    if isinstance(document, dict) and (document.keys() & {"processInformation", "doctype"}):
        return plausible(_declaration(data, file, accept, document), where)
    return read_supplier(data, file, where, accept=accept)


def is_xml_or_zip(data: bytes) -> bool:
    """Whether bytes are no JSON but XML or a package, by how they begin."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or is_package(data)


def _declaration(data: bytes, file: str, accept: bool, document: Any = None) -> SupplierPcf:
    """An environmental declaration: a zip, XML, or JSON of two kinds."""
    from footprint.exchange.epd_documents import declared

    return declared(data, file, accept, document)


def _json(data: bytes) -> Any:
    """The document, if it is JSON of a sound size; what is wrong with it is said by others."""
    if len(data) > MAX_BYTES:
        return None
    try:
        return read_exactly(data)
    except (ValueError, RecursionError):
        return None


def _is_catena_x(document: Any) -> bool:
    if not isinstance(document, dict):
        return False
    return "scopeOfPcfForm" in document or str(document.get("specVersion")).startswith(_CATENA)
