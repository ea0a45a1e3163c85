"""A supplier's Catena-X document -> his footprint, by way of a PACT document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from footprint.canonical import bytes_hash
from footprint.exchange.catena_x_check import catena_x_findings, parsed_catena_x
from footprint.exchange.catena_x_read import pact_of_catena_x, reaches_beyond_gate
from footprint.exchange.faults import REMARK, SUM
from footprint.faults import InputRefused, Where
from footprint.supplier.faults import NOT_GATE
from footprint.supplier.fields import Fields
from footprint.supplier.pact import supplier_from_pact
from footprint.values.supplier import SupplierPcf


def supplier_from_catena_x(
    document: Any, data: bytes, file: str, where: Where, accept: bool
) -> SupplierPcf:
    """The footprint that a document states, which was read exactly from `data`.

    accept : take the stated total where the parts do not add up to it.
    Raises `InputRefused` (EXC-001, EXC-003, EXC-101 to EXC-103, SUP-003, SUP-004, SUP-010).
    """
    model, problems = parsed_catena_x(document, file)
    if model is not None:
        borne = {REMARK.code, SUM.code} if accept else {REMARK.code}
        problems = [one for one in catena_x_findings(model, file) if one.code not in borne]
    if model is None or problems:
        raise InputRefused(problems)
    if reaches_beyond_gate(model):
        hint = "His use and end-of-life stages would be counted again in yours."
        raise NOT_GATE.refuse(f"{file}: the boundary is cradle-to-grave", where, hint)
    fields = Fields(pact_of_catena_x(model), where)
    return replace(supplier_from_pact(fields, file, bytes_hash(data), accept), kind="catena-x")
