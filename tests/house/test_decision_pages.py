"""Decisions are numbered once, and one that was changed later says by which."""

from __future__ import annotations

import re
from pathlib import Path

from evidence import some

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("*.md"))
LINK = re.compile(r"\[(?:record )?(\d+)\]\((\d{4})-[\w.-]+\.md\)")


def changed_by(page: Path) -> list[tuple[str, str]]:
    """(number as written, number of the page) of what the page says it was changed by."""
    head = page.read_text("utf-8").split("\n\n")[1]
    return LINK.findall(head) if head.startswith("Changed by ") else []


def test_every_number_stands_once() -> None:
    numbers = [page.name[:4] for page in PAGES]
    assert len(numbers) > 30
    assert len(numbers) == len(set(numbers))


def test_what_changed_a_decision_came_later_and_is_the_page_that_is_linked() -> None:
    named = [(page, *found) for page in PAGES for found in changed_by(page)]
    for page, written, number in some(named):
        assert int(written) == int(number) > int(page.name[:4]), page.name


def test_every_link_between_pages_leads_somewhere() -> None:
    docs = FOLDER.parent
    pages = [*docs.rglob("*.md"), docs.parent / "README.md", docs.parent / "CONTRIBUTING.md"]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", page.read_text("utf-8"))
    ]
    assert not [
        (page.name, target) for page, target in some(links) if not (page.parent / target).exists()
    ]
