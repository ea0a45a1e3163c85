"""The languages of labels and certificates."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh", "zh-Hant", "ja", "ko", "th", "de", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "zh", "zh-Hant", "ja", "ko", "th", "de", "fr")
