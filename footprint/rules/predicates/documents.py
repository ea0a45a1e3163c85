"""Plans and publications: whether they exist, since when, and where they can be read."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.rules.arguments import Plan, Publish
from footprint.rules.evidence import Absent, Document
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_supplied,
    passed,
)

_Papers = Mapping[str, Document | Absent]


def plan(asked: Plan, context: Context) -> Finding:
    """Whether every document that is needed exists; public ones need an address."""
    return _papers(asked.needs, context.evidence.plans, "plans", context, None, asked.public)


def publish(asked: Publish, context: Context) -> Finding:
    """Whether everything that must be published is, and was renewed recently enough."""
    papers = context.evidence.publications
    return _papers(asked.fields, papers, "publications", context, asked.every_months, True)


def _papers(
    needed: tuple[str, ...],
    papers: _Papers,
    root: str,
    context: Context,
    every_months: int | None,
    public: bool,
) -> Finding:
    missing: list[str] = []
    for name in needed:
        paper = papers.get(name)
        if paper is None:
            missing.append(f"{root}.{name}")
        elif isinstance(paper, Absent):
            return failed(f"{name} does not exist", f"{name} 不存在")
        else:
            refusal = _too_early_or_late(name, paper, context, every_months)
            if refusal is not None:
                return refusal
            missing.extend(_not_given(f"{root}.{name}", paper, public))
    if missing:
        return not_supplied(*missing)
    names = ", ".join(needed)
    return passed(f"exists: {names}", f"已具备：{names}")


def _not_given(place: str, paper: Document, public: bool) -> list[str]:
    missing = [] if paper.date is not None else [f"{place}.date"]
    if public and paper.url is None:
        missing.append(f"{place}.url")
    return missing


def _too_early_or_late(
    name: str, paper: Document, context: Context, every_months: int | None
) -> Finding | None:
    if paper.date is None:
        return None
    if paper.date > context.as_of:
        return failed(
            f"{name} is dated {paper.date}, in the future", f"{name} 日期 {paper.date} 晚于判定日"
        )
    if every_months is not None and add_months(paper.date, every_months) < context.as_of:
        return failed(
            f"{name} of {paper.date} is older than {every_months} months",
            f"{name}（{paper.date}）已超过 {every_months} 个月",
        )
    return None
