"""A purchase limit: the most that a buyer or a law accepts, as for low-carbon cement.

A limit is judged with the same predicates as a label tier: what must be the same is checked first,
unknown stays unknown, and the smallest change is told. It awards nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from footprint.rules.arguments import Aspect, Below, PrimaryData, Verified
from footprint.rules.book import DatedValue, Parameter
from footprint.rules.changes import smallest_changes
from footprint.rules.evaluate import evaluate
from footprint.rules.evidence import Evidence, Facts, Reference, VerifierKind
from footprint.rules.expression import AllOf, Leaf
from footprint.rules.fields import Strict
from footprint.rules.predicates.finding import Context
from footprint.rules.references import refuse_unusable_references
from footprint.rules.words import Bilingual
from footprint.values.decision import Change, Citation, Trace, Verdict
from footprint.values.result import Boundary

_LIMIT = Bilingual("Not above the limit", "不高于限值")
_CHECKED = Bilingual("Independent check", "独立核查")
_PRIMARY = Bilingual("Primary data share", "初级数据占比")


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that is accepted: kg CO2e per `per_amount` of `per_unit`, from a day on.

    What is named of function, boundary, method, PCR and region must be the same as the product's;
    the boundary always is. Without a GWP set nothing is known to keep the limit. `verified_by` and
    `primary_share` (0 to 1) ask for more where given.
    """

    value_kg: Decimal
    per_amount: Decimal
    per_unit: str
    boundary: Boundary
    since: date
    source: Citation
    until: date | None = None
    function: str | None = None
    method: str | None = None
    pcr: str | None = None
    region: str | None = None
    gwp_set: str | None = None
    verified_by: tuple[VerifierKind, ...] = ()
    primary_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """Whether a product keeps a limit, why, and the smallest changes by which it would."""

    verdict: Verdict
    trace: Trace
    changes: tuple[Change, ...]


def check_limit(limit: Limit, facts: Facts, evidence: Evidence, as_of: date) -> LimitCheck:
    """Whether a footprint keeps a limit on a day. Unknown before the limit's first day, and where
    product and limit are not known to be alike; and after its end, since there is nothing to keep.

    Raises InputRefused (RUL-013, RUL-014) where the limit is per another unit or GWP set.
    """
    if limit.until is not None and as_of >= limit.until:
        return LimitCheck("unknown", _ended(limit, limit.until), ())
    references = {**evidence.references, "purchase_limit": _reference(limit)}
    asked = replace(evidence, references=MappingProxyType(references))
    refuse_unusable_references(facts, asked)
    parameters = _parameters(limit, as_of)
    leaves = tuple(Leaf(_PREDICATE[name], name) for name in parameters)
    context = Context(facts, asked, "purchase limit", as_of)

    def judge(other: Context) -> Trace:
        trace = evaluate(AllOf(leaves), parameters, other)
        if trace is None:
            raise AssertionError("a list of conditions always gives a trace")
        return trace

    trace = judge(context)
    changes = (
        ()
        if trace.verdict == "pass"
        else smallest_changes(leaves, parameters, context, lambda other: judge(other).verdict)
    )
    return LimitCheck(trace.verdict, trace, changes)


def _ended(limit: Limit, until: date) -> Trace:
    return Trace(
        "limit",
        "unknown",
        f"this limit ended on {until}: ask for the one in force",
        f"该限值已于 {until} 失效：请查询现行限值",
        citations=(limit.source,),
    )


_PREDICATE: Mapping[str, str] = MappingProxyType(
    {"limit": "below", "checked": "verified", "primary": "primary_data"}
)


def _reference(limit: Limit) -> Reference:
    return Reference(
        value_kg=limit.value_kg,
        per_amount=limit.per_amount,
        per_unit=limit.per_unit,
        boundary=limit.boundary,
        function=limit.function,
        method=limit.method,
        pcr=limit.pcr,
        region=limit.region,
        gwp_set=limit.gwp_set,
        date=limit.since,
    )


def _parameters(limit: Limit, as_of: date) -> Mapping[str, Parameter]:
    same: list[Aspect] = ["boundary"]
    named: tuple[Aspect, ...] = ("function", "method", "pcr", "region")
    same.extend(aspect for aspect in named if getattr(limit, aspect) is not None)
    below = Below(ref="purchase_limit", by=Decimal(0), same=tuple(same))
    found = {"limit": _parameter("limit", _LIMIT, below, limit, as_of)}
    if limit.verified_by:
        checked = Verified(any=limit.verified_by)
        found["checked"] = _parameter("checked", _CHECKED, checked, limit, as_of)
    if limit.primary_share is not None:
        primary = PrimaryData(at_least=limit.primary_share)
        found["primary"] = _parameter("primary", _PRIMARY, primary, limit, as_of)
    return MappingProxyType(found)


def _parameter(
    name: str, description: Bilingual, arguments: Strict, limit: Limit, as_of: date
) -> Parameter:
    # The buyer states the limit with the question: it is looked up on the day.
    values = [DatedValue(limit.since, "day", arguments, (limit.source,), "H")]
    if limit.until is not None:
        values.append(DatedValue(limit.until, "day", None, (limit.source,), "H"))
    return Parameter(name, description, tuple(values), as_of)
