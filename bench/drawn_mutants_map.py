"""Which tests answer for which module, and which drawn mutants change nothing."""

from __future__ import annotations

from dataclasses import dataclass

#: Mutants that nobody could see, with the reason. Named as `bench.drawn_mutants` prints them.
EQUAL: dict[str, str] = {
    "footprint/rules/modules/cbam.py: each.indirect is None -> each.indirect is not None": (
        "asked for is only whether all lots say the same; the opposite is the same of all, too"
    ),
    "footprint/rules/markets.py: row 'organisation' has the value of the next row": (
        "no market permits words about an organisation yet: each law was read for products"
    ),
    "footprint/rules/journey/progress.py: year <= end -> year < end": (
        "in the year of a goal the way to it and the way from it ask for that goal"
    ),
    "footprint/rules/predicates/comparison.py: lower_by > 0 -> lower_by >= 0": (
        "zero was told apart the line before"
    ),
    "footprint/rules/limits.py: value < limit -> value <= limit": (
        "a value at its limit differs from it by no more than the noise"
    ),
    "footprint/rules/load.py: {'not_met', 'open'} <= set(raw) -> {'not_met', 'open'} < set(raw)": (
        "a ruling without `met` is refused before"
    ),
    "footprint/rules/journey/progress.py: year <= target.base_year -> year < target.base_year": (
        "the way to the first goal begins in the base year, with nothing"
    ),
    "footprint/rules/nesting.py: value.certain_from() > today -> value.certain_from() >= today": (
        "what is answered on that day is compared with itself"
    ),
    "api/partners/published.py: row.size < missing -> row.size <= missing": (
        "a group that just fills the page is read whole either way"
    ),
    "footprint/rules/schema.py: later <= earlier -> later < earlier": (
        "the dates are the keys of a mapping: none stands there twice"
    ),
    "footprint/rules/limits.py: value <= limit -> value < limit": (
        "a value at its limit differs from it by no more than the noise"
    ),
    "api/services/glances.py: len(self._known) > _MOST -> len(self._known) >= _MOST": (
        "a memory of one glance less; what is shown is the same"
    ),
    "api/services/pages.py: len(self._kept) > MOST_PAGES -> len(self._kept) >= MOST_PAGES": (
        "a memory of one page less; what is shown is the same"
    ),
    "api/services/verdicts.py: len(self._kept) >= MOST_KEPT -> len(self._kept) > MOST_KEPT": (
        "a memory of one verdict more; what is told is the same"
    ),
    "api/own_counts.py: len(self._open) >= self._look_at -> len(self._open) > self._look_at": (
        "windows that are over are forgotten one request later; none of them is counted"
    ),
    "api/own_counts.py: one[1] > now -> one[1] >= now": (
        "a window that ends now is kept until the next look, and is over for who asks"
    ),
    "api/services/withdrawn.py: head <= self._seen -> head < self._seen": (
        "nothing is read between an entry and itself"
    ),
    "api/services/statuslists.py: len(digits) < 10 -> len(digits) <= 10": (
        "no list has a number of ten digits: it is not in use either way"
    ),
    "api/store/register_search.py: len(found) < limit -> len(found) <= limit": (
        "what is found beyond the limit is cut off by the search"
    ),
    "api/store/register_search.py: len(found) >= limit -> len(found) > limit": (
        "what is found beyond the limit is cut off by the search"
    ),
    "api/store/register_search.py: len(pending) >= size -> len(pending) > size": (
        "places are looked at a round later; whatever is left is looked at in the last one"
    ),
    "api/partners/published.py: missing <= 0 -> missing < 0": (
        "where nothing is missing any more, nothing of the next group is read"
    ),
    "footprint/rules/term.py: value.since > context.as_of -> value.since >= context.as_of": (
        "a tier that ends on the day of the decision is not offered on it, and is not earned"
    ),
}


@dataclass(frozen=True)
class Room:
    """The folders that are drawn from."""

    folders: tuple[str, ...]


