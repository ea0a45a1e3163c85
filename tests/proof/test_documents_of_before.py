"""What was issued by earlier versions verifies for ever: signature, seal, term; and what only
another version of the program could check is not checked here, which is no failure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from recompute_kit import outcomes

from footprint.canonical import content_hash
from footprint.canonical_fast import canonical_bytes
from footprint.certificates import VerificationReport
from footprint.certificates.verify_file import verify_file
from footprint.certificates.view import view_bytes, view_from_document
from footprint.documents.decision import decision_document, decision_from_document
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.bundle import read_bundle
from footprint.proof.manifest import engine_manifest
from footprint.proof.verify_bundle import verify_bundle
from footprint.proof.verify_results import Tools
from footprint.rules import facts_from_document, load_rules
from footprint.version import __version__
from label_templates.render import pdf_candidates, renderer_id

VERSIONS = yaml.safe_load(Path(__file__).with_name("engine_versions.yaml").read_text("utf-8"))
FIXTURES = sorted((Path(__file__).parent / "fixtures").iterdir())
IN_TERM = datetime(2026, 12, 1, tzinfo=UTC)
AFTER = datetime(2029, 11, 21, tzinfo=UTC)


def _json(folder: Path, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return read


def _verified(folder: Path, name: str, moment: datetime = IN_TERM) -> VerificationReport:
    return verify_file(
        (folder / name).read_bytes(),
        name,
        _json(folder, "did.json"),
        moment,
        render=pdf_candidates,
        renderer_id=renderer_id(),
    )


def test_there_are_documents_of_an_earlier_version() -> None:
    assert [folder.name for folder in FIXTURES][:1] == ["0.1.0"]


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_signature_seal_and_term_are_checked_as_before(folder: Path) -> None:
    for name in ("certificate.json", "certificate.pdf"):
        report = _verified(folder, name)
        assert report.verdict == "genuine", (name, report.codes)
        assert report.view_document == _json(folder, "certificate.json")["certificate"]
        assert _verified(folder, name, AFTER).verdict == "expired"
    assert outcomes(_verified(folder, "certificate.pdf"))["seal"] == "passed"


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_a_changed_document_of_before_is_still_refused(folder: Path) -> None:
    data = bytearray((folder / "certificate.pdf").read_bytes())
    data[len(data) // 2] ^= 1
    keys = _json(folder, "did.json")
    assert verify_file(bytes(data), "c.pdf", keys, IN_TERM).verdict == "invalid"
    changed = _json(folder, "certificate.json")
    changed["certificate"]["total_kg_co2e"] = "0.1"
    text = json.dumps(changed).encode()
    assert verify_file(text, "c.json", keys, IN_TERM).verdict == "invalid"


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_a_bundle_of_another_version_is_not_checked_here(
    folder: Path, inventory: CompiledInventory
) -> None:
    tools = Tools(inventory, load_rules(), engine_manifest())
    bundle = read_bundle((folder / "bundle.json").read_bytes())
    report = verify_bundle(_verified(folder, "certificate.json"), bundle, tools)
    assert report.verdict == "genuine", report.codes
    said = {check.name: check.says for check in report.checks if check.outcome == "skipped"}
    assert f"install version {folder.name}" in said["engine"]
    assert outcomes(report)["bundle"] == "passed"


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_documents_of_before_are_read_and_written_again_byte_for_byte(folder: Path) -> None:
    certificate = _json(folder, "certificate.json")["certificate"]
    assert view_bytes(view_from_document(certificate)) == canonical_bytes(certificate)
    decision = _json(folder, "decision.json")
    again = decision_document(decision_from_document(decision), decision["evidence_hash"])
    assert canonical_bytes(again) == canonical_bytes(decision)
    assert facts_from_document(_json(folder, "footprint.json")).total_kg > 0


def test_the_version_grows_with_the_files_of_the_engine() -> None:
    """A closed version keeps its files: a change to one of them needs a new version."""
    names = list(VERSIONS)
    assert [*map(_numbers, names)] == sorted(set(map(_numbers, names)))
    assert names[-1] == __version__
    assert "open" not in list(VERSIONS.values())[:-1]
    now = content_hash(engine_manifest()["files"])
    closed = [files for files in VERSIONS.values() if files != "open"]
    assert len(set(closed)) == len(closed)
    if VERSIONS[__version__] != "open":
        assert VERSIONS[__version__] == now, "the engine changed: it needs a new version"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_the_record_holds_what_was_signed(folder: Path) -> None:
    engine = _json(folder, "bundle.json")["engine"]
    assert engine["version"] == folder.name
    assert VERSIONS[folder.name] == content_hash(engine["files"])
