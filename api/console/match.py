"""The page of lines: which figure stands for each, chosen a line at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.choosing import Unclear, chosen_for
from api.console.forms import FormSent, Posted
from api.console.match_view import (
    PAGE,
    ClassView,
    LineView,
    Slip,
    class_views,
    line_view,
    line_views,
    next_open,
)
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.console.total_view import total_view
from api.faults import STALE_DRAFT, ServiceRefused
from api.services.drafts import OpenDraft
from footprint.drafts.cards import Card, cards_for_words, classes
from footprint.drafts.covered import product_mass_kg
from footprint.drafts.work import Work
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from label_templates.console_pages import console_words

pages = router()

DraftId = Annotated[str, Path(max_length=64)]
#: Letters of a search that are looked at.
_SEARCH = 100
#: How often a decision is tried that another one of the same page overtakes.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class State:
    """A draft worked out, with the cards of its lines."""

    opened: OpenDraft
    work: Work
    cards: dict[str, tuple[Card, ...]]


def _state(visit: PersonVisit, opened: OpenDraft) -> State:
    work = visit.service.drafts.work(opened)
    return State(opened, work, visit.service.drafts.cards(opened, work))


@pages.get("/drafts/{draft_id}/match")
def show_lines(visit: SignedIn, draft_id: DraftId) -> Response:
    """Which figure stands for each line?"""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    try:
        state = _state(visit, opened)
    except InputRefused:
        return visit.go(f"/drafts/{opened.id}/columns")
    asked = visit.request.query_params
    line = asked.get("line") or next_open(state.work, "")
    search = asked.get("search", "")[:_SEARCH]
    return _page(visit, state, line, search=search, page=asked.get("page", ""))


@pages.post("/drafts/{draft_id}/match")
def choose(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """One decision about one kind of line; or the same line with other candidates."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    key = form.text("line")[:64]
    if form.text("do") == "search":
        return _searched(visit, opened, key, form.text("search")[:_SEARCH])
    try:
        chosen = _decided(visit, opened, key, form)
    except Unclear as unclear:
        return refused_line(visit, opened, key, unclear.slip(visit.language, form))
    if chosen is None:
        return behind(visit, visit.service.drafts.get(visit.actor, draft_id), key)
    return after_choice(visit, chosen, key)


def after_choice(visit: PersonVisit, opened: OpenDraft, key: str) -> Response:
    """What is shown after a decision about a line: the next open one."""
    state = _state(visit, opened)
    following = next_open(state.work, key)
    if visit.fragment:
        return _parts(visit, state, key, following, current=True)
    where = f"/drafts/{opened.id}/match"
    return visit.go(f"{where}?line={following}#line-{following}" if following else f"{where}#bar")


def _decided(visit: PersonVisit, opened: OpenDraft, key: str, form: Posted) -> OpenDraft | None:
    """The draft with the decision; None when it was changed behind the page's back.

    What the same page decided about the same line a moment ago is not behind its back: of two quick
    choices the later one counts, also when the first one arrives after it.
    """
    revision, page = form.number("revision"), form.text("page")[:40]
    said = visit.request.headers.get("x-order", "0")
    order = int(said) if said.isdecimal() and len(said) < 9 else 0
    own = f"{page} {key} {revision} "
    for _ in range(_TRIES):
        last = opened.draft.last
        again = bool(page) and last.startswith(own)
        if again and int(last.removeprefix(own)) > order:
            return opened
        if revision != opened.revision and not again:
            return None
        marked = replace(opened, draft=replace(opened.draft, last=f"{own}{order}"))
        try:
            return chosen_for(visit, marked, key, form)
        except ServiceRefused as refused:
            if refused.fault is not STALE_DRAFT:
                raise
            opened = visit.service.drafts.get(visit.actor, opened.id)
    return None


_classes_of: dict[str, tuple[ClassView, ...]] = {}


def _classes(inventory: CompiledInventory) -> tuple[ClassView, ...]:
    """The classes of material, found once for each inventory."""
    if inventory.hash not in _classes_of:
        _classes_of[inventory.hash] = class_views(classes(inventory))
    return _classes_of[inventory.hash]


