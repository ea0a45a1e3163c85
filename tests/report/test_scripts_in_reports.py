"""Names of lines in many scripts: in every form of the report, or refused with the letter named."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from report_kit import FORMS, form, of_text, renamed, report, squeezed, text_of

from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.report.flows import flows_of
from label_templates.report.sankey import sankey_drawing
from label_templates.report.words import report_words
from label_templates.type.clusters import clusters

NAMES = ("ที่ยึด", "เหล็ก", "น้ำ", "ที่ยึดเหล็กน้ำ" * 12, "इस्पात की प्लेट", "صفائح الفولاذ", "לוח פלדה")


def _bill(*names: str) -> str:
    rows = "".join(f"{name},{at},kg,board-gb\n" for at, name in enumerate(names, start=1))
    return f"# name: {names[0]}\nname,quantity,unit,dataset\n{rows}"


@pytest.mark.parametrize("kind", FORMS)
def test_a_bill_of_names_in_many_scripts_is_reported(
    kind: str, inventory: CompiledInventory
) -> None:
    data = form(of_text(_bill(*NAMES), inventory), inventory, kind)
    if kind == "pdf":  # Thai copied from a PDF repeats marks: the letters are compared
        letters = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        assert set("ที่ยึดเหล็กน้ำ") - {"ำ"} <= set(letters)
        assert "प" in letters
    else:
        found = text_of(data, kind)
        assert all(squeezed(name) in found for name in NAMES)


@settings(max_examples=12)
@given(
    st.text(
        st.one_of(
            st.characters(min_codepoint=0x20, max_codepoint=0x36F, exclude_characters="\x7f"),
            st.characters(min_codepoint=0x590, max_codepoint=0xE7F),
            st.characters(codec="utf-8", exclude_characters="\x7f"),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_name_is_reported_or_refused_by_name(inventory: CompiledInventory, name: str) -> None:
    made = renamed(f"x{name}", inventory)
    form(made, inventory, "html")
    form(made, inventory, "xlsx")
    try:
        data = form(made, inventory, "pdf")
    except InputRefused as refused:
        said = refused.problems[0].message
        named = any(f"U+{ord(char):04X}" in said for char in name)
        if not named:
            raise
    else:
        assert data.startswith(b"%PDF")


def test_a_name_in_the_picture_of_flows_is_cut_between_letters(
    inventory: CompiledInventory,
) -> None:
    """And a figure after a name from right to left stays after it."""
    long, arabic = "ที่ยึดเหล็กน้ำ" * 12, "صفائح"
    view = report(of_text(_bill(long, arabic), inventory), inventory)
    drawing = sankey_drawing(flows_of(view), view, report_words("en"))
    assert drawing is not None
    (cut,) = [text.content for text in drawing.texts if "…" in text.content]
    shown = cut.split(" ", 1)[1].partition("…")[0]
    assert clusters(long)[: len(clusters(shown))] == clusters(shown)
    (other,) = [text.content for text in drawing.texts if arabic in text.content]
    assert other.startswith("\u2068")
    assert other.index("\u2069") < other.rindex(" ")
