"""Asset administration shells: written by basyx, read by three readers, checked by two checkers."""

from __future__ import annotations

import gc
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import aas_core3.jsonization as aas_json
import pytest
from aas_submodel_validate.api import Severity, validate
from aas_test_engines.file import check_aasx_file
from basyx.aas import model
from basyx.aas.adapter.aasx import AASXReader, DictSupplementaryFileContainer
from basyx.aas.adapter.xml import write_aas_xml_file
from hypothesis import given
from hypothesis import strategies as st

from bench.exchange_samples import VARIATIONS, pact_sample, sample
from footprint.exchange import aas_ids
from footprint.exchange.aas_write import aas_package
from footprint.exchange.checks import check_exchanged
from footprint.exchange.read import read_supplier_document
from footprint.faults import InputRefused, Where
from footprint.supplier.read import read_supplier
from footprint.values.supplier import SupplierPcf
from footprint.words.language import in_language

#: The checkers leave files open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WHERE = Where("bom.csv", 2, "supplier_pcf")


@pytest.fixture(autouse=True)
def _files_closed_here() -> Iterator[None]:
    """What a checker left open is closed before another test begins."""
    yield
    gc.collect()


def read(data: bytes) -> SupplierPcf:
    return read_supplier_document(data, "s.aasx", WHERE)


def by_basyx(data: bytes) -> tuple[Any, Any]:
    """The objects and the files of a package."""
    objects: Any = model.DictIdentifiableStore()
    files: Any = DictSupplementaryFileContainer()  # type: ignore[no-untyped-call]
    with AASXReader(io.BytesIO(data), failsafe=False) as reader:
        reader.read_into(objects, files)
    return objects, files


def environment(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("aasx/data.json"))


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The package with another environment in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "aasx/data.json":
                text = change(content.decode())
                assert text != content.decode()
                content = text.encode()
            target.writestr(name, content)
    return buffer.getvalue()


def without_pact(data: bytes) -> bytes:
    """The package of somebody who has the one total only."""

    def change(text: str) -> str:
        document = json.loads(text)
        del document["submodels"][0]["submodelElements"][1]
        return json.dumps(document)

    return changed(data, change)


