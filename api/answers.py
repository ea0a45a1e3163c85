"""From stored records to answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from api.caching import entity_tag
from api.faults import ALL_FAULTS
from api.job_schemas import FootprintEntry, JobAnswer, JobProgress, JobResult
from api.jobs.model import Job
from api.language import Language
from api.life_schemas import ApplicationAnswer, OwnObjection, RegisterEntry
from api.problems import problem_document
from api.schemas import (
    CertificateAnswer,
    Dates,
    FileAnswer,
    HistoryItem,
    ObjectionAnswer,
    ProblemDocument,
    StatusAnswer,
)
from api.services.service import Service
from api.services.verdicts import Standing, view_of
from api.store.applications import Application
from api.store.certificates import StoredCertificate
from api.store.footprints import ListedFootprint, StoredFootprint
from api.store.objections import Objection
from api.store.register_search import Listed
from footprint.certificates.report import report_document
from footprint.faults import Problem, Where
from label_templates.render import LANGUAGES

#: Objections in a certificate's document; the others are behind its `objections_url`.
SHOWN_OBJECTIONS = 20


def certificate_address(service: Service, number: str) -> str:
    """Where a certificate's public document is."""
    return f"{service.settings.base_url}/v1/certificates/{number}"


def certificate_answer(service: Service, certificate: StoredCertificate) -> CertificateAnswer:
    """A certificate as everyone may see it."""
    standing = service.register.standing(certificate.number)
    certificate, status = standing.certificate, standing.status
    address = certificate_address(service, certificate.number)
    verification = report_document(standing.report)
    del verification["certificate"]  # it is in the answer already
    hashes = service.register.file_hashes(certificate)
    return CertificateAnswer(
        number=certificate.number,
        subject=certificate.subject,
        status=StatusAnswer(
            state=status.state,
            asked_at=status.asked_at,
            since=status.since,
            reason=status.reason,
            superseded_by=status.superseded_by or None,
        ),
        dates=_dates(service, certificate),
        history=[
            HistoryItem(event=one.event, at=one.at, reason=one.reason)
            for one in service.register.history(certificate)
        ],
        objections=[
            objection_answer(one)
            for one in service.objections.to(certificate.number, SHOWN_OBJECTIONS)
        ],
        objections_url=f"{address}/objections",
        replaces=certificate.replaces,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        certificate=view_of(certificate),
        credential=certificate.credential,
        verification=verification,
        page=f"{service.settings.base_url}/verify/{certificate.number}",
        labels={language: f"{address}/label.svg?lang={language}" for language in LANGUAGES},
        files={
            language: FileAnswer(
                url=f"{address}/certificate.pdf?lang={language}", sha256=hashes.get(language)
            )
            for language in LANGUAGES
        },
    )


def certificate_tag(answer: CertificateAnswer) -> str:
    """The ETag of an answer: all of it but the moment of asking, which every check repeats."""
    content = answer.model_dump(mode="json")
    del content["status"]["asked_at"]
    content["verification"] = content["verification"]["verdict"]
    return entity_tag(content, weak=True)


def listed_answers(service: Service, found: Sequence[Listed]) -> list[RegisterEntry]:
    """Certificates as the register lists them, each with the verdict that its page shows."""
    standings = service.register.standings([one.number for one in found])
    states = {one.certificate.number: one for one in standings}
    return [_listed(service, one, states[one.number]) for one in found if one.number in states]


def is_partial(view: Mapping[str, Any]) -> bool:
    """Whether what is certified is the least that the total can be."""
    wholly = all(_is_whole(view.get(f"coverage_{one}")) for one in ("mass", "lines"))
    return bool(view.get("lacks")) or not wholly


def _is_whole(coverage: object) -> bool:
    """Whether a coverage is 1; not of a row that somebody changed, which is listed all the same."""
    try:
        return Decimal(str(coverage)) >= 1
    except InvalidOperation:
        return False


