"""What somebody decides about a line: understood, or refused at the field that it is about."""

from __future__ import annotations

from api.console.facts_view import mass_in
from api.console.forms import Posted
from api.console.match_view import Slip, SlipField
from api.console.shell import PersonVisit
from api.faults import REFUSED
from api.language import Language
from api.services.drafts import OpenDraft
from footprint.bom.choices import NOT_A_PART
from footprint.bom.plausible import MOST_OF_A_PIECE
from footprint.drafts.work import work_out
from label_templates.console_pages import console_words


class Unclear(Exception):
    """What was typed is not understood; `word` names the sentence that says so, `at` the field."""

    def __init__(self, word: str, at: SlipField = "", typed: str = "") -> None:
        self.word = word
        self.at: SlipField = at
        self.typed = typed[:40]
        super().__init__(word)

    def slip(self, language: Language, form: Posted) -> Slip:
        """The sentence in this language, with what was typed."""
        says = console_words(language).say(self.word, typed=self.typed)
        return Slip(says, self.at, form.texts)


def weight_in(form: Posted, at: SlipField) -> float | None:
    """The mass of one in kg; None where none was typed. Raises Unclear at this field."""
    mass = form.text("mass")
    kilograms = mass_in(mass) if mass else None
    if mass and kilograms is None:
        raise Unclear("mass_wrong", at)
    if kilograms is not None and kilograms >= MOST_OF_A_PIECE:
        raise Unclear("mass_heavy", at, mass)
    return kilograms


def chosen_for(visit: PersonVisit, opened: OpenDraft, key: str, form: Posted) -> OpenDraft:
    """The draft with one decision about a kind of line. Raises Unclear, ServiceRefused API-003 and
    API-403."""
    drafts, actor, do = visit.service.drafts, visit.actor, form.text("do")
    if do == "later":
        return drafts.change(opened, opened.draft.put_off(key))
    if do == "undo":
        return drafts.change(opened, opened.draft.without_choice(key))
    if do == "not-part":
        return drafts.choose(actor, opened, key, NOT_A_PART)
    if do == "class":
        return _by_class(visit, opened, key, form.text("class"), weight_in(form, "class-mass"))
    kilograms = weight_in(form, "mass")
    if do == "mass":
        if kilograms is None:
            raise Unclear("mass_wrong", "mass")
        before = opened.draft.choice_for(key)
        return drafts.choose(actor, opened, key, before.dataset if before else "", kilograms)
    if do != "take":
        raise REFUSED.refuse("The form cannot be used.")
    return _by_card(visit, opened, key, form.text("dataset"), kilograms)


def _by_card(
    visit: PersonVisit, opened: OpenDraft, key: str, dataset: str, mass: float | None
) -> OpenDraft:
    """A dataset: one that is per kilogram would count nothing without the mass of one."""
    drafts = visit.service.drafts
    if not dataset:
        raise Unclear("pick_one")
    draft = drafts.with_dataset(visit.actor, opened, key, dataset, mass)
    kind = work_out(draft, drafts.inventory).kind(key)
    if kind is None or kind.is_open or kind.kg_co2e is None:
        weighed = mass is not None or (kind is not None and kind.unit_mass_kg is not None)
        raise Unclear("unit_differs") if weighed else Unclear("mass_needed", "mass")
    return drafts.choose(visit.actor, opened, key, dataset, mass)


def _by_class(
    visit: PersonVisit, opened: OpenDraft, key: str, name: str, mass: float | None
) -> OpenDraft:
    """A class of material by mass: without the mass of one it would count nothing."""
    kind = visit.service.drafts.work(opened).kind(key)
    if not name:
        raise Unclear("pick_class", "class")
    if mass is None and (kind is None or kind.unit_mass_kg is None):
        raise Unclear("mass_needed", "class-mass")
    return visit.service.drafts.choose(visit.actor, opened, key, name, mass)
