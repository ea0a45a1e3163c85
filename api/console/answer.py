"""The page of a supplier without an account: his link is his key to one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.answering.campaign_model import CASCADE
from api.answering.link_answers import FACTS, LinkView, can_be_stated
from api.console.campaigns import answer_words, problems_of
from api.console.form_faults import NOTHING, in_fields
from api.console.forms import FormSent, Posted
from api.console.route import router
from api.console.shell import AnyVisit, Visit
from api.faults import INVALID
from api.words import translated_problem
from footprint.faults import InputRefused, Problem
from label_templates.console_pages import console_words

pages = router()

Secret = Annotated[str, Path(max_length=100)]


@dataclass(frozen=True, slots=True)
class AskedProduct:
    """A product that he is asked for, with what he gave and what is wrong with it. `typed`: the
    form for it that was refused just now, with its fields; else nothing."""

    at: int
    product: str
    says: str
    problems: Sequence[Problem]
    statable: bool
    typed: Mapping[str, str]


@pages.get("/answer/{secret}")
def look_at_request(visit: AnyVisit, secret: Secret) -> Response:
    """Who asks, for what, until when? Looking changes nothing: programs look at links too."""
    return _page(visit, secret, visit.service.desk.links.look(secret))


@pages.post("/answer/{secret}")
def answer_request(visit: AnyVisit, secret: Secret, form: FormSent) -> Response:
    """Begin, give a file, calculate, send, or say why not."""
    links, do = visit.service.desk.links, form.text("do")
    if do in ("begin", "file", "calculate"):
        links.begin(secret)  # who sends a file has begun; else the page had no place for its faults
    if do in ("file", "calculate"):
        problems = _given(visit, secret, form)
        if problems:
            asked = links.look(secret)
            return _page(visit, secret, asked, form, problems)
    elif do == "send":
        links.send(secret, [text for name, text in form.texts.items() if name.startswith("step-")])
    elif do == "decline":
        links.decline(secret, form.text("words"))
    elif do != "begin":
        raise INVALID.refuse("The form cannot be read.")
    return visit.go(f"/answer/{secret}")


def _given(visit: Visit, secret: str, form: Posted) -> Sequence[Problem]:
    """Take a file; everything that is wrong with it, for the page."""
    links, product = visit.service.desk.links, form.number("product")
    file, data = form.files.get("file", ("", b""))
    if form.text("do") == "file":
        stated = form.text("as_stated") == "1"
        return links.give_file(secret, product, file or "file", data, as_stated=stated)
    try:
        links.calculate(secret, product, file or "list", data, {f: form.text(f) for f in FACTS})
    except InputRefused as refused:
        if all(one.code.startswith("API") for one in refused.problems):
            raise
        return refused.problems
    return ()


def _page(
    visit: Visit,
    secret: str,
    asked: LinkView,
    refused: Posted | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    supplier = asked.supplier
    at = -1 if refused is None else refused.number("product")
    rows = [
        _row(visit, asked, number, refused if number == at else None, problems)
        for number in range(len(supplier.asked_for))
    ]
    answered = supplier.answered_at
    values = {
        "campaign": asked.campaign,
        "supplier": supplier,
        "state": supplier.state,
        "rows": rows,
        "open": asked.is_open,
        "lacks": len(asked.lacks),
        "over": asked.campaign.due < visit.service.clock().date(),
        "day": "" if answered is None else answered.date().isoformat(),
        "cascade": CASCADE,
        "facts": FACTS,
        "here": f"/answer/{secret}",
    }
    return visit.show("answer.html.j2", values, status=200 if refused is None else 422)


def _row(
    visit: Visit, asked: LinkView, at: int, refused: Posted | None, problems: Sequence[Problem]
) -> AskedProduct:
    answer = asked.answers.get(at)
    found = [] if answer is None or answer.usable else problems_of(visit, answer)
    if refused is not None:
        found = [_of_form(visit, one) for one in problems]
    says = answer_words(console_words(visit.reader), answer)
    return AskedProduct(
        at,
        asked.supplier.asked_for[at],
        says,
        [_placed(visit, one) for one in found[:20]],
        can_be_stated(found),
        NOTHING if refused is None else refused.texts,
    )


def _of_form(visit: Visit, problem: Problem) -> Problem:
    """A problem of a fact that was typed, called as its field is; of the list, as it is."""
    if problem.where.row is not None:
        return translated_problem(problem, visit.language)
    (told,) = in_fields(
        visit, InputRefused([problem]), {one: f"answer_fact_{one}" for one in FACTS}
    )
    return told


def _placed(visit: Visit, problem: Problem) -> Problem:
    """A problem that begins with its row and column: the page speaks more languages than it does.
    What only a command can do is no hint here."""
    words, where = console_words(visit.language), problem.where
    place = [words.say("at_row", row=where.row)] if where.row else []
    place += [words.say("at_column", column=where.column)] if where.column else []
    before = f"{words['comma'].join(place)}{words['colon']}" if place else ""
    hint = "" if "--" in problem.hint else problem.hint
    return problem._replace(message=f"{before}{problem.message}", hint=hint)
