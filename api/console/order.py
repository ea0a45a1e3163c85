"""Order a certificate on a kept product: first what becomes public, then the button."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.evidence import decision_today, decision_values
from api.console.forms import FormSent, Posted
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.services.issuer import Order, Signatures
from api.services.products import KeptProduct
from api.words import translated_problem
from footprint.certificates.view import view_from_document
from footprint.faults import InputRefused, Problem
from footprint.values.decision import Decision
from label_templates.content.sections import Section
from label_templates.content.sheet import make_sheet
from label_templates.words import words

pages = router()

ProductId = Annotated[str, Path(max_length=64)]


@pages.get("/products/{product_id}/order")
def show_order(visit: SignedIn, product_id: ProductId) -> Response:
    """What will be public, and who will check?"""
    kept = visit.service.products.get(visit.actor, product_id)
    if not visit.request.query_params.get("scheme"):
        return visit.go(f"/products/{kept.product.id}/tiers")
    return _page(visit, kept, ())


@pages.post("/products/{product_id}/order")
def place_order(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """Hand it in to be checked; where one person may issue alone, issue it."""
    kept = visit.service.products.get(visit.actor, product_id)
    key, service = form.text("key")[:100], visit.service
    try:
        order = _order(visit, kept, decision_today(visit, kept), form)
        if service.settings.four_eyes:
            made = service.applications.draft(visit.actor, order, key)
            if made.state == "draft":
                service.applications.submit(visit.actor, made.id)
            return visit.go("/certificates?ordered=1")
        certificate = service.certificates.issue(visit.actor, order, key)
    except InputRefused as refused:
        return _page(visit, kept, refused.problems, form)
    return visit.go(f"/certificates/{certificate.number}")


def _order(
    visit: PersonVisit, kept: KeptProduct, decision: Decision, form: Posted | None = None
) -> Order:
    asked = visit.request.query_params
    months = form.text("months") if form is not None else ""
    return Order(
        kept.versions[0].footprint,
        decision.scheme,
        decision.tier,
        kept.product.evidence,
        int(months) if months.isdecimal() and len(months) < 4 else None,
        asked.get("replaces", "")[:40] or None,
        replace=form is not None and bool(form.text("replace")),
    )


def _page(
    visit: PersonVisit, kept: KeptProduct, problems: tuple[Problem, ...], form: Posted | None = None
) -> Response:
    decision, service = decision_today(visit, kept), visit.service
    asked = visit.request.query_params
    rows, said, in_force = _preview(visit, kept, decision, form)
    values = decision_values(visit, kept, decision) | {
        "months": "" if form is None else form.text("months"),
        "term": decision.validity_months,
        "replaces": asked.get("replaces", "")[:40],
        "in_force": in_force,
        "replace": form is not None and bool(form.text("replace")),
        "sections": rows,
        "problems": [translated_problem(one, visit.language) for one in problems or said],
        "four_eyes": service.settings.four_eyes,
        "may": _may(visit),
        "key": f"order-{service.drafts.entropy(16).hex()}",
    }
    same = Same(
        f"footprint issue --scheme {decision.scheme} --tier {decision.tier} --evidence FILE",
        "POST /v1/applications" if service.settings.four_eyes else "POST /v1/certificates",
        f"/products/{kept.product.id}/evidence.yaml",
    )
    status = 422 if problems else 200
    return visit.show("order.html.j2", values, status=status, same=same)


def _may(visit: PersonVisit) -> bool:
    """Whether this person may order: a button that only refuses is none."""
    roles = visit.actor.roles
    alone = not visit.service.settings.four_eyes
    return "maker" in roles and (not alone or "approver" in roles)


def _preview(
    visit: PersonVisit, kept: KeptProduct, decision: Decision, form: Posted | None
) -> tuple[tuple[Section, ...], tuple[Problem, ...], tuple[str, ...]]:
    """What page and PDF of the certificate would say, from the same source as they; or why there
    can be none; and which certificates of the same order it would have to replace. Nothing is
    stored."""
    if decision.verdict != "pass":
        # That the tier is not earned yet is said in words of the page, with the way on.
        return (), (), ()
    who = visit.actor.identity
    # Who signs is not public; that more than one person does is.
    signatures = Signatures(who, who, who) if visit.service.settings.four_eyes else Signatures(who)
    try:
        order = _order(visit, kept, decision, form)
        made = visit.service.certificates.prepare(visit.actor, order, signatures)
    except InputRefused as refused:
        return (), tuple(refused.problems), ()
    sheet = make_sheet(view_from_document(made.view_content), words(visit.language))
    there = visit.service.certificates.in_the_way(made)
    return sheet.sections, (), tuple(old.number for old in there if old.number != made.replaces)
