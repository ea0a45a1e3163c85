"""Which program calculated, held against the one that verifies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.canonical_fast import fast_hash
from footprint.certificates.report import VerificationCheck, failed_check, passed_check, skipped
from footprint.proof.bundle import Bundle
from footprint.proof.faults import ENGINE
from footprint.proof.manifest import differing_files


def engine_check(signed_hash: str, bundle: Bundle, here: Mapping[str, Any]) -> VerificationCheck:
    """Whether the engine manifest of the bundle is the signed one (`signed_hash`), and `here` the
    same. Another program is no failure: the check is skipped and says which version to install."""
    if fast_hash(bundle.engine) != signed_hash:
        return failed_check(
            "engine",
            ENGINE,
            "The engine manifest in the bundle is not the signed one.",
            "文件包中的程序清单与签名内容不符。",
        )
    files = differing_files(bundle.engine, here)
    if files:
        listed = ", ".join(files[:5]) + (f" and {len(files) - 5} more" if len(files) > 5 else "")
        version = _version(bundle)
        return skipped(
            "engine",
            f"Not checked here: install version {version}. The program here is {here['version']} "
            f"and differs from the one that calculated: {listed}.",
            f"此处未核查：请安装版本 {version}。此处程序为 {here['version']}，"
            f"与计算所用程序不同：{listed}。",
        )
    there, own = bundle.engine.get("libraries"), here["libraries"]
    if there != own:
        return passed_check(
            "engine",
            f"The program is the same; its libraries are not ({there} there, {own} here).",
            f"程序相同，但所用库版本不同（原为 {there}，此处为 {own}）。",
        )
    return passed_check(
        "engine", "The program is the one that calculated.", "程序与计算所用程序一致。"
    )


def not_checked(check: VerificationCheck, bundle: Bundle) -> VerificationCheck:
    """What another version of the program cannot confirm is no failure: only the one that
    calculated can tell. What agrees all the same is left as it is."""
    if check.outcome != "failed":
        return check
    version = _version(bundle)
    return skipped(
        check.name,
        f"Not checked here: install version {version}. ({check.says})",
        f"此处未核查：请安装版本 {version}。（{check.says_zh}）",
    )


def _version(bundle: Bundle) -> str:
    return str(bundle.engine.get("version"))[:40]
