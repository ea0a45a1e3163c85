"""A declaration -> a supplier's footprint of A1 to A3."""

from __future__ import annotations

from footprint.exchange.epd import EPD_UNITS, Epd
from footprint.exchange.epd_gwp import epd_parts
from footprint.exchange.epd_mass import epd_mass, mass_contradiction
from footprint.exchange.faults import CONTRADICTION, NO_PLACE
from footprint.faults import Where
from footprint.values.lacks import lacks_told, screened_share_told
from footprint.values.supplier import SupplierForm, SupplierPcf

_MAY_BE_PRIMARY = frozenset(("specific", "unknown"))


def supplier_from_epd(
    epd: Epd,
    form: SupplierForm,
    file: str,
    digest: str,
    accept: bool = False,
    gwp_set: str = "unstated",
) -> SupplierPcf:
    """The footprint that a declaration states, per one unit.

    Average and generic data sets are secondary data; a specific one does not say how much of it is
    primary.
    Raises `InputRefused` (EXC-002, EXC-003, EXC-102, EXC-103).
    """
    where = Where(file)
    known = EPD_UNITS.get(epd.unit.strip().lower())
    if known is None:
        message = f"the declared unit {epd.unit!r} is none that is known here"
        raise NO_PLACE.refuse(
            message, where, "Known are kg, t, m, m2, m3, l, pieces, kWh, MJ, tkm."
        )
    unit, factor = known
    found = epd_parts(epd, where, accept)
    amount = epd.amount * factor
    if says := mass_contradiction(epd, unit, amount):
        raise CONTRADICTION.refuse(says, where, "Ask the supplier for a corrected document.")
    mass, question = epd_mass(epd, unit)
    return SupplierPcf(
        file=file,
        hash=digest,
        kind=form,
        id=epd.id,
        company=epd.owner,
        product=epd.name,
        unit=unit,
        mass_kg=None if mass is None else float(mass),
        parts={name: float(value / amount) for name, value in found.parts.items()},
        gwp_sets=(gwp_set,),
        valid_until=epd.valid_to,
        primary_data_share=None if epd.subtype in _MAY_BE_PRIMARY else 0.0,
        coverage=1.0 - screened_share_told(epd.comment),
        lacks=lacks_told(epd.comment),
        untold=found.untold,
        note="; ".join(found.notes),
        question=question,
    )
