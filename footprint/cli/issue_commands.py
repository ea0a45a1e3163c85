"""`footprint issue` and `footprint files`: a certificate, and its files once more.

The service is imported when a command runs, so that everything else starts without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli import faults, register_commands
from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.label_commands import EVIDENCE_OPTION, read_evidence_text
from footprint.cli.output import (
    CACHE_OPTION,
    LANG_OPTION,
    Format,
    Lang,
    bilingual,
    print_json,
    speak,
    speak_json,
)
from footprint.cli.stores import opened_as_it_may_be, service_settings, store_for_writing
from footprint.cli.token_commands import STORE_OPTION
from footprint.faults import InputRefused, Where

if TYPE_CHECKING:
    from api.services.service import Service
    from api.store.certificates import StoredCertificate


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        epilog="Example: footprint issue examples/biscuits.csv --scheme th-tgo --tier disclosure "
        "--evidence examples/biscuits.evidence.yaml --out certificates"
    )(issue)
    app.command(epilog="Example: footprint files FP-96V8-7RQC-A --out certificates")(files)


def issue(
    bom: Path = BOM_ARGUMENT,
    scheme: str = typer.Option(help="Id of the scheme whose rules are applied."),
    tier: str = typer.Option(help="disclosure, reduction, low-carbon or neutral."),
    out: Path = typer.Option(help="Folder for the certificate's files."),
    evidence: Path | None = EVIDENCE_OPTION,
    months: int | None = typer.Option(
        None, help="Term, where the scheme sets none.", min=1, max=120
    ),
    replaces: str | None = typer.Option(None, help="Number of a certificate it supersedes."),
    replace: bool = typer.Option(
        False, "--replace", help="Supersede the certificate in force for the same order."
    ),
    draft: bool = typer.Option(
        False, "--draft", help="Mark it as a draft, not for use, on label, page and PDF."
    ),
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    store: Path | None = STORE_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Issue a signed certificate for a tier that the product has earned.

    Under an address that others cannot reach (FOOTPRINT_BASE_URL) only a draft is issued. A second
    one for the same product, scheme and tier and an overlapping period needs --replace.
    """
    speak(lang)
    speak_json(form is Format.JSON)
    from api.faults import ServiceRefused
    from api.services.access import LOCAL
    from api.services.issuer import Order
    from footprint.cli.issuing import (
        in_people_words,
        inputs_beside,
        say_guesses,
        try_folder,
    )

    try_folder(out)  # a certificate whose files cannot be written is not issued
    with store_for_writing(service_settings(store, cache)) as service:
        footprint = service.footprints.calculate(LOCAL, inputs_beside(bom, gwp, electricity.value))
        text = read_evidence_text(evidence)
        footprint = service.statements.same_footprint(footprint, text)
        say_guesses(footprint.content, bom)
        order = Order(footprint.id, scheme, tier, text, months, replaces, draft, replace)  # type: ignore[arg-type]
        try:
            certificate = service.certificates.issue(LOCAL, order)
        except ServiceRefused as refused:
            raise InputRefused(in_people_words(refused)) from None
        written = _written(service, certificate, out)
    _print_files(certificate, written, form, draft)


def files(
    number: str = register_commands.NUMBER_ARGUMENT,
    out: Path = typer.Option(help="Folder for the certificate's files."),
    store: Path | None = STORE_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Write the files of a certificate that was issued before, with its status of today; also from
    a copy of the store that cannot be written, if its keys are there."""
    speak(lang)
    speak_json(form is Format.JSON)
    with opened_as_it_may_be(store, cache) as service:
        certificate = service.register.certificate(number)
        written = _written(service, certificate, out)
        state = service.register.standing(certificate.number).status.state
    _print_files(certificate, written, form, state == "draft")


def _written(service: Service, certificate: StoredCertificate, out: Path) -> list[Path]:
    """The files, written; refused in one line where the disk will not have them."""
    from sqlalchemy.exc import SQLAlchemyError

    from footprint.cli.issuing import write_certificate

    try:
        return write_certificate(service, certificate, out)
    except (OSError, SQLAlchemyError) as error:  # PDFs that are drawn now are kept in the store
        why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise faults.FILES_UNWRITTEN.refuse(
            f"Certificate {certificate.number} is issued and stored, but its files cannot be "
            f"written: {why}.",
            Where(str(out)),
            f"Make room, then: footprint files {certificate.number} --out FOLDER",
        ) from None


def _print_files(
    certificate: StoredCertificate, written: list[Path], form: Format, draft: bool
) -> None:
    if form is Format.JSON:
        print_json({"number": certificate.number, "files": [str(file) for file in written]})
        return
    mark = bilingual(", a DRAFT, not for use", "，草稿，不得使用") if draft else ""
    number, until = certificate.number, certificate.valid_until
    typer.echo(
        bilingual(
            f"Certificate {number}, valid until {until}{mark}",
            f"证书 {number}，有效期至 {until}{mark}",
        )
    )
    typer.echo("\n".join(f"  {file}" for file in written))
