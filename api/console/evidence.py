"""From a kept product to a label: its tiers, and what the chosen one still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import Response

from api.console.evidence_view import (
    FIELDS,
    ask_views,
    named_fields,
    named_in_words,
    said_views,
)
from api.console.forms import FormSent, Posted
from api.console.held_view import held_back
from api.console.products_view import version_view
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.console.tiers import asked_market, market_names
from api.console.tiers_view import OUT_OF_REACH, tier_groups
from api.faults import REFUSED
from api.services.products import KeptProduct
from api.store.footprints import StoredFootprint
from api.words import said_in_full
from footprint.faults import InputRefused
from footprint.rules import decide, decide_all
from footprint.rules.answers import (
    answered,
    asks_of,
    evidence_in,
    is_question,
    lacking,
    not_yet,
)
from footprint.study import evidence_of, facts_of
from footprint.values.decision import TIERS, Decision, Tier, Trace, Verdict

pages = router()

ProductId = Annotated[str, Path(max_length=64)]


@pages.get("/products/{product_id}/tiers")
def product_tiers(visit: SignedIn, product_id: ProductId) -> Response:
    """Which label is within reach of a kept product, with the evidence that was given?"""
    kept = visit.service.products.get(visit.actor, product_id)
    found = visit.service.products.footprint(visit.actor, kept.versions[0])
    rules, day = visit.service.rules, visit.service.clock().date()
    evidence = evidence_of(kept.product.evidence)
    facts = facts_of(found.footprint.content, found.footprint.document_hash)
    decisions = decide_all(rules, facts, evidence, day)
    market = asked_market(visit)
    view = version_view(kept.versions[0], visit.language)
    values = {
        "product": kept.product,
        "view": view,
        "groups": tier_groups(decisions, rules, visit.language, market),
        "markets": market_names(visit),
        "market": market,
        "ordering": f"/products/{kept.product.id}",
        "out_of_reach": OUT_OF_REACH,
        "held": held_back(decisions, view.open, found.footprint.content, visit.service.inventory),
    }
    same = Same("footprint decide footprint.json --evidence evidence.yaml", "", "evidence.yaml")
    return visit.show("product_tiers.html.j2", values, same=same)


@pages.get("/products/{product_id}/evidence")
def show_evidence(visit: SignedIn, product_id: ProductId) -> Response:
    """What does the chosen tier still lack?"""
    kept = visit.service.products.get(visit.actor, product_id)
    if not visit.request.query_params.get("scheme"):
        return visit.go(f"/products/{kept.product.id}/tiers")
    return _page(visit, kept)


@pages.post("/products/{product_id}/evidence")
def say_evidence(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """An answer: here it is, it does not exist, or not yet."""
    kept = visit.service.products.get(visit.actor, product_id)
    key, do = form.text("key")[:100], form.text("do")
    if not is_question(key) or do not in {"yes", "none", "later"}:
        raise REFUSED.refuse("The form cannot be used.")
    try:
        if do == "yes":
            given = _given(form)
            if not given:
                raise REFUSED.refuse("Fill in what you have, or choose: not yet.")
            visit.service.products.say(
                visit.actor, product_id, lambda known: answered(known, key, given)
            )
        else:
            change = lacking if do == "none" else not_yet
            visit.service.products.say(visit.actor, product_id, lambda known: change(known, key))
    except InputRefused as refused:
        said = named_fields(said_in_full(refused.problems[0], visit.language), key, visit.language)
        return _page(visit, kept, form, key, said)
    scheme, tier = _tier_named(visit)
    kept = visit.service.products.get(visit.actor, product_id)
    now = chosen_today(visit, kept, markets=None).decision
    # Below the answer stands what comes next: the order, else the next question.
    place = "earned" if now.verdict == "pass" else "asks"
    return visit.go(f"/products/{kept.product.id}/evidence?scheme={scheme}&tier={tier}#{place}")


def _given(form: Posted) -> dict[str, str]:
    names = {"value", *(name for names in FIELDS.values() for name in names)}
    return {name: form.text(name)[:2000] for name in names if form.text(name)}


@pages.get("/products/{product_id}/evidence.yaml")
def evidence_file(visit: SignedIn, product_id: ProductId) -> Response:
    """The evidence of a product as the file that the command line reads."""
    kept = visit.service.products.get(visit.actor, product_id)
    headers = {
        "Content-Disposition": 'attachment; filename="evidence.yaml"',
        "Cache-Control": "no-store",
    }
    text = kept.product.evidence
    return Response(text.encode(), media_type="application/yaml", headers=headers)


def _tier_named(visit: PersonVisit) -> tuple[str, Tier]:
    """The tier that the address names. Raises InputRefused (RUL-020, RUL-021)."""
    asked = visit.request.query_params
    scheme, named = asked.get("scheme", "")[:64], asked.get("tier", "")
    tier = next((one for one in TIERS if one == named), None)
    visit.service.rules.tier(scheme, named)
    return scheme, tier or "disclosure"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kept product, its newest `footprint` with its parsed `content`, and today's `decision` on
    it for the tier that the address names. A footprint is read from the store and parsed once for
    a page: reading one takes 0.8 ms, a whole page about 12."""

    kept: KeptProduct
    footprint: StoredFootprint
    content: dict[str, Any]
    decision: Decision


