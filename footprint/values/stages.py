"""The words for the stages of a life cycle (English and Chinese)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from footprint.values.line import Stage

STAGES: dict[Stage, tuple[str, ...]] = {
    "material": ("material", "materials", "raw material", "原材料", "材料", "物料", "原料"),
    "production": (
        "production", "process", "manufacturing", "energy", "生产", "加工", "制造", "能源",
    ),
    "packaging": ("packaging", "package", "包装", "包材"),
    "inbound_transport": (
        "inbound_transport", "inbound transport", "transport", "运输", "进厂运输", "原材料运输",
    ),
    "waste": ("waste", "废弃物", "废物", "废料", "废弃物处理"),
    "direct_emission": ("direct_emission", "direct emission", "emission", "直接排放", "排放"),
    "distribution": ("distribution", "outbound", "分销", "配送", "销售运输"),
    "use": ("use", "use phase", "使用"),
    "end_of_life": ("end_of_life", "end of life", "eol", "disposal", "报废", "寿命终止", "废弃"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def fold_keyword(text: str) -> str:
    """A header or keyword without case, width, and the punctuation that files put around it."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("-", " ")
    folded = folded.split("(")[0].split("[")[0]
    return " ".join(folded.replace("*", " ").replace(".", " ").replace(":", " ").split())


_STAGE_OF: dict[str, Stage] = {
    fold_keyword(alias): stage for stage, aliases in STAGES.items() for alias in (stage, *aliases)
}


def stage_of(text: str) -> Stage | None:
    """The life-cycle stage that a word means, or None."""
    return _STAGE_OF.get(fold_keyword(text))
