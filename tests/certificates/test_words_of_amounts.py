"""Units behind amounts, sets of potentials, and headings of nothing, on certificates."""

from __future__ import annotations

from dataclasses import replace

import certificate_samples as samples
import pytest

from label_templates.content.phrases import lead, per
from label_templates.content.sections import sections
from label_templates.languages import Language
from label_templates.words import LANGUAGES, words


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "per 1 piece", "per 24 pieces"),
        ("de", "je 1 Stück", "je 24 Stück"),
        ("fr", "pour 1 pièce", "pour 24 pièces"),
        ("zh", "每 1 件", "每 24 件"),
    ],
)
def test_a_unit_agrees_with_its_amount(language: Language, one: str, many: str) -> None:
    view, said = samples.view(), words(language)
    assert per(view, said) == one
    several = replace(view, declared_amount="24")
    assert per(several, said) == many
    assert many.split(" ", 1)[1] in lead(several, said)
    assert words("en").quantity("0.5", "cubic meter") == "0.5 cubic meters"


@pytest.mark.parametrize(("language", "verb"), [("zh", "排放为"), ("zh-Hant", "排放為")])
def test_at_least_stands_beside_its_verb_without_a_blank(language: Language, verb: str) -> None:
    view, said = samples.view(), words(language)
    whole = replace(view, coverage_mass="1", coverage_lines="1", lacks=())
    assert f"{verb} {view.shown_amount}" in lead(whole, said)
    least = lead(replace(view, lacks=("gaps",)), said)
    assert f"{verb}至少 {view.shown_amount}" in least


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_that_no_source_states_is_told_in_words(language: Language) -> None:
    view, said = replace(samples.view(), gwp_sets_used=("AR6", "unstated")), words(language)
    rows = [row.value for section in sections(view, said) for row in section.rows]
    assert f"AR6, {said.word('gwp_sets', 'unstated')}" in rows
    assert (said.word("gwp_sets", "unstated") == "unstated") == (language == "en")


def test_a_holder_without_a_name_is_no_heading() -> None:
    view, said = samples.view(), words("zh")
    titles = [section.title for section in sections(view, said)]
    assert said.say("company") in titles
    nobody = replace(view, company="", company_zh="", company_ids=())
    left = [section.title for section in sections(nobody, said)]
    assert left == [title for title in titles if title != said.say("company")]