def chosen_today(
    visit: PersonVisit, kept: KeptProduct, markets: Sequence[str] | None = ()
) -> Chosen:
    """What is to be labelled, and whether it earned the tier; of laws what `decide` says of these
    `markets`. Raises InputRefused (RUL codes)."""
    scheme, tier = _tier_named(visit)
    found = visit.service.footprints.get(visit.actor, kept.versions[0].footprint)
    content = found.content
    facts = facts_of(content, found.document_hash)
    evidence = evidence_of(kept.product.evidence)
    day = visit.service.clock().date()
    decision = decide(visit.service.rules, facts, evidence, scheme, tier, day, markets)
    return Chosen(kept, found, content, decision)


def chosen_values(visit: PersonVisit, chosen: Chosen) -> dict[str, Any]:
    """What a page about one tier of a product shows of both."""
    kept, decision = chosen.kept, chosen.decision
    view = version_view(kept.versions[0], visit.language)
    return {
        "product": kept.product,
        "view": view,
        "scheme": decision.scheme,
        "tier": decision.tier,
        "name": decision.scheme_name_zh if visit.language == "zh" else decision.scheme_name,
        "verdict": decision.verdict,
        "confirm": decision.confirm_first,
        "held": held_back((decision,), view.open, chosen.content, visit.service.inventory),
    }


def _page(
    visit: PersonVisit,
    kept: KeptProduct,
    form: Posted | None = None,
    wrong: str = "",
    error: str = "",
) -> Response:
    # The page shows no law, and all laws take as long as the tier.
    chosen = chosen_today(visit, kept, markets=None)
    decision = chosen.decision
    asks = asks_of(decision, visit.service.rules.scheme(decision.scheme))
    typed = {} if form is None else _given(form)
    values = chosen_values(visit, chosen) | {
        "reasons": _reasons(decision, visit),
        "asks": ask_views(asks, decision.missing, visit.language, typed, wrong, error),
        "failing": _sentences(decision, visit, "fail"),
        "unread": _sentences(decision, visit, "unknown"),
        "said": said_views(evidence_in(kept.product.evidence), visit.language),
        "own": [_FACTS[one] for one in decision.missing if one in _FACTS],
        "error": error,
    }
    same = Same(
        f"footprint decide footprint.json --scheme {decision.scheme} --evidence evidence.yaml",
        "",
        f"/products/{kept.product.id}/evidence.yaml",
    )
    return visit.show("evidence.html.j2", values, status=422 if error else 200, same=same)


#: The facts of a product that its page states, by what the rules call them.
_FACTS = {
    "footprint.product.company": "fact_company",
    "footprint.product.period_end": "year",
    "footprint.product.mass_kg": "weight_of_one",
}


def _sentences(decision: Decision, visit: PersonVisit, verdict: Verdict) -> list[str]:
    """What stands against the tier: the sentences of the innermost conditions that fail; or what
    is unknown although an answer was given, which is not one that the rule knows."""
    chinese = visit.language == "zh"
    found = (
        named_in_words((one.says_zh or one.says) if chinese else one.says, (), visit.language)
        for child in decision.trace.children
        for one in _innermost(child, verdict)
        if verdict == "fail" or not one.missing
    )
    return list(dict.fromkeys(found))


def _innermost(trace: Trace, verdict: Verdict) -> Iterator[Trace]:
    if trace.verdict != verdict:
        return
    within = [one for child in trace.children for one in _innermost(child, verdict)]
    yield from within or [trace]


def _reasons(decision: Decision, visit: PersonVisit) -> list[tuple[str, str]]:
    """(verdict, sentence) of each condition."""
    chinese = visit.language == "zh"
    return [
        (
            one.verdict,
            named_in_words(
                (one.says_zh or one.says) if chinese else one.says, decision.missing, visit.language
            ),
        )
        for one in decision.trace.children
    ]
