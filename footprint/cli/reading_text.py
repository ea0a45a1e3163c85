"""A reading as text: the table found, its columns, its lines, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.cli.tables import table
from footprint.reading.model import Reading, ReadLine
from footprint.reading.sentences import blocking_problems, notes
from footprint.words.language import Language, said

_WORDS = {
    "en": {
        "table": "Table", "sheet": "sheet", "headings": "headings in row",
        "no headings": "no row of headings", "facts": "Facts",
        "columns": "Columns", "heading": "heading", "means": "means", "unit": "unit",
        "lines": "Lines", "row": "row", "name": "name", "quantity": "quantity", "mass": "mass kg",
        "material": "material", "how": "mass from", "in": "in row", "per": "Quantities are for",
        "total": "Total mass", "known": "known so far", "asked": "To answer before a calculation",
        "said": "Said aloud", "nothing": "nothing", "unused": "not used",
    },
    "zh": {
        "table": "表格", "sheet": "工作表", "headings": "表头行",
        "no headings": "没有表头", "facts": "产品信息",
        "columns": "列", "heading": "表头", "means": "含义", "unit": "单位",
        "lines": "物料行", "row": "行", "name": "名称", "quantity": "用量", "mass": "质量 kg",
        "material": "材料", "how": "质量来源", "in": "上级行", "per": "用量对应的产品数",
        "total": "总质量", "known": "目前已知", "asked": "计算前需要回答",
        "said": "说明", "nothing": "无", "unused": "未使用",
    },
}  # fmt: skip
_MEANS_ZH = {
    "name": "名称", "description": "描述", "spec": "规格", "material": "材料", "quantity": "用量",
    "unit": "单位", "unit_mass": "单重", "line_mass": "总重", "length": "长", "width": "宽",
    "thickness": "厚", "loss": "损耗", "id": "编号", "level": "层级", "line_no": "序号",
    "parent": "上级", "note": "备注", "designators": "位号", "footprint": "封装",
    "finish": "表面处理", "quantity_per": "用量分母", "base_quantity": "基础数量",
    "areal_mass": "克重", "linear_mass": "米重", "dataset": "数据集", "location": "产地",
    "stage": "阶段", "transport": "运输", "category": "类别", "structure": "物料属性",
    "head": "产品", "head_name": "产品名称", "variant_quantity": "型号用量", "dnp": "是否贴装",
    "fitted": "是否贴装", "excluded": "不计入", "spare": "备件", "applies_to": "适用型号",
    "alternative": "替代料", "total_quantity": "总用量", "order_quantity": "订购数量",
    "unit_quantity": "单位含量", "base_unit": "基础单位", "lot_size": "批量",
    "gross_mass": "毛重", "runner_mass": "料头重", "scrap_mass": "废料重", "area": "面积",
    "shot_mass": "模次重", "mass_unit": "质量单位",
    "mass_per": "质量对应件数", "cross_section": "截面", "diameter": "直径", "height": "高",
    "density": "密度", "volume": "体积", "dimensions": "尺寸", "share": "占比",
    "recycled_content": "再生含量", "recycled_dataset": "再生料数据集", "contract": "购电合同",
    "data_type": "数据类型", "uncertainty": "不确定度", "supplier_pcf": "供应商碳足迹",
    "mpn": "制造商料号", "yield": "产量", "valid_from": "生效日期", "valid_to": "失效日期",
    "by_product": "副产品", "fixed_quantity": "固定用量", "status": "状态",
    "name_en": "英文名称", "name_zh": "中文名称", "assemblies": "部件数",
    "length_unit": "长度单位",
}  # fmt: skip
_UNITS_ZH = {
    "piece": "个", "pair": "对", "set": "套", "roll": "卷", "sheet": "张", "box": "盒",
    "hour": "小时", "pinch": "撮", "tsp": "茶匙", "tbsp": "汤匙", "cup": "杯", "dozen": "打",
}  # fmt: skip
FACTS_ZH = {
    "name": "名称", "product_id": "编号", "mass_kg": "质量 kg", "revision": "版本",
    "country": "国家", "date": "日期", "company": "公司", "customer": "客户", "category": "类别",
    "description": "描述", "unit": "单位", "reference_period": "核算期间",
    "declared_unit": "声明单位",
}  # fmt: skip
_BASIS_ZH = {"stated": "文件", "computed": "计算", "handbook": "手册密度", "at least": "至少"}


def reading_text(reading: Reading, language: str) -> str:
    """The reading for a person, in `en` or `zh`."""
    bilingual: Language = "zh" if language == "zh" else "en"
    words = _WORDS[bilingual]
    asked = [said(one, bilingual) for one in blocking_problems(reading, language)]
    noted = [said(one, bilingual) for one in notes(reading, language)]
    parts = [
        _head(reading, words, language),
        _columns(reading, words, language),
        f"{words['lines']}: {len(reading.lines)}",
        _lines(reading, words, language),
        _mass(reading, words),
        _problems(words["asked"], asked),
        _problems(words["said"], noted),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(reading: Reading, words: dict[str, str], language: str) -> str:
    sheet = f"{words['sheet']} {reading.sheet}, " if reading.sheet else ""
    headings = f"{words['headings']} {reading.header_row}"
    if not reading.header_row:
        headings = words["no headings"]
    lines = [f"{words['table']}: {reading.file}, {sheet}{headings}"]
    if reading.facts:
        keys = FACTS_ZH if language == "zh" else {}
        facts = ", ".join(f"{keys.get(key, key)} = {one}" for key, one in reading.facts.items())
        lines.append(f"{words['facts']}: {facts}")
    if reading.base:
        lines.append(f"{words['per']}: {_many(*reading.base, language)}")
    return "\n".join(lines)


def _columns(reading: Reading, words: dict[str, str], language: str) -> str:
    rows = [("", words["heading"], words["means"], words["unit"])]
    for one in reading.columns:
        unused = one.means in {"unknown", "other", "price", "link", "supplier", "stock", "date"}
        means = words["unused"] if unused else one.means
        if language == "zh" and not unused:
            means = _MEANS_ZH.get(one.means, one.means)
        rows.append(
            (str(one.index), " ".join(one.header.split()), means, _unit(one.unit or "", language))
        )
    return table(rows, right=(0,))


def _lines(reading: Reading, words: dict[str, str], language: str) -> str:
    keys = ("row", "name", "material", "quantity", "unit", "mass", "how", "in")
    rows = [tuple(words[key] for key in keys), *_rows(reading, language)]
    return table(rows, right=(0, 3, 5, 7), most=36) if reading.lines else ""


def _rows(reading: Reading, language: str) -> Iterator[tuple[str, ...]]:
    for line in reading.lines:
        basis = line.mass_formula or line.mass_basis
        if language == "zh" and not line.mass_formula:
            basis = _BASIS_ZH.get(line.mass_basis, line.mass_basis)
        yield (
            str(line.row),
            line.name,
            line.texts.get("material", ""),
            _quantity(line),
            _unit(line.unit or "?", language),
            "" if line.mass_kg is None or line.assembly else f"{line.mass_kg:.4g}",
            "" if line.assembly else basis,
            "" if line.parent_row is None else str(line.parent_row),
        )


def _unit(unit: str, language: str) -> str:
    return _UNITS_ZH.get(unit, unit) if language == "zh" else unit


def _many(amount: float, unit: str, language: str) -> str:
    many = unit == "piece" and language != "zh" and amount != 1
    return f"{amount:g} {'pieces' if many else _unit(unit, language)}"


def _quantity(line: ReadLine) -> str:
    if line.variants is not None and line.quantity is None:
        return " / ".join(f"{value:g}" for value in line.variants.values())
    return "?" if line.quantity is None else f"{line.quantity:g}"


def _mass(reading: Reading, words: dict[str, str]) -> str:
    if reading.total_mass_kg is not None:
        return f"{words['total']}: {reading.total_mass_kg:.6g} kg"
    known = sum(line.mass_kg or 0.0 for line in reading.lines if not line.assembly)
    known /= reading.base[0] if reading.base else 1.0
    return f"{words['total']}: {words['known']} {known:.6g} kg"


def _problems(title: str, sentences: list[str]) -> str:
    return f"{title}:\n" + "\n".join(f"  {one}" for one in sentences) if sentences else ""