def _listed(service: Service, listed: Listed, standing: Standing) -> RegisterEntry:
    members = asdict(listed)
    del members["status"], members["status_at"], members["status_reason"]
    view = view_of(standing.certificate)
    claim = view.get("claim") or {}
    return RegisterEntry(
        state=standing.status.state,
        failed=list(standing.report.codes),
        drawn=list(standing.drawn),
        since=standing.status.since or listed.status_at,
        reason=standing.status.reason,
        product_zh=str(view.get("product_name_zh", "")),
        company_zh=str(view.get("company_zh", "")),
        shown_amount=str(view.get("shown_amount", "")),
        shown_unit=str(view.get("shown_unit", "")),
        declared_amount=str(view.get("declared_amount", "")),
        declared_unit=str(view.get("declared_unit", "")),
        boundary=str(view.get("boundary", "")),
        partial=is_partial(view),
        claim=claim.get("says", ""),
        claim_zh=claim.get("says_zh", ""),
        unconfirmed=len(view.get("confirm_first", ()))
        + sum(one.get("confidence") == "L" for one in view.get("markets", ())),
        not_for=[one["market"] for one in view.get("limits", ())],
        url=certificate_address(service, listed.number),
        **members,
    )


def application_answer(application: Application) -> ApplicationAnswer:
    """An application as its owner sees it."""
    members = asdict(application)
    del members["tenant"]
    members["footprint_id"] = members.pop("footprint")
    return ApplicationAnswer(**members)


def objection_answer(objection: Objection) -> ObjectionAnswer:
    """An objection in public: who raised it is named as that party wished. Of a reader without a
    token nothing is told but what was answered: nobody publishes what he likes under a
    certificate, or his neighbour's name."""
    members = asdict(objection)
    for name in ("tenant", "number", "name", "contact"):
        del members[name]
    if objection.tenant is None and objection.state == "open":
        members["text"] = ""
    return ObjectionAnswer(by_reader=objection.tenant is None, **members)


def own_objection_answer(objection: Objection) -> OwnObjection:
    """An objection as the owner of the certificate sees it, with all that is known of who raised
    it."""
    members = asdict(objection)
    del members["tenant"]
    return OwnObjection(by_reader=objection.tenant is None, **members)


def _dates(service: Service, certificate: StoredCertificate) -> Dates:
    due = certificate.surveillance_due
    months = service.settings.surveillance_months
    return Dates(
        renewal_due=certificate.valid_until,
        surveillance_due=due,
        surveillance_overdue=due is not None and due < service.register.clock().date(),
        surveillance_rule=f"every {months} months; this register's own rule, not the scheme's",
    )


def job_answer(service: Service, job: Job, language: Language) -> JobAnswer:
    """A job as its owner sees it, with the problem in this language."""
    return JobAnswer(
        id=job.id,
        kind=job.kind,
        state=job.state,
        created_at=job.created_at,
        changed_at=job.changed_at,
        progress=JobProgress(done=job.done, total=job.total),
        attempt=job.attempt,
        url=job_address(service, job.id),
        result=JobResult(**job.outcome) if job.state == "done" else None,
        problem=_problem(job.refusal, language) if job.state == "failed" else None,
    )


def job_address(service: Service, job: str) -> str:
    """Where to ask after a job."""
    return f"{service.settings.base_url}/v1/jobs/{job}"


def _problem(refusal: dict[str, Any], language: Language) -> ProblemDocument:
    fault = next(one for one in ALL_FAULTS if one.code == refusal["fault"])
    problems = tuple(
        Problem(
            one["code"],
            one["message"],
            Where(one["file"], one["row"], one["column"]),
            one["hint"],
        )
        for one in refusal["problems"]
    )
    document = problem_document(fault, problems, language, refusal["details"])
    return ProblemDocument.model_validate(document)


def footprint_body(footprint: StoredFootprint) -> bytes:
    """A `FootprintAnswer` as JSON. The document is put in as it is stored: reading and writing one
    of 100,000 lines took 2 s, while no other request was answered."""
    head = {
        "id": footprint.id,
        "created_at": footprint.created_at.isoformat().replace("+00:00", "Z"),
        "file": footprint.file,
        "file_hash": footprint.file_hash,
        "document_hash": footprint.document_hash,
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start},"footprint":{footprint.document}}}'.encode()


def footprint_entry(service: Service, footprint: ListedFootprint) -> FootprintEntry:
    """A footprint in a list."""
    url = f"{service.settings.base_url}/v1/footprints/{footprint.id}"
    return FootprintEntry(url=url, **asdict(footprint))
