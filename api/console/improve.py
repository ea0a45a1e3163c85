"""What would lower it: changes with their effect at once, kept as a named variant."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.console.figures import three
from api.console.forms import FormSent
from api.console.improve_view import (
    MOST_CHANGES,
    change_of,
    change_views,
    fields_of,
    grids,
    lines_to_change,
    recycled,
    share_of,
    signed,
)
from api.console.products import asked_version
from api.console.products_view import version_view
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.services.products import KeptProduct
from api.words import translated_problem
from footprint.analysis.scenario import ScenarioOutcome
from footprint.faults import InputRefused, Problem
from footprint.matching.places import place_names

pages = router()

ProductId = Annotated[str, Path(max_length=64)]


@pages.get("/products/{product_id}/improve")
def show_improve(visit: SignedIn, product_id: ProductId) -> Response:
    """What would each change do? The address says them all."""
    kept = visit.service.products.get(visit.actor, product_id)
    asked = visit.request.query_params
    texts = [one[:300] for one in asked.getlist("c")][:MOST_CHANGES]
    new = _new(visit)
    if not new:
        return _page(visit, kept, texts)
    try:
        change_of(new)
    except InputRefused as refused:  # the changes before it stay, and what was typed
        return _page(visit, kept, texts, refused.problems, asked)
    version = [("version", asked["version"])] if "version" in asked else []
    query = urlencode([*version, *[("c", one) for one in (*texts, new)][:MOST_CHANGES]])
    return visit.go(f"/products/{kept.product.id}/improve?{query}")


def _new(visit: PersonVisit) -> str:
    """The change that a form of the page adds; ""."""
    asked = visit.request.query_params
    kind, row, value = (asked.get(name, "").strip() for name in ("kind", "row", "value"))
    if kind == "grid":
        return f"grid:{value}"
    if kind in {"lighter", "supplier", "recycled"}:
        more = asked.get("company" if kind == "supplier" else "dataset", "").strip()
        said = [kind, row, value.replace(":", " "), more.replace(":", " ")]
        return ":".join(said[:3] if kind == "lighter" else said)
    return ""


@pages.post("/products/{product_id}/improve")
def keep_variant(visit: SignedIn, product_id: ProductId, form: FormSent) -> Response:
    """Keep the changes of the address as a variant, and compare it."""
    kept = visit.service.products.get(visit.actor, product_id)
    texts = visit.request.query_params.getlist("c")[:MOST_CHANGES]
    version = asked_version(visit, kept)
    try:
        changes = [change_of(one) for one in texts]
        variant = visit.service.variants.keep(visit.actor, version, form.text("name"), changes)
    except InputRefused as refused:
        return _page(visit, kept, texts, refused.problems, form.texts)
    return visit.go(f"/compare?of={version.id}&of={variant.id}")


def _page(
    visit: PersonVisit,
    kept: KeptProduct,
    texts: list[str],
    refused: tuple[Problem, ...] = (),
    typed: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    version, service = asked_version(visit, kept), visit.service
    document = service.products.footprint(visit.actor, version).footprint.content
    lines = lines_to_change(document)
    outcomes: list[ScenarioOutcome] = []
    problems = list(refused)
    try:
        for at in range(len(texts)):
            changes = [change_of(one) for one in texts[: at + 1]]
            outcomes.append(service.variants.tried(visit.actor, version.footprint, changes))
    except InputRefused as error:  # the changes before it stay, and what was typed
        problems += [one for one in error.problems if one not in problems]
        typed = {**fields_of(texts[len(outcomes)]), **typed}
        texts = texts[: len(outcomes)]
    totals = [outcomes[0].before_kg_co2e] if outcomes else []
    totals += [one.after_kg_co2e for one in outcomes]
    effects = [after - before for before, after in pairwise(totals)]
    places = place_names(visit.language)
    values = {
        "product": kept.product,
        "view": version_view(version, visit.language),
        "texts": texts,
        "typed": typed,
        "changes": change_views(texts, effects, lines, service.inventory, visit.language)
        if outcomes
        else [],
        "after": three(totals[-1]) if outcomes else "",
        "least": bool(outcomes) and outcomes[-1].after.completeness.word == "at least",
        "difference": signed(totals[-1] - totals[0]) if outcomes else "",
        "share": share_of(totals[-1] - totals[0], totals[0]) if outcomes else "",
        "lines": lines,
        "grids": [(one, places.get(one, one)) for one in grids(service.inventory)],
        "recycled": recycled(service.inventory, visit.language),
        "problems": [translated_problem(one, visit.language) for one in problems],
        "full": len(texts) >= MOST_CHANGES,
        "earlier": document["provenance"]["inventory"] != service.inventory.hash,
    }
    same = Same("footprint scenario FILE --changes changes.yaml", "", "changes.yaml")
    return visit.show("improve.html.j2", values, status=422 if problems else 200, same=same)
