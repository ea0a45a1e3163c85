"""Names in many scripts on labels and certificates: printed, or refused with the letter named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import certificate_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import label_templates
from footprint.certificates.view import view_document, view_from_document
from footprint.faults import InputRefused
from footprint.rules.load import load_rules
from label_templates.label.layout import SIZES, label_layout
from label_templates.render import (
    LANGUAGES,
    Language,
    certificate_pdf,
    check_printable,
    label_pdf,
    label_png,
    label_svg,
)
from label_templates.renderer import rendering_files
from label_templates.type.breaks import BREAK, breakable
from label_templates.type.clusters import clusters
from label_templates.type.direction import isolated
from label_templates.type.letters import named, unprintable_letters
from label_templates.words import words

#: Thai with vowels above, below and around; Hindi with a conjunct; Arabic, Hebrew; long names.
PRINTED = {
    "thai": "ที่ยึด เหล็ก น้ำ",
    "thai without blanks": "ที่ยึดเหล็กน้ำ" * 12,
    "hindi": "इस्पात की प्लेट",
    "arabic": "صفائح الفولاذ المدرفل",
    "hebrew": "לוח פלדה",
    "german": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3,
    "chinese": "超长的中文产品名称" * 12,
    "marks on one letter": "e\u0301\u0302\u0303\u0304",
    "mixed": "ABCที่ยึดDEF" * 9,
}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", PRINTED)
def test_a_name_in_any_of_these_scripts_is_printed(name: str, language: Language) -> None:
    view = samples.view(product={"name": PRINTED[name], "name_zh": ""})
    check_printable(view)
    assert label_svg(view, language).startswith("<svg")
    assert label_png(view, language, size="mini").startswith(b"\x89PNG")
    assert label_pdf(view, language, size="compact").startswith(b"%PDF")
    assert certificate_pdf(view, language, "a.b.c").startswith(b"%PDF")


_LETTERS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x2FF),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(min_codepoint=0x590, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x900, max_codepoint=0x97F),
        st.characters(min_codepoint=0xE00, max_codepoint=0xE7F),
        st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
        st.characters(codec="utf-8"),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=20)
@given(_LETTERS)
def test_what_passes_the_check_is_printed_and_what_does_not_is_named(name: str) -> None:
    """Nothing is found out after a certificate has been signed."""
    try:
        view = samples.view(product={"name": f"x {name}", "name_zh": ""})
    except InputRefused:
        return  # CER-003: characters that no text of a certificate may hold
    try:
        check_printable(view)
    except InputRefused as refused:
        (problem,) = refused.problems
        assert problem.code == "CER-010"
        assert any(f"U+{ord(char):04X}" in problem.message for char in name)
        return
    assert certificate_pdf(view, "en", "a.b.c").startswith(b"%PDF")
    assert label_pdf(view, "ko", size="mini").startswith(b"%PDF")


def test_a_letter_that_fails_only_beside_another_is_named_alone() -> None:
    texts = ["plain", "a long beginning", "\ufeffx and a long end"]
    assert unprintable_letters(texts) == ("\ufeff",)
    assert named(unprintable_letters(texts)).endswith("(U+FEFF)")


def test_many_letters_without_a_font_are_found_in_a_few_steps() -> None:
    lacking = unprintable_letters(["".join(map(chr, range(0x1780, 0x17B3)))])
    assert lacking == tuple(map(chr, range(0x1780, 0x178A)))


@given(_LETTERS, st.floats(1, 20))
def test_break_marks_never_part_a_letter_from_its_marks(text: str, room: float) -> None:
    bare = text.replace(BREAK, "")
    for joints in (False, True):
        parts = breakable(bare, "th", room, at_joints=joints).split(BREAK)
        assert "".join(parts) == bare
        assert [c for part in parts for c in clusters(part)] == clusters(bare)


def test_a_date_beside_arabic_keeps_its_order() -> None:
    said = words("en").say("rules_of", scheme="صفائح")
    assert said == "Rules applied: \u2068صفائح\u2069"
    assert isolated("plain 2026-11-21") == "plain 2026-11-21"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_scheme_name_is_cut_on_a_label(language: Language) -> None:
    """Every scheme that awards labels, in the name that it has for labels."""
    schemes = [s for s in load_rules().schemes.values() if s.kind in ("label", "method")]
    assert len(schemes) > 20
    for scheme in schemes:
        short = scheme.short_name or scheme.name
        view = replace(
            samples.view(),
            scheme_name=scheme.name.en,
            scheme_name_zh=scheme.name.zh,
            scheme_short_name=short.en,
            scheme_short_name_zh=short.zh,
        )
        for size in SIZES:
            drawn = label_layout(view, words(language), size)
            assert not [text.content for text in drawn.texts if "…" in text.content], scheme.id


def test_a_certificate_without_a_short_name_is_written_as_before() -> None:
    document = view_document(samples.view())
    assert not {"scheme_short_name", "scheme_short_name_zh"} & set(document)
    short = replace(samples.view(), scheme_short_name="Short")
    assert view_document(short)["scheme_short_name"] == "Short"
    assert view_from_document(view_document(short)) == short


def test_the_renderer_is_named_after_every_file_that_draws_a_certificate() -> None:
    """What `label_templates.render` imports of this package is in the name, and no report is."""
    import ast

    folder = Path(label_templates.__file__).parent
    seen: set[Path] = set()
    queue = [folder / "render.py"]
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(folder.name):
                stem = folder.parent / Path(*(node.module or "").split("."))
                names = [stem.with_suffix(".py"), *(stem / f"{a.name}.py" for a in node.names)]
                queue += [name for name in names if name.exists()]
    covered = set(rendering_files())
    assert len(seen) > 20
    assert seen <= covered
    assert not [path for path in covered if "report" in path.parts[len(folder.parts) :]]
    assert set(rendering_files(with_reports=True)) > covered
