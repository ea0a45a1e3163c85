"""The predicates: small checks that schemes are written with. None knows any scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from footprint.rules import arguments as args
from footprint.rules.fields import Strict
from footprint.rules.predicates import (
    comparison,
    credits,
    documents,
    fairness,
    quantification,
    stated,
    status,
)
from footprint.rules.predicates.finding import Context, Finding


@dataclass(frozen=True, slots=True)
class Predicate:
    """The arguments it takes from a rule file, and the check. A check that always passes with a
    sentence for the reader (validity, identifier, display, say, remark) informs, and judges
    nothing."""

    arguments: type[Strict]
    check: Callable[[Any, Context], Finding]


PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {
        "in_force": Predicate(args.InForce, status.in_force),
        "subject": Predicate(args.TierSubject, status.subject),
        "validity": Predicate(args.Validity, status.validity),
        "identifier": Predicate(args.Identifier, status.identifier),
        "display": Predicate(args.Display, status.display),
        "say": Predicate(args.Say, status.say),
        "remark": Predicate(args.SchemeRemark, status.remark),
        "boundary": Predicate(args.BoundaryOf, quantification.boundary),
        "method": Predicate(args.Method, quantification.method),
        "verified": Predicate(args.Verified, quantification.verified),
        "data_age": Predicate(args.DataAge, quantification.data_age),
        "primary_data": Predicate(args.PrimaryData, quantification.primary_data),
        "unit": Predicate(args.UnitOf, stated.unit),
        "class_of": Predicate(args.ClassOf, stated.class_of),
        "comparable": Predicate(args.Comparable, fairness.comparable),
        "below": Predicate(args.Below, comparison.below),
        "ratchet": Predicate(args.Ratchet, comparison.ratchet),
        "offset_cover": Predicate(args.OffsetCover, credits.offset_cover),
        "credits": Predicate(args.Credits, credits.programmes),
        "plan": Predicate(args.Plan, documents.plan),
        "publish": Predicate(args.Publish, documents.publish),
    }
)
