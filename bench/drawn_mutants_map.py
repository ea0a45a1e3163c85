"""Which tests answer for which module, and which drawn mutants change nothing."""

from __future__ import annotations

from dataclasses import dataclass

#: Mutants that nobody could see, with the reason. Named as `bench.drawn_mutants` prints them.
EQUAL: dict[str, str] = {}


@dataclass(frozen=True)
class Room:
    """The folders that are drawn from."""

    folders: tuple[str, ...]


ROOMS = {
    "rules": Room(("footprint/rules",)),
    "certificates": Room(("footprint/certificates",)),
    "api": Room(("api",)),
}
#: Tests by the beginning of a module's path; the longest beginning counts.
TESTS: dict[str, tuple[str, ...]] = {
    "footprint/rules": ("tests/rules",),
    "footprint/rules/__init__": (
        "tests/rules/test_rule_decisions.py",
        "tests/rules/test_rule_answers.py",
    ),
    "footprint/rules/serials": (
        "tests/rules/test_registries.py",
        "tests/rules/test_offset_ledger.py",
    ),
    "footprint/rules/registries": (
        "tests/rules/test_registries.py",
        "tests/rules/test_offset_ledger.py",
    ),
    "footprint/rules/ledger": ("tests/rules/test_offset_ledger.py",),
    "footprint/rules/logic": ("tests/rules/test_rule_logic.py",),
    "footprint/rules/predicates": (
        "tests/rules/test_rule_predicates.py",
        "tests/rules/test_rule_evidence.py",
        "tests/rules/test_rule_cases.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/modules": (
        "tests/rules/test_law_battery.py",
        "tests/rules/test_law_cbam.py",
        "tests/rules/test_law_textile_and_limits.py",
    ),
    "footprint/rules/evidence": (
        "tests/rules/test_rule_evidence.py",
        "tests/rules/test_offset_ledger.py",
        "tests/rules/test_rule_predicates.py",
        "tests/rules/test_rule_cases.py",
    ),
    "footprint/rules/expression": (
        "tests/rules/test_rule_files.py",
        "tests/rules/test_rule_logic.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/load": (
        "tests/rules/test_rule_files.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/schema": (
        "tests/rules/test_rule_files.py",
        "tests/rules/test_scheme_register.py",
    ),
    "footprint/rules/arguments": (
        "tests/rules/test_rule_files.py",
        "tests/rules/test_rule_predicates.py",
        "tests/rules/test_rule_answers.py",
    ),
    "footprint/rules/words": (
        "tests/rules/test_rule_answers.py",
        "tests/rules/test_rule_predicates.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/decide": (
        "tests/rules/test_rule_decisions.py",
        "tests/rules/test_rule_cases.py",
    ),
    "footprint/certificates": (
        "tests/certificates",
        "tests/proof/test_bundle.py",
    ),
    "footprint/certificates/lifecycle": ("tests/certificates/test_life_cycle_law.py",),
    "footprint/certificates/statuslist": ("tests/certificates/test_status_list.py",),
    "footprint/certificates/status_check": (
        "tests/certificates/test_status_list.py",
        "tests/certificates/test_verification.py",
    ),
    "footprint/certificates/display": (
        "tests/certificates/test_display_rounding.py",
        "tests/certificates/test_certificate_view.py",
    ),
    "footprint/certificates/build": (
        "tests/certificates/test_certificate_view.py",
        "tests/certificates/test_text_division.py",
        "tests/certificates/test_credential_form.py",
    ),
    "footprint/certificates/view": (
        "tests/certificates/test_certificate_view.py",
        "tests/certificates/test_credential_form.py",
    ),
    "footprint/certificates/intake": (
        "tests/certificates/test_certificate_view.py",
        "tests/certificates/test_text_division.py",
    ),
    "footprint/certificates/credential": (
        "tests/certificates/test_credential_form.py",
        "tests/certificates/test_verification.py",
    ),
    "footprint/certificates/jose": (
        "tests/certificates/test_signing_keys.py",
        "tests/certificates/test_verification.py",
        "tests/certificates/test_credential_form.py",
    ),
    "footprint/certificates/keys": (
        "tests/certificates/test_signing_keys.py",
        "tests/certificates/test_verification.py",
    ),
    "footprint/certificates/digest": (
        "tests/certificates/test_verification.py",
        "tests/certificates/test_credential_form.py",
    ),
    "footprint/certificates/verify": (
        "tests/certificates/test_verification.py",
        "tests/certificates/test_certificate_files.py",
    ),
    "footprint/certificates/report": (
        "tests/certificates/test_verification.py",
        "tests/certificates/test_certificate_files.py",
        "tests/certificates/test_status_list.py",
    ),
    "footprint/certificates/standing": (
        "tests/certificates/test_verification.py",
        "tests/certificates/test_status_list.py",
        "tests/certificates/test_seal.py",
    ),
    "footprint/certificates/seal": ("tests/certificates/test_seal.py",),
    "footprint/certificates/register_log": ("tests/api/test_keys_and_log.py",),
    "api": ("tests/api",),
    "api/settings": ("tests/api/test_settings.py",),
    "api/serve": (
        "tests/api/test_start.py",
        "tests/api/test_settings.py",
    ),
    "api/app": (
        "tests/api/test_http_service.py",
        "tests/api/test_start.py",
    ),
    "api/wiring": (
        "tests/api/test_access.py",
        "tests/api/test_http_service.py",
    ),
    "api/language": ("tests/api/test_terms_and_languages.py",),
    "api/problems": (
        "tests/api/test_terms_and_languages.py",
        "tests/api/test_http_service.py",
    ),
    "api/bom_examples": ("tests/api/test_contract.py",),
    "api/evidence_says": ("tests/api/test_contract.py",),
    "api/openapi": ("tests/api/test_contract.py",),
    "api/routes/upload": (
        "tests/api/test_http_footprints.py",
        "tests/api/test_files_sent_along.py",
        "tests/api/test_exact_requests.py",
    ),
    "api/services/applications": ("tests/api/test_life_cycle.py",),
    "api/services/certificates": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_issuing_at_once.py",
    ),
    "api/services/reports": ("tests/report/test_report_http.py",),
    "api/services/seals": ("tests/api/test_seals.py",),
    "api/opening": (
        "tests/api/test_start.py",
        "tests/api/test_http_footprints.py",
    ),
    "api/services/service": (
        "tests/api/test_http_footprints.py",
        "tests/api/test_jobs.py",
    ),
    "api/services/statuslists": (
        "tests/api/test_register.py",
        "tests/api/test_http_certificates.py",
    ),
    "api/services/verdicts": (
        "tests/api/test_one_verdict.py",
        "tests/api/test_register.py",
    ),
    "api/store/applications": ("tests/api/test_life_cycle.py",),
    "api/store/objections": ("tests/api/test_life_cycle.py",),
    "api/store/database": (
        "tests/api/test_store.py",
        "tests/api/test_stores_in_trouble.py",
        "tests/api/test_start.py",
    ),
    "api/store/keys": (
        "tests/api/test_keys_and_log.py",
        "tests/api/test_keeper_commands.py",
    ),
    "api/store/trouble": ("tests/api/test_stores_in_trouble.py",),
    "api/store/types": ("tests/api/test_store.py",),
}


def tests_for(file: str) -> list[str]:
    """The tests that have to notice a bug in a module."""
    known = [prefix for prefix in TESTS if file.startswith(prefix)]
    return list(TESTS[max(known, key=len)])
