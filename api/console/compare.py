"""Is B lower than A: by how much, and how sure?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from fastapi.responses import Response

from api.console.compare_view import (
    Per,
    ToCompare,
    bars,
    conversions,
    line_differences,
    one_view,
    same_unit,
    to_compare,
)
from api.console.figures import rounded_percent, three
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import UNKNOWN_PATH, ServiceRefused
from api.services.variants import Compared
from api.words import said_in_full
from footprint.analysis.export import safe_text
from footprint.faults import InputRefused
from label_templates.console_pages import console_words

pages = router()

#: At most so many side by side.
MOST = 4


@pages.get("/compare")
def show_comparison(visit: SignedIn) -> Response:
    """Two to four versions or variants; without any: which?"""
    asked = visit.request.query_params
    ids = list(dict.fromkeys(asked.getlist("of")))[:MOST]
    if len(ids) < 2:
        return _chooser(visit, ids)
    found = [visit.service.variants.compared(visit.actor, one[:64]) for one in ids]
    per = _per(visit)
    if not per and not same_unit(found):
        return _refused(visit, found)
    said = [_how_sure(visit, found[0], one, per) for one in found[1:]]
    views = [
        one_view(at, one, per, visit.language, _today(visit, one)) for at, one in enumerate(found)
    ]
    query = visit.request.url.query
    values = {
        "views": views,
        "bars": bars(found, per, visit.language),
        "lines": line_differences(found, per),
        "sure": said,
        "boundaries": len({one.boundary for one in views}) > 1,
        "per": per,
        "choices": _choices(visit),
        "ids": ids,
        "query": query,
    }
    same = Same("footprint compare OLD NEW", "", f"/compare.json?{query}")
    return visit.show("compare.html.j2", values, same=same)


@pages.get("/compare.json")
def comparison_rows(visit: SignedIn) -> Response:
    """The lines of the page as JSON."""
    rows, names = _rows(visit)
    content = [dict(zip(names, row, strict=True)) for row in rows]
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")


@pages.get("/compare.csv")
def comparison_table(visit: SignedIn) -> Response:
    """The lines of the page as CSV, which no spreadsheet runs."""
    rows, names = _rows(visit)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([names, *([safe_text(cell) for cell in row] for row in rows)])
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8")


def _rows(visit: PersonVisit) -> tuple[list[list[str]], list[str]]:
    ids = list(dict.fromkeys(visit.request.query_params.getlist("of")))[:MOST]
    if len(ids) < 2:
        raise UNKNOWN_PATH.refuse("A comparison needs two versions.")
    found = [visit.service.variants.compared(visit.actor, one[:64]) for one in ids]
    lines = line_differences(found, _per(visit))
    names = ["name", *("abcd"[: len(found)]), "difference"]
    return [[one.name, *one.kgs, one.difference.replace("−", "-")] for one in lines], names


def _per(visit: PersonVisit) -> Per:
    asked = visit.request.query_params.get("per", "")
    return "kg" if asked == "kg" else "one" if asked == "one" else ""


def _how_sure(visit: PersonVisit, old: Compared, new: Compared, per: Per) -> dict[str, str]:
    """How sure it is that the new one is lower, in words; or why that cannot be told."""
    words = console_words(visit.language)
    difference = new.summary["kg"] - old.summary["kg"]
    told = {"lower": "", "much": "", "why": "", "difference": three(abs(difference))}
    if per:
        return told | {"why": words.say("sure_not_per")}
    try:
        found = visit.service.variants.how_sure(visit.actor, old, new)
    except InputRefused as refused:
        return told | {"why": said_in_full(refused.problems[0], visit.language)}
    return told | {"lower": rounded_percent(found["lower"]), "much": rounded_percent(found["much"])}


def _today(visit: PersonVisit, one: Compared) -> str:
    """What a version would be with the data of today; "" where they are the same."""
    service = visit.service
    if one.summary["inventory"] == service.inventory.hash:
        return ""
    try:
        return three(service.variants.today(visit.actor, one))
    except (InputRefused, ServiceRefused):
        return "?"


def _choices(visit: PersonVisit) -> list[ToCompare]:
    """Everything that can be compared."""
    found: list[ToCompare] = []
    for product, _ in visit.service.products.listed(visit.actor, 50):
        kept = visit.service.products.get(visit.actor, product.id)
        found += [to_compare(product, one, visit.language) for one in kept.versions]
        variants = visit.service.variants.of(visit.actor, product.id)
        found += [to_compare(product, one, visit.language) for one in variants]
    return found


def _chooser(visit: PersonVisit, ids: Sequence[str]) -> Response:
    values = {"choices": _choices(visit), "ids": ids}
    return visit.show("compare_choose.html.j2", values, same=Same("footprint compare OLD NEW"))


def _refused(visit: PersonVisit, found: Sequence[Compared]) -> Response:
    """Different declared units are not compared; the conversion is offered."""
    views = [one_view(at, one, "", visit.language) for at, one in enumerate(found)]
    values = {
        "views": views,
        "offered": conversions(found),
        "query": visit.request.url.query,
        "ids": [one.id for one in found],
    }
    return visit.show("compare_units.html.j2", values, status=422)
