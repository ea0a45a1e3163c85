"""Build the view of a certificate from the two published documents and the facts of issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rfc8785 import CanonicalizationError

from footprint.canonical_fast import fast_hash
from footprint.certificates.claim_intake import claim_from
from footprint.certificates.conditions import reasons_of
from footprint.certificates.faults import DOCUMENT_BROKEN, ISSUANCE_BROKEN, NOT_PASSED
from footprint.certificates.intake import CONTENT_HASH, Intake
from footprint.certificates.keys import did_web
from footprint.certificates.limits import showing_of
from footprint.certificates.number import parse_certificate_number
from footprint.certificates.result_fields import product_fields, result_fields
from footprint.certificates.statuslist import LENGTH
from footprint.certificates.view import CertificateView, Issuance, MarketView
from footprint.faults import Problem, Where

#: Members of a footprint document that a certificate shows. All others may tell of single lines.
_PUBLIC = (
    "type",
    "schema",
    "product",
    "declared_unit",
    "boundary",
    "gwp_set",
    "gwp_sets_used",
    "totals",
    "split",
    "stages",
    "coverage",
    "quality",
    "sources",
    "subject",
)


def build_view(
    footprint: Mapping[str, Any],
    decision: Mapping[str, Any],
    issuance: Issuance,
    *,
    footprint_hash: str = "",
    decision_hash: str = "",
) -> CertificateView:
    """The view of a certificate on a passed decision.

    `footprint` and `decision` are the published JSON documents. The certified value keeps all its
    digits; of the footprint only `public_part` is hashed. The two hashes are those of the
    documents, where the caller has them already. Raises InputRefused with everything that
    stands in the way: CER-001 (the verdict is not pass), CER-002 (a document lacks a field),
    CER-003 and CER-004 (texts that cannot be printed), CER-005 (facts of issue that contradict
    each other), CER-006 and CER-007 (number), CER-008 (address).
    """
    if decision.get("verdict") != "pass":
        raise NOT_PASSED.refuse(
            f"The verdict of {decision.get('scheme')}, {decision.get('tier')}, is "
            f"{decision.get('verdict')}; only a passed decision can be certified.",
            hint="`footprint decide` lists what is missing.",
        )
    intake = Intake()
    showing = showing_of(intake.of("decision", decision), issuance)
    values = {
        **_issue_fields(issuance, intake),
        **_decision_fields(decision, intake, issuance),
        "limits": showing.prohibited,
        "showing_conditions": showing.conditional,
        **product_fields(footprint, intake),
        **result_fields(footprint, issuance, intake),
    }
    intake.done()
    return CertificateView(
        **values,
        footprint_hash=footprint_hash or document_hash("footprint", public_part(footprint)),
        decision_hash=decision_hash or document_hash("decision", decision),
    )


def public_part(footprint: Mapping[str, Any]) -> dict[str, Any]:
    """What a certificate shows of a footprint document, and may publish the hash of.

    A hash over the lines would let anyone who knows all of them but one try out the last. The
    lines are bound by the salted commitment instead.
    """
    kept = {name: footprint[name] for name in _PUBLIC if name in footprint}
    provenance = footprint.get("provenance")
    if isinstance(provenance, Mapping):
        kept["provenance"] = {name: provenance.get(name) for name in ("engine", "inventory")}
    return kept


def document_hash(file: str, document: Mapping[str, Any]) -> str:
    """The content hash of a document. Raises InputRefused (CER-002) when it has no canonical form;
    `file` is its name in the message."""
    try:
        return fast_hash(document)
    except CanonicalizationError as error:
        raise DOCUMENT_BROKEN.refuse(
            f"The document has no canonical form: {error}.", Where(file)
        ) from error


def _issue_fields(issuance: Issuance, intake: Intake) -> dict[str, Any]:
    number = parse_certificate_number(issuance.number)
    intake.problems.extend(_contradictions(issuance))
    return {
        "number": number,
        "verify_url": f"{issuance.base_url}/verify/{number}",
        "base_url": issuance.base_url,
        "issuer_name": intake.clean(issuance.issuer_name, "issuer_name"),
        "issuer_name_zh": intake.clean(issuance.issuer_name_zh, "issuer_name_zh"),
        "issuer_did": issuance.issuer_did,
        "issued_at": utc_text(issuance.issued_at),
        "valid_from": issuance.valid_from.isoformat(),
        "valid_until": issuance.valid_until.isoformat(),
        "self_declared": issuance.self_declared,
        "draft": issuance.draft,
        "verifier": intake.clean(issuance.verifier, "verifier"),
        "verifier_statement": intake.clean(issuance.verifier_statement, "verifier_statement"),
        "stated_verifier": intake.clean(issuance.stated_verifier, "stated_verifier"),
        "status_list": issuance.status_list,
        "status_index": issuance.status_index,
        "renderer": issuance.renderer,
        "documents": issuance.documents,
        "statement_hash": issuance.statement_hash,
    }


def _contradictions(issuance: Issuance) -> list[Problem]:
    wrong = [*_statement_contradictions(issuance)]
    if issuance.base_url.endswith("/"):
        wrong.append("base_url must not end with a slash")
    elif issuance.issuer_did != did_web(issuance.base_url):
        wrong.append(f"issuer_did must be {did_web(issuance.base_url)}, as base_url says")
    if not issuance.issuer_name.strip():
        wrong.append("issuer_name is empty")
    if issuance.issued_at.tzinfo is None:
        wrong.append("issued_at has no time zone")
    if issuance.valid_until < issuance.valid_from:
        wrong.append("valid_until is before valid_from")
    if issuance.self_declared == bool(issuance.verifier.strip()):
        wrong.append("a certificate is either self-declared or names its verifier")
    if issuance.stated_verifier.strip() and not issuance.self_declared:
        wrong.append("a verifier that is only stated stands on a self-declaration")
    if not CONTENT_HASH.fullmatch(issuance.bom_commitment):
        wrong.append("bom_commitment is missing; calculate the footprint again")
    if issuance.status_list < 1 or not 0 <= issuance.status_index < LENGTH:
        wrong.append(f"status_list starts at 1, status_index is 0 to {LENGTH - 1}")
    return [ISSUANCE_BROKEN.at(Where("issuance"), f"{text}.") for text in wrong]


def _statement_contradictions(issuance: Issuance) -> Iterator[str]:
    named = issuance.verifier.strip() and issuance.verifier_statement.strip()
    digest = issuance.statement_hash
    if digest and not (named and CONTENT_HASH.fullmatch(digest)):
        yield "a statement's hash needs its verifier and its number"


def _decision_fields(
    decision: Mapping[str, Any], intake: Intake, issuance: Issuance
) -> dict[str, Any]:
    read = intake.of("decision", decision)
    return {
        "scheme": read.text("scheme"),
        "scheme_name": read.text("scheme_name"),
        "scheme_name_zh": read.text("scheme_name_zh", optional=True),
        "scheme_short_name": read.text("scheme_short_name", optional=True),
        "scheme_short_name_zh": read.text("scheme_short_name_zh", optional=True),
        "tier": read.text("tier"),
        "claim": claim_from(read.mapping("claim")) if read.has("claim") else None,
        "decided_on": read.text("as_of"),
        "rules_hash": read.content_hash("rules_hash"),
        "confirm_first": read.texts("confirm_first"),
        **_ending(read, issuance),
        "reasons": reasons_of(read.mapping("trace")),
        "markets": tuple(
            MarketView(
                market=node.text("market"),
                audience=node.text("audience"),
                verdict=node.text("verdict"),
                says=node.text("says"),
                says_zh=node.text("says_zh", optional=True),
                permitted_wording=node.texts("permitted_wording"),
                confidence=node.text("confidence", optional=True),
            )
            for node in read.mappings("markets")
        ),
    }


def _ending(read: Intake, issuance: Issuance) -> dict[str, Any]:
    """What ends on the last day of the term, where the term ends with it."""
    if not read.has("ends"):
        return {}
    ends = read.mapping("ends")
    if ends.text("day") != issuance.valid_until.isoformat():
        return {}
    return {"term_ends_with": ends.text("says"), "term_ends_with_zh": ends.text("says_zh")}


def utc_text(moment: datetime) -> str:
    """`moment` as an RFC 3339 time in UTC, in whole seconds: 2026-11-20T08:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
