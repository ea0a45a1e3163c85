"""Cells of columns of names in a second language that hold no name in it."""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.heading_languages import DOCUMENTED_NAMES, is_name_in, says_nothing
from footprint.reading.vocabulary import fold


def leave_other_languages_out(builder: Builder) -> None:
    """Cells of strangers' columns that hold no name in their language are not taken for one, which
    is said; a column of the documented form holds what its writer wants to be read."""
    for language in ("name_en", "name_zh"):
        column = builder.where.get(language)
        header = next((c.header for c in builder.meanings.columns if c.index == column), "")
        if column is None or fold(header) in DOCUMENTED_NAMES:
            continue
        for line in builder.reading.lines:
            text = line.texts.get(language, "")
            if text and not is_name_in(language, text):
                del line.texts[language]
                if not says_nothing(text):
                    builder.gather(f"={language}", f"{language}_other", line.row)
