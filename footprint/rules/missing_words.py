"""What the rules ask for, as people call it: the keys of a file of evidence are not told alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from footprint.rules.words import Bilingual

#: Facts with a name of their own.
_FACTS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "sales_channel": Bilingual("to whom it is sold", "卖给谁"),
        "audience": Bilingual("who reads the label", "标签给谁看"),
        "unit_kind": Bilingual("what the number is per", "数值按什么计"),
        "renewal": Bilingual("whether it is a renewal", "是否续期"),
        "function": Bilingual("what the product is for", "产品的功能"),
        "region": Bilingual("region", "地区"),
        "product_code": Bilingual("product code", "产品编码"),
        "product_category": Bilingual("product category", "产品类别"),
        "named_boundary": Bilingual("the scheme's own boundary", "该方案自定的范围"),
        "pcr": Bilingual("product category rules", "产品种类规则"),
        "units_sold": Bilingual("units sold in the period", "期内销量"),
        "methods": Bilingual("standards that were followed", "所遵循的标准"),
        "verification": Bilingual("verification", "核查"),
        "credits": Bilingual("carbon credits", "碳信用"),
        "tiers_held": Bilingual("tiers that it holds already", "已取得的等级"),
        "footprint.product.company": Bilingual("the company", "公司名称"),
        "footprint.product.period_end": Bilingual(
            "the year of the data (reference period)", "核算期间"
        ),
        "footprint.product.mass_kg": Bilingual("the weight of one", "产品重量"),
        "footprint.completeness": Bilingual("how complete the footprint is", "足迹的完整程度"),
        "footprint.completeness.lacks": Bilingual("what the total lacks", "总量中未计入的部分"),
        "footprint.coverage.lines": Bilingual("figures for every line", "每一行的数据"),
    }
)
#: What documents, publications and values to compare with are of.
_OF: Mapping[str, Bilingual] = MappingProxyType(
    {
        "annual_report": Bilingual("annual report", "年度报告"),
        "claim_accuracy_disclosure": Bilingual(
            "disclosure of how the claim was checked", "声明核实方式的披露"
        ),
        "environmental_product_declaration": Bilingual(
            "environmental product declaration", "环境产品声明"
        ),
        "ghg_report": Bilingual("greenhouse gas report", "温室气体报告"),
        "neutrality_report": Bilingual("neutrality report", "中和报告"),
        "offset_disclosure": Bilingual("disclosure of offsets", "抵消披露"),
        "offset_terms": Bilingual("terms of offsets", "抵消条件"),
        "public_disclosure_statement": Bilingual("public disclosure statement", "公开披露声明"),
        "reduction_measures": Bilingual("reduction measures", "减排措施"),
        "reduction_path": Bilingual("reduction path", "减排路径"),
        "baseline": Bilingual("baseline", "基准"),
        "catalogue_entry": Bilingual("entry in the catalogue", "目录收录"),
        "certified_carbon_auditor_report": Bilingual(
            "report of a certified carbon auditor", "注册碳审计师报告"
        ),
        "commitment": Bilingual("commitment", "承诺"),
        "credit_criteria_evidence": Bilingual(
            "proof of the criteria for credits", "碳信用标准的证明"
        ),
        "critical_review": Bilingual("critical review", "鉴定性评审"),
        "emission_reduction_strategy": Bilingual("emission reduction strategy", "减排战略"),
        "no_burden_shift_evidence": Bilingual(
            "proof that no burden is shifted", "未转移负担的证明"
        ),
        "neutrality_declaration": Bilingual("declaration of neutrality", "碳中和声明"),
        "offset_strategy": Bilingual("offset strategy", "抵消战略"),
        "programme_in_event_guide": Bilingual(
            "proof that the guide accepts the credits", "指南接受该碳信用的证明"
        ),
        "programme_criteria_evidence": Bilingual(
            "proof of the criteria for programmes", "碳信用计划标准的证明"
        ),
        "reduction_means": Bilingual("means of reduction", "减排手段"),
        "reduction_plan": Bilingual("reduction plan", "减排计划"),
        "reduction_target": Bilingual("reduction target", "减排目标"),
        "residual_emissions": Bilingual("residual emissions", "剩余排放"),
        "targets": Bilingual("targets", "目标"),
        "timescale": Bilingual("timescale", "时间表"),
        "previous": Bilingual("the footprint before", "以前的碳足迹"),
        "previous_certified": Bilingual("the certified footprint before", "以前经认证的碳足迹"),
        "base_year": Bilingual("the base year", "基准年"),
        "baseline_certified": Bilingual("the certified baseline", "经认证的基准"),
        "market_dominant": Bilingual("the dominant product of the market", "市场主流产品"),
        "reference_group": Bilingual("the reference group", "参照组"),
        "category_mean_6y": Bilingual("the mean of the category", "同类平均值"),
        "category_quantile": Bilingual("a quantile of the category", "同类分位值"),
        "announced_benchmark": Bilingual("the announced benchmark", "公布的标杆值"),
        "fossil_comparator": Bilingual("the fossil comparator", "化石对照值"),
        "purchase_limit": Bilingual("the limit for purchases", "采购限值"),
        "event_reduction_plan": Bilingual("reduction plan of the event", "活动减排计划"),
    }
)
_KINDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "plans": Bilingual("document: {}", "文件：{}"),
        "publications": Bilingual("publication: {}", "公开发布：{}"),
        "references": Bilingual("value to compare with: {}", "用来比较的数值：{}"),
    }
)


def missing_in_words(keys: Iterable[str], chinese: bool = False) -> str:
    """What was not supplied, each in words with the key under which a file of evidence has it."""
    if chinese:
        return "、".join(f"{_words(key).zh}（{key}）" for key in keys)
    said = ((_words(key).en, key) for key in keys)
    return ", ".join(words if words == key else f"{words} ({key})" for words, key in said)


def _words(key: str) -> Bilingual:
    if key in _FACTS:
        return _FACTS[key]
    kind, _, name = key.partition(".")
    of, _, part = name.partition(".")
    plain = of.replace("_", " ")
    own = _OF.get(of, Bilingual(plain, plain))
    if kind not in _KINDS:
        plain = key.replace("_", " ").replace(".", ", ")
        return Bilingual(plain, plain)
    detail = f", {part.replace('_', ' ')}" if part else ""
    whole = _KINDS[kind]
    return Bilingual(whole.en.format(own.en) + detail, whole.zh.format(own.zh) + detail)
