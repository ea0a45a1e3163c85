"""The conditions of a scheme as a certificate states them: one sentence each, branches named."""

from __future__ import annotations

from collections.abc import Callable

from footprint.certificates.intake import Intake
from footprint.certificates.view import Reason

#: What stands before the parts of a condition, and between them, by the field that holds the words.
_MARKS = {"says": (": ", "; "), "says_zh": ("：", "；")}


def reasons_of(trace: Intake) -> tuple[Reason, ...]:
    """The conditions below the root of a decision's trace, which says what was decided; the root
    itself where it has no conditions."""
    return tuple(
        Reason(
            rule=node.text("rule"),
            verdict=node.text("verdict"),
            says=_says(node, "says"),
            says_zh=_says(node, "says_zh"),
            confidence=node.text("confidence"),
        )
        for node in _children(trace) or [trace]
    )


def _says(node: Intake, name: str) -> str:
    """The sentence of a condition. One that is made of others names those that it rests on: a
    reader of "One of these must hold" wants to know which one did."""
    own = node.text(name, optional=name == "says_zh")
    parts = [_says(part, name) for part in _that_count(node)]
    colon, semicolon = _MARKS[name]
    told = semicolon.join(part for part in parts if part)
    return f"{own}{colon}{told}" if own and told else own


def _that_count(node: Intake) -> list[Intake]:
    """The parts that a condition's verdict rests on."""
    parts = _children(node)
    counts = _COUNTS.get(node.text("rule").partition(":")[0])
    return parts if counts is None or not parts else counts(node, parts)


def _alternatives(node: Intake, parts: list[Intake]) -> list[Intake]:
    """Of alternatives those that hold; where none does, all of them."""
    return [part for part in parts if part.text("verdict") == node.text("verdict")] or parts


def _consequence(_node: Intake, parts: list[Intake]) -> list[Intake]:
    """A consequence is asked for only where its condition holds."""
    return parts[:1] if parts[0].text("verdict") == "fail" else parts


_COUNTS: dict[str, Callable[[Intake, list[Intake]], list[Intake]]] = {
    "any": _alternatives,
    "n_of": _alternatives,
    "when": _consequence,
}


def _children(node: Intake) -> list[Intake]:
    return node.mappings("children") if node.has("children") else []
