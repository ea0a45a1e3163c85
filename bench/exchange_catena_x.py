"""Catena-X documents against the model's own JSON Schemas: `python -m bench.exchange_catena_x DIR`.

DIR holds `catena-x-pcf-9.0.0.schema.json` and `catena-x-pcf-7.0.0.schema.json` as they are
published (eclipse-tractusx/sldt-semantic-models, io.catenax.pcf), which are not shipped here. Each
variation is written, checked with the validator that the schema names, and spoilt in ways that the
schema takes and the gate must refuse.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jsonschema.validators import validator_for

from bench.exchange_samples import VARIATIONS, pact_sample
from footprint.exchange.catena_x_write import CatenaVersion, catena_x_document
from footprint.exchange.checks import check_exchanged, is_exchange_fault
from footprint.exchange.exact_json import exact_bytes

#: Version 7.0.0 needs a class; forms differ in nothing else.
_CLASS = ["urn:pact:productclassification:un-cpc:46410"]
VERSIONS: tuple[CatenaVersion, ...] = ("9.0.0", "7.0.0")


def spoilt(version: CatenaVersion) -> dict[str, Callable[[Any], None]]:
    """Ways to spoil a document that its schema does not see."""
    if version == "7.0.0":
        return {
            "sum off": lambda d: d["pcf"].update(pcfExcludingBiogenic=99),
            "GERMANY": lambda d: d["pcf"].update(geographyCountry="GERMANY"),
            "packaging twice": lambda d: d["pcf"].update(
                extWBCSD_packagingEmissionsIncluded=True,
                extWBCSD_packagingGhgEmissions=1,
                pcfExcludingBiogenic=d["pcf"]["pcfExcludingBiogenic"] + 1,
            ),
            "no partner number": lambda d: d.update(companyIds=["urn:x:y"]),
        }

    def stage(document: Any, name: str) -> Any:
        return document["productLifeCycleStagesAndEmissions"][0][name][0]

    def about(document: Any, name: str) -> Any:
        inside = document["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]
        return inside[name][0]

    def twice(document: Any) -> None:
        stage(document, "packagingStage").update(
            packagingEmissionsIncluded=True, packagingPcfExcludingBiogenicUptake=1
        )
        stage(document, "productionStage")["pcfExcludingBiogenicUptake"] += 1
        stage(document, "productionStage")["pcfIncludingBiogenicUptake"] += 1

    return {
        "sum off": lambda d: stage(d, "productionStage").update(pcfExcludingBiogenicUptake=99),
        "GERMANY": lambda d: about(d, "geography").update(geographyCountry="GERMANY"),
        "packaging twice": twice,
        "no stages": lambda d: d.update(productLifeCycleStagesAndEmissions=[]),
        "no production": lambda d: d["productLifeCycleStagesAndEmissions"][0].update(
            productionStage=[]
        ),
    }


def main() -> None:
    """Print what validated and what was refused; an error where anything went the other way."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("needs the folder of the schemas: python -m bench.exchange_catena_x DIR")
        return
    for version in VERSIONS:
        path = Path(sys.argv[1]) / f"catena-x-pcf-{version}.schema.json"
        schema = json.loads(path.read_text("utf-8"))
        validator = validator_for(schema)(schema)
        sound = 0
        for name, changes in VARIATIONS.items():
            content = _written(changes, version)
            errors = [error.message for error in validator.iter_errors(json.loads(content))]
            assert not errors, (version, name, errors)
            assert not any(map(is_exchange_fault, check_exchanged(content, name))), name
            sound += 1
        print(f"{version}: {sound} variations valid by {type(validator).__name__}")
        for name, spoil in spoilt(version).items():
            document = copy.deepcopy(json.loads(_written({}, version)))
            spoil(document)
            taken = validator.is_valid(document)
            found = check_exchanged(json.dumps(document).encode(), "")
            refused = [one for one in found if is_exchange_fault(one)]
            assert taken, name
            assert refused, name
            print(f"  {name}: the schema takes it, the gate says {refused[0].code}")


def _written(changes: Any, version: CatenaVersion) -> bytes:
    classes = {"productClassifications": _CLASS} if version == "7.0.0" else {}
    return exact_bytes(catena_x_document(pact_sample(**{**classes, **changes}), version))


if __name__ == "__main__":
    main()
