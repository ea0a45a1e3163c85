"""Hold the inventory of a bundle, and each factor in it, against the verifier's own inventory."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from footprint.canonical import bytes_hash
from footprint.certificates.report import VerificationCheck, failed_check, passed_check
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES
from footprint.proof.bundle import Bundle, factors_of
from footprint.proof.faults import FACTOR

#: Solving the same matrices on another processor may change the last bits. Factors that agree to
#: this share are the same factors; the ones in the bundle then give the signed digits.
SAME_FACTOR = 1e-9


def check_inventory(signed: str, bundle: Bundle, inventory: CompiledInventory) -> VerificationCheck:
    """Whether the inventory here is the signed one, and whole: every file as it was compiled."""
    if bundle.inventory.hash != signed:
        says = "The bundle names another inventory than the certificate."
        return failed_check("inventory", FACTOR, says, "文件包所列清单数据库与证书不符。")
    if inventory.hash != signed:
        return failed_check(
            "inventory",
            FACTOR,
            f"The inventory here is {inventory.hash[:19]}…, the one used was {signed[:19]}…: "
            "give it with --inventory.",
            f"此处数据库为 {inventory.hash[:19]}…，所用为 {signed[:19]}…：请用 --inventory 指定。",
        )
    damaged = damaged_files(inventory)
    if damaged:
        listed = ", ".join(damaged)
        return failed_check(
            "inventory",
            FACTOR,
            f"Files of the inventory here were changed: {listed}. Run: footprint data build",
            f"此处清单数据库的文件被改动：{listed}。请运行 footprint data build",
        )
    return passed_check(
        "inventory", "The inventory is the one that was used.", "清单数据库与所用版本一致。"
    )


def damaged_files(inventory: CompiledInventory) -> list[str]:
    """The files of a compiled inventory that are not as they were compiled, by their hashes."""
    manifest: dict[str, Any] = json.loads((inventory.folder / "manifest.json").read_bytes())
    expected: dict[str, str] = dict(manifest["files"])
    if expected.get("inventory.json") != inventory.hash:
        return ["manifest.json"]
    return [name for name, wanted in sorted(expected.items()) if _hash(inventory, name) != wanted]


def _hash(inventory: CompiledInventory, name: str) -> str:
    path = inventory.folder / name
    return bytes_hash(path.read_bytes()) if path.is_file() else "missing"


@dataclass(frozen=True, slots=True)
class FactorComparison:
    """Datasets in a bundle whose factors are wrong, or differ from ours in the last bits only."""

    total: int
    wrong: tuple[str, ...]
    close: tuple[str, ...]


def compare_factors(bundle: Bundle, inventory: CompiledInventory) -> FactorComparison:
    """Hold each factor in the bundle against the one that the inventory here has."""
    names = [factor.dataset for factor in bundle.factors]
    own = {factor["dataset"]: factor for factor in _own(bundle, inventory, names)}
    wrong = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    close: list[str] = []
    for factor in bundle.factors:
        here = own.get(factor.dataset)
        if here is None or factor.unit != here["unit"]:
            wrong.append(factor.dataset)
        elif factor.kg_co2e_per_unit != here["kg_co2e_per_unit"]:
            same = _close(factor.kg_co2e_per_unit, here["kg_co2e_per_unit"])
            (close if same else wrong).append(factor.dataset)
    return FactorComparison(len(names), tuple(wrong), tuple(close))


def factor_check(found: FactorComparison, *, solved_elsewhere: bool) -> VerificationCheck:
    """The outcome of a comparison. `solved_elsewhere`: only the bundle's own bits give the signed
    digits, so that the last bits are those of another processor and not of a changed file."""
    wrong = found.wrong if solved_elsewhere else (*found.wrong, *found.close)
    if wrong:
        listed = ", ".join(wrong[:5])
        return failed_check(
            "factors",
            FACTOR,
            f"Factors in the bundle are not those of the inventory: {listed}.",
            f"文件包中的排放因子与清单数据库不符：{listed}。",
        )
    if found.close:
        return passed_check(
            "factors",
            f"All {found.total} factors agree to nine digits or more; {len(found.close)} were "
            "solved on another processor and differ in the last bits.",
            f"全部 {found.total} 个因子九位以上一致；"
            f"{len(found.close)} 个在其他处理器上求解，末位不同。",
        )
    return passed_check(
        "factors", f"All {found.total} factors are the same.", f"全部 {found.total} 个因子一致。"
    )


def with_factors(inventory: CompiledInventory, bundle: Bundle) -> CompiledInventory:
    """The inventory with the bundle's own bits for each factor that agrees with it.

    Raises InputRefused (INV-013) for an unknown GWP set.
    """
    table = np.array(inventory.table(bundle.gwp_set))
    for factor in bundle.factors:
        entry = inventory.datasets.get(factor.dataset)
        if entry is None:
            continue
        own = dict(zip(CATEGORIES, table[:, entry.column].tolist(), strict=True))
        if _close(factor.kg_co2e_per_unit, own):
            table[:, entry.column] = [factor.kg_co2e_per_unit[name] for name in CATEGORIES]
    return replace(inventory, tables={**inventory.tables, bundle.gwp_set: table})


def _own(bundle: Bundle, inventory: CompiledInventory, names: list[str]) -> list[dict[str, Any]]:
    if bundle.gwp_set not in inventory.tables:
        return []
    return factors_of(inventory, names, bundle.gwp_set)


def _close(there: dict[str, float], here: dict[str, float]) -> bool:
    if there.keys() != here.keys():
        return False
    scale = max((abs(value) for value in here.values()), default=0.0)
    return all(abs(there[name] - here[name]) <= SAME_FACTOR * scale for name in here)
