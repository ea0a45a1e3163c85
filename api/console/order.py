"""Order a certificate on a kept product: first what becomes public, then the button."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.evidence import Chosen, chosen_today, chosen_values
from api.console.forms import FormSent, Posted, whole_number
from api.console.guesses_view import guesses_view
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.services.issuer import Order, Signatures
from api.services.order_checks import MOST_MONTHS
from api.words import translated_problem
from footprint.certificates.view import view_from_document
from footprint.drafts.guesses import guesses_in
from footprint.faults import InputRefused, Problem
from footprint.values.decision import Decision
from label_templates.console_pages import console_words
from label_templates.content.sections import Section
from label_templates.content.sheet import make_sheet
from label_templates.words import words

pages = router()

ProductId = Annotated[str, Path(max_length=64)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page was asked for. `months` is the term as it was typed, `term` its number;
    `wrong` why it is none. `draft`: a certificate that says everywhere that it is not for use.
    `knows`: the box is ticked that says on which guesses this very footprint rests."""

    months: str
    term: int | None
    wrong: str
    draft: bool
    replaces: str
    replace: bool
    knows: bool


@pages.get("/products/{product_id}/order")
def show_order(visit: SignedIn, product_id: ProductId) -> Response:
    """What will be public, and who will check?"""
    kept = visit.service.products.get(visit.actor, product_id)
    if not visit.request.query_params.get("scheme"):
        return visit.go(f"/products/{kept.product.id}/tiers")
    chosen = chosen_today(visit, kept)
    return _page(visit, chosen, _asked(visit, chosen), ())


