"""`footprint demo`: the whole promise kept once, on raw exports and three illustrative products.

Raw exports are read, matched and calculated by way of picks, with report and PACT document. Then:
bill of materials in; footprint, decisions, certificate with label out; verified offline; and a copy
that was tampered with refused.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.certificates import StoredCertificate
from footprint.bom import faults
from footprint.certificates.report import VerificationReport
from footprint.cli.demo_exports import exports_summary, run_exports
from footprint.cli.issuing import write_certificate
from footprint.cli.output import program, typed
from footprint.cli.stores import service_settings, store_for_writing
from footprint.cli.tables import number, table
from footprint.cli.verifying import report_of
from footprint.examples import examples_folder
from footprint.faults import Where
from footprint.rules import decide_all, explain, facts_from_document, read_evidence
from footprint.study import Inputs
from footprint.values.decision import Decision, Tier

#: Names a folder as the demo's own, which may be made anew.
MARKER = "summary.txt"


@dataclass(frozen=True, slots=True)
class DemoCase:
    """An example, and the tier that its evidence earns. `months` where the scheme sets no term."""

    name: str
    bom: str
    scheme: str
    tier: Tier
    months: int | None = None


CASES = (
    DemoCase("biscuits", "biscuits.csv", "th-tgo", "reduction", months=12),
    DemoCase("t-shirt", "t-shirt.xlsx", "uk-carbon-trust", "disclosure", months=12),
    DemoCase("power-bank", "power-bank.csv", "kr-keiti", "low-carbon"),
)


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What became of a case."""

    case: DemoCase
    product: str
    total: float
    word: str
    unit: str
    decisions: tuple[Decision, ...]
    certificate: StoredCertificate
    folder: Path
    genuine: VerificationReport
    forged: VerificationReport


def run_demo(out: Path, cache: Path, say: Callable[[str], None]) -> tuple[str, bool]:
    """Make everything anew in `out`; the summary, which is also written there, and whether every
    certificate was found genuine (a draft) and every forged copy refused."""
    _prepare(out)
    settings = service_settings(out / "store", cache).model_copy(
        update={
            "issuer_name": "Example Label Office (illustrative)",
            "issuer_name_zh": "示例标签机构（演示）",
        }
    )
    with store_for_writing(settings) as service:
        inventory = service.footprints.inventory
        exports = run_exports(examples_folder(), out, inventory, say)
        outcomes = [_run_case(case, service, out, say) for case in CASES]
    summary = f"{exports_summary(exports)}\n{_summary(outcomes, out)}"
    (out / MARKER).write_text(summary + "\n", "utf-8")
    went_well = all(
        outcome.genuine.verdict == "draft" and outcome.forged.verdict == "invalid"
        for outcome in outcomes
    )
    return summary, went_well


def _prepare(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / MARKER).is_file():
            hint = "Choose another with --out."
            message = "the folder holds something that the demo did not make"
            raise faults.UNREADABLE.refuse(message, Where(str(out)), hint)
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARKER).write_text("The demo did not finish.\n", "utf-8")


