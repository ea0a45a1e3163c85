"""A supplier's own footprint of what he delivers, which stands for a line instead of a dataset.

Accepted: a PACT v3 ProductFootprint (`footprint.supplier.pact`), and a certificate of this program
with its bundle. Both are read tolerantly, and refused where they contradict themselves.
"""

from __future__ import annotations

from decimal import Decimal
from json import JSONDecodeError

from footprint.bounds import beyond
from footprint.canonical import bytes_hash
from footprint.faults import Where
from footprint.printable import unprintable_in
from footprint.sound_json import read_sound
from footprint.supplier.certificate import supplier_from_certificate
from footprint.supplier.faults import IMPLAUSIBLE, UNKNOWN_FORM, UNREADABLE
from footprint.supplier.fields import Fields
from footprint.supplier.pact import supplier_from_pact
from footprint.values.supplier import SupplierPcf

#: A footprint document is a few kilobytes; a certificate bundle with its credential some dozens.
MAX_BYTES = 5_000_000


def read_supplier(data: bytes, file: str, where: Where, *, accept: bool = False) -> SupplierPcf:
    """Read a supplier's document; `where` is the cell that names it.

    accept : take the stated total where the parts do not add up to it.
    Raises `InputRefused` (SUP-001 to SUP-004, SUP-010, SUP-013).
    """
    return plausible(_read(data, file, where, accept), where)


def plausible(found: SupplierPcf, where: Where) -> SupplierPcf:
    """The footprint itself. Raises `InputRefused` (SUP-013) where a part is beyond any bound."""
    for value in found.parts.values():
        if says := beyond(value, found.unit):
            hint = "Check the declared unit and its amount with the supplier."
            raise IMPLAUSIBLE.refuse(f"{found.file}: {says}", where, hint)
    return found


_GIVE = "Give a PACT v3 ProductFootprint as JSON, or the JSON file of a certificate."


def _read(data: bytes, file: str, where: Where, accept: bool) -> SupplierPcf:
    if len(data) > MAX_BYTES:
        message = f"{file} has {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        raise UNREADABLE.refuse(message, where)
    try:
        document = read_sound(data, Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        message = f"{file} is not JSON: {_why(error)}"
        raise UNREADABLE.refuse(message, where, _GIVE) from None
    found = unprintable_in(document)
    if found:
        message = f"{file}: {found[0]} holds the control character {found[1]}"
        raise UNREADABLE.refuse(message, where)
    if isinstance(document, dict) and isinstance(document.get("data"), dict):
        beside = ", ".join(sorted(document.keys() - {"data"}))
        if beside:
            message = f"{file} holds {beside} beside the document under data"
            raise UNKNOWN_FORM.refuse(message, where, "Give the document under data alone.")
        document = document["data"]
    if isinstance(document, dict):
        if isinstance(document.get("pcf"), dict):
            return supplier_from_pact(Fields(document, where), file, bytes_hash(data), accept)
        view = document.get("certificate", document)
        if isinstance(view, dict) and view.get("type") == "certificate":
            return supplier_from_certificate(Fields(view, where), file, bytes_hash(data), accept)
    raise UNKNOWN_FORM.refuse(
        f"{file} is neither a PACT v3 footprint nor a certificate", where, _GIVE
    )


def _why(error: Exception) -> str:
    """Where a document stops being JSON, in words that people are told."""
    if isinstance(error, JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "it is no text in UTF-8"
    return str(error)[:80]
