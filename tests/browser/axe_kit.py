"""What axe finds on a page as it stands in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

#: Rules beyond WCAG A and AA that hold too. What passed is neither described node by node nor sent:
#: that took half of the time, and nobody reads it.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_RUN = """async (options) => {
  const { violations, passes } = await axe.run(options);
  return { violations, passed: passes.length };
}"""


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the first places; skips the test where there is no axe."""
    base = pytest.importorskip(
        "axe_playwright_python.base", reason="axe-playwright-python is not installed"
    )
    page.evaluate(base.AXE_SCRIPT)
    result: dict[str, Any] = page.evaluate(_RUN, OPTIONS)
    assert result["passed"] > 5, "axe looked at next to nothing"
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in result["violations"]
    ]
