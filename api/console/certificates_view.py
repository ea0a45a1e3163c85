"""Own certificates as pages show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from api.language import Language
from api.services.verdicts import Standing
from api.store.certificates import StoredCertificate
from api.store.tenants import Actor
from footprint.certificates.lifecycle import CertificateStep, Person, against_certificate
from footprint.certificates.view import view_from_document
from footprint.faults import InputRefused
from footprint.rules import RuleBook
from label_templates.label.artwork import least_label_width
from label_templates.render import LANGUAGES, SIZES
from label_templates.words import own_names

#: Days before its end from which a certificate asks to be renewed.
_SOON = 90
#: Steps that an owner takes, in the order of their weight.
_STEPS: tuple[CertificateStep, ...] = ("suspend", "reinstate", "revoke")


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """A certificate in a list. `days` are left of its term (0: none); `soon` asks to renew it."""

    number: str
    product: str
    scheme: str
    tier: str
    state: str
    until: str
    days: int
    soon: bool
    surveillance: str


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A language in which the label is drawn, with the least width in print of each size, mm."""

    language: str
    called: str
    sizes: tuple[tuple[str, str], ...]


def certificate_rows(
    found: Sequence[Standing], rules: RuleBook, today: date, language: Language
) -> list[OwnCertificate]:
    """Certificates in a list, in its order."""
    return [_row(one, rules, today, language) for one in found]


def _row(one: Standing, rules: RuleBook, today: date, language: Language) -> OwnCertificate:
    kept, state = one.certificate, one.status.state
    scheme = rules.schemes.get(kept.scheme)
    named = kept.scheme if scheme is None else (
        scheme.name.zh if language == "zh" else scheme.name.en
    )  # fmt: skip
    days = max(0, (kept.valid_until - today).days)
    due = kept.surveillance_due
    return OwnCertificate(
        kept.number,
        _product(kept, language),
        named,
        kept.tier,
        state,
        kept.valid_until.isoformat(),
        days if state in {"issued", "suspended", "draft"} else 0,
        state == "issued" and days <= _SOON,
        "" if due is None else due.isoformat(),
    )


def _product(kept: StoredCertificate, language: Language) -> str:
    """The name of the product in the language of the page, as the certificate has it."""
    if language != "zh":
        return kept.product
    try:
        return str(json.loads(kept.view)["product_name_zh"]) or kept.product
    except (ValueError, KeyError):  # a row that was edited: its verdict says so
        return kept.product


def actions_for(kept: StoredCertificate, actor: Actor) -> tuple[CertificateStep, ...]:
    """The steps that this person may take now: no button that only refuses."""
    person = Person(actor.identity, actor.roles)
    return tuple(one for one in _STEPS if against_certificate(one, kept.status, person) is None)


def label_files(standing: Standing) -> tuple[LabelFile, ...]:
    """Every language of the label with the least print width of its sizes."""
    return _widths(standing.certificate.view)


@lru_cache(maxsize=64)
def _widths(document: str) -> tuple[LabelFile, ...]:
    """Of 24 drawings only their widths; what a certificate says never changes."""
    try:
        view = view_from_document(json.loads(document))
    except (InputRefused, ValueError):
        return ()
    names = own_names()
    return tuple(
        LabelFile(
            one,
            names[one],
            tuple((size, f"{least_label_width(view, one, size):.0f}") for size in SIZES),
        )
        for one in LANGUAGES
    )
