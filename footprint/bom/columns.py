"""Column headers and product facts, in the words that files use (English and Chinese)."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.values.line import Stage
from footprint.values.stages import fold_keyword

COLUMNS = {
    "level": ("level", "bom level", "层级", "级别", "阶层", "层次"),
    "parent": ("parent", "parent id", "assembly", "上级", "父件", "父项", "上级编号", "父级编号"),
    "id": (
        "id", "item", "no", "item no", "part", "part no", "part number", "material no", "sku",
        "编号", "料号", "物料编码", "物料号", "物料编号", "零件号", "序号", "编码",
    ),
    "name": (
        "name", "description", "material", "part name", "item name", "component",
        "名称", "物料名称", "品名", "材料", "材料名称", "零件名称", "物料", "部件",
    ),
    "quantity": ("quantity", "qty", "amount", "usage", "数量", "用量", "单位用量", "耗量"),
    "unit": ("unit", "uom", "units", "unit of measure", "单位", "计量单位"),
    "dataset": ("dataset", "dataset id", "factor", "数据集", "数据集编号", "因子"),
    "location": (
        "location", "country", "origin", "country of origin", "geography",
        "产地", "地点", "国家", "原产地", "来源地",
    ),
    "stage": ("stage", "life cycle stage", "阶段", "生命周期阶段"),
    "loss": ("loss", "scrap", "loss rate", "scrap rate", "waste rate", "损耗", "损耗率", "报废率"),
    "transport": ("transport", "transportation", "freight", "运输", "运输方式", "运输距离"),
    "supplier_pcf": ("supplier_pcf", "supplier pcf", "供应商碳足迹"),
    "recycled_content": ("recycled_content", "recycled content", "再生含量", "再生料比例"),
    "recycled_dataset": ("recycled_dataset", "recycled dataset", "再生料数据集", "再生数据集"),
    "contract": ("contract", "electricity contract", "supply contract", "购电合同", "绿电合同"),
    "unit_mass": ("unit_mass", "unit mass", "unit weight", "单重", "单件重量", "单位重量", "单位质量"),
    "data_type": ("data_type", "data type", "数据类型"),
    "uncertainty": ("uncertainty", "quantity uncertainty", "不确定度", "用量不确定度"),
    "note": ("note", "notes", "remark", "remarks", "comment", "备注", "说明"),
    "name_en": ("name_en", "english name", "英文名称", "英文品名"),
    "name_zh": ("name_zh", "chinese name", "中文名称", "中文品名"),
    "group": ("scope", "ghg scope", "activity", "范围", "排放范围", "活动类别"),
}  # fmt: skip

PRODUCT_FACTS = {
    "name": ("name", "product", "product name", "产品", "产品名称", "名称"),
    "name_zh": ("name_zh", "name zh", "chinese name", "中文名称", "产品中文名称"),
    "product_ids": ("product_ids", "product id", "product ids", "sku", "gtin", "产品编号", "产品型号"),
    "declared_unit": ("declared_unit", "declared unit", "声明单位", "申报单位"),
    "mass": ("mass", "product mass", "weight", "net weight", "质量", "重量", "产品重量", "净重"),
    "country": ("country", "site country", "site", "国家", "生产国", "生产地", "产地"),
    "reference_period": ("reference_period", "reference period", "period", "数据期间", "核算期间"),
    "company": ("company", "company name", "manufacturer", "公司", "企业", "公司名称", "企业名称"),
    "company_zh": ("company_zh", "company zh", "公司中文名称"),
    "company_ids": ("company_ids", "company id", "company ids", "统一社会信用代码", "企业代码"),
    "category": ("category", "product category", "产品类别", "类别"),
    "description": ("description", "产品描述", "描述"),
    "exempted_emissions_percent": (
        "exempted_emissions_percent", "exempted emissions", "exempted emissions percent", "豁免排放比例",
    ),
    "exempted_emissions_description": ("exempted_emissions_description", "exemption reason", "豁免排放说明"),
    "fossil_carbon_content": ("fossil_carbon_content", "fossil carbon", "化石碳含量"),
    "biogenic_carbon_content": ("biogenic_carbon_content", "biogenic carbon", "生物碳含量", "生物源碳含量"),
    "recycled_carbon_content": ("recycled_carbon_content", "recycled carbon", "再生碳含量"),
    "classifications": (
        "classifications", "product classification", "product classifications", "cpc", "产品分类代码",
    ),
    "accept_stated_totals": ("accept_stated_totals", "采用供应商所述总量"),
    "energy_certificates": ("energy_certificates", "energy certificates", "绿证", "绿色电力证书"),
    "subject": ("subject", "核算对象", "对象"),
    "subject_boundary": ("subject_boundary", "subject boundary", "boundary", "核算边界", "边界"),
}  # fmt: skip


def _index(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        fold_keyword(alias): name for name, aliases in words.items() for alias in (name, *aliases)
    }


_COLUMN_OF = _index(COLUMNS)
_FACT_OF = _index(PRODUCT_FACTS)


def column_of(header: str) -> str | None:
    """The column that a header means, or None."""
    return _COLUMN_OF.get(fold_keyword(header))


_PACKAGING = late_pattern(
    r"packag|packing|包装|包裝|包材|梱包|포장|verpack|emballag|imball|embalaj|envase|opakow|bao bì|bao bi",
    re.I,
)


def stage_in_section(section: str) -> Stage:
    """The stage of the lines under a heading such as `Packaging`; material under any other."""
    return "packaging" if section and _PACKAGING.search(section) else "material"


def fact_of(key: str) -> str | None:
    """The product fact that a key means, or None."""
    return _FACT_OF.get(fold_keyword(key))
