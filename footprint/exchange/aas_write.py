"""A PACT document as an asset administration shell in a package (AASX), by basyx (extra `aas`).

The submodel has one total and no word for uptake: ours is the total excluding biogenic uptake, of
one phase A1-A3. The whole PACT document stands beside it as content and as a file.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from basyx.aas import model
from basyx.aas.adapter.aasx import AASXWriter, DictSupplementaryFileContainer
from basyx.aas.model import datatypes

from footprint.exchange import aas_ids as ids
from footprint.exchange.faults import NO_PLACE
from footprint.faults import Where
from footprint.sheets.timeless import without_clock
from footprint.supplier.numbers import decimal_text

#: What is attached: the name of a file, its kind, its bytes.
Attachment = tuple[str, str, bytes]
PACT_FILE = "pact.json"
_WORD_OF = {unit: word for word, (_, unit, scale) in ids.UNITS_OF.items() if scale == 1}


class PlainDecimal(Decimal):
    """A decimal that is written without an exponent: xs:decimal has none, and str() makes one."""

    def __str__(self) -> str:
        return decimal_text(self)


class InOrder(set[Any]):
    """A set that is walked in one order: that of strings changes with each process."""

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__(), key=str))


def aas_package(pact: Mapping[str, Any], attached: Sequence[Attachment] = ()) -> bytes:
    """The package (metamodel 3.0, JSON inside) of a PACT v3 document, with files attached.

    The same document and files make the same bytes. Raises `InputRefused` (EXC-002) for a unit
    that the submodel does not know.
    """
    unit = pact["pcf"]["declaredUnitOfMeasurement"]
    if unit not in _WORD_OF:
        message = f"the declared unit {unit!r} does not exist in IDTA 02023"
        hint = f"Units there: {', '.join(ids.UNITS_OF)}. Hand over the PACT document."
        where = Where(column="declaredUnitOfMeasurement")
        raise NO_PLACE.refuse(message, where, hint)
    content = json.dumps(pact, ensure_ascii=False, indent=2).encode() + b"\n"
    files = [(PACT_FILE, "application/json", content), *attached]
    store: Any = DictSupplementaryFileContainer()  # type: ignore[no-untyped-call]
    paths = []
    for name, kind, data in files:
        path = store.add_file(f"/aasx/files/{name}", io.BytesIO(data), kind)
        paths.append((path, kind))
    submodels = [_carbon_footprint(pact, paths), _documents(pact, paths)]
    shell = _shell(pact, submodels)
    objects: Any = model.DictIdentifiableStore([shell, *submodels])
    buffer = io.BytesIO()
    with AASXWriter(buffer, failsafe=False) as writer:
        writer.write_aas(shell.id, objects, store, write_json=True)
    return without_clock(buffer.getvalue())


def _shell(pact: Mapping[str, Any], submodels: Sequence[model.Submodel]) -> Any:
    first, *others = pact["productIds"]
    return model.AssetAdministrationShell(
        asset_information=model.AssetInformation(
            asset_kind=model.AssetKind.TYPE,
            global_asset_id=first,
            specific_asset_id=[
                *(model.SpecificAssetId("productId", one) for one in others),
                *(model.SpecificAssetId("companyId", one) for one in pact["companyIds"]),
            ],
        ),
        id_=f"urn:uuid:{pact['id']}:shell",
        id_short="ProductWithCarbonFootprint",
        submodel=InOrder(model.ModelReference.from_referable(one) for one in submodels),
    )


def aas_meaning(value: str) -> model.ExternalReference:
    """A reference to what something means."""
    return model.ExternalReference((model.Key(model.KeyTypes.GLOBAL_REFERENCE, value),))


def aas_text(name: str | None, meaning: str, value: str, value_id: str | None = None) -> Any:
    """A text, by its meaning and by the id of its value."""
    return model.Property(
        name,
        datatypes.String,
        value,
        value_id=None if value_id is None else aas_meaning(value_id),
        semantic_id=aas_meaning(meaning),
    )


def aas_list(name: str, meaning: str, of: type[Any], each: str, values: Sequence[Any]) -> Any:
    """A list of elements of one kind and meaning."""
    return model.SubmodelElementList(
        name,
        of,
        values,
        semantic_id=aas_meaning(meaning),
        semantic_id_list_element=aas_meaning(each),
        value_type_list_element=datatypes.String if of is model.Property else None,
    )


def aas_group(name: str | None, meaning: str, values: Sequence[Any]) -> Any:
    """A collection of elements."""
    return model.SubmodelElementCollection(name, values, semantic_id=aas_meaning(meaning))


def _methods(method: tuple[str, str]) -> Any:
    """The one method: the template takes no second one."""
    values = [aas_text(None, ids.METHOD, *method)]
    return aas_list("PcfCalculationMethods", ids.METHODS, model.Property, ids.METHOD, values)


def _carbon_footprint(pact: Mapping[str, Any], paths: Sequence[tuple[str, str]]) -> Any:
    totals = aas_list(
        "ProductCarbonFootprints",
        ids.FOOTPRINTS,
        model.SubmodelElementCollection,
        ids.FOOTPRINT,
        [aas_group(None, ids.FOOTPRINT, _total(pact, paths))],
    )
    specific = aas_list(
        "ProductOrSectorSpecificCarbonFootprints",
        ids.SPECIFIC_FOOTPRINTS,
        model.SubmodelElementCollection,
        ids.SPECIFIC_FOOTPRINT,
        [aas_group(None, ids.SPECIFIC_FOOTPRINT, _specific(pact))],
    )
    return model.Submodel(
        f"urn:uuid:{pact['id']}",
        [totals, specific],
        id_short="CarbonFootprint",
        administration=model.AdministrativeInformation("1", "0", template_id=ids.TEMPLATE),
        semantic_id=aas_meaning(ids.SUBMODEL),
    )


def _total(pact: Mapping[str, Any], paths: Sequence[tuple[str, str]]) -> list[Any]:
    pcf = pact["pcf"]
    word = _WORD_OF[pcf["declaredUnitOfMeasurement"]]
    statement = next((one for one in paths if one[1] == "application/pdf"), paths[0])
    return [
        _methods(ids.ISO_14067),
        model.Property(
            "PcfCO2eq",
            datatypes.Decimal,
            PlainDecimal(pcf["pcfExcludingBiogenicUptake"]),
            semantic_id=aas_meaning(ids.CO2EQ),
        ),
        aas_text("ReferenceImpactUnitForCalculation", ids.UNIT, word, ids.UNITS_OF[word][0]),
        model.Property(
            "QuantityOfMeasureForCalculation",
            datatypes.Double,
            float(pcf["declaredUnitAmount"]),
            semantic_id=aas_meaning(ids.QUANTITY),
        ),
        aas_list(
            "LifeCyclePhases",
            ids.PHASES,
            model.Property,
            ids.PHASE,
            [aas_text(None, ids.PHASE, "A1-A3", ids.A1_A3)],
        ),
        model.File(
            "ExplanatoryStatement",
            statement[1],
            statement[0],
            semantic_id=aas_meaning(ids.STATEMENT),
        ),
        _moment("PublicationDate", ids.PUBLISHED, pact["created"]),
        _moment("ExpirationDate", ids.EXPIRES, pact["validityPeriodEnd"]),
    ]


def _moment(name: str, meaning: str, text: str) -> Any:
    moment = datetime.fromisoformat(text)
    return model.Property(name, datatypes.DateTime, moment, semantic_id=aas_meaning(meaning))


def _specific(pact: Mapping[str, Any]) -> list[Any]:
    """The footprint by the rules of PACT, whole: what the one total leaves out."""
    rule = [
        aas_text("PcfRuleOperator", ids.RULE_OPERATOR, "WBCSD"),
        aas_text("PcfRuleName", ids.RULE_NAME, "PACT Technical Specifications"),
        aas_text("PcfRuleVersion", ids.RULE_VERSION, pact["specVersion"]),
    ]
    whole = json.dumps(pact, ensure_ascii=False, separators=(",", ":"))
    return [
        _methods(ids.PACT_3),
        aas_group("ProductOrSectorSpecificRule", ids.RULE, rule),
        aas_group(
            "PcfInformation", ids.INFORMATION, [aas_text("PactDocument", ids.CONTENT, whole)]
        ),
    ]


def _documents(pact: Mapping[str, Any], paths: Sequence[tuple[str, str]]) -> Any:
    """A submodel of our own: the files that belong to the footprint."""
    files = [
        model.File(f"Document{at:02}", kind, path) for at, (path, kind) in enumerate(paths, start=1)
    ]
    return model.Submodel(
        f"urn:uuid:{pact['id']}:documents",
        files,
        id_short="FootprintDocuments",
        semantic_id=aas_meaning(ids.DOCUMENTS),
    )