def _run_case(
    case: DemoCase, service: Service, out: Path, say: Callable[[str], None]
) -> DemoOutcome:
    say(f"{case.bom}: calculate, decide, issue, verify, tamper ...")
    examples = examples_folder()
    bom = (examples / case.bom).read_bytes()
    evidence = (examples / f"{case.name}.evidence.yaml").read_text("utf-8")
    folder = out / case.name
    folder.mkdir()
    footprint = service.footprints.calculate(LOCAL, Inputs(case.bom, bom))
    document = footprint.content
    (folder / "footprint.json").write_text(_readable(document), "utf-8")
    now = service.certificates.clock()
    decisions = decide_all(
        service.rules,
        facts_from_document(document),
        read_evidence(evidence, f"{case.name}.evidence.yaml"),
        now.date(),
    )
    for language in ("en", "zh"):
        text = "\n\n".join(explain(decision, language) for decision in decisions)
        (folder / f"decisions.{language}.txt").write_text(text + "\n", "utf-8")
    order = Order(footprint.id, case.scheme, case.tier, evidence, case.months, draft=True)
    certificate = service.certificates.issue(LOCAL, order)
    write_certificate(service, certificate, folder)
    forged = _tamper(folder, certificate.number)
    # A moment after the lists were signed: making the first keys may take a second.
    moment = service.certificates.clock()
    keys, lists = folder / "issuer.did.json", sorted(folder.glob("status-*.jwt"))
    genuine_file = folder / f"{certificate.number}.en.pdf"
    return DemoOutcome(
        case,
        document["product"]["name"],
        document["totals"]["excluding_biogenic_uptake_kg_co2e"],
        document["completeness"]["word"],
        f"{document['declared_unit']['amount']:g} {document['declared_unit']['unit']}",
        decisions,
        certificate,
        folder,
        report_of(genuine_file, keys, lists, None, moment),
        report_of(forged, keys, lists, None, moment),
    )


def _tamper(folder: Path, certificate: str) -> Path:
    """A copy of the bundle in which the footprint is a tenth smaller, as a cheat would want it."""
    bundle = json.loads((folder / f"{certificate}.json").read_text("utf-8"))
    page = bundle["certificate"]
    page["total_kg_co2e"] = str(Decimal(page["total_kg_co2e"]) * Decimal("0.9"))
    forged = folder / "forged-copy.json"
    forged.write_text(_readable(bundle), "utf-8")
    return forged


def _readable(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _summary(outcomes: list[DemoOutcome], out: Path) -> str:
    rows = [("product", "footprint", "certificate for", "number", "verified", "forged copy")]
    rows += [
        (
            outcome.product,
            f"{outcome.word} {number(outcome.total)} kg CO2e per {outcome.unit}",
            f"{outcome.case.scheme}, {outcome.case.tier}",
            outcome.certificate.number,
            "genuine draft" if outcome.genuine.verdict == "draft" else outcome.genuine.verdict,
            "refused" if outcome.forged.verdict == "invalid" else "NOT REFUSED",
        )
        for outcome in outcomes
    ]
    lines = ["", table(rows, most=44), "", "Why the forged copies were refused:"]
    lines += [
        f"  {outcome.case.name}: {check.says} ({check.code})"
        for outcome in outcomes
        for check in outcome.forged.checks
        if check.outcome == "failed"
    ]
    lines += ["", "Tiers under every scheme that is known (reasons: decisions.en.txt):"]
    for outcome in outcomes:
        for verdict in ("pass", "fail", "unknown"):
            names = [f"{d.scheme} {d.tier}" for d in outcome.decisions if d.verdict == verdict]
            if names:
                lines.append(f"  {outcome.case.name}, {verdict}: {', '.join(names)}")
    lines += ["", "Open:"]
    for outcome in outcomes:
        number_ = outcome.certificate.number
        lines.append(f"  {outcome.folder / number_}.en.pdf  and .zh.pdf   certificate")
        lines.append(f"  {outcome.folder / number_}.label.en.svg  and .zh.svg   label")
    first = outcomes[0]
    pdf, keys, store = (
        typed(path)
        for path in (
            first.folder / f"{first.certificate.number}.en.pdf",
            first.folder / "issuer.did.json",
            out / "store",
        )
    )
    lines += [
        "",
        "Verify yourself, offline (--draft: a draft will do):",
        f"  {program()} verify {pdf} --keys {keys} --draft",
        "See the public pages. They are in the demo's own store, which --store names; without it",
        "`serve` (and `make serve`) opens yours, where these certificates are not:",
        f"  {program()} serve --store {store}",
        f"  then open http://127.0.0.1:8000/verify/{first.certificate.number}",
        "",
        "These certificates are drafts, not for use, and say so on label, page and PDF.",
        "All products, companies and amounts of the demo are illustrative.",
        "",
        "Open the console on this store, in your browser:",
        f"  {program()} serve --store {store} --browser",
    ]
    return "\n".join(lines)
