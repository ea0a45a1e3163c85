"""The method rules that a result is checked against: what each asks, its source, how sure it is.

The PACT texts that could be read are the Technical Specifications v3.0.3 (WBCSD, 2025-11-18), which
name sections of the PACT Methodology V3, and the How-to guide v3.0 (WBCSD, 2026-02-02), which has
its rating tables. The methodology itself and ISO 14067 could not be read.
`confidence` is "high" where the specification says it, "medium" where another public text quotes
it, "unconfirmed" where neither was found: such a rule warns, it never fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["high", "medium", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it asks in both languages, and its source."""

    id: str
    says: str
    says_zh: str
    source: str
    confidence: Confidence


def _pact(number: str, section: str, confidence: Confidence, says: str, says_zh: str) -> Rule:
    source = f"PACT Methodology V3, section {section}" if section else "PACT Methodology V3"
    return Rule(f"PACT-{number}", says, says_zh, source, confidence)


def _iso(name: str, says: str, says_zh: str) -> Rule:
    return Rule(f"ISO14067-{name}", says, says_zh, "ISO 14067:2018", "unconfirmed")


_RULES = (
    _pact("R01", "3.2", "medium", "The boundary is cradle-to-gate.", "系统边界为从摇篮到大门。"),
    _pact("R03", "3.3.2.1", "high", "Outbound logistics stand apart from the total.",
          "出厂物流排放单列，不计入总量。"),
    _pact("R04", "3.3.2.1", "high", "Emissions of aircraft are shown apart.", "航空排放单独列示。"),
    _pact("R06", "3.2.2", "high",
          "GWP over 100 years of the latest IPCC report (AR6); every other set is listed.",
          "采用最新 IPCC 报告（AR6）的百年全球变暖潜势；所用其他版本均列明。"),
    _pact("R08", "3.2.4", "high",
          "The declared unit is above zero; a piece has a mass; bulk goods are per one unit.",
          "声明单位大于零；按件计的产品须有质量；散装品以一个单位计。"),
    _pact("R10", "3.2.3", "high",
          "The result is valid for three years after the reference period at the most.",
          "结果有效期最长至核算期结束后三年。"),
    _pact("R12", "3.2.3", "high", "One geography is given, or none for the whole world.",
          "只给出一个地理范围；不给出则视为全球。"),
    _pact("R15", "3.3.1.2", "high", "The percentage of exempted emissions is stated.",
          "已声明豁免排放的百分比。"),
    _pact("R16", "3.3.1.2", "medium", "Version 2: at most 5 % of the emissions are exempted.",
          "第 2 版：豁免排放不超过 5 %。"),
    _pact("R17", "3.3.1.2", "medium", "Version 3: at most 3 % of the emissions are exempted.",
          "第 3 版：豁免排放不超过 3 %。"),
    _pact("R18", "3.3.1.2", "high", "Exempted emissions have a reason (our own, stricter reading).",
          "豁免排放附有理由（本程序更严格的要求）。"),
    _pact("R22", "3.3.2.2", "high", "Recycled carbon content should be given.",
          "宜给出再生碳含量。"),
    _pact("R23", "3.3.1.1", "high", "Packaging is declared as included or not.",
          "已声明是否包含包装排放。"),
    _pact("R24", "", "unconfirmed",
          "Electricity: contract with quality instruments, else residual mix, else grid.",
          "电力：优先采用符合质量标准的合同，其次剩余结构，再次电网平均。"),
    _pact("R25", "3.3.1", "high",
          "Both totals are given, without and with biogenic uptake, and their parts add up.",
          "同时给出不含与含生物源吸收的总量，且各部分之和等于总量。"),
    _pact("R26", "3.3.2.4", "medium",
          "Biogenic uptake is not above zero and matches the product's carbon content (x 44/12).",
          "生物源吸收不大于零，且与产品生物碳含量（× 44/12）一致。"),
    _pact("R30", "3.3.2.4", "high",
          "Biogenic parts are zero where they do not apply, never guessed.",
          "不适用的生物源部分为零，不作猜测。"),
    _pact("R31", "3.3.2.4", "high",
          "From 2027-12-31 land management and data quality ratings are obligatory.",
          "自 2027-12-31 起，土地管理排放与数据质量评级为必填项。"),
    _pact("R33", "3.3.2.5", "high", "Whether captured CO2 is counted is declared.",
          "已声明是否计入碳捕集。"),
    _pact("R37", "4.2.2", "high", "The share of primary data is given, from 0 to 100 %.",
          "给出初级数据占比（0 至 100 %）。"),
    _pact("R38", "4.2.2", "medium", "A supplier who states no primary data share counts as 0.",
          "供应商未说明初级数据占比的按 0 计。"),
    _pact("R39", "4.2.3", "high", "Data quality ratings are 1 to 5, weighted by contribution.",
          "数据质量评级为 1 至 5，按贡献加权。"),
    _pact("R40", "4.2.3", "medium",
          "Ratings follow the methodology's tables; secondary data get 3 in technology at best.",
          "评级按方法学表格；次级数据集的技术评级最高为 3。"),
    _pact("R41", "3.2.3", "high", "Secondary factors are named with their version.",
          "次级因子注明来源与版本。"),
    _pact("R42", "3.2.3", "high", "Without secondary factors no source of such is named.",
          "未使用次级因子时不列其来源。"),
    Rule("PACT-R46", "Totals, parts and contributions of this document agree (our own gate).",
         "本文件的总量、各部分与各行贡献相互一致（本程序自查）。",
         "footprint, docs/result.md", "high"),
    _iso("unit", "A partial footprint has a declared unit, a full one a functional unit.",
         "部分碳足迹用声明单位，完整碳足迹用功能单位。"),
    _iso("cut-off", "Cut-offs are stated and justified.", "取舍已说明并给出理由。"),
    _iso("lines", "Fossil, biogenic, land use change and aircraft emissions are documented apart.",
         "化石、生物源、土地利用变化和航空排放分别记录。"),
    _iso("offsets", "Offsets are no part of the number.", "抵消量不计入结果。"),
    _iso("electricity", "Supplier-specific electricity needs tracked attributes.",
         "采用供应商特定电力须有可追踪的属性凭证。"),
    _iso("gwp", "One impact category: GWP over 100 years.", "单一影响类别：百年全球变暖潜势。"),
)  # fmt: skip

RULES = {rule.id: rule for rule in _RULES}
