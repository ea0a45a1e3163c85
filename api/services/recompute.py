"""Bundles and proofs: what the owner of a certificate can show to a verifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.faults import NO_COMMITMENT, NOT_SOUND
from api.services.footprints import found_footprint
from api.services.statements import Statements
from api.services.storing import owned_certificate
from api.services.verdicts import view_of
from api.store.certificates import StoredCertificate
from api.store.database import Database
from api.store.footprints import FootprintSource, StoredFootprint, find_source, unpacked_files
from api.store.tenants import Actor
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.bundle import BundleContents, SignedBehind, bundle_document
from footprint.proof.commitment import Leaf, commitment_leaves, commitment_root
from footprint.proof.impact import Certified
from footprint.proof.manifest import engine_manifest
from footprint.proof.proof import proof_document
from footprint.rules import RuleBook, scheme_document
from footprint.study import DecidedQuestion, Inputs


@dataclass(frozen=True, slots=True)
class Recompute:
    """Opens what a certificate was made of, for its owner only."""

    database: Database
    inventory: CompiledInventory
    rules: RuleBook
    statements: Statements

    def bundle(self, actor: Actor, number: str) -> dict[str, Any]:
        """All that a verifier needs to calculate a certificate of the actor's again.

        Raises ServiceRefused API-202, API-506 (made with another inventory, other rules, or before
        there were commitments), API-511 (its text was broken), InputRefused (CER-006, CER-007).
        """
        certificate, footprint, source = self._opened(actor, number)
        if certificate.inventory != self.inventory.hash or certificate.rules != self.rules.hash:
            raise NO_COMMITMENT.refuse(
                f"{certificate.number} was made with another inventory or other rules than those "
                "in use here.",
                "Make the bundle with the installation's data as of its issue.",
            )
        view = view_of(certificate)
        if not view:
            raise NOT_SOUND.refuse(
                f"The register keeps no readable text of {certificate.number}.",
                "Its public page names each check that fails.",
            )
        leaves = _leaves(certificate, footprint, source)
        lines = footprint.content["contributions"]
        behind = self.statements.behind(certificate)
        contents = BundleContents(
            number=certificate.number,
            credential=certificate.credential,
            certificate=view,
            inputs=inputs_of(footprint, source),
            leaves=leaves,
            question=issued_question(certificate),
            datasets=[line["dataset"] for line in lines],
            statement=None if behind is None else SignedBehind(behind[0], behind[1].document()),
        )
        return bundle_document(
            contents,
            self.inventory,
            scheme_document(self.rules, certificate.scheme),
            self.rules.hash,
            engine_manifest(),
        )

    def proof(self, actor: Actor, number: str, lines: Sequence[str]) -> dict[str, Any]:
        """Chosen lines (by id) of a certificate of the actor's, with proofs of membership.

        Raises ServiceRefused API-202, API-506; InputRefused (CER-006, CER-007, VER-030).
        """
        certificate, footprint, source = self._opened(actor, number)
        return proof_document(certificate.number, _leaves(certificate, footprint, source), lines)

    def made_from(self, actor: Actor, footprint: str) -> tuple[StoredFootprint, Inputs]:
        """A footprint of the actor's, and the files that it was made from. Raises ServiceRefused
        API-201."""
        with self.database.reading() as uow:
            found = found_footprint(uow, actor, footprint)
            source = find_source(uow, actor.tenant, found.id)
        if source is None:
            raise LookupError(f"footprint {found.id} lost its source")
        return found, inputs_of(found, source)

    def _opened(
        self, actor: Actor, number: str
    ) -> tuple[StoredCertificate, StoredFootprint, FootprintSource]:
        with self.database.reading() as uow:
            certificate = owned_certificate(uow, actor, number)
            footprint = found_footprint(uow, actor, certificate.footprint)
            source = find_source(uow, actor.tenant, certificate.footprint)
        if source is None:
            raise LookupError(f"footprint {certificate.footprint} lost its source")
        return certificate, footprint, source


def inputs_of(footprint: StoredFootprint, source: FootprintSource) -> Inputs:
    """The files that a stored footprint was made from."""
    return Inputs(
        footprint.file,
        source.bom,
        source.product_file,
        footprint.content["gwp_set"],
        source.site_file,
        unpacked_files(source.documents),
        source.electricity,
        source.matches_file,
        source.mapping_file,
        source.allow_gaps,
        source.screening,
    )


def issued_question(certificate: StoredCertificate) -> DecidedQuestion:
    """What was decided when a certificate was issued."""
    return DecidedQuestion(
        certificate.scheme,
        certificate.tier,  # type: ignore[arg-type]  # the database keeps it as text
        certificate.valid_from,
        certificate.evidence,
        bool(view_of(certificate).get("statement_hash")),
    )


def certified(
    certificate: StoredCertificate, footprint: StoredFootprint, source: FootprintSource
) -> Certified:
    """A certificate as a recall looks at it."""
    return Certified(
        number=certificate.number,
        product=certificate.product,
        document=footprint.content,
        inputs=inputs_of(footprint, source),
        question=issued_question(certificate),
        rules_hash=certificate.rules,
    )


def _leaves(
    certificate: StoredCertificate, footprint: StoredFootprint, source: FootprintSource
) -> tuple[Leaf, ...]:
    if source.secret is None:
        raise NO_COMMITMENT.refuse(
            f"{certificate.number} was issued before certificates committed to single lines.",
            "Calculate the footprint again and issue a certificate that replaces this one.",
        )
    inputs = inputs_of(footprint, source)
    leaves = commitment_leaves(inputs.read(), inputs, source.secret)
    if commitment_root(leaves) != footprint.commitment:
        raise NO_COMMITMENT.refuse(
            f"The bill of materials of {certificate.number} is read differently by this version.",
            "Use the version of footprint that the certificate names.",
        )
    return leaves
