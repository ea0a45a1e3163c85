"""What the search for changes asks of a rule that fails: its arguments, and what it would mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from footprint.rules.book import Parameter
from footprint.rules.expression import Leaf
from footprint.rules.predicates.finding import Context
from footprint.rules.words import Bilingual
from footprint.values.decision import Verdict

Parameters = Mapping[str, Parameter]
#: Judges a whole tier, or one rule of it.
Check = Callable[[Context], Verdict]


def asked_of_leaf(leaf: Leaf, parameters: Parameters, context: Context) -> object:
    """The arguments of a rule on the day of the decision; None where it has none then."""
    value = parameters[leaf.parameter].at(context.as_of)
    return None if isinstance(value, str) else value.arguments


def mends_only(mends: Bilingual | None) -> Bilingual:
    """What to add where a change mends one rule and leaves the tier unearned."""
    if mends is None:
        return Bilingual("", "")
    return Bilingual(f"; mends only: {mends.en}", f"；仅满足：{mends.zh}")
