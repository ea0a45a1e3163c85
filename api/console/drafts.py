"""From a file to its facts: upload, the page of columns, the page of facts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import Response

from api.console.columns_view import MEANINGS, columns_view
from api.console.facts_view import facts_in, facts_view
from api.console.forms import FormSent, Posted, whole_number
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.services.answer_pack import pact_problems, told_pact_problems
from api.services.drafts import DRAFT_LIFE, OpenDraft
from api.words import translated_problem
from footprint.bom.choices import FOLDER_FILE
from footprint.drafts.work import Work
from footprint.examples import EXPORTS, examples_folder
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.mapping import options_of
from footprint.reading.model import Reading
from footprint.reading.options import ReadingOptions

pages = router()

DraftId = Annotated[str, Path(max_length=64)]
#: Answers of the page of columns that are one field each.
_ANSWERS = (
    "unit", "sheet", "variant", "product", "decimal", "loss", "mass_unit", "length_unit"
)  # fmt: skip


@pages.get("/products/new")
def new_product(visit: SignedIn) -> Response:
    """Where a file is dropped."""
    values = {"examples": EXPORTS, "days": DRAFT_LIFE.days, "problems": ()}
    return visit.show("new.html.j2", values, same=Same("footprint read FILE", "POST /v1/readings"))


@pages.get("/drafts")
def drafts_begin(visit: SignedIn) -> Response:
    """Where the page of a refused file leads when its language is changed."""
    return visit.go("/products/new")


@pages.post("/drafts")
def upload(visit: SignedIn, form: FormSent) -> Response:
    """Take a file, or an example; the next page is that of its columns, or of its facts where the
    layout is known."""
    try:
        opened, layout = _uploaded(visit, form)
    except InputRefused as refused:
        return _unreadable(visit, refused)
    if layout is not None and _problems(visit, opened) == ():
        return visit.go(f"/drafts/{opened.id}/facts?layout=1")
    return visit.go(f"/drafts/{opened.id}/columns")


def _uploaded(visit: PersonVisit, form: Posted) -> tuple[OpenDraft, Any]:
    example = form.text("example")
    if example in EXPORTS:
        data = (examples_folder() / example).read_bytes()
        return visit.service.drafts.upload(visit.actor, example, data)
    name, data = form.files.get("file", ("", b""))
    return visit.service.drafts.upload(visit.actor, name or "bom", data)


def _unreadable(visit: PersonVisit, refused: InputRefused) -> Response:
    problems = [translated_problem(one, visit.language) for one in refused.problems]
    values = {"examples": EXPORTS, "days": DRAFT_LIFE.days, "problems": problems}
    return visit.show("new.html.j2", values, status=422)


@pages.get("/drafts/{draft_id}/columns")
def show_columns(visit: SignedIn, draft_id: DraftId) -> Response:
    """Is each column understood?"""
    return _columns_page(visit, visit.service.drafts.get(visit.actor, draft_id), ())


@pages.post("/drafts/{draft_id}/columns")
def answer_columns(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """Answers about the columns; the page again while something is open."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    try:
        options = _options(form, opened.draft.options)
        opened = visit.service.drafts.answer(visit.actor, opened, options)
    except InputRefused as refused:
        typed = form.text("header_row")[:20]
        return _columns_page(visit, opened, refused.problems, status=422, typed=typed)
    undone = form.text("line_row") or form.text("skip_row")
    if form.text("do") == "look" or undone or _problems(visit, opened):
        return visit.go(f"/drafts/{opened.id}/columns")
    return visit.go(f"/drafts/{opened.id}/facts")


