"""Cases beside a rule file, and running them: a rule-maker needs no test suite of this project.

The cases of `scheme.yaml` stand in `scheme.cases.yaml`: a day, a footprint, evidence, and the
answer that is expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationError

from footprint.faults import InputRefused, Problem, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.book import RuleBook
from footprint.rules.case_entry import (
    CaseEntry,
    CaseResult,
    MarketExpected,
    case_place,
    problems_in_case,
    shape_problems,
)
from footprint.rules.decide import decide
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.evidence_file import evidence_from_values
from footprint.rules.fields import Strict
from footprint.rules.law_cases import ASKED_LAWS, run_law_cases
from footprint.rules.load import rules_from_texts, shipped_texts
from footprint.values.decision import Decision
from footprint.values.product import DECLARED_UNITS


class CaseFile(Strict):
    """Cases, and what all of them share."""

    defaults: dict[str, Any] = Field(default_factory=dict)
    cases: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


def run_cases(rule_file: str, rule_text: str, case_file: str, case_text: str) -> list[CaseResult]:
    """The results of the cases of a rule file, which takes the place of the shipped one of its id.

    Raises InputRefused: RUL-001 to RUL-005 for the rules, RUL-034 for the cases, and the codes of
    evidence, or of a law's questions, for what a case holds of them.
    """
    head = _head(rule_file, rule_text)
    own = str(head.get("id", ""))
    if own in ASKED_LAWS:
        return run_law_cases(own, rule_file, rule_text, case_file, case_text)
    book = _book(head, own, rule_file, rule_text)
    entries = _cases(case_text, case_file)
    contexts = _evidence_of(entries, case_file)
    return [
        CaseResult(entry.name, tuple(_wrong(entry, _decide(book, own, entry, given))))
        for entry, given in zip(entries, contexts, strict=True)
    ]


def _head(file: str, text: str) -> Mapping[str, Any]:
    """The members of a rule file, to tell what it is; empty where it is no mapping."""
    try:
        read = load_plain_yaml(text)
    except NotPlainYamlError as error:
        raise faults.RULE_FILE_UNREADABLE.refuse(str(error), Where(file)) from None
    return read if isinstance(read, dict) else {}


def _book(head: Mapping[str, Any], own: str, file: str, text: str) -> RuleBook:
    """The shipped rules with this file in them."""
    schemes, markets = (dict(texts) for texts in shipped_texts())
    for texts in (schemes, markets):
        texts.pop(f"{own}.yaml", None)
    mine = markets if "claims" in head else schemes
    mine[file] = text
    return rules_from_texts(schemes, markets)


def _cases(text: str, file: str) -> list[CaseEntry]:
    """All cases. Raises InputRefused (RUL-034) with what is wrong in any, in the file's order."""
    try:
        read = CaseFile.model_validate(load_plain_yaml(text) or {})
    except NotPlainYamlError as error:
        raise faults.CASE_FILE.refuse(f"{error}.", Where(file)) from None
    except ValidationError as error:
        raise InputRefused(shape_problems(error, file, "")) from None
    found: list[CaseEntry] = []
    problems: list[Problem] = []
    for number, case in enumerate(read.cases, 1):
        try:
            entry = CaseEntry.model_validate(_whole(read.defaults, case))
        except ValidationError as error:
            problems += shape_problems(error, file, case_place(number, case.get("name")))
        else:
            found.append(entry)
            if entry.footprint.unit not in DECLARED_UNITS:
                where = Where(file, column=case_place(number, entry.name) + "footprint.unit")
                says = f"The unit '{entry.footprint.unit}' is not known."
                problems.append(faults.CASE_FILE.at(where, says))
    if problems:
        raise InputRefused(problems)
    return found


def _evidence_of(entries: Sequence[CaseEntry], file: str) -> list[Evidence]:
    """The evidence of each case. Raises InputRefused (RUL-011, RUL-012) as for all cases."""
    found: list[Evidence] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, 1):
        raw = dict(entry.evidence)
        if entry.references is not None:
            raw["references"] = entry.references
        try:
            found.append(evidence_from_values(raw, file))
        except InputRefused as refused:
            place = case_place(number, entry.name) + "evidence."
            problems += problems_in_case(refused, place)
    if problems:
        raise InputRefused(problems)
    return found


def _whole(defaults: Mapping[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    """A case with what all cases share; footprint and evidence are joined key by key."""
    whole = {**defaults, **case}
    for name in ("footprint", "evidence"):
        whole[name] = {**(defaults.get(name) or {}), **(case.get(name) or {})}
    return whole


def _decide(book: RuleBook, own: str, entry: CaseEntry, given: Evidence) -> Decision:
    scheme = entry.scheme or own
    return decide(
        book,
        _facts(entry),
        given,
        scheme,
        entry.tier,
        entry.as_of,
        (entry.market.id,) if entry.market is not None else (),
    )


def _facts(entry: CaseEntry) -> Facts:
    measured, year = entry.footprint, entry.as_of.year - 1
    return Facts(
        total_kg=measured.total,
        unit_amount=measured.amount,
        unit=measured.unit,
        boundary=measured.boundary,
        gwp_set=measured.gwp_set,
        period_start=measured.period_start or date(year, 1, 1),
        period_end=measured.period_end or date(year, 12, 31),
        coverage_lines=measured.covered,
        at_least=measured.at_least,
        lacking_share=measured.lacking,
        document_hash="",
        mass_kg=measured.mass,
        companies=measured.companies,
    )


def _wrong(entry: CaseEntry, decision: Decision) -> Iterator[str]:
    if entry.verdict is not None and decision.verdict != entry.verdict:
        yield f"expected {entry.verdict}, found {decision.verdict}: {_reason(decision)}"
    if entry.never_awards and decision.verdict == "pass":
        yield "expected that it is never awarded, found pass"
    if entry.says is not None and not any(entry.says in text for text in _said(decision)):
        yield f"nowhere is said: {entry.says}"
    absent = [name for name in entry.missing if name not in decision.missing]
    if absent:
        yield f"not named as missing: {', '.join(absent)}"
    months = decision.validity_months
    if entry.validity_months is not None and months != entry.validity_months:
        yield f"expected a term of {entry.validity_months} months, found {months}"
    open_facts = [
        name
        for name in entry.confirm_first
        if all(name not in one for one in decision.confirm_first)
    ]
    if open_facts:
        yield f"not named as unconfirmed: {', '.join(open_facts)}"
    if entry.market is not None:
        yield from _market(entry.market, decision)


def _market(wanted: MarketExpected, decision: Decision) -> Iterator[str]:
    found = decision.markets[0]
    if found.verdict != wanted.verdict:
        yield f"{wanted.id}: expected {wanted.verdict}, found {found.verdict}: {found.says}"
    if wanted.says is not None and wanted.says not in found.says:
        yield f"{wanted.id} does not say: {wanted.says}"
    if wanted.confidence not in (None, found.confidence):
        yield f"{wanted.id}: expected confidence {wanted.confidence}, found {found.confidence}"
    if wanted.wording not in (None, found.permitted_wording):
        yield f"{wanted.id}: expected the words {wanted.wording}, found {found.permitted_wording}"


def _reason(decision: Decision) -> str:
    for child in decision.trace.children:
        if child.verdict == decision.verdict:
            return child.says
    return decision.trace.says


def _said(decision: Decision) -> Iterator[str]:
    waiting = [decision.trace]
    while waiting:
        trace = waiting.pop()
        yield trace.says
        waiting.extend(trace.children)
