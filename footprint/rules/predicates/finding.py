"""What a predicate looks at, and what it answers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from footprint.rules.evidence import Evidence, Facts
from footprint.rules.logic import kleene_all
from footprint.rules.words import Bilingual, exact_text
from footprint.values.decision import Verdict


@dataclass(frozen=True, slots=True)
class Context:
    """The footprint, the evidence, the scheme asked for and the day of the decision."""

    facts: Facts
    evidence: Evidence
    scheme: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, the sentence that explains it, and the evidence that was not supplied."""

    verdict: Verdict
    says: Bilingual
    missing: tuple[str, ...] = ()


def passed(en: str, zh: str) -> Finding:
    return Finding("pass", Bilingual(en, zh))


def failed(en: str, zh: str) -> Finding:
    return Finding("fail", Bilingual(en, zh))


def not_supplied(*missing: str) -> Finding:
    """Unknown because these entries of the evidence file (or of the footprint) are not given."""
    en, zh = f"not supplied: {', '.join(missing)}", f"未提供：{'、'.join(missing)}"
    return Finding("unknown", Bilingual(en, zh), missing)


def unknown(en: str, zh: str, *missing: str) -> Finding:
    return Finding("unknown", Bilingual(en, zh), missing)


def not_understood(given: str, accepted: str) -> Finding:
    """Unknown because a word is in no list of synonyms: it may mean what is accepted."""
    return unknown(
        f"'{given}' is not understood; accepted: {accepted}",
        f"未能识别“{given}”；接受：{accepted}",
    )


def not_above_zero(context: Context) -> Finding:
    """Unknown because there is nothing to compare or to cover."""
    total = exact_text(context.facts.total_kg)
    return unknown(
        f"the footprint is {total} kg CO2e; only one above zero can be compared or covered",
        f"足迹为 {total} kg CO2e；只有大于零的足迹才能比较或抵消",
    )


def all_of(findings: Sequence[Finding]) -> Finding:
    """Several checks as one: all must pass; what is missing matters only while it is unknown."""
    verdict = kleene_all(finding.verdict for finding in findings)
    says = Bilingual(
        "; ".join(finding.says.en for finding in findings),
        "；".join(finding.says.zh for finding in findings),
    )
    missing = tuple(name for finding in findings for name in finding.missing)
    return Finding(verdict, says, missing if verdict == "unknown" else ())


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def same_text(left: str, right: str) -> bool:
    """Equal but for case and white space."""
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()
