"""Whole bodies for the OpenAPI document, in both languages; each can be sent as it stands."""

from __future__ import annotations

from typing import Any

_CSV = """\
# name: Wall bracket
# declared_unit: 1 piece
# mass: 0.5 kg
# reference_period: 2025
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
"""
_CSV_ZH = """\
# 产品名称: 墙面支架
# 声明单位: 1 piece
# 质量: 0.5 kg
# 数据期间: 2025
编号,名称,数量,单位,数据集,阶段
1,冷轧钢,0.55,kg,steel-cold-rolled-cn,原材料
2,电力,0.8,kWh,electricity-grid-cn,生产
"""
CSV_EXAMPLES: dict[str, Any] = {
    "english": {"summary": "A table", "value": _CSV},
    "chinese": {"summary": "中文表格", "value": _CSV_ZH},
}


def _order(name: str, steel: str, electricity: str) -> dict[str, Any]:
    return {
        "product": {
            "name": name,
            "declared_unit": "1 piece",
            "mass": "0.5 kg",
            "reference_period": "2025-01-01/2025-12-31",
        },
        "lines": [
            {
                "id": "1",
                "name": steel,
                "quantity": 0.55,
                "unit": "kg",
                "dataset": "steel-cold-rolled-cn",
                "stage": "material",
            },
            {
                "id": "2",
                "name": electricity,
                "quantity": 0.8,
                "unit": "kWh",
                "dataset": "electricity-grid-cn",
                "stage": "production",
            },
        ],
    }


JSON_EXAMPLES: dict[str, Any] = {
    "english": {
        "summary": "Product and lines",
        "value": _order("Wall bracket", "Cold-rolled steel", "Electricity"),
    },
    "chinese": {"summary": "产品与物料行", "value": _order("墙面支架", "冷轧钢", "电力")},
}


def _certificate(function: str, verifier: str, pcr: str) -> dict[str, Any]:
    return {
        "footprint_id": "6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77",
        "scheme": "th-tgo",
        "tier": "disclosure",
        "evidence": {
            "sales_channel": "b2b",
            "function": function,
            "methods": ["TGO CFP guideline"],
            "pcr": pcr,
            "verification": {
                "by": verifier,
                "kind": "registered-verifier",
                "date": "2026-10-30",
                "level": "limited",
            },
        },
    }


CERTIFICATE_EXAMPLES: dict[str, Any] = {
    "english": {
        "summary": "A tier of a scheme, with its evidence",
        "value": _certificate("Holds a shelf", "Example Verification Ltd", "Metal fittings"),
    },
    "chinese": {
        "summary": "某计划的等级及其证据",
        "value": _certificate("支撑搁板", "示例核查有限公司", "金属配件"),
    },
}
