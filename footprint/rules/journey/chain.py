"""The chain quantify, plan, reduce, offset, disclose, as a state machine of one subject.

Two tables say all of it: what has to come before a step, and before a label of a tier. A chain is a
value: a step makes a new one, or says why it may not be taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from footprint.rules.words import Bilingual
from footprint.values.decision import Tier

Step = Literal["quantify", "plan", "reduce", "offset", "disclose"]
STEPS: tuple[Step, ...] = get_args(Step)
STEP_WORDS: Mapping[Step, Bilingual] = MappingProxyType(
    {
        "quantify": Bilingual("quantify", "摸清家底"),
        "plan": Bilingual("plan", "规划管理"),
        "reduce": Bilingual("reduce", "实施减排"),
        "offset": Bilingual("offset", "抵消中和"),
        "disclose": Bilingual("disclose", "信息披露"),
    }
)
BEFORE: Mapping[Step, tuple[Step, ...]] = MappingProxyType(
    {
        "quantify": (),
        "plan": ("quantify",),
        "reduce": ("quantify", "plan"),
        "offset": ("quantify", "plan"),
        "disclose": ("quantify",),
    }
)
#: A label is disclosed last: after what its tier rests on.
BEFORE_LABEL: Mapping[Tier, tuple[Step, ...]] = MappingProxyType(
    {
        "disclosure": (),
        "reduction": ("plan", "reduce"),
        "low-carbon": (),
        "neutral": ("plan", "offset"),
    }
)


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step and its day; `tier` is that of the label that a disclosure shows, if it shows one."""

    step: Step
    day: date
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps that were taken, in their order. `reduce_first`: nothing is offset before a
    reduction is recorded. A disclosure closes a round; the next one begins with `quantify`."""

    reduce_first: bool
    taken: tuple[TakenStep, ...] = ()

    @property
    def round(self) -> tuple[TakenStep, ...]:
        """The steps of the round that is open, or was closed last."""
        starts = [
            at
            for at, one in enumerate(self.taken)
            if one.step == "quantify" and at and self.taken[at - 1].step == "disclose"
        ]
        return self.taken[starts[-1] :] if starts else self.taken

    @property
    def next_steps(self) -> tuple[Step, ...]:
        """What may be taken next, a label apart."""
        last = self.taken[-1].day if self.taken else date.min
        return tuple(step for step in STEPS if self.objection(TakenStep(step, last)) is None)

    def objection(self, wanted: TakenStep) -> Bilingual | None:
        """Why a step may not be taken now; None if it may."""
        if self.taken and wanted.day < self.taken[-1].day:
            last = self.taken[-1].day
            return Bilingual(
                f"its day is before {last}, that of the step before", f"日期早于上一步的 {last}"
            )
        closed = bool(self.taken) and self.taken[-1].step == "disclose"
        if closed and wanted.step not in {"quantify", "disclose"}:
            return Bilingual(
                "the round was disclosed; the next one begins with quantify",
                "本轮已披露；下一轮须从摸清家底开始",
            )
        done = {one.step for one in self.round}
        lacking = [step for step in self._asked(wanted) if step not in done]
        if not lacking:
            return None
        names = ", ".join(STEP_WORDS[step].en for step in lacking)
        names_zh = "、".join(STEP_WORDS[step].zh for step in lacking)
        return Bilingual(f"before it comes: {names}", f"此前须先完成：{names_zh}")

    def take(self, wanted: TakenStep) -> Chain:
        """The chain with one step more. Raises ValueError for a step that may not be taken."""
        objection = self.objection(wanted)
        if objection is not None:
            raise ValueError(objection.en)
        return replace(self, taken=(*self.taken, wanted))

    def _asked(self, wanted: TakenStep) -> tuple[Step, ...]:
        asked = BEFORE[wanted.step]
        if wanted.step == "offset" and self.reduce_first:
            asked = (*asked, "reduce")
        if wanted.tier is not None:
            asked = (*asked, *BEFORE_LABEL[wanted.tier])
            if "offset" in asked and self.reduce_first:
                asked = (*asked, "reduce")
        return tuple(dict.fromkeys(asked))
