"""A PACT document in any of the forms that buyers ask for, past the gate of that form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from footprint.exchange.checks import check_exchanged, is_exchange_fault
from footprint.exchange.exact_json import exact_bytes
from footprint.faults import InputRefused, Problem

ExchangeForm = Literal["pact", "catena-x", "catena-x-7", "openepd", "aasx", "untp"]
#: Media types: a passport is a credential (W3C VCDM 2.0, section 6.2), a package is of IDTA-01005.
FORM_MEDIA: Mapping[ExchangeForm, str] = {
    "pact": "application/json",
    "catena-x": "application/json",
    "catena-x-7": "application/json",
    "openepd": "application/json",
    "aasx": "application/asset-administration-shell-package",
    "untp": "application/vc",
}


def exchanged_form(
    pact: Mapping[str, Any],
    form: ExchangeForm,
    attached: Sequence[tuple[str, str, bytes]] = (),
) -> tuple[bytes, list[Problem]]:
    """The bytes of the document, and what is remarkable in it.

    `attached` are files for a package: name, kind, bytes. Raises `InputRefused` (EXC codes) where
    the form cannot say the footprint, `ModuleNotFoundError` where its extra is not installed.
    """
    if form == "pact":
        return json.dumps(pact, ensure_ascii=False, indent=2).encode() + b"\n", []
    if form == "aasx":
        from footprint.exchange.aas_write import aas_package

        content = aas_package(pact, attached)
    else:
        content = exact_bytes(_document(pact, form))
    found = check_exchanged(content, form)
    faults = [one for one in found if is_exchange_fault(one)]
    if faults:
        raise InputRefused(faults)
    return content, found


def _document(pact: Mapping[str, Any], form: ExchangeForm) -> dict[str, Any]:
    if form == "openepd":
        from footprint.exchange.open_epd_write import open_epd_document

        return open_epd_document(pact)
    if form == "untp":
        from footprint.exchange.untp_write import untp_document

        return untp_document(pact)
    from footprint.exchange.catena_x_write import catena_x_document

    return catena_x_document(pact, "9.0.0" if form == "catena-x" else "7.0.0")