@pages.post("/drafts/{draft_id}/file")
def correct_file(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """A corrected file in place of the first."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    name, data = form.files.get("file", ("", b""))
    try:
        visit.service.drafts.replace_file(opened, name or "bom", data)
    except InputRefused as refused:
        return _columns_page(visit, opened, refused.problems, status=422)
    return visit.go(f"/drafts/{opened.id}/columns")


@pages.post("/drafts/{draft_id}/delete")
def delete_draft(visit: SignedIn, draft_id: DraftId) -> Response:
    """Delete a draft."""
    visit.service.drafts.remove(visit.actor, draft_id)
    return visit.go("/")


def _columns_page(
    visit: PersonVisit,
    opened: OpenDraft,
    refused: tuple[Problem, ...],
    status: int = 200,
    typed: str = "",
) -> Response:
    book = visit.service.drafts.book(opened)
    reading: Reading | None = None
    try:
        reading = visit.service.drafts.reading(opened)
        problems = (*refused, *_problems(visit, opened))
    except InputRefused as none:
        problems = (*refused, *none.problems)
    said = [translated_problem(one, visit.language) for one in problems]
    view = columns_view(opened.draft, book, reading, said, visit.language)
    same = Same(f"footprint read {opened.draft.file}", "POST /v1/readings", "NAME.mapping.yaml")
    values = {"draft": opened.stored, "view": view, "meanings": MEANINGS, "typed": typed}
    return visit.show("columns.html.j2", values, status=status, same=same)


def _problems(visit: PersonVisit, opened: OpenDraft) -> tuple[Problem, ...]:
    """Everything that keeps the file from being calculated."""
    try:
        visit.service.drafts.work(opened)
    except InputRefused as refused:
        return refused.problems
    return ()


def _options(form: Posted, before: ReadingOptions) -> ReadingOptions:
    """The answers of the page over those of before. Raises InputRefused (BOM-046)."""
    document: dict[str, Any] = {name: form.text(name) for name in _ANSWERS if form.text(name)}
    for name in _ANSWERS:
        if name not in form.texts and getattr(before, name):
            document[name] = getattr(before, name)
    head = form.text("header_row")
    if head and head != form.text("header_was"):
        number = whole_number(head)
        document["header_row"] = head if number is None else number
    elif before.header_row is not None and head == str(before.header_row):
        document["header_row"] = before.header_row
    base = form.text("base")
    if base:
        document["base"] = _number(base)
    elif before.base is not None:
        document["base"] = before.base
    columns = {
        heading: means if unit is None else f"{means}:{unit}"
        for heading, (means, unit) in before.columns.items()
    }
    for name, means in form.texts.items():
        if name.startswith("heading-"):
            chosen = form.text(f"means-{name.removeprefix('heading-')}")
            columns.pop(means, None)
            if chosen:
                columns[means] = chosen
    document |= {"columns": columns, "rows": _rows(form, before)}
    return options_of(document, Where(FOLDER_FILE))


def _rows(form: Posted, before: ReadingOptions) -> list[int]:
    """Rows that are lines whatever they look like: those of before, one more, or one less."""
    rows = set(before.rows)
    if form.text("line_row"):
        rows.add(form.number("line_row"))
    if form.text("skip_row"):
        rows.discard(form.number("skip_row"))
    return sorted(rows)


def _number(text: str) -> float | str:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


#: Fields of the facts that a change of language carries along.
_KEPT = (
    "name", "amount", "unit", "country", "year", "mass", "company", "company_ids", "product_ids",
)  # fmt: skip


@pages.get("/drafts/{draft_id}/facts")
def show_facts(visit: SignedIn, draft_id: DraftId) -> Response:
    """Which product, per what?"""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    try:
        asked = visit.request.query_params  # what was typed before the language was changed
        typed = {name: asked[name] for name in _KEPT if name in asked}
        return _facts_page(visit, opened, typed, ())
    except InputRefused:
        return visit.go(f"/drafts/{opened.id}/columns")


@pages.post("/drafts/{draft_id}/facts")
def state_facts(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """Facts of the product; the next page is that of the lines."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    facts, lacking = facts_in(form, opened.draft, visit.service.clock())
    if lacking:
        return _facts_page(visit, opened, form.texts, lacking, status=422)
    try:
        opened = visit.service.drafts.state_facts(opened, facts)
    except InputRefused as refused:
        said = [translated_problem(one, visit.language) for one in refused.problems]
        wrong = tuple(("name", "wrong", one.message) for one in said)
        return _facts_page(visit, opened, form.texts, wrong, status=422)
    return visit.go(f"/drafts/{opened.id}/match")


def _facts_page(
    visit: PersonVisit,
    opened: OpenDraft,
    typed: Any,
    lacking: tuple[tuple[str, str, str], ...],
    status: int = 200,
) -> Response:
    work = visit.service.drafts.work(opened)
    view = facts_view(opened.draft, work.bom.product, typed, visit.language, visit.service.clock())
    values = {
        "draft": opened.stored,
        "kept_form": "facts-form",
        "view": view,
        "lacking": lacking,
        "wrong": [field for field, _, _ in lacking],
        "layout": visit.request.query_params.get("layout") == "1",
        "lines": len(work.kinds),
        "problems": _pact_lacks(visit, work),
    }
    same = Same(
        f"footprint calculate {opened.draft.file}", "POST /v1/footprints", "NAME.product.yaml"
    )
    return visit.show("facts.html.j2", values, status=status, same=same)


def _pact_lacks(visit: PersonVisit, work: Work) -> list[Problem]:
    """Why there is no PACT file of it, where somebody asked for one."""
    if visit.request.query_params.get("pact") != "1":
        return []
    problems = pact_problems(work.footprint, visit.service.clock())
    return told_pact_problems(problems, visit.language)