ROOMS = {
    "rules": Room(("footprint/rules",)),
    "certificates": Room(("footprint/certificates",)),
    "api": Room(("api",)),
}
#: Tests of whole tables, of single decisions and of pages over HTTP, of seconds: they stand before
#: all others, the nearest first.
FAST: dict[str, tuple[str, ...]] = {
    "api": (
        "tests/api/test_tables_of_the_pages.py",
        "tests/api/test_tables_of_the_service.py",
        "tests/api/test_single_decisions.py",
        "tests/api/test_edges_of_pages.py",
        "tests/api/test_edges_of_services.py",
        "tests/api/test_edges_of_views.py",
        "tests/api/test_bounds_of_the_service.py",
        "tests/api/test_choices_of_the_service.py",
    ),
    "api/answering": (
        "tests/api/test_rows_of_partners.py",
        "tests/api/test_answers_and_starts.py",
        "tests/browser/test_console_answers.py",
    ),
    "api/console": (
        "tests/api/test_frame_of_the_pages.py",
        "tests/api/test_words_beside_rows.py",
        "tests/api/test_words_of_the_desk.py",
        "tests/api/test_words_of_products.py",
        "tests/api/test_amounts_on_pages.py",
        "tests/browser/test_console_answers.py",
        "tests/browser/test_console_steps.py",
        "tests/browser/test_console_mistakes.py",
        "tests/browser/test_console_walk.py",
        "tests/browser/test_console_plausible.py",
        "tests/browser/test_words_on_pages.py",
        "tests/browser/test_choices_in_forms.py",
        "tests/api/test_console_lists.py",
    ),
    "api/jobs": ("tests/api/test_rows_that_are_meant.py",),
    "api/partners": ("tests/api/test_rows_of_partners.py",),
    "api/services/rows": ("tests/api/test_what_rows_tell.py",),
    "api/services/verdicts": ("tests/api/test_what_rows_tell.py",),
    "api/store": ("tests/api/test_rows_that_are_meant.py", "tests/api/test_rows_of_partners.py"),
    "footprint/certificates": (
        "tests/certificates/test_tables_of_certificates.py",
        "tests/certificates/test_edges_of_certificates.py",
    ),
    "footprint/rules": (
        "tests/rules/test_tables_of_rules.py",
        "tests/rules/test_edges_of_rules.py",
    ),
}
#: Tests by the beginning of a module's path; the longest beginning counts. They run until one
#: fails, so those that are likeliest to notice stand first.
TESTS: dict[str, tuple[str, ...]] = {
    "footprint/rules": ("tests/rules",),
    "footprint/rules/answers": ("tests/rules/test_answers.py", "tests/rules/test_rule_answers.py"),
    "footprint/rules/changes": ("tests/rules/test_rule_changes.py",),
    "footprint/rules/claim": ("tests/rules/test_claims.py",),
    "footprint/rules/evaluate": (
        "tests/rules/test_rule_logic.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/explain": (
        "tests/rules/test_rule_answers.py",
        "tests/rules/test_rule_decisions.py",
    ),
    "footprint/rules/glance": (
        "tests/rules/test_rule_answers.py",
        "tests/rules/test_markets_nest.py",
        "tests/browser/test_console_way.py",
    ),
    "footprint/rules/later": ("tests/bom/test_plausible_values.py",),
    "footprint/rules/leaves": ("tests/rules/test_rule_changes.py",),
    "footprint/rules/measuring": ("tests/rules/test_rule_changes.py",),
    "footprint/rules/nesting": ("tests/rules/test_markets_nest.py",),
    "footprint/rules/scheme_register": ("tests/rules/test_scheme_register.py",),
    "footprint/rules/summary": ("tests/rules/test_summary_of_decisions.py",),
    "footprint/rules/modules/cbam": (
        "tests/rules/test_law_cbam.py",
        "tests/rules/test_laws_asked.py",
    ),
    "footprint/rules/modules/battery": (
        "tests/rules/test_law_battery.py",
        "tests/rules/test_laws_asked.py",
    ),
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
    "footprint/certificates/address": (
        "tests/api/test_addresses_and_drafts.py",
        "tests/certificates/test_certificate_view.py",
    ),
    "footprint/certificates/passport": ("tests/exchange/test_passports.py",),
    "footprint/certificates/result_fields": ("tests/certificates/test_certificate_view.py",),
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
    "footprint/certificates/verify_file": (
        "tests/certificates/test_certificate_files.py",
        "tests/certificates/test_seal.py",
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
        "tests/api/test_one_verdict.py",
    ),
    "footprint/certificates/seal": ("tests/certificates/test_seal.py",),
    "footprint/certificates/register_log": ("tests/api/test_keys_and_log.py",),
    "api": ("tests/api",),
    "api/answers": (
        "tests/api/test_reader_objections.py",
        "tests/api/test_http_certificates.py",
        "tests/api/test_one_verdict.py",
        "tests/api/test_register.py",
        "tests/api/test_jobs.py",
    ),
    "api/caching": (
        "tests/api/test_http_service.py",
        "tests/api/test_http_certificates.py",
    ),
    "api/field_types": (
        "tests/api/test_exact_requests.py",
        "tests/api/test_contract.py",
    ),
    "api/inventories": ("tests/api/test_recalls.py",),
    "api/other_hosts": (
        "tests/api/test_addresses_of_others.py",
        "tests/api/test_pact_host.py",
        "tests/api/test_pact_client.py",
    ),
    "api/own_counts": (
        "tests/api/test_guards.py",
        "tests/api/test_door.py",
    ),
    "api/request_log": (
        "tests/api/test_running.py",
        "tests/api/test_http_service.py",
    ),
    "api/routes/disclosures": ("tests/api/test_disclosures_over_http.py",),
    "api/routes/documents": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_one_verdict.py",
    ),
    "api/routes/issuer": (
        "tests/api/test_keys_and_log.py",
        "tests/api/test_contract.py",
    ),
    "api/routes/running": ("tests/api/test_running.py",),
    "api/routes/suppliers": ("tests/api/test_pact_client.py",),
    "api/scopes": (
        "tests/api/test_scopes.py",
        "tests/api/test_access.py",
        "tests/api/test_who_may_what.py",
    ),
    "api/services/answer_pack": (
        "tests/api/test_answers_and_starts.py",
        "tests/api/test_products.py",
    ),
    "api/services/backing": ("tests/api/test_verifiers.py",),
    "api/services/decisions": ("tests/api/test_laws_over_http.py",),
    "api/services/footprints": (
        "tests/api/test_http_footprints.py",
        "tests/api/test_jobs.py",
    ),
    "api/services/held_files": ("tests/api/test_one_verdict.py",),
    "api/services/history": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_register.py",
    ),
    "api/services/issuer": (
        "tests/api/test_drawn_once.py",
        "tests/api/test_http_certificates.py",
        "tests/api/test_life_cycle.py",
        "tests/api/test_same_orders.py",
        "tests/api/test_one_verdict.py",
    ),
    "api/services/order_checks": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_life_cycle.py",
    ),
    "api/services/pages": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_reader_objections.py",
        "tests/api/test_one_verdict.py",
    ),
    "api/services/passports": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_http_exchange.py",
        "tests/api/test_one_verdict.py",
    ),
    "api/services/people": (
        "tests/api/test_access.py",
        "tests/api/test_life_cycle.py",
    ),
    "api/services/places": (
        "tests/api/test_batches.py",
        "tests/api/test_http_certificates.py",
        "tests/api/test_issuing_at_once.py",
    ),
    "api/services/plans": ("tests/api/test_surveillance_plans.py",),
    "api/services/readiness": ("tests/api/test_running.py",),
    "api/services/register": (
        "tests/api/test_register.py",
        "tests/api/test_http_certificates.py",
        "tests/api/test_one_verdict.py",
    ),
    "api/services/same_orders": (
        "tests/api/test_same_orders.py",
        "tests/api/test_batches.py",
    ),
    "api/services/storing": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_batches.py",
        "tests/api/test_credits.py",
    ),
    "api/services/supplier_documents": (
        "tests/api/test_pact_client.py",
        "tests/api/test_files_sent_along.py",
    ),
    "api/services/supplier_numbers": ("tests/api/test_drafts.py",),
    "api/services/withdrawn": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_register.py",
        "tests/api/test_tampering.py",
    ),
    "api/several": ("tests/api/test_several_processes.py",),
    "api/shared_counts": (
        "tests/api/test_several_processes.py",
        "tests/api/test_rates_and_pages.py",
    ),
    "api/starting": (
        "tests/api/test_answers_and_starts.py",
        "tests/api/test_start.py",
        "tests/api/test_contract.py",
    ),
    "api/store/counts": (
        "tests/api/test_running.py",
        "tests/api/test_door.py",
    ),
    "api/store/files": (
        "tests/api/test_one_verdict.py",
        "tests/api/test_batches.py",
    ),
    "api/store/footprints": (
        "tests/api/test_http_footprints.py",
        "tests/api/test_batches.py",
    ),
    "api/store/idempotency": (
        "tests/api/test_http_footprints.py",
        "tests/api/test_http_certificates.py",
        "tests/api/test_clients_at_once.py",
    ),
    "api/store/migrate": (
        "tests/api/test_migration.py",
        "tests/api/test_start.py",
    ),
    "api/store/outbox": (
        "tests/api/test_pact_host.py",
        "tests/api/test_webhooks.py",
    ),
    "api/store/plans": ("tests/api/test_surveillance_plans.py",),
    "api/store/rows": (
        "tests/api/test_store.py",
        "tests/api/test_batches.py",
    ),
    "api/store/same_orders": ("tests/api/test_same_orders.py",),
    "api/verifier_schemas": (
        "tests/api/test_verifiers.py",
        "tests/api/test_contract.py",
    ),
    "api/answering": ("tests/api/test_requests.py",),
    "api/answering/campaign": (
        "tests/api/test_campaigns.py",
        "tests/browser/test_campaign_board.py",
    ),
    "api/answering/supplier_list": ("tests/api/test_campaigns.py",),
    "api/answering/link": ("tests/api/test_campaigns.py", "tests/browser/test_campaign_board.py"),
    "api/console": (
        "tests/browser/test_console_way.py",
        "tests/browser/test_console_pages.py",
    ),
    "api/console/answer": (
        "tests/api/test_campaigns.py",
        "tests/browser/test_campaign_board.py",
        "tests/api/test_requests.py",
    ),
    "api/console/audit_pages": ("tests/browser/test_console_owner.py",),
    "api/console/campaigns": (
        "tests/browser/test_campaign_board.py",
        "tests/api/test_campaigns.py",
    ),
    "api/console/compare": ("tests/browser/test_console_compare.py",),
    "api/console/desk": ("tests/browser/test_console_desk.py",),
    "api/console/door": ("tests/browser/test_console_door.py", "tests/api/test_door.py"),
    "api/console/evidence": ("tests/browser/test_console_orders.py",),
    "api/console/front": ("tests/api/test_door.py", "tests/browser/test_console_door.py"),
    "api/console/guesses_view": ("tests/browser/test_orders_on_guesses.py",),
    "api/console/improve": ("tests/browser/test_console_compare.py",),
    "api/console/library": ("tests/browser/test_pages_in_a_browser.py",),
    "api/console/order": (
        "tests/browser/test_orders_on_guesses.py",
        "tests/browser/test_console_orders.py",
    ),
    "api/console/own_certificates": ("tests/browser/test_console_orders.py",),
    "api/console/owner": ("tests/browser/test_console_owner.py",),
    "api/console/products": (
        "tests/browser/test_orders_on_guesses.py",
        "tests/browser/test_console_products.py",
        "tests/api/test_products.py",
    ),
    "api/console/public": (
        "tests/browser/test_console_verify.py",
        "tests/browser/test_pages_in_a_browser.py",
    ),
    "api/console/requests": ("tests/browser/test_campaign_board.py", "tests/api/test_requests.py"),
    "api/console/room": ("tests/browser/test_console_room.py",),
    "api/console/watched": (
        "tests/browser/test_words_given_back.py",
        "tests/browser/test_console_desk.py",
    ),
    "api/guards": ("tests/api/test_guards.py",),
    "api/headers": ("tests/api/test_guards.py", "tests/api/test_http_service.py"),
    "api/jobs": ("tests/api/test_jobs.py", "tests/api/test_batches.py"),
    "api/partners": (
        "tests/api/test_pact_host.py",
        "tests/api/test_pact_client.py",
        "tests/api/test_listening.py",
    ),
    "api/partners/tokens": (
        "tests/api/test_tokens_of_partners.py",
        "tests/api/test_pact_client.py",
    ),
    "api/partners/reach": (
        "tests/api/test_addresses_of_others.py",
        "tests/api/test_pact_client.py",
    ),
    "api/partners/second": ("tests/api/test_pact_second.py", "tests/api/test_pact_host.py"),
    "api/partners/client": ("tests/api/test_pact_client.py",),
    "api/partners/courier": ("tests/api/test_pact_client.py", "tests/api/test_pact_host.py"),
    "api/rates": ("tests/api/test_guards.py", "tests/api/test_http_service.py"),
    "api/routes/campaigns": ("tests/api/test_campaigns.py",),
    "api/routes/certificate": ("tests/api/test_http_certificates.py",),
    "api/routes/footprints": ("tests/api/test_http_footprints.py",),
    "api/routes/laws": ("tests/api/test_laws_over_http.py",),
    "api/routes/pact": ("tests/api/test_pact_host.py",),
    "api/routes/pact_second": ("tests/api/test_pact_second.py", "tests/api/test_pact_host.py"),
    "api/routes/partners": ("tests/api/test_pact_client.py",),
    "api/routes/readings": ("tests/api/test_http_readings.py", "tests/api/test_contract.py"),
    "api/routes/requests": ("tests/api/test_requests.py",),
    "api/services/access": ("tests/api/test_access.py", "tests/api/test_keeper_commands.py"),
    "api/services/batches": ("tests/api/test_batches.py",),
    "api/services/credits": ("tests/api/test_credits.py",),
    "api/services/door": ("tests/api/test_door.py",),
    "api/services/drafts": ("tests/api/test_drafts.py", "tests/browser/test_console_way.py"),
    "api/services/matches": ("tests/api/test_matches.py",),
    "api/services/products": ("tests/api/test_products.py",),
    "api/services/recalls": ("tests/api/test_recalls.py",),
    "api/services/recompute": (
        "tests/api/test_recalls.py",
        "tests/api/test_files_sent_along.py",
        "tests/browser/test_console_room.py",
    ),
    "api/services/requests": ("tests/api/test_requests.py",),
    "api/services/rooms": ("tests/browser/test_console_room.py",),
    "api/services/rows": ("tests/api/test_one_verdict.py", "tests/api/test_tampering.py"),
    "api/services/sessions": ("tests/browser/test_console_door.py", "tests/api/test_access.py"),
    "api/services/staff": ("tests/browser/test_console_owner.py",),
    "api/services/tokens": ("tests/browser/test_console_owner.py", "tests/api/test_access.py"),
    "api/services/variants": (
        "tests/api/test_products.py",
        "tests/browser/test_console_compare.py",
    ),
    "api/store/audit": (
        "tests/api/test_tampering.py",
        "tests/api/test_keys_and_log.py",
        "tests/api/test_personal_data.py",
    ),
    "api/store/products": ("tests/api/test_products.py",),
    "api/workers": ("tests/api/test_batches.py", "tests/api/test_jobs.py"),
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
    "api/store/certificates": (
        "tests/api/test_http_certificates.py",
        "tests/api/test_register.py",
    ),
    "api/store/door": ("tests/api/test_door.py",),
    "api/store/drafts": ("tests/api/test_drafts.py", "tests/browser/test_console_way.py"),
    "api/store/news": ("tests/api/test_what_is_told.py", "tests/api/test_webhooks.py"),
    "api/store/supplier_pcfs": ("tests/api/test_pact_client.py",),
    "api/store/tenants": ("tests/api/test_access.py", "tests/browser/test_console_owner.py"),
    "api/services/log": ("tests/api/test_keys_and_log.py", "tests/api/test_tampering.py"),
    "api/words": (
        "tests/api/test_translated_problems.py",
        "tests/api/test_terms_and_languages.py",
    ),
    "api/metrics": ("tests/api/test_running.py",),
    "api/services/statements": ("tests/api/test_verifiers.py",),
    "api/store/register_": (
        "tests/api/test_register_search.py",
        "tests/api/test_register_pieces.py",
        "tests/api/test_register.py",
    ),
    "api/strict": ("tests/api/test_exact_requests.py", "tests/api/test_http_service.py"),
    "api/store/database": (
        "tests/api/test_store.py",
        "tests/api/test_stores_in_trouble.py",
        "tests/api/test_start.py",
    ),
    "api/store/keys": (
        "tests/api/test_keys_and_log.py",
        "tests/api/test_keeper_commands.py",
    ),
    "api/routes/exchange_forms": ("tests/api/test_http_exchange.py",),
    "api/routes/jobs": ("tests/api/test_catalogues.py", "tests/api/test_jobs.py"),
    "api/routes/catalogues": ("tests/api/test_catalogues.py",),
    "api/routes/verify.": ("tests/api/test_reader_objections.py", "tests/api/test_register.py"),
    "api/routes/verifiers": ("tests/api/test_verifiers.py",),
    "api/routes/webhooks": ("tests/api/test_webhooks.py",),
    "api/routes/register": ("tests/api/test_register.py", "tests/api/test_register_benchmarks.py"),
    "api/routes/recompute": ("tests/api/test_recalls.py",),
    "api/routes/matches": ("tests/api/test_matches.py",),
    "api/routes/door": ("tests/api/test_door.py",),
    "api/hooks": ("tests/api/test_webhooks.py",),
    "api/services/webhooks": ("tests/api/test_webhooks.py",),
    "api/services/catalogues": ("tests/api/test_catalogues.py",),
    "api/services/keyring": ("tests/api/test_keys_and_log.py", "tests/api/test_keeper_commands.py"),
    "api/services/benchmarks": ("tests/api/test_register_benchmarks.py",),
    "api/services/verifiers": ("tests/api/test_verifiers.py",),
    "api/services/lifecycle": ("tests/api/test_life_cycle.py",),
    "api/services/objections": (
        "tests/api/test_life_cycle.py",
        "tests/api/test_reader_objections.py",
        "tests/api/test_contract.py",
    ),
    "api/services/backups": ("tests/api/test_backups.py",),
    "api/services/personal": ("tests/api/test_personal_data.py",),
    "api/services/exchange_forms": ("tests/api/test_http_exchange.py",),
    "api/services/glances": ("tests/browser/test_console_desk.py",),
    "api/store/verifiers": ("tests/api/test_verifiers.py",),
    "api/store/personal": ("tests/api/test_personal_data.py",),
    "api/store/sessions": (
        "tests/api/test_sessions_that_are_kept.py",
        "tests/browser/test_console_door.py",
        "tests/api/test_access.py",
    ),
    "api/store/staff": ("tests/browser/test_console_owner.py",),
    "api/store/matches": ("tests/api/test_matches.py",),
    "api/store/credits": ("tests/api/test_credits.py",),
    "api/store/hooks": ("tests/api/test_webhooks.py",),
    "api/store/variants": ("tests/api/test_products.py", "tests/browser/test_console_compare.py"),
    "api/paging": ("tests/api/test_contract.py",),
    "api/store/rooms": ("tests/browser/test_console_room.py",),
    "api/store/trouble": ("tests/api/test_stores_in_trouble.py",),
    "api/store/types": ("tests/api/test_store.py",),
}


def tests_for(file: str) -> list[str]:
    """The tests that have to notice a bug in a module."""
    known = [prefix for prefix in TESTS if file.startswith(prefix)]
    nearest = sorted((prefix for prefix in FAST if file.startswith(prefix)), key=len, reverse=True)
    fast = (test for prefix in nearest for test in FAST[prefix])
    first = (*fast, *TESTS[max(known, key=len)])
    rest = (one for one in ("footprint/rules", "footprint/certificates") if file.startswith(one))
    return list(dict.fromkeys((*first, *(test for folder in rest for test in TESTS[folder]))))