def test_the_second_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    """It looks at the submodel: another unit than the ones that exist is an error to it."""
    file = tmp_path / "shell.aasx"
    twice = aas_package(sample("plain"))

    def change(text: str) -> str:
        return text.replace("0173-1#02-ABG855#003", "0173-1#02-ABG855#001")

    file.write_bytes(changed(twice, change))
    found = validate(file)
    assert [one for one in found.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("name", VARIATIONS)
def test_two_checkers_find_no_error(name: str, tmp_path: Path) -> None:
    file = tmp_path / "shell.aasx"
    file.write_bytes(aas_package(sample(name), [("report.pdf", "application/pdf", b"%PDF-1.7")]))
    with file.open("rb") as opened:
        result = check_aasx_file(cast("Any", opened))
    assert result.ok()
    found = validate(file)
    assert [one for one in found.findings if one.severity is Severity.ERROR] == []
    assert check_exchanged(file.read_bytes(), "s.aasx") == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_three_readers_read_the_same_decimals(name: str) -> None:
    source = sample(name)
    wanted = source["pcf"]["pcfExcludingBiogenicUptake"]
    data = aas_package(source)
    objects, _ = by_basyx(data)
    submodel = objects.get_item(f"urn:uuid:{source['id']}")
    (footprint,) = submodel.get_referable("ProductCarbonFootprints").value
    assert footprint.get_referable("PcfCO2eq").value == Decimal(wanted)
    core = aas_json.environment_from_jsonable(environment(data))
    there: list[Any] = [*core.descend()]
    (totals,) = [one.value for one in there if getattr(one, "id_short", "") == "PcfCO2eq"]
    assert totals == f"{Decimal(wanted):f}"
    plain = read_supplier(json.dumps(source).encode(), "s.aasx", WHERE)
    found = read(data)
    assert found.kind == "aas"
    for key in ("id", "unit", "parts", "mass_kg", "valid_until", "company", "untold"):
        assert getattr(found, key) == getattr(plain, key), key


@pytest.mark.parametrize("text", ["0.0000001", "0.00000000000000000123", "1234567890.5", "100"])
def test_no_decimal_has_an_exponent(text: str) -> None:
    data = aas_package(pact_sample(fossilGhgEmissions=text))
    assert f'"value": "{text}"' in json.dumps(environment(data))
    assert read(data).parts["fossil"] == float(text)


@given(
    st.decimals("0.0000001", "900", places=12),
    st.decimals("0.1", "5000", places=3),
    st.sampled_from([unit for _, unit, _ in aas_ids.UNITS_OF.values()]),
)
def test_total_unit_and_amount_are_kept_without_the_pact_document(
    fossil: Decimal, amount: Decimal, unit: str
) -> None:
    changes = {"fossilGhgEmissions": f"{fossil:f}", "declaredUnitAmount": f"{amount:f}"}
    data = aas_package(pact_sample(**changes, declaredUnitOfMeasurement=unit))
    found = read(without_pact(data))
    assert found.unit == unit
    assert found.parts["fossil"] == pytest.approx(float(fossil / amount), rel=1e-12)
    assert "biogenic_uptake" in found.untold
    assert found.id == "urn:uuid:3f1c0b54-8c1c-4d5e-9d0e-0a6f3c1b2a77"


def test_one_phase_and_one_total_without_uptake() -> None:
    data = aas_package(sample("of wood"))
    (footprint,) = environment(data)["submodels"][0]["submodelElements"][0]["value"]
    values = {one["idShort"]: one for one in footprint["value"]}
    assert values["PcfCO2eq"]["value"] == "263.9375"
    (phase,) = values["LifeCyclePhases"]["value"]
    assert (phase["value"], phase["valueId"]["keys"][0]["value"]) == ("A1-A3", aas_ids.A1_A3)
    assert values["ReferenceImpactUnitForCalculation"]["value"] == "kg"


def test_files_are_inside_and_the_page_is_the_statement() -> None:
    page, token = b"%PDF-1.7 page", b"header.claims.signature"
    source = sample("plain")
    data = aas_package(
        source,
        [("report.pdf", "application/pdf", page), ("c.jwt", "application/vc+jwt", token)],
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("aasx/files/report.pdf") == page
        assert archive.read("aasx/files/c.jwt") == token
        assert json.loads(archive.read("aasx/files/pact.json")) == source
    objects, files = by_basyx(data)
    submodel = objects.get_item(f"urn:uuid:{source['id']}:documents")
    assert {one.value for one in submodel.submodel_element} == set(files)
    text = json.dumps(environment(data))
    assert re.search(r'"ExplanatoryStatement".{0,400}"/aasx/files/report.pdf"', text)


@pytest.mark.parametrize("unit", ["megajoule", "ton kilometer", "hour", "megabit second"])
def test_a_unit_that_does_not_exist_there_is_refused(unit: str) -> None:
    with pytest.raises(InputRefused) as caught:
        aas_package(pact_sample(declaredUnitOfMeasurement=unit))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.column) == ("EXC-002", "declaredUnitOfMeasurement")
    assert unit in in_language(problem, "zh").message


PROBE = """
import hashlib, sys
sys.path.insert(0, {root!r})
from bench.exchange_samples import sample
from footprint.exchange.aas_write import aas_package
print(hashlib.sha256(aas_package(sample("one that replaces"))).hexdigest())
"""


def test_the_same_document_makes_the_same_bytes_in_every_process() -> None:
    root = str(Path(__file__).parents[2])
    seen = {
        subprocess.run(
            [sys.executable, "-c", PROBE.format(root=root)],
            env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_a_shell_in_xml_is_read_the_same() -> None:
    source = sample("by air")
    objects, _ = by_basyx(aas_package(source))
    xml, buffer = io.BytesIO(), io.BytesIO()
    write_aas_xml_file(xml, objects)
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("aasx/aasx-origin", b"Intentionally empty.")
        archive.writestr("aasx/data.xml", xml.getvalue())
    found, plain = read(buffer.getvalue()), read(aas_package(source))
    assert (found.parts, found.id, found.unit) == (plain.parts, plain.id, plain.unit)


def total(value: str) -> Callable[[str], str]:
    return lambda text: text.replace('"value": "4.144209017866679"', f'"value": "{value}"', 1)


SPOILT: dict[str, tuple[Callable[[str], str], bool, str]] = {
    "another total than the PACT document": (total("4.144209017866678"), False, "EXC-103"),
    "another amount": (
        lambda text: text.replace('"value": "1.0"', '"value": "2.0"', 1), False, "EXC-103",
    ),
    "another unit": (
        lambda text: text.replace("0173-1#07-ABZ603#003", "0173-1#07-ABZ597#003", 1),
        False, "EXC-103",
    ),
    "a total that is no number": (total("4,14"), True, "EXC-101"),
    "a total that only Python can read": (total("4_1"), True, "EXC-101"),
    "a total of nothing that is a number": (total("NaN"), True, "EXC-101"),
    "a total below zero": (total("-1"), True, "EXC-103"),
    "a phase of use": (
        lambda text: text.replace(aas_ids.A1_A3, "0173-1#07-ABU212#003")
        .replace('"value": "A1-A3"', '"value": "B1 - usage phase"'),
        True, "EXC-003",
    ),
    "a unit that is none": (
        lambda text: text.replace("0173-1#07-ABZ603#003", "x")
        .replace('"value": "piece"', '"value": "barrel"'),
        True, "EXC-002",
    ),
    "version 0.9": (
        lambda text: text.replace("CarbonFootprint/CarbonFootprint/1/0",
                                  "CarbonFootprint/CarbonFootprint/0/9"),
        True, "EXC-001",
    ),
    "an end that is no time": (
        lambda text: re.sub(r'"2029-01-01T00:00:00[^"]*"', '"soon"', text), True, "EXC-101",
    ),
    "half of it": (lambda text: text[: len(text) // 2], False, "EXC-001"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_what_contradicts_itself_is_refused(name: str) -> None:
    change, alone, code = SPOILT[name]
    data = aas_package(sample("plain"))
    with pytest.raises(InputRefused) as caught:
        read(changed(without_pact(data) if alone else data, change))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert in_language(problem, "zh").message != problem.message


def test_phases_apart_are_added() -> None:
    def apart(text: str) -> str:
        document = json.loads(text)
        (whole,) = document["submodels"][0]["submodelElements"][0]["value"]
        parts = []
        for phase, value in (("A1", "1.5"), ("A2", "0.25"), ("A3", "0.25"), ("C4", "9")):
            one = json.loads(json.dumps(whole))
            values = {each["idShort"]: each for each in one["value"]}
            values["PcfCO2eq"]["value"] = value
            values["LifeCyclePhases"]["value"][0] |= {"value": f"{phase} - words"}
            del values["LifeCyclePhases"]["value"][0]["valueId"]
            parts.append(one)
        document["submodels"][0]["submodelElements"][0]["value"] = parts
        return json.dumps(document)

    found = read(changed(without_pact(aas_package(sample("plain"))), apart))
    assert found.parts["fossil"] == 2.0
