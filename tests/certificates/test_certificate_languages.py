"""The words of each language, and certificates with names in that language."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

import certificate_samples as samples
import pytest
import yaml
from label_views import LONG, NAMES, long_named, named
from page_reading import ISSUED, page
from pdf_reading import pdf_runs, pdf_text, squeezed

from footprint.certificates import issue_credential, view_document
from footprint.certificates.register import State
from footprint.certificates.view import WHOLE_SUBJECTS
from footprint.values.decision import TIERS
from footprint.values.groups import ACTIVITIES, SCOPES
from footprint.values.line import STAGES
from footprint.values.product import DECLARED_UNITS
from footprint.values.result import Split
from label_templates import render
from label_templates.content.sheet import TIER_COLOURS, make_sheet
from label_templates.label.layout import label_layout
from label_templates.label.pen import least_width_mm
from label_templates.render import LANGUAGES, Language, certificate_page, certificate_pdf
from label_templates.type.fonts import missing_characters
from label_templates.words import words

TOKEN = issue_credential(samples.view(), samples.key())


def table(language: Language) -> dict[str, Any]:
    path = Path(render.__file__).parent / "locale" / f"{language}.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def gaps(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_gaps(language: Language) -> None:
    english, other = table("en"), table(language)
    assert list(english) == list(other)
    for group, entries in english.items():
        if isinstance(entries, dict):
            assert list(entries) == list(other[group]), group
            for name, text in entries.items():
                assert gaps(text) == gaps(other[group][name]), name
                assert other[group][name].strip(), name


def test_every_locale_file_belongs_to_a_language() -> None:
    folder = Path(render.__file__).parent / "locale"
    found = {
        path.stem
        for path in folder.glob("*.yaml")
        if not path.stem.startswith(("report", "console", "public."))
    }
    assert found == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_ours_can_be_printed(language: Language) -> None:
    assert missing_characters([json.dumps(table(language), ensure_ascii=False)]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word(language: Language) -> None:
    groups = {
        "tiers": TIERS,
        "tier_notes": TIERS,
        "stages": STAGES,
        "split": Split().as_dict(),
        "units": DECLARED_UNITS,
        "boundaries": ("cradle-to-gate", "cradle-to-grave", "partial", *WHOLE_SUBJECTS),
        "groups": (*SCOPES, *ACTIVITIES),
        "verdicts": ("pass", "fail", "unknown"),
        "market_verdicts": ("allowed", "conditional", "prohibited", "not_covered", "unknown"),
    }
    for group, codes in groups.items():
        assert set(table(language)[group]) == set(codes), group
    assert set(TIER_COLOURS) == set(TIERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_market_that_the_rules_know_has_a_name(language: Language) -> None:
    laws = {
        path.name.removesuffix(".yaml")
        for path in files("footprint.rules").joinpath("data", "markets").iterdir()
        if not path.name.endswith(".cases.yaml")
    }
    assert len(laws) > 5
    assert laws <= set(table(language)["markets"])


def test_a_language_without_words_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="no words"):
        words(cast(Language, "it"))


def digits(text: str) -> set[str]:
    """Every number with its decimal mark, as it is written."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digits_are_the_same_in_every_language_and_reader(language: Language) -> None:
    view = samples.view(renderer="renderer 1")
    english, other = (make_sheet(view, words(each)) for each in ("en", language))
    assert (other.amount, other.unit) == (english.amount, english.unit)
    assert [bar.value for bar in other.bars] == [bar.value for bar in english.bars]
    amounts = {view.total_kg_co2e, view.shown_amount, view.primary_data_share, "98.5"}
    texts = (
        "".join(page(view, language).parts),
        "".join(run.text for run in pdf_runs(certificate_pdf(view, language, TOKEN))),
    )
    for text in texts:
        assert amounts <= digits(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_their_own_language_reach_every_reader(language: Language) -> None:
    name, company = NAMES[language]
    view = named(name, company, language)
    on_page = squeezed("".join(page(view, language).parts))
    in_pdf = pdf_text(certificate_pdf(view, language, TOKEN))
    on_label = squeezed("".join(text.content for text in label_layout(view, words(language)).texts))
    for text in (name, company):
        assert squeezed(text) in on_page
        assert squeezed(text) in in_pdf
        assert squeezed(text) in on_label


#: The right margin of the certificate, in points.
RIGHT = (210 - 18) / 25.4 * 72


@pytest.mark.parametrize("language", LANGUAGES)
def test_300_letters_without_a_blank_stay_on_the_page_in_every_script(language: Language) -> None:
    pdf = certificate_pdf(long_named(language), language, TOKEN)
    assert max(run.right for run in pdf_runs(pdf)) <= RIGHT + 0.5
    assert squeezed(LONG[language][:300]) in pdf_text(pdf)


@pytest.mark.parametrize("text", ["ก" * 300, "ก้" * 150, "，" * 300, "ー" * 300, "é" * 300])
def test_what_no_dictionary_divides_stays_on_the_page_too(text: str) -> None:
    view = samples.view(product={"name": text, "description": text})
    runs = pdf_runs(certificate_pdf(view, "th", TOKEN))
    assert max(run.right for run in runs) <= RIGHT + 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_that_the_english_text_prevails(language: Language) -> None:
    sentence = words(language).say("prevails")
    assert sentence in "".join(page(samples.view(), language).parts)
    assert squeezed(sentence) in pdf_text(certificate_pdf(samples.view(), language, TOKEN))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_rules_are_marked_with_their_own_language(language: Language) -> None:
    html = certificate_page(samples.view(), language, ISSUED)
    chinese = language.startswith("zh")
    day = '<span class="day">2026-11-20</span>'
    says = f"该计划在 {day} 开放。" if chinese else f"The scheme is open on {day}."
    assert f'<span lang="{"zh-Hans" if chinese else "en"}">{says}</span>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_language_that_a_pdf_names_is_set_again(language: Language) -> None:
    view = samples.view()
    pdf = certificate_pdf(view, language, TOKEN)
    assert list(render.pdf_candidates(view_document(view), TOKEN, pdf)) == [pdf]


@pytest.mark.parametrize("data", [b"no PDF", b"%PDF-1.7 /Lang (en-GB)"])
def test_a_file_that_names_no_language_of_ours_is_compared_with_nothing(data: bytes) -> None:
    assert list(render.pdf_candidates(view_document(samples.view()), TOKEN, data)) == []


def test_without_the_file_every_language_is_a_candidate() -> None:
    candidates = list(render.pdf_candidates(view_document(samples.view()), TOKEN))
    assert len(set(candidates)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_leads_to_every_other_language_and_to_none_twice(language: Language) -> None:
    links = [value for name, value in page(samples.view(), language).attributes if name == "href"]
    offered = [link for link in links if link is not None and link.startswith("?lang=")]
    assert offered == [f"?lang={each}" for each in LANGUAGES if each != language]


def test_the_page_about_labels_names_languages_states_sizes_and_least_widths() -> None:
    text = (Path(__file__).parents[2] / "docs" / "labels.md").read_text(encoding="utf-8")
    assert all(f"`{language}`" in text for language in LANGUAGES)
    assert all(state in text for state in get_args(State))
    for size in render.SIZES:
        layouts = [label_layout(samples.view(), words(each), size) for each in LANGUAGES]
        (row,) = [line for line in text.splitlines() if line.startswith(f"| `{size}`")]
        assert f"| {max(least_width_mm(layout) for layout in layouts)} mm |" in row
        assert f"{layouts[0].width:g} wide" in row
    assert f"{len(samples.view().verify_url)} characters" in text
