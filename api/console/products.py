"""What have I got, and how good is it: products, their versions, and their files."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.console.figures import three
from api.console.forms import FormSent, Posted
from api.console.products_view import kept_rows, product_rows, version_view
from api.console.result_view import reach_says
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import NO_REPORT, UNKNOWN_PATH, ServiceRefused
from api.paging import cursor_at, place_after
from api.services.answer_pack import answer_pack, pact_bytes, pact_problems, told_pact_problems
from api.services.drafts import OpenDraft
from api.services.products import KeptProduct
from api.services.reports import Reportable, recalculated, report_on
from api.store.products import StoredVersion
from footprint.faults import InputRefused, Problem
from label_templates.report.forms import MEDIA_TYPES

pages = router()

#: Products on a page.
_PAGE = 25
DraftId = Annotated[str, Path(max_length=64)]
ProductId = Annotated[str, Path(max_length=64)]


@pages.get("/products")
def list_products(visit: SignedIn) -> Response:
    """What have I got?"""
    asked = visit.request.query_params
    typed, cursor = asked.get("q", "").strip()[:100], asked.get("cursor")
    found = visit.service.products.listed(visit.actor, _PAGE + 1, place_after(cursor), typed)
    shown, following = found[:_PAGE], ""
    if len(found) > _PAGE:
        last, kept = shown[-1][0], {"q": typed} if typed else {}
        place = cursor_at(last.changed_at, last.id)
        following = "/products?" + urlencode(kept | {"cursor": place})
    values = {
        "products": product_rows(shown, visit.language),
        "typed": typed,
        "searched": bool(typed or cursor or following),
        "next": following,
    }
    return visit.show("products.html.j2", values, same=Same(call="GET /v1/footprints"))


@pages.post("/drafts/{draft_id}/keep")
def keep_draft(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """Keep what a draft gives as a version of a product."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    if form.number("revision") != opened.revision:
        return visit.go(f"/drafts/{opened.id}/result")
    visit.service.drafts.remember(visit.actor, opened)
    product = form.text("product")[:64] if "product" in form.texts else _likely(visit, opened)
    version = visit.service.products.keep(visit.actor, opened, product)
    return visit.go(f"/products/{version.product}")


def _likely(visit: PersonVisit, opened: OpenDraft) -> str:
    """The product that the page would have chosen, for a form that says nothing of it: what is kept
    again is a further version, no second product; "" for a new one."""
    name = visit.service.drafts.work(opened).bom.product.name
    known = visit.service.products.likely(visit.actor, opened, name)
    return "" if known is None else known.product.id


@pages.get("/products/{product_id}")
def show_product(visit: SignedIn, product_id: ProductId) -> Response:
    """How good is it? The newest version, or that of `?version=`."""
    kept = visit.service.products.get(visit.actor, product_id)
    version = asked_version(visit, kept)
    found = visit.service.products.footprint(visit.actor, version)
    document = found.footprint.content
    values = {
        "product": kept.product,
        "view": version_view(version, visit.language),
        "versions": [version_view(one, visit.language) for one in kept.versions],
        "rows": kept_rows(document, visit.service.inventory, visit.language),
        "today": _today(visit, found),
        "problems": _pact_lacks(visit, found),
        "newest": version is kept.versions[0],
        "variants": [
            (one, version_view(one, visit.language))
            for one in visit.service.variants.of(visit.actor, kept.product.id)
        ],
        "ids": [one.id for one in kept.versions],
        "lacks": document["completeness"]["lacks"],
        "reaches": reach_says(document["boundary"], document["stages"]),
    }
    gaps = " --allow-gaps" if "gaps" in document["completeness"]["lacks"] else ""
    same = Same(
        f"footprint calculate {found.footprint.file}{gaps}",
        f"GET /v1/footprints/{found.footprint.id}",
        "footprint.json",
    )
    return visit.show("product.html.j2", values, same=same)


def asked_version(visit: PersonVisit, kept: KeptProduct) -> StoredVersion:
    """The version that the address names; the newest one where it names none."""
    asked = visit.request.query_params.get("version", "")
    return kept.version(int(asked) if asked.isdecimal() and len(asked) < 9 else None)


def _today(visit: PersonVisit, found: Reportable) -> str:
    """What the version would be with the data of today; "" where they are the same."""
    try:
        now = visit.service.products.today(found)
    except InputRefused:
        return "?"
    return "" if now is None else three(now.total)


def _pact_lacks(visit: PersonVisit, found: Reportable) -> list[Problem]:
    """Why there is no PACT file of it, where somebody asked for one."""
    if visit.request.query_params.get("pact") != "1":
        return []
    try:
        _, made = recalculated(found, visit.service.inventory)
    except ServiceRefused:
        return []
    problems = pact_problems(made, found.footprint.created_at)
    return told_pact_problems(problems, visit.language)


@pages.post("/products/{product_id}/name")
def rename_product(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """Call it otherwise."""
    visit.service.products.rename(visit.actor, product_id, form.text("name")[:200])
    return visit.go(f"/products/{product_id}")


@pages.post("/products/{product_id}/draft")
def continue_version(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """Go on with a version: its file, its facts and its choices as a new draft."""
    kept = visit.service.products.get(visit.actor, product_id)
    version = kept.version(form.number("version"))
    opened = visit.service.products.continued(visit.actor, version)
    if form.text("to") == "facts":
        return visit.go(f"/drafts/{opened.id}/facts?pact=1#errors")
    return visit.go(f"/drafts/{opened.id}/match{_first_guess(visit, opened, form)}")


def _first_guess(visit: PersonVisit, opened: OpenDraft, form: Posted) -> str:
    """Where the page of lines opens: at the first guess, where those are to be looked at."""
    if form.text("to") != "guesses":
        return ""
    kinds = visit.service.drafts.work(opened).kinds
    key = next((one.key for one in kinds if one.state == "guess"), "")
    return f"?line={key}#line-{key}" if key else ""


@pages.get("/products/{product_id}/files/{form}")
def product_file(
    visit: SignedIn, product_id: ProductId, form: Annotated[str, Path(max_length=8)]
) -> Response:
    """A version as PDF, web page, workbook or PACT file; or all of it as an answer pack."""
    kept = visit.service.products.get(visit.actor, product_id)
    version = asked_version(visit, kept)
    found = visit.service.products.footprint(visit.actor, version)
    name = f"{visit.language}.{form}"
    try:
        if form == "answer":
            content = answer_pack(visit.service, visit.actor, found)
            return _file(version, content, "application/zip", "answer.zip")
        if form == "pact":
            _, made = recalculated(found, visit.service.inventory)
            if pact_problems(made, found.footprint.created_at):
                address = f"/products/{kept.product.id}?version={version.number}"
                return visit.go(f"{address}&pact=1#errors")
            content = pact_bytes(made, found.footprint.created_at)
            return _file(version, content, "application/json", "pact.json")
        if form in MEDIA_TYPES:
            content = report_on(found, visit.service.inventory, form, visit.language, interval=True)
            return _file(version, content, MEDIA_TYPES[form], name)
    except ServiceRefused as refused:
        if refused.fault is not NO_REPORT:
            raise
        return visit.go(f"/products/{kept.product.id}?version={version.number}&old=1")
    raise UNKNOWN_PATH.refuse("There is no such file.")


def _file(version: StoredVersion, content: bytes, media_type: str, ending: str) -> Response:
    name = f"footprint-{version.footprint[:8]}-{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
