"""`footprint verify`: the report on a certificate file, with keys that the user trusts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from footprint.certificates.faults import STATUS_LIST
from footprint.certificates.report import VerificationReport
from footprint.certificates.verify_file import verify_file
from footprint.cli import faults
from footprint.cli.input_files import read_file
from footprint.faults import Where

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory
    from footprint.proof.verify_results import Tools

_MARKS = {"passed": "ok", "failed": "NO", "skipped": "--"}
_VERDICTS = {
    "valid": ("VALID: genuine and in force.", "有效：证书真实且在有效期内。"),
    "genuine": (
        "GENUINE and within its dates; its status was not asked, so the register may know better.",
        "证书真实且在有效期内；未查询状态，以登记簿为准。",
    ),
    "not_yet_valid": ("NOT YET VALID.", "尚未生效。"),
    "expired": ("EXPIRED.", "已过期。"),
    "draft": ("DRAFT: genuine, but not for use.", "草稿：真实，但不得使用。"),
    "superseded": ("SUPERSEDED by a newer certificate.", "已被新证书取代。"),
    "suspended": ("SUSPENDED by its issuer.", "已被签发者暂停。"),
    "revoked": ("REVOKED by its issuer.", "已被签发者撤销。"),
    "invalid": ("REFUSED: this is not a genuine certificate.", "拒绝：不是真实的证书。"),
}
_STATUS_UNKNOWN = (
    "NOT CONFIRMED: all but the status is in order; fetch the status lists again.",
    "未确认：除状态外均无误；请重新获取状态列表。",
)


def report_of(
    file: Path,
    keys: Path | None,
    status: Sequence[Path],
    store: Path | None,
    moment: datetime,
    bundle: Path | None = None,
) -> VerificationReport:
    """Verify `file` at `moment`: by the `keys` given and the lists in `status`, or by all that the
    user's own `store` holds (its keys, and what it says of the certificate today). A bare
    credential is checked with the text in its `bundle`, where one is given.

    Never by keys that came with the certificate: whoever forges one can forge both. Raises
    `InputRefused` if a file given or the store cannot be read, or if neither is given (VER-101).
    """
    data, name = read_file(file), file.name
    if bundle is not None and file.suffix.lower() == ".jwt":
        data, name = _with_text(data, bundle), f"{file.stem}.json"
    if store is not None:
        return _by_store(data, name, store, moment)
    return verify_file(
        data,
        name,
        _trusted(keys),
        moment,
        status_lists=[read_file(path).decode("ascii", "replace").strip() for path in status],
        **_renderer(name, data),
    )


def _renderer(name: str, data: bytes) -> dict[str, Any]:
    """What makes the page of a PDF again. Other files are checked without the typesetter."""
    if not name.lower().endswith(".pdf"):
        return {}
    from label_templates.render import pdf_candidates, renderer_id

    return {"render": partial(pdf_candidates, pdf=data), "renderer_id": renderer_id()}


def recomputed(
    report: VerificationReport,
    bundle: Path,
    inventory: str | None,
    cache: Path,
    say: Callable[[str], None],
) -> VerificationReport:
    """The report, extended by the recomputation from a bundle with the tools of this installation.

    Raises `InputRefused` if the bundle or the inventory cannot be read.
    """
    from footprint.proof.bundle import read_bundle
    from footprint.proof.verify_bundle import verify_bundle

    content = read_bundle(read_file(bundle))
    return verify_bundle(report, content, tools_of(inventory, cache, say))


def tools_of(inventory: str | None, cache: Path, say: Callable[[str], None]) -> Tools:
    """What this installation calculates with. Raises `InputRefused` for an inventory that cannot
    be read."""
    from footprint.inventory.build import ensure_compiled
    from footprint.proof.manifest import engine_manifest
    from footprint.proof.verify_results import Tools
    from footprint.rules import load_rules

    own = inventory_at(inventory, cache) if inventory else ensure_compiled(cache, say)
    return Tools(own, load_rules(), engine_manifest())


def with_proof(report: VerificationReport, proof: Path) -> VerificationReport:
    """The report, extended by the lines that were shown. Raises `InputRefused` (VER-029)."""
    from footprint.proof.proof import read_proof, verify_proof

    return verify_proof(report, read_proof(read_file(proof)))


def verifier_for(
    keys: Path | None, status: Sequence[Path], store: Path | None, moment: datetime
) -> Callable[[bytes, str], VerificationReport]:
    """Checks further files as `report_of` checks the first one."""
    if store is not None:
        return lambda data, name: _by_store(data, name, store, moment)
    trusted = _trusted(keys)
    lists = [read_file(path).decode("ascii", "replace").strip() for path in status]
    return lambda data, name: verify_file(
        data, name, trusted, moment, status_lists=lists, **_renderer(name, data)
    )


def redraw_of(
    bundle: Path | None, inventory: str | None, cache: Path, say: Callable[[str], None]
) -> Callable[[bytes, str], Iterator[bytes]] | None:
    """Draws reports again from a bundle; None without one.

    Raises `InputRefused` if the bundle or the inventory cannot be read.
    """
    if bundle is None:
        return None
    from footprint.cli.report_again import reports_again
    from footprint.inventory.build import ensure_compiled
    from footprint.proof.bundle import read_bundle

    content = read_bundle(read_file(bundle))
    own = inventory_at(inventory, cache) if inventory else ensure_compiled(cache, say)
    return lambda data, suffix: reports_again(content, own, data, suffix)


def inventory_at(name: str, cache: Path) -> CompiledInventory:
    """A compiled inventory by its folder or, from the cache, by its hash.

    Raises `InputRefused` (INV-012, API-507) if it cannot be read.
    """
    from api.inventories import compiled_inventory
    from footprint.inventory.compiled import load_compiled

    folder = Path(name)
    if (folder / "manifest.json").is_file():
        return load_compiled(folder)
    return compiled_inventory(cache, name)


def report_text(report: VerificationReport, language: str) -> str:
    """The report for people: every check, then the verdict."""
    chinese = language == "zh"
    lines = [
        f"  [{_MARKS[check.outcome]}] {check.says_zh if chinese else check.says}"
        + (f" ({check.code})" if check.code else "")
        for check in report.checks
    ]
    if report.number:
        lines.insert(0, f"{report.number}  {report.issuer}")
    failed = {check.code for check in report.checks if check.outcome == "failed"}
    told = _STATUS_UNKNOWN if failed == {STATUS_LIST.code} else _VERDICTS[report.verdict]
    return "\n".join([*lines, told[chinese] + _lifetime(report, chinese)])


def _lifetime(report: VerificationReport, chinese: bool) -> str:
    """How long a verdict that rests on status lists may be relied on."""
    if report.verdict != "valid" or not report.status_until:
        return ""
    end = report.status_until
    return f"状态列表有效至 {end}。" if chinese else f" Its status lists count until {end}."


def _by_store(data: bytes, name: str, store: Path, moment: datetime) -> VerificationReport:
    from api.services.held_files import verify_held
    from api.services.verdicts import Verdicts
    from footprint.cli.stores import register_of

    with register_of(store) as verdicts:
        return verify_held(data, name, Verdicts(verdicts.database, lambda: moment), None)


def _trusted(keys: Path | None) -> dict[str, Any]:
    if keys is None:
        hint = "--keys FILE with the issuer's did.json, fetched from the issuer; or --store FOLDER."
        raise faults.NO_KEYS.refuse("say whose signature you trust", hint=hint)
    try:
        document = json.loads(read_file(keys))
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise faults.NO_KEYS.refuse("the key file is no JSON document", Where(str(keys)))
    return document


def _with_text(credential: bytes, bundle: Path) -> bytes:
    """A bare credential and the certificate's text from its bundle, as one JSON file."""
    from footprint.proof.bundle import read_bundle

    text = read_bundle(read_file(bundle)).certificate
    token = credential.decode("ascii", "replace").strip()
    return json.dumps({"credential": token, "certificate": text}).encode()
