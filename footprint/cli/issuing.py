"""What `issue`, `files` and `demo` share: a certificate's files on disk."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from api.faults import ServiceRefused
from api.services.passports import Passports
from api.services.service import Service
from api.store.certificates import StoredCertificate
from footprint.bom.beside import bytes_beside, bytes_of, choices_beside, mapping_beside
from footprint.bom.read import read_bom
from footprint.bom.supplier_files import Folder
from footprint.brightway.faults import NOT_CERTIFIED
from footprint.certificates.display import exact, round_significant, written
from footprint.certificates.keys import did_document
from footprint.certificates.statuslist import PURPOSES, list_name
from footprint.certificates.view import view_from_document
from footprint.cli.output import bilingual, program, say, typed
from footprint.drafts.guesses import guesses_in
from footprint.engine.items import Basis
from footprint.exchange.untp_certificate import has_passport
from footprint.faults import Problem, Where
from footprint.rules.missing_words import missing_in_words
from footprint.study import Inputs
from label_templates.render import label_png, label_svg

#: Rows of guesses that are named.
_NAMED = 8
LANGUAGES: tuple[Literal["en", "zh"], ...] = ("en", "zh")


def inputs_beside(path: Path, gwp_set: str, electricity: Basis) -> Inputs:
    """A bill of materials and the files beside it that belong to it, as `read_bom` takes them.

    Raises InputRefused with every problem of the files, or for own processes (BRW-007): who
    calculates a certificate again has the inventory of its version and nothing beside it.
    """
    processes = path.with_suffix(".processes.yaml")
    if bytes_beside(path, ".processes.yaml") is not None:
        message = f"a certificate cannot rest on the own processes in {processes.name}"
        hint = (
            "Calculate the process as a product of its own with --format pact, "
            "name that file in supplier_pcf, and move the processes elsewhere."
        )
        raise NOT_CERTIFIED.refuse(message, Where(path.name), hint)
    folder = Folder(path.parent)
    documents = {one.file: folder[one.file] for one in read_bom(path).suppliers}
    return Inputs(
        path.name,
        bytes_of(path),
        bytes_beside(path, ".product.yaml"),
        gwp_set,
        bytes_beside(path, ".site.yaml"),
        documents,
        electricity,
        choices_beside(path),
        mapping_beside(path),
    )


def say_guesses(footprint: Mapping[str, Any], bom: Path) -> None:
    """Tell the person at the terminal which lines of an order rest on guesses."""
    found = guesses_in(footprint)
    if not found.lines:
        return
    rows = ", ".join(str(line.row) for line in found.lines[:_NAMED])
    rows += ", ..." if len(found.lines) > _NAMED else ""
    share = "" if found.share is None else f", {found.share:.0%} of the result"
    kg = written(round_significant(exact(found.kg_co2e)))
    part = "" if found.share is None else f"，占结果的 {found.share:.0%}"
    look = f"{program()} match {typed(bom)}"
    say(
        bilingual(
            f"Guesses that nobody confirmed: {len(found.lines)} of {found.of} lines "
            f"({kg} kg CO2e{share}), rows {rows}. Look at them: {look}",
            f"无人确认的猜测：{found.of} 行中的 {len(found.lines)} 行（{kg} kg CO2e{part}），"
            f"第 {rows} 行。查看：{look}",
        )
    )


def in_people_words(refused: ServiceRefused) -> tuple[Problem, ...]:
    """What the service refused; of a tier that is not earned, what was not supplied in words."""
    decision = refused.details.get("decision")
    if not decision:
        return tuple(refused.problems)
    english, chinese = (missing_in_words(decision["missing"], zh) for zh in (False, True))
    hint = bilingual(f"Not supplied: {english}.", f"未提供：{chinese}。")
    hint = (
        hint
        if decision["missing"]
        else bilingual("Why: footprint decide", "原因见：footprint decide")
    )
    verdict = {"fail": "不通过", "unknown": "无法判定"}.get(
        decision["verdict"], decision["verdict"]
    )
    told = f"{decision['scheme']} 的 {decision['tier']}：{verdict}。{decision['trace']['says_zh']}"
    return tuple(
        problem._replace(message=bilingual(problem.message, told), hint=hint)
        for problem in refused.problems
    )


def try_folder(out: Path) -> None:
    """Make the folder and write in it, and leave no trace. Raises OSError when that cannot be."""
    is_new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".footprint-probe"
    probe.write_bytes(b"")
    probe.unlink()
    if is_new:
        out.rmdir()


def write_certificate(service: Service, certificate: StoredCertificate, out: Path) -> list[Path]:
    """Write everything that belongs to a certificate into `out`; returns the files.

    Beside the certificate: the issuer's DID document and the signed status lists as of now, with
    which anyone verifies it offline. All is written beside its place first, so that a disk that
    fills leaves no half of it. Raises OSError, InputRefused (API-511).
    """
    out.mkdir(parents=True, exist_ok=True)
    contents = _contents(service, certificate)
    drafts = {name: out / f".{name}.part" for name in contents}
    try:
        for name, content in contents.items():
            with drafts[name].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name, draft in drafts.items():
            draft.replace(out / name)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return [out / name for name in contents]


def _contents(service: Service, certificate: StoredCertificate) -> dict[str, bytes]:
    """The files of a certificate by name. Labels show its verdict of now."""
    number = certificate.number
    standing = service.register.standing(number)
    view, state = view_from_document(certificate.view_content), standing.status.state
    bundle = {"credential": certificate.credential, "certificate": certificate.view_content}
    contents: dict[str, bytes] = {}
    for language in LANGUAGES:
        contents[f"{number}.{language}.pdf"] = service.register.marked_file(standing, language).pdf
        contents[f"{number}.label.{language}.svg"] = label_svg(view, language, state=state).encode()
        contents[f"{number}.label.{language}.png"] = label_png(view, language, state=state)
    contents[f"{number}.credential.jwt"] = certificate.credential.encode()
    if has_passport(view):
        passports = Passports(service.register, service.keyring)
        contents[f"{number}.passport.jwt"] = passports.passport(number).encode()
    contents[f"{number}.json"] = _readable(bundle)
    contents["issuer.did.json"] = _readable(
        did_document(service.issuer_did, service.published_keys)
    )
    for purpose in PURPOSES:
        name = list_name(purpose, certificate.status_list)
        contents[f"status-{name}.jwt"] = service.lists.named(name).token.encode()
    return contents


def _readable(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
