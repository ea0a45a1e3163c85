"""Verify a file that somebody holds against the register: its own checks, then those of the row."""

from __future__ import annotations

from functools import partial

from api.services.verdicts import Verdicts, published_keys
from footprint.certificates.number import parse_certificate_number
from footprint.certificates.report import VerificationReport
from footprint.certificates.standing import answer_of, unknown_here
from footprint.certificates.verify import RegisterAnswer
from footprint.certificates.verify_file import verify_file
from footprint.faults import InputRefused
from label_templates.render import pdf_candidates, renderer_id


def verify_held(
    data: bytes, filename: str, verdicts: Verdicts, issuer: str | None
) -> VerificationReport:
    """The report on a file (.pdf, .json or .jwt) that the register may have issued, as of now.

    `issuer`: the DID that must have issued what is not in the register, if any is known; what is
    in it names its own, signed by a key of this store. Never raises on a hostile file.
    """
    with verdicts.database.snapshot() as uow:
        keys = published_keys(uow)
    return verify_file(
        data,
        filename,
        keys,
        verdicts.clock(),
        ask=lambda number: _answer(number, verdicts, issuer),
        render=partial(pdf_candidates, pdf=data),
        renderer_id=renderer_id(),
    )


def _answer(number: str, verdicts: Verdicts, issuer: str | None) -> RegisterAnswer:
    try:
        found = verdicts.of(parse_certificate_number(number))
    except InputRefused:
        found = None
    if found is None:
        return unknown_here(issuer)
    return answer_of(found.report, found.issuer, found.certificate.status)