def _page(
    visit: PersonVisit,
    state: State,
    line: str,
    *,
    search: str = "",
    page: str = "",
    told: str = "",
    slip: Slip | None = None,
    status: int = 200,
) -> Response:
    lines = line_views(state.work, state.cards)
    lines = tuple(_refreshed(visit, state, one, line, search, slip) for one in lines)
    at = [n for n, one in enumerate(lines) if one.key == line]
    number = int(page) if page.isdecimal() and page else (at[0] // PAGE + 1 if at else 1)
    number = max(1, min(number, -(-len(lines) // PAGE)))
    values = _values(visit, state) | {
        "lines": lines[(number - 1) * PAGE : number * PAGE],
        "page": number,
        "pages": -(-len(lines) // PAGE),
        "focus": line,
        "told": told,
        "loud": status == STALE_DRAFT.status,
    }
    name = state.opened.draft.file
    same = Same(
        f"footprint match {name} --pick ROW=DATASET", "PUT /v1/matches", "NAME.matches.yaml"
    )
    return visit.show("match.html.j2", values, status=status, same=same)


def _values(visit: PersonVisit, state: State) -> dict[str, object]:
    return {
        "draft": state.opened.stored,
        "product": state.work.bom.product,
        "total": total_view(state.work, visit.language),
        "count": len(state.work.kinds),
        "classes": _classes(visit.service.inventory),
        "guesses": [kind.key for kind in state.work.kinds if kind.state == "guess"],
        "view_id": visit.service.drafts.entropy(8).hex(),
    }


def _refreshed(
    visit: PersonVisit, state: State, one: LineView, line: str, search: str, slip: Slip | None
) -> LineView:
    """The line that is worked on, with what was searched for and what was not understood."""
    if one.key != line or not (search or slip):
        return one
    kind = state.work.kind(one.key)
    if search and kind is not None:
        country = state.work.bom.product.country
        found = cards_for_words(search, kind, country, visit.service.inventory)
        whole = product_mass_kg(state.work)
        one = line_view(kind, state.cards.get(one.key, ()), whole, found, search)
    return one if slip is None else replace(one, slip=slip)


def _parts(
    visit: PersonVisit,
    state: State,
    key: str,
    following: str,
    *,
    search: str = "",
    slip: Slip | None = None,
    status: int = 200,
    current: bool = False,
) -> Response:
    """The parts of the page that a decision changes: the bar, the line, the next one. `current`:
    the page that asked knows all that there is now."""
    every = {one.key: one for one in line_views(state.work, state.cards)}
    shown = [every[one] for one in dict.fromkeys((key, following)) if one in every]
    lines = tuple(_refreshed(visit, state, one, key, search, slip) for one in shown)
    values = _values(visit, state) | {"lines": lines, "focus": following, "told": ""}
    values["current"] = current
    return visit.show("match_parts.html.j2", values, status=status)


def _searched(visit: PersonVisit, opened: OpenDraft, key: str, search: str) -> Response:
    if visit.fragment:
        return _parts(visit, _state(visit, opened), key, key, search=search)
    return _page(visit, _state(visit, opened), key, search=search)


def behind(visit: PersonVisit, opened: OpenDraft, key: str) -> Response:
    """The form came late: the present state, and a sentence that says so."""
    told, state = console_words(visit.language).say("behind"), _state(visit, opened)
    status = STALE_DRAFT.status
    if visit.fragment:  # the other tab may have changed any line
        return _whole(visit, state, key, told, status)
    return _page(visit, state, key, told=told, status=status)


def _whole(visit: PersonVisit, state: State, key: str, told: str, status: int) -> Response:
    lines = line_views(state.work, state.cards)
    at = next((n for n, one in enumerate(lines) if one.key == key), 0)
    first = at // PAGE * PAGE
    values = _values(visit, state) | {
        "lines": lines[first : first + PAGE],
        "focus": key,
        "told": told,
        "loud": True,
        "current": True,
    }
    return visit.show("match_parts.html.j2", values, status=status)


def refused_line(visit: PersonVisit, opened: OpenDraft, key: str, slip: Slip) -> Response:
    """The page again, with what was not understood at the field that it is about."""
    state, search = _state(visit, opened), slip.typed.get("search", "")[:_SEARCH]
    if visit.fragment:
        return _parts(visit, state, key, key, search=search, slip=slip, status=422)
    return _page(visit, state, key, search=search, slip=slip, status=422)