@pages.post("/products/{product_id}/order")
def place_order(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """Hand it in to be checked; where one person may issue alone, issue it."""
    kept = visit.service.products.get(visit.actor, product_id)
    key, service, chosen = form.text("key")[:100], visit.service, chosen_today(visit, kept)
    asked, known = _asked(visit, chosen, form), _guessed(chosen)
    if asked.wrong or _must_say(chosen.decision, asked) or (known and not asked.knows):
        return _page(visit, chosen, asked, ())
    order = _order(chosen, asked)
    try:
        if service.settings.four_eyes:
            made = service.applications.draft(visit.actor, order, key, known)
            if made.state == "draft":
                service.applications.submit(visit.actor, made.id)
            return visit.go("/certificates?ordered=1")
        certificate = service.certificates.issue(visit.actor, order, key, known)
    except InputRefused as refused:
        return _page(visit, chosen, asked, refused.problems)
    return visit.go(f"/certificates/{certificate.number}")


def _guessed(chosen: Chosen) -> list[int]:
    """The rows of the newest version that rest on guesses, the heaviest first."""
    return [line.row for line in guesses_in(chosen.content).lines]


def _asked(visit: PersonVisit, chosen: Chosen, form: Posted | None = None) -> _Asked:
    """What the address asks for, and over it what the form says."""
    query, service = visit.request.query_params, visit.service
    months = query.get("months", "").strip() if form is None else form.text("months")
    term, most = whole_number(months), chosen.decision.validity_months or MOST_MONTHS
    wrong = ""
    if months and (term is None or not 1 <= term <= most):
        say = console_words(visit.language).say
        wrong, term = say("months_wrong", typed=months[:40], most=most), None
    # An application becomes a draft by the setting alone, on the day of its approval.
    wanted = query.get("draft") == "1" and not service.settings.four_eyes
    issuer = service.certificates.issuer
    forced = issuer.drafts_only and issuer.private_address == "draft"
    return _Asked(
        months[:40], term, wrong, wanted or forced, query.get("replaces", "")[:40],
        form is not None and bool(form.text("replace")),
        form is not None and form.text("know") == chosen.footprint.id,
    )  # fmt: skip


def _must_say(decision: Decision, asked: _Asked) -> bool:
    """Whether a term has to be said, as the scheme's rules set none."""
    return decision.validity_months is None and asked.term is None


def _order(chosen: Chosen, asked: _Asked) -> Order:
    return Order(
        chosen.footprint.id,
        chosen.decision.scheme,
        chosen.decision.tier,
        chosen.kept.product.evidence,
        asked.term,
        asked.replaces or None,
        draft=asked.draft,
        replace=asked.replace,
    )


def _page(
    visit: PersonVisit, chosen: Chosen, asked: _Asked, problems: tuple[Problem, ...]
) -> Response:
    service, decision = visit.service, chosen.decision
    rows, said, in_force = _preview(visit, chosen, asked)
    posted = visit.request.method == "POST"
    unreached = _unreached(visit, asked)
    guesses = guesses_view(chosen.content)
    values = chosen_values(visit, chosen) | {
        "asked": asked,
        "term": decision.validity_months,
        "most": MOST_MONTHS,
        "ask_term": decision.verdict == "pass" and not unreached and not rows and (
            bool(asked.wrong) or _must_say(decision, asked)
        ),
        "unreached": unreached if decision.verdict == "pass" else "",
        "address": service.certificates.issuer.base_url,
        "in_force": in_force,
        "guesses": guesses,
        "unknowing": posted and guesses is not None and not asked.knows,
        "footprint": chosen.footprint.id,
        "sections": rows,
        "problems": [translated_problem(one, visit.language) for one in problems or said],
        "four_eyes": service.settings.four_eyes,
        "may": _may(visit),
        "key": f"order-{service.drafts.entropy(16).hex()}",
    }  # fmt: skip
    same = Same(
        f"footprint issue --scheme {decision.scheme} --tier {decision.tier} --evidence FILE"
        + (" --draft" if asked.draft else ""),
        "POST /v1/applications" if service.settings.four_eyes else "POST /v1/certificates",
        f"/products/{chosen.kept.product.id}/evidence.yaml",
    )
    status = 422 if problems or asked.wrong or posted else 200
    return visit.show("order.html.j2", values, status=status, same=same)


def _unreached(visit: PersonVisit, asked: _Asked) -> str:
    """Whether nothing but a draft can be made under this address: "draft" where one can be ordered
    here, "settings" where only the settings help, else ""."""
    issuer = visit.service.certificates.issuer
    if asked.draft or not issuer.drafts_only or issuer.private_address != "refuse":
        return ""
    return "settings" if visit.service.settings.four_eyes else "draft"


def _may(visit: PersonVisit) -> bool:
    """Whether this person may order: a button that only refuses is none."""
    roles = visit.actor.roles
    alone = not visit.service.settings.four_eyes
    return "maker" in roles and (not alone or "approver" in roles)


def _preview(
    visit: PersonVisit, chosen: Chosen, asked: _Asked
) -> tuple[tuple[Section, ...], tuple[Problem, ...], tuple[str, ...]]:
    """What page and PDF of the certificate would say, from the same source as they; or why there
    can be none; and which certificates of the same order it would have to replace. Nothing is
    stored."""
    # That the tier is not earned yet, that the address leads nowhere, and that a term has to be
    # said are words of the page, with the way on.
    decision = chosen.decision
    if decision.verdict != "pass" or _unreached(visit, asked) or _must_say(decision, asked):
        return (), (), ()
    who = visit.actor.identity
    # Who signs is not public; that more than one person does is.
    signatures = Signatures(who, who, who) if visit.service.settings.four_eyes else Signatures(who)
    try:
        made = visit.service.certificates.prepare(visit.actor, _order(chosen, asked), signatures)
    except InputRefused as refused:
        return (), tuple(refused.problems), ()
    sheet = make_sheet(view_from_document(made.view_content), words(visit.language))
    there = visit.service.certificates.in_the_way(made)
    in_force = tuple(old.number for old in there if old.number != made.replaces)
    return _before_issue(sheet.sections, made.number), (), in_force


def _before_issue(shown: tuple[Section, ...], number: str) -> tuple[Section, ...]:
    """The sections without the rows that name the `number`: the issued one gets another."""
    return tuple(
        replace(one, rows=tuple(row for row in one.rows if number not in row.value))
        for one in shown
    )
