"""The carbon footprint of a battery as a shell: two checkers, a reader, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from aas_submodel_validate.api import Severity, validate
from aas_test_engines.file import check_aasx_file
from basyx.aas import model
from basyx.aas.adapter.aasx import AASXReader, DictSupplementaryFileContainer
from typer.testing import CliRunner

from footprint.cli.main import application
from footprint.exchange.battery_shell import battery_package
from footprint.faults import InputRefused
from footprint.rules.modules.battery_reply import battery_reply
from footprint.rules.modules.questions import BatteryQuestion
from footprint.words.language import in_language

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUESTION: dict[str, Any] = {
    "kind": "ev",
    "stages_kg": {"material": 3500, "production": 900, "distribution": 40, "end_of_life": 61},
    "energy_per_cycle_kwh": 60,
    "cycles": 1500,
    "declaration": {
        "manufacturer": "Example Cells",
        "model": "X1",
        "study": "https://cells.example/study.pdf",
    },
}


def passport(**changes: Any) -> dict[str, Any]:
    asked = BatteryQuestion.model_validate(QUESTION | changes)
    found: dict[str, Any] = battery_reply(asked, date(2026, 11, 20))["passport"]
    return found


def footprints(data: bytes) -> list[Any]:
    objects: Any = model.DictIdentifiableStore()
    files: Any = DictSupplementaryFileContainer()  # type: ignore[no-untyped-call]
    with AASXReader(io.BytesIO(data), failsafe=False) as reader:
        reader.read_into(objects, files)
    submodel = objects.get_item("urn:footprint-pcf:battery:X1:carbon-footprint")
    return list(submodel.get_referable("ProductCarbonFootprints").value)


def test_the_checkers_find_nothing_but_what_the_second_cannot_know(tmp_path: Path) -> None:
    """It has no table for the template of batteries, says so, and judges by that of IDTA 02023:
    another revision of the phase's id, and a day of publication that batteries do not have."""
    file = tmp_path / "battery.aasx"
    file.write_bytes(battery_package(passport()))
    with file.open("rb") as opened:
        assert check_aasx_file(cast("Any", opened)).ok()
    found = validate(file).findings
    assert "BAT-R2" in {one.rule.id for one in found}
    errors = {one.rule.id for one in found if one.severity is Severity.ERROR}
    assert errors == {"PCF-E09", "PCF-E12"}
    assert file.read_bytes() == battery_package(passport())


def test_the_total_and_its_stages_are_read_to_the_last_digit() -> None:
    told = passport()
    whole, *stages = footprints(battery_package(told))
    assert whole.get_referable("PcfCO2eq").value == Decimal(
        told["carbon_footprint_kg_co2e_per_kwh"]
    )
    assert whole.get_referable("PcfCO2eq").value * 90_000 == pytest.approx(Decimal(4501))
    phases = [
        [one.value[:2] for one in each.get_referable("LifeCyclePhases").value]
        for each in (whole, *stages)
    ]
    assert phases == [["A1", "A3", "A4", "C3"], ["A1"], ["A3"], ["A4"], ["C3"]]
    parts = [one.get_referable("PcfCO2eq").value for one in stages]
    assert parts == [Decimal(kg) for kg in told["carbon_footprint_by_stage"].values()]
    assert whole.get_referable("ReferenceImpactUnitForCalculation").value == "kWh"


def test_it_is_told_from_other_footprints_by_its_template_and_has_no_class_yet() -> None:
    data = battery_package(passport())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        submodel = json.loads(archive.read("aasx/data.json"))["submodels"][0]
    assert submodel["administration"]["templateId"] == "https://admin-shell.io/idta-02023-1-0"
    (whole, *_) = footprints(data)
    assert whole.get_referable("PerformanceClass").value is None
    (study,) = whole.get_referable("WebLinkToPublicCarbonFootprintStudy").value
    assert study.value == "https://cells.example/study.pdf"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"declaration": {"model": "X1"}}, "public_study"),
        ({"declaration": {"study": "urn:x:y"}}, "battery_model"),
        (
            {"stages_kg": {}, "energy_per_cycle_kwh": None, "cycles": None},
            "carbon_footprint_kg_co2e_per_kwh",
        ),
    ],
)
def test_what_the_template_needs_and_nobody_told(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InputRefused) as caught:
        battery_package(passport(**changes))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.column) == ("EXC-003", named)
    assert in_language(problem, "zh").message != problem.message


@pytest.fixture
def question(tmp_path: Path) -> Path:
    file = tmp_path / "battery.yaml"
    file.write_text(yaml.safe_dump(QUESTION), "utf-8")
    return file


def test_the_command_writes_it(question: Path, tmp_path: Path) -> None:
    out = tmp_path / "battery.aasx"
    done = CliRunner().invoke(application(), ["laws", "battery", str(question), "--aasx", str(out)])
    assert done.exit_code == 0, done.output
    assert len(footprints(out.read_bytes())) == 5
