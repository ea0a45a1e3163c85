"""The carbon footprint of a battery as an asset administration shell (IDTA 02035-3, extra `aas`).

Source: IDTA 02035-3-1-0 (Industrial Digital Twin Association, CC-BY 4.0), on DIN DKE SPEC 99100,
6.3. The submodel has the meaning of IDTA 02023 and is told from it by its template; a class and
the study stand beside the total, and the stages are those of the regulation.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from basyx.aas import model
from basyx.aas.adapter.aasx import AASXWriter, DictSupplementaryFileContainer
from basyx.aas.model import datatypes

from footprint.exchange import aas_ids as ids
from footprint.exchange.aas_write import (
    InOrder,
    PlainDecimal,
    aas_group,
    aas_list,
    aas_meaning,
    aas_text,
)
from footprint.exchange.faults import MISSING_FACT
from footprint.faults import Where
from footprint.sheets.timeless import without_clock

_TEMPLATE = "https://admin-shell.io/idta-02023-1-0"
_PHASE = "0173-1#02-ABG858#004"
_OWN = "urn:samm:io.admin-shell.idta.batterypass.carbon_footprint:1.0.0#"
_CLASS = f"{_OWN}performanceClass"
_STUDY = f"{_OWN}webLinkToPublicCarbonFootprintStudy"
_DOCUMENT = "urn:samm:io.admin-shell.idta.handover_documentation:2.0.0#DocumentIdentifier"
#: Stages of the regulation by the words and ids of the template.
_PHASES: Mapping[str, tuple[str, str]] = {
    "raw-material": (
        "A1 - raw material supply (and upstream production)",
        "0173-1#07-ABU208#003",
    ),
    "production": ("A3 - production", "0173-1#07-ABU210#003"),
    "distribution": ("A4 - transport to final destination", "0173-1#07-ABU211#003"),
    "end-of-life": ("C3 - recycling, waste treatment", "0173-1#07-ABV503#003"),
}
#: The method of the regulation is in no list of the template.
_METHOD = "Regulation (EU) 2023/1542, Annex II"


def battery_package(passport: Mapping[str, Any]) -> bytes:
    """The package of a battery passport's part on the footprint (`battery_reply`): kg CO2e per kWh
    over the service life, in total and by stage. The same facts make the same bytes.

    A class that is not known stays without a value. Raises `InputRefused` (EXC-003) where the
    number, the model or the public study is missing.
    """
    lacks = [
        name
        for name in ("carbon_footprint_kg_co2e_per_kwh", "battery_model", "public_study")
        if not passport.get(name)
    ]
    if lacks:
        hint = "Give stages_kg, energy_per_cycle_kwh, cycles; in the declaration model and study."
        message = f"the template needs what was not given: {', '.join(lacks)}"
        raise MISSING_FACT.refuse(message, Where(column=lacks[0]), hint)
    by_stage: Mapping[str, str] = passport["carbon_footprint_by_stage"]
    total = passport["carbon_footprint_kg_co2e_per_kwh"]
    footprints = [
        _footprint(total, list(_PHASES), passport),
        *(_footprint(by_stage[stage], [stage], passport) for stage in _PHASES),
    ]
    name = f"urn:footprint-pcf:battery:{passport['battery_model']}"
    submodel = model.Submodel(
        f"{name}:carbon-footprint",
        [
            aas_list(
                "ProductCarbonFootprints",
                ids.FOOTPRINTS,
                model.SubmodelElementCollection,
                ids.FOOTPRINT,
                footprints,
            )
        ],
        id_short="CarbonFootprint",
        administration=model.AdministrativeInformation("1", "0", template_id=_TEMPLATE),
        semantic_id=aas_meaning(ids.SUBMODEL),
    )
    return _packed(name, submodel)


def _footprint(kg: str, stages: Sequence[str], passport: Mapping[str, Any]) -> Any:
    """One footprint of one or all stages."""
    word = ids.UNITS_OF["kWh"][0]
    studies = [aas_text(None, _DOCUMENT, passport["public_study"])]
    return aas_group(
        None,
        ids.FOOTPRINT,
        [
            aas_list(
                "PcfCalculationMethods",
                ids.METHODS,
                model.Property,
                ids.METHOD,
                [aas_text(None, ids.METHOD, _METHOD)],
            ),
            model.Property(
                "PcfCO2eq",
                datatypes.Decimal,
                PlainDecimal(Decimal(kg)),
                semantic_id=aas_meaning(ids.CO2EQ),
            ),
            aas_text("ReferenceImpactUnitForCalculation", ids.UNIT, "kWh", word),
            model.Property(
                "QuantityOfMeasureForCalculation",
                datatypes.Double,
                1.0,
                semantic_id=aas_meaning(ids.QUANTITY),
            ),
            aas_list(
                "LifeCyclePhases",
                ids.PHASES,
                model.Property,
                _PHASE,
                [aas_text(None, _PHASE, *_PHASES[stage]) for stage in stages],
            ),
            model.Property(
                "PerformanceClass",
                datatypes.String,
                passport.get("carbon_footprint_performance_class"),
                semantic_id=aas_meaning(_CLASS),
            ),
            aas_list(
                "WebLinkToPublicCarbonFootprintStudy", _STUDY, model.Property, _DOCUMENT, studies
            ),
        ],
    )


def _packed(name: str, submodel: model.Submodel) -> bytes:
    shell = model.AssetAdministrationShell(
        asset_information=model.AssetInformation(
            asset_kind=model.AssetKind.TYPE, global_asset_id=name
        ),
        id_=f"{name}:shell",
        id_short="BatteryWithCarbonFootprint",
        submodel=InOrder([model.ModelReference.from_referable(submodel)]),
    )
    objects: Any = model.DictIdentifiableStore([shell, submodel])
    files: Any = DictSupplementaryFileContainer()  # type: ignore[no-untyped-call]
    buffer = io.BytesIO()
    with AASXWriter(buffer, failsafe=False) as writer:
        writer.write_aas(shell.id, objects, files, write_json=True)
    return without_clock(buffer.getvalue())
