"""Labels as they were approved: every tier in every language, every state, every size."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from label_views import NAMES, named, tiered
from test_label_artwork import VIEWS

from footprint.certificates.register import State
from footprint.values.decision import TIERS
from label_templates.render import LANGUAGES, Language, label_svg
from label_templates.words import words

GOLDEN = Path(__file__).parent / "golden"
STATES: tuple[State, ...] = get_args(State)
NOT_IN_FORCE = tuple(state for state in STATES if state != "issued")
BOTH: tuple[Language, ...] = ("en", "zh")
SMALL: tuple[Language, ...] = ("en", "ja", "th")


def drawn(
    view_of: Callable[[Language], object], language: Language, **options: str
) -> Callable[[], str]:
    return lambda: label_svg(view_of(language), language, **options)  # type: ignore[arg-type]


def in_own_words(language: Language) -> object:
    return named(*NAMES[language], language)


LABELS: dict[str, Callable[[], str]] = {
    **{
        f"{name}-{language}": drawn(lambda _, name=name: VIEWS[name], language)  # type: ignore[misc]
        for name, language in product(VIEWS, BOTH)
    },
    **{
        f"{tier}-{language}": drawn(partial(tiered, tier), language)
        for tier, language in product(TIERS, LANGUAGES)
    },
    **{
        f"{state}-{language}": drawn(in_own_words, language, state=state)
        for state, language in product(NOT_IN_FORCE, BOTH)
    },
    **{
        f"{size}-{language}": drawn(in_own_words, language, size=size)
        for size, language in product(("compact", "mini"), SMALL)
    },
    "mini-revoked-th": drawn(in_own_words, "th", size="mini", state="revoked"),
    "compact-suspended-de": drawn(in_own_words, "de", size="compact", state="suspended"),
}


def same_tree(one: ET.Element, two: ET.Element) -> bool:
    return (
        (one.tag, one.attrib, (one.text or "").strip())
        == (two.tag, two.attrib, (two.text or "").strip())
        and len(one) == len(two)
        and all(same_tree(a, b) for a, b in zip(one, two, strict=True))
    )


@pytest.mark.parametrize("name", LABELS)
def test_the_label_looks_as_it_was_approved(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"label-{name}.svg"
    svg = LABELS[name]()
    if request.config.getoption("--update-golden", default=False):
        path.write_text(svg, encoding="utf-8")
    approved = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314
    assert same_tree(ET.fromstring(svg), approved), (  # noqa: S314
        f"The label differs from {path.name}. Look at both; if the new one is right, "
        "run `make golden` and commit the change."
    )


def test_no_golden_label_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"label-{name}.svg" for name in LABELS}


@pytest.mark.parametrize(("state", "language"), [*product(NOT_IN_FORCE, LANGUAGES)])
def test_a_label_that_is_not_in_force_says_so_in_words_and_not_by_colour_alone(
    state: State, language: Language
) -> None:
    root = ET.fromstring(label_svg(VIEWS["plain"], language, state=state))  # noqa: S314
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    said = [element.text or "" for element in texts]
    word = words(language).word("states", state)
    across = [element for element in texts if "transform" in element.attrib]
    plain = [element.text for element in texts if "transform" not in element.attrib]
    assert (word in plain) is (state != "draft")  # its sentence begins with the word
    assert [element.text for element in across] == [word.upper()]
    assert float(across[0].attrib["font-size"]) >= 20
    assert (
        "".join(said)
        .replace(" ", "")
        .find(words(language).word("state_says", state).replace(" ", ""))
        >= 0
    )
