"""The pack that answers a buyer: documents made from what is kept, with their hashes, as one file.

It never changes: what the buyer got can be shown later, whatever was calculated since.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from api.answering.cases import Cases, found_case
from api.answering.model import QUESTIONS, Case, CaseAnswer, KeptEvidence, Pack, PackFile, Question
from api.answering.rows import (
    add_pack,
    change_case,
    find_evidence,
    find_pack,
    mark_sent,
    packs_of,
)
from api.answering.sheet import answer_sheet
from api.faults import CASE_STATE, UNKNOWN_REQUEST
from api.services.people import need_role
from api.services.register import Register
from api.services.reports import Reportable, recalculated, reportable
from api.store.audit import append
from api.store.certificates import certificates_of_footprint
from api.store.database import Database
from api.store.tenants import Actor
from footprint.analysis.clean_energy import clean_energy_of
from footprint.canonical import bytes_hash
from footprint.canonical_fast import canonical_bytes
from footprint.certificates.build import public_part
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.report.build import footprint_report
from footprint.report.buyers_copy import buyers_copy
from footprint.sheets.timeless import without_clock
from footprint.version import __version__
from label_templates.report.pdf import report_pdf
from label_templates.report.words import ReportLanguage


@dataclass(frozen=True, slots=True)
class Packs:
    """Makes, keeps and marks what is sent, for all tenants."""

    database: Database
    inventory: CompiledInventory
    cases: Cases
    register: Register
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def make(self, actor: Actor, case: str, language: ReportLanguage) -> PackFile:
        """The pack of a case whose four questions are answered or declined.

        Raises ServiceRefused API-102 (no maker), API-212, API-516 while a question is open,
        API-509 for a footprint that cannot be made again here; InputRefused (RPT-001).
        """
        need_role(actor, "maker")
        found = self.cases.get(actor, case)
        answers = found.questions
        still = [name for name in QUESTIONS if answers[name].state == "open"]
        if still:
            raise CASE_STATE.refuse(
                f"Not answered yet: {', '.join(still)}.",
                "Answer each by evidence, or decline it with a reason.",
            )
        now = self.clock()
        files, facts = self._contents(actor, found, language)
        manifest = self._manifest(found, facts, files, now)
        files["answer.json"] = canonical_bytes(manifest)
        data = _zipped(files)
        pack = PackFile(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            case_id=found.id,
            manifest=canonical_bytes(manifest).decode(),
            data=data,
            hash=bytes_hash(data),
            made_at=now,
            made_by=actor.identity,
        )
        with self.database.writing() as uow:
            add_pack(uow, pack)
            append(uow, actor, now, "request.packed", found.id, {"pack": pack.hash})
        return pack

    def of(self, actor: Actor, case: str) -> list[Pack]:
        """The packs of a case, oldest first. Raises ServiceRefused API-212."""
        with self.database.reading() as uow:
            return packs_of(uow, actor.tenant, found_case(uow, actor, case).id)

    def of_case(self, case: Case) -> list[Pack]:
        """The packs of a case that was read already, oldest first."""
        with self.database.reading() as uow:
            return packs_of(uow, case.tenant, case.id)

    def get(self, actor: Actor, case: str, pack: str) -> PackFile:
        """One of them, with its file. Raises ServiceRefused API-212."""
        with self.database.reading() as uow:
            found = find_pack(uow, actor.tenant, found_case(uow, actor, case).id, pack[:64])
        if found is not None:
            return found
        raise UNKNOWN_REQUEST.refuse(f"There is no pack {pack[:64]!r} of this request.")

    def sent(self, actor: Actor, case: str, pack: str, how: str) -> Case:
        """Write that a pack was sent, and how; the case waits for the buyer. Sent twice, the first
        time stands. Raises ServiceRefused API-102 (no maker), API-212, API-516."""
        need_role(actor, "maker")
        found = self.get(actor, case, pack)
        now = self.clock()
        with self.database.writing() as uow:
            known = found_case(uow, actor, case)
            if found.sent_at is not None:
                return known
            if not known.is_open:
                raise CASE_STATE.refuse(f"The request is {known.state}; nothing is to be sent.")
            mark_sent(uow, found, now, how[:200])
            made = replace(known, state="answered", changed_at=now)
            change_case(uow, made, known.revision)
            append(uow, actor, now, "request.answered", known.id, {"pack": found.hash})
        return replace(made, revision=known.revision + 1)

    def _contents(
        self, actor: Actor, case: Case, language: ReportLanguage
    ) -> tuple[dict[str, bytes], dict[Question, dict[str, Any]]]:
        """The files of a pack by name, and what they say on each question."""
        answers, files = case.questions, dict[str, bytes]()
        facts: dict[Question, dict[str, Any]] = {}
        for name in QUESTIONS:
            facts[name] = self._on(actor, name, answers[name], files)
        if answers["footprint"].state == "answered":
            found = reportable(self.database, actor, answers["footprint"].footprint)
            facts["footprint"] |= self._footprint(actor, found, files, language)
        files["answer.xlsx"] = without_clock(answer_sheet(case, facts, language))
        return files, facts

    def _on(
        self, actor: Actor, question: Question, answer: CaseAnswer, files: dict[str, bytes]
    ) -> dict[str, Any]:
        facts: dict[str, Any] = {"state": answer.state, "words": answer.words}
        with self.database.reading() as uow:
            pieces = find_evidence(uow, actor.tenant, answer.evidence)
        facts["evidence"] = [_piece(pieces[one], files) for one in answer.evidence]
        if answer.footprint and question == "clean-energy":
            found = reportable(self.database, actor, answer.footprint).footprint
            energy = clean_energy_of(found.content)
            share = energy.share
            facts["of_product"] = {
                "kwh": energy.kwh,
                "clean_kwh": energy.clean_kwh,
                "nuclear_kwh": energy.nuclear_kwh,
                "clean_share_percent": None if share is None else round(share * 100, 1),
            }
        if answer.footprint and answer.against and question == "measures":
            new, old = (
                reportable(self.database, actor, one).footprint.content
                for one in (answer.footprint, answer.against)
            )
            now, before = _total(new), _total(old)
            change = None if not before else round((now / before - 1) * 100, 2)
            facts["of_product"] = {
                "before_kg_co2e": before,
                "before_completeness": old["completeness"]["word"],
                "after_kg_co2e": now,
                "after_completeness": new["completeness"]["word"],
                "change_percent": change,
            }
        return facts

    def _footprint(
        self, actor: Actor, found: Reportable, files: dict[str, bytes], language: ReportLanguage
    ) -> dict[str, Any]:
        bom, result = recalculated(found, self.inventory)
        stored = found.footprint
        public = public_part(stored.content)
        report = buyers_copy(
            footprint_report(result, bom, self.inventory, stored.created_at.date())
        )
        files["footprint.json"] = canonical_bytes(public)
        files[f"report.{language}.pdf"] = report_pdf(report, language, public)
        facts: dict[str, Any] = {
            "footprint": stored.id,
            "document_hash": stored.document_hash,
            "public_hash": stored.public_hash,
            "kg_co2e": _total(stored.content),
            "completeness": stored.content["completeness"]["word"],
            "per": stored.content["declared_unit"],
            "lacks_for_pact": [],
        }
        try:
            document = pact_document(result, stored.created_at) | {"id": stored.id}
            files["pact.json"] = canonical_bytes(document)
        except InputRefused as refused:
            facts["lacks_for_pact"] = [one.message for one in refused.problems]
        with self.database.reading() as uow:
            on = certificates_of_footprint(uow, actor.tenant, stored.id)
        for standing in self.register.standings([one.number for one in on]):
            if standing.genuine:
                pdf = self.register.marked_file(standing, language).pdf
                files[f"certificate.{standing.certificate.number}.{language}.pdf"] = pdf
        facts["certificates"] = [one.number for one in on]
        return facts

    def _manifest(
        self,
        case: Case,
        facts: Mapping[Question, dict[str, Any]],
        files: Mapping[str, bytes],
        now: datetime,
    ) -> dict[str, Any]:
        return {
            "type": "answer",
            "schema": "1",
            "request": case.id,
            "buyer": case.buyer,
            "product": case.product,
            "product_ids": list(case.products),
            "made_at": now.isoformat(),
            "engine": __version__,
            "inventory": self.inventory.hash,
            "questions": dict(facts),
            "files": {name: bytes_hash(data) for name, data in sorted(files.items())},
        }


def _piece(piece: KeptEvidence, files: dict[str, bytes]) -> dict[str, Any]:
    file = ""
    if piece.data:
        ending = piece.file.rpartition(".")[2].lower()
        safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
        file = f"evidence/{piece.kind}-{piece.id[:8]}.{safe}"
        files[file] = piece.data
    until = None if piece.valid_until is None else piece.valid_until.isoformat()
    return {
        "id": piece.id,
        "title": piece.title,
        "facts": json.loads(piece.facts),
        "file": file,
        "valid_until": until,
    }


def _total(document: Mapping[str, Any]) -> float:
    return float(document["totals"]["excluding_biogenic_uptake_kg_co2e"])


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """One file; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return buffer.getvalue()
