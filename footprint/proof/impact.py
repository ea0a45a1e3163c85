"""What a corrected inventory or rule book does to certificates that were issued before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import numpy as np

from footprint.certificates.display import exact, plain
from footprint.engine.resolve import UNCONFIRMED
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import EXCLUDING_BIOGENIC
from footprint.rules import RuleBook
from footprint.study import DecidedQuestion, Inputs, decision_on, footprint_of

#: A footprint that is higher by more than this share makes a certificate misleading, even where
#: the tier would hold. This project's own default; registers of environmental product declarations
#: draw the line for a new verification at the same share.
MATERIAL = Decimal("0.10")
#: What lines like these lead to rests on more of an inventory than the dataset that they had.
_ANEW = UNCONFIRMED | {"screening"}
#: Solving the same matrices again elsewhere changes the last bits; that is no correction.
_SAME = 1e-9

Proposal = Literal["none", "reissue", "suspend"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A dataset whose intensity was corrected: kg CO2e per unit, excluding biogenic uptake.

    `after` is None where the new inventory does not have the dataset, or has it in another unit.
    """

    dataset: str
    before: float
    after: float | None


@dataclass(frozen=True, slots=True)
class Certified:
    """An issued certificate as its owner keeps it. `document` is its footprint document."""

    number: str
    product: str
    document: Mapping[str, Any]
    inputs: Inputs
    question: DecidedQuestion
    rules_hash: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What became of one certificate. Amounts are kg CO2e per declared unit, all digits as text;
    `change` is the new amount over the old, less one. `problem` says why it cannot be made again.
    """

    number: str
    product: str
    scheme: str
    tier: str
    touched_by: tuple[str, ...]
    before_kg_co2e: str
    after_kg_co2e: str
    change: str
    verdict: str
    tier_holds: bool
    proposal: Proposal
    problem: str
    says: str
    says_zh: str


def changed_datasets(
    old: CompiledInventory, new: CompiledInventory, gwp_set: str
) -> tuple[Changed, ...]:
    """The datasets of `old` that count differently in `new`, upstream corrections included.

    Raises InputRefused (INV-013) for an unknown GWP set.
    """
    before, after = old.table(gwp_set), new.table(gwp_set)
    found = []
    for name, entry in old.datasets.items():
        was = before[:, entry.column]
        other = new.datasets.get(name)
        if other is None or other.unit != entry.unit:
            found.append(Changed(name, _total(was), None))
            continue
        now = after[:, other.column]
        if not np.allclose(now, was, rtol=_SAME, atol=_SAME * float(np.abs(was).max(initial=0.0))):
            found.append(Changed(name, _total(was), _total(now)))
    return tuple(found)


def impact_of(
    certified: Certified,
    changed: Sequence[Changed],
    new: CompiledInventory | None,
    rules: RuleBook,
    material: Decimal = MATERIAL,
    others: frozenset[str] = frozenset(),
) -> Impact | None:
    """What the corrections do to a certificate; None when they do not touch it.

    `new` is the corrected inventory, or None where only the rules changed: then the footprint is
    the old one. Lines that were matched by name are matched anew, and what was left out is looked
    for. `others` are datasets and gases of which `new` says something else (`facts_changed`). The
    decision is made again for the day of the old one, with the same evidence.
    """
    names = {change.dataset for change in changed}
    lines = certified.document["contributions"]
    touched = tuple(sorted({line["dataset"] for line in lines} & names))
    anew = new is not None and (
        certified.inputs.allow_gaps
        or any(line["matched_by"] in _ANEW or line["dataset"] in others for line in lines)
    )
    new_rules = certified.rules_hash != rules.hash
    if not touched and not anew and not new_rules:
        return None
    before = _amount(certified.document)
    try:
        document = dict(certified.document)
        if new is not None:
            _, document = footprint_of(certified.inputs, new)
        decision, _ = decision_on(document, certified.question, rules)
    except InputRefused as refused:
        return _impact(certified, touched, before, None, "unknown", refused.problems[0].message)
    after = _amount(document)
    if not touched and before == after and decision.verdict == "pass":
        return None
    return _impact(certified, touched, before, after, decision.verdict, "", material)


def impact_of_document(
    certified: Certified,
    replaced: tuple[str, str],
    newer: bytes,
    inventory: CompiledInventory,
    rules: RuleBook,
) -> Impact:
    """What a supplier's newer document does to a certificate. `replaced` is the id of the old one
    and the name by which lines use it; the rest of the inputs stays as it was."""
    pcf, file = replaced
    documents = {**certified.inputs.documents, file: newer}
    before = _amount(certified.document)
    try:
        _, document = footprint_of(replace(certified.inputs, documents=documents), inventory)
        decision, _ = decision_on(document, certified.question, rules)
    except InputRefused as refused:
        says = refused.problems[0].message
        return _impact(certified, (pcf,), before, None, "unknown", says, cause=_NEWER)
    after = _amount(document)
    return _impact(certified, (pcf,), before, after, decision.verdict, "", cause=_NEWER)


#: Why a certificate is looked at again, in both languages.
_CORRECTED = ("after a correction of the data or rules", "数据或规则更正后")
_NEWER = ("with a newer footprint of a supplier", "采用供应商更新的碳足迹后")


def _impact(
    certified: Certified,
    touched: tuple[str, ...],
    before: Decimal,
    after: Decimal | None,
    verdict: str,
    problem: str,
    material: Decimal = MATERIAL,
    cause: tuple[str, str] = _CORRECTED,
) -> Impact:
    change = None if after is None or not before else after / before - 1
    holds = verdict == "pass"
    proposal: Proposal = "none" if after == before else "reissue"
    if not holds or after is None or (change is not None and change > material):
        proposal = "suspend"
    outcome = _outcome(before, after, change)
    says, says_zh = _notice(certified, cause, outcome, holds, proposal)
    return Impact(
        number=certified.number,
        product=certified.product,
        scheme=certified.question.scheme,
        tier=certified.question.tier,
        touched_by=touched,
        before_kg_co2e=plain(before),
        after_kg_co2e="" if after is None else plain(after),
        change="" if change is None else f"{change:.6f}",
        verdict=verdict,
        tier_holds=holds,
        proposal=proposal,
        problem=problem,
        says=says,
        says_zh=says_zh,
    )


def _outcome(before: Decimal, after: Decimal | None, change: Decimal | None) -> tuple[str, str]:
    """What became of the number, in both languages."""
    if after is None:
        return "it cannot be calculated again", "无法重新计算"
    share = "" if change is None else f" ({change:+.2%})"
    return (
        f"its footprint is {after:.4g} and not {before:.4g} kg CO2e{share}",
        f"碳足迹应为 {after:.4g}，而非 {before:.4g} kg CO2e{share}",
    )


def _notice(
    certified: Certified,
    cause: tuple[str, str],
    outcome: tuple[str, str],
    holds: bool,
    proposal: Proposal,
) -> tuple[str, str]:
    """The notice to the holder, in both languages."""
    subject = f"Certificate {certified.number} ({certified.product})"
    subject_zh = f"证书 {certified.number}（{certified.product}）"
    tier, tier_zh = (
        ("the tier holds", "等级仍成立") if holds else ("its tier is lost", "等级不再成立")
    )
    action, action_zh = {
        "none": ("Nothing has to be done.", "无需处理。"),
        "reissue": (
            "It is to be issued anew with the corrected number.",
            "应以更正后的数值重新颁发。",
        ),
        "suspend": ("It is to be suspended until it is issued anew.", "应暂停使用，直至重新颁发。"),
    }[proposal]
    return (
        f"{subject}: {cause[0]} {outcome[0]}; {tier}. {action}",
        f"{subject_zh}：{cause[1]}，{outcome[1]}；{tier_zh}。{action_zh}",
    )


def _total(column: Any) -> float:
    return float(column[list(EXCLUDING_BIOGENIC)].sum())


def _amount(document: Mapping[str, Any]) -> Decimal:
    return exact(document["totals"]["excluding_biogenic_uptake_kg_co2e"])
