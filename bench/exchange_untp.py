"""Passports and credentials against UNTP's own JSON Schemas: `python -m bench.exchange_untp DIR`.

DIR holds `dpp.json` and `dcc.json` of UNTP 0.7.0 as they are published (uncefact/tests-untp,
packages/untp-utils/artefacts/schema/untp/0.7.0), which are not shipped here. Each variation is
written and checked, and so are a certificate's passport and credential.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from bench.exchange_samples import VARIATIONS, sample
from footprint.certificates.credential import credential_payload
from footprint.certificates.keys import did_web
from footprint.certificates.number import make_number
from footprint.certificates.view import CertificateView, Issuance
from footprint.exchange.exact_json import exact_bytes
from footprint.exchange.untp_certificate import certified_passport
from footprint.exchange.untp_write import untp_document
from footprint.faults import InputRefused

_BASE = "https://labels.example.com"


def main() -> None:
    """Print what validated; an error where something did not."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("needs the folder of the schemas: python -m bench.exchange_untp DIR")
        return
    passport, credential = (_validator(name) for name in ("dpp.json", "dcc.json"))
    sound = 0
    for name in VARIATIONS:
        try:
            document = json.loads(exact_bytes(untp_document(sample(name))))
        except InputRefused as refused:
            print(f"  {name}: not written, {refused.problems[0].code}")
            continue
        _hold(passport, document, name)
        sound += 1
    print(f"0.7.0: {sound} passports of variations are valid")
    view = _certificate()
    _hold(passport, certified_passport(view), "passport of a certificate")
    _hold(credential, credential_payload(view, "untp-0.7"), "credential")
    print("0.7.0: the passport and the credential of a certificate are valid")


def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((Path(sys.argv[1]) / name).read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def _hold(validator: Draft202012Validator, document: Any, name: str) -> None:
    errors = [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)]
    assert not errors, (name, errors)


def _certificate() -> CertificateView:
    """The view of a certificate that is made up here, for three kilograms."""
    from footprint.certificates.build import build_view

    zero = {"excluding_biogenic_uptake_kg_co2e": 7.4, "including_biogenic_uptake_kg_co2e": 7.4}
    digest = "sha256:" + "1a" * 32
    product = {
        "name": "Rod",
        "product_ids": ["urn:gtin:06901234567892"],
        "country": "CN",
        "company": "Works",
        "company_ids": ["urn:lei:5493001KJTIIGC8Y1R12"],
        "category": "Rods",
        "mass_kg": 3.0,
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
    }
    footprint = {
        "type": "footprint",
        "product": product,
        "declared_unit": {"amount": 3.0, "unit": "kilogram"},
        "boundary": "cradle-to-gate",
        "gwp_set": "AR6",
        "gwp_sets_used": ["AR6"],
        "totals": zero,
        "split": {"fossil": 7.4},
        "stages": {"material": 7.4},
        "coverage": {"mass": 1.0, "lines": 1.0},
        "quality": dict.fromkeys(("technological", "geographical", "temporal"), 2.0)
        | {"primary_data_share": 40.0},
        "provenance": {"engine": "footprint", "inventory": digest},
        "sources": [],
    }
    reason = {"rule": "all", "verdict": "pass", "says": "Met.", "says_zh": "满足。"}
    decision = {
        "scheme": "example",
        "scheme_name": "Example",
        "tier": "disclosure",
        "as_of": "2026-01-10",
        "verdict": "pass",
        "rules_hash": digest,
        "confirm_first": [],
        "markets": [],
        "trace": {**reason, "confidence": "H", "children": []},
    }
    issued = Issuance(
        number=make_number(bytes(5)),
        issuer_name="Office",
        issuer_name_zh="办公室",
        issuer_did=did_web(_BASE),
        base_url=_BASE,
        issued_at=datetime(2026, 1, 10, tzinfo=UTC),
        valid_from=date(2026, 1, 10),
        valid_until=date(2028, 1, 9),
        self_declared=True,
        bom_commitment=digest,
    )
    return build_view(footprint, decision, issued)


if __name__ == "__main__":
    main()
