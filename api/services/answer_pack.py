"""The answer to a buyer in one file: reports for people, the PACT file for systems, certificates,
and a page of text that says what is what."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from api.services.reports import Reportable, recalculated, report_on
from api.services.service import Service
from api.store.certificates import certificates_of_footprint
from api.store.tenants import Actor
from api.words import translated_problem
from footprint.certificates.display import exact, round_significant, written
from footprint.faults import InputRefused, Problem
from footprint.pact.document import pact_document
from footprint.pact.faults import SCREENING
from footprint.values.result import Footprint
from label_templates.console_pages import CONSOLE_LANGUAGES, ConsoleLanguage, console_words
from label_templates.report.words import ReportLanguage

#: What says that a fact lacks which the page of facts asks for.
_LACKING = re.compile(
    "the product fact '(company|company_ids|product_ids|reference_period|mass)' is missing(;.*)?"
)


def pact_bytes(made: Footprint, moment: datetime) -> bytes:
    """The PACT document of a footprint as a file."""
    document = pact_document(made, moment.astimezone(UTC))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def told_pact_problems(problems: Sequence[Problem], language: ConsoleLanguage) -> list[Problem]:
    """Why there is no PACT document, in words of a reader; facts are called as the pages call them,
    and stated there; so are lines that are only estimated."""
    words = console_words(language)
    said = []
    for one in problems:
        found = _LACKING.fullmatch(one.message)
        if one.code == SCREENING.code:
            said.append(one._replace(message=words.say("pact_screening"), hint=""))
        elif found is None:
            said.append(translated_problem(one, language))
        else:
            fact = words.say(f"fact_{found[1]}")
            said.append(one._replace(message=words.say("pact_fact", fact=fact), hint=""))
    return said


def pact_problems(made: Footprint, moment: datetime) -> tuple[Problem, ...]:
    """Why there can be no PACT document of a footprint; nothing where there can."""
    try:
        pact_document(made, moment.astimezone(UTC))
    except InputRefused as refused:
        return refused.problems
    return ()


def answer_pack(service: Service, actor: Actor, found: Reportable) -> bytes:
    """A ZIP of everything that a buyer may need of a footprint of the actor's; the lines are in the
    reports only. The same footprint gives the same bytes until a certificate comes or goes.

    Raises ServiceRefused API-509 as reports do.
    """
    _, made = recalculated(found, service.inventory)
    languages: tuple[ReportLanguage, ...] = CONSOLE_LANGUAGES
    files = {
        f"report-{one}.pdf": report_on(found, service.inventory, "pdf", one, interval=True)
        for one in languages
    }
    files["report-en.xlsx"] = report_on(found, service.inventory, "xlsx", "en", interval=True)
    problems = pact_problems(made, found.footprint.created_at)
    if not problems:
        files["footprint-pact.json"] = pact_bytes(made, found.footprint.created_at)
    with service.database.reading() as uow:
        kept = certificates_of_footprint(uow, actor.tenant, found.footprint.id)
    numbers = [one.number for one in kept]
    for standing in service.register.standings(numbers):
        if standing.status.state == "issued":
            for language in languages:
                pdf = service.register.file(standing.certificate, language).pdf
                files[f"certificate-{standing.certificate.number}-{language}.pdf"] = pdf
    certified = any(name.startswith("certificate-") for name in files)
    for language in CONSOLE_LANGUAGES:
        lines = _letter(made, problems, language, certified=certified)
        files[f"read-me-{language}.txt"] = "".join(f"{one}\r\n" for one in lines).encode()
    return _zipped(files, found.footprint.created_at)


def _letter(
    made: Footprint, problems: Sequence[Problem], language: ConsoleLanguage, *, certified: bool
) -> Iterator[str]:
    """What is in the pack, and the number with its completeness."""
    words = console_words(language)
    unit = words.quantity(f"{made.declared_unit.amount:g}", made.declared_unit.unit)
    least = words.say("at_least") if made.completeness.word == "at least" else words.say("complete")
    kg = written(round_significant(exact(made.total)))
    yield words.pick(made.product.name, made.product.name_zh)
    yield words.say("pack_number", least=least, kg=kg, unit=unit)
    yield words.say("boundary_grave" if made.boundary == "cradle-to-grave" else "pack_gate")
    yield ""
    yield words.say("pack_pdf")
    yield words.say("pack_xlsx")
    if problems:
        yield words.say("pack_no_pact")
        yield from (f"  - {one.message}" for one in told_pact_problems(problems, language))
    else:
        yield words.say("pack_pact")
    if certified:
        yield words.say("pack_certificate")


def _zipped(files: dict[str, bytes], moment: datetime) -> bytes:
    """A ZIP whose bytes depend on its files and on the day of the footprint alone."""
    at = moment.astimezone(UTC)
    stamp = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, stamp), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
