"""Reading the evidence that a supplier writes: strictly, so that a misspelt key is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Problem, Where
from footprint.plain_yaml import NotPlainYamlError, load_plain_yaml
from footprint.rules import faults
from footprint.rules.evidence import (
    Absent,
    Credit,
    Document,
    Evidence,
    HeldTier,
    Interval,
    ReductionProbability,
    Reference,
    Verification,
)
from footprint.rules.evidence_schema import (
    CreditEntry,
    DocumentEntry,
    EvidenceFile,
    HeldTierEntry,
    IntervalEntry,
    ReferenceEntry,
    VerificationEntry,
)

_T = TypeVar("_T")


def read_evidence(text: str, file: str = "evidence") -> Evidence:
    """The evidence in a YAML (or JSON) text. An empty text is legal: then nothing is supplied.

    Reference values are kg CO2e, credits tonnes CO2e. Raises InputRefused with every problem:
    RUL-010 (not plain YAML), RUL-011 (unknown key, named), RUL-012 (a value that cannot be used).
    """
    try:
        raw = load_plain_yaml(text)
    except NotPlainYamlError as error:
        raise faults.EVIDENCE_UNREADABLE.refuse(f"{error}.", Where(file)) from None
    if raw is None:
        return Evidence()
    if not isinstance(raw, dict):
        raise faults.EVIDENCE_UNREADABLE.refuse("The file is not a list of keys.", Where(file))
    return evidence_from_values(raw, file)


def evidence_from_values(raw: Mapping[str, Any], file: str = "evidence") -> Evidence:
    """The evidence in plain values. Raises as `read_evidence` (RUL-011, RUL-012)."""
    try:
        return _evidence(EvidenceFile.model_validate(raw))
    except ValidationError as error:
        raise InputRefused(_problems(error, file)) from None


def _problems(error: ValidationError, file: str) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for detail in error.errors(include_url=False, include_input=False):
        problem = _problem(detail, file)
        found.setdefault((problem.code, str(problem.where)), problem)
    return list(found.values())


def _problem(detail: ErrorDetails, file: str) -> Problem:
    # "given" is the tag of "not absent", and no key of the file.
    place = ".".join(part for part in error_path(detail).split(".") if part != "given")
    where = Where(file, column=place.removesuffix(".[key]"))
    if detail["type"] == "extra_forbidden":
        return faults.EVIDENCE_UNKNOWN_KEY.at(
            where, f"The key '{place}' is not known.", "Correct its spelling or leave it out."
        )
    if place.endswith(".[key]"):
        name = str(detail["loc"][1])
        return faults.EVIDENCE_UNKNOWN_KEY.at(
            where, f"The key '{name}' is not known here.", f"{error_words(detail)}."
        )
    return faults.EVIDENCE_VALUE.at(
        where, f"The value of '{place}' cannot be used.", f"{error_words(detail)}."
    )


def _evidence(read: EvidenceFile) -> Evidence:
    return Evidence(
        sales_channel=read.sales_channel,
        audience=read.audience,
        function=read.function,
        region=read.region,
        product_code=read.product_code,
        product_category=read.product_category,
        methods=read.methods,
        pcr=read.pcr,
        verification=_verification(read.verification),
        references=_frozen({k: _reference(v) for k, v in read.references.items()}),
        plans=_frozen({k: _document(v) for k, v in read.plans.items()}),
        publications=_frozen({k: _document(v) for k, v in read.publications.items()}),
        credits=None if read.credits is None else tuple(_credit(c) for c in read.credits),
        units_sold=read.units_sold,
        renewal=read.renewal,
        tiers_held=None if read.tiers_held is None else tuple(_held(t) for t in read.tiers_held),
        unit_kind=read.unit_kind,
        named_boundary=read.named_boundary,
        probability_of_reduction=tuple(
            ReductionProbability(p.reference, p.at_least, p.probability, p.draws)
            for p in read.probability_of_reduction
        ),
        interval=_interval(read.interval),
        decided_by=read.decided_by,
        least_probability=read.least_probability,
    )


def _frozen(values: dict[Any, _T]) -> Mapping[Any, _T]:
    return MappingProxyType(values)


def _verification(read: VerificationEntry | None) -> Verification | None:
    if read is None:
        return None
    return Verification(read.by, read.kind, read.date, read.level, read.statement)


def _reference(read: ReferenceEntry | Absent) -> Reference | Absent:
    if isinstance(read, Absent):
        return read
    amount, unit = read.per.split(" ", 1)
    return Reference(
        value_kg=read.value,
        per_amount=Decimal(amount),
        per_unit=unit,
        boundary=read.boundary,
        function=read.function,
        method=read.method,
        pcr=read.pcr,
        region=read.region,
        product_code=read.product_code,
        gwp_set=read.gwp_set,
        date=read.date,
        earlier_value_kg=read.earlier_value,
        units_sold=read.units_sold,
        quantile=read.quantile,
        chosen=read.chosen,
        source=read.source,
        history=_frozen(dict(read.history)),
    )


def _document(read: DocumentEntry | Absent) -> Document | Absent:
    return read if isinstance(read, Absent) else Document(read.date, read.url)


def _credit(read: CreditEntry) -> Credit:
    return Credit(
        tonnes=read.tonnes,
        programme=read.programme,
        vintage=read.vintage,
        issuance=read.issuance,
        retired_on=read.retired_on,
        serial=read.serial,
        registry=read.registry,
        beneficiary=read.beneficiary,
        reason=read.reason,
    )


def _interval(read: IntervalEntry | None) -> Interval | None:
    return None if read is None else Interval(read.low, read.high, read.share)


def _held(read: HeldTierEntry) -> HeldTier:
    return HeldTier(read.scheme, read.tier, read.number, read.valid_until)
