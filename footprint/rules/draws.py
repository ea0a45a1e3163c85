"""How many paired draws a probability needs before anything may rest on it.

A probability from n draws is a share p of them; its standard error is the root of p (1 - p) / n
(binomial distribution). One draw can only say 0 or 1. Here the error at the limit that decides may
be at most a fifth of what the limit leaves to chance, 1 - p: n >= 25 p / (1 - p), which is 475 for
0.95 (an error of 0.01) and 2,475 for 0.99. Fewer than 475 are never enough.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Annotated

from pydantic import AfterValidator, Field

from footprint.rules.words import EXACT

#: Least probability of a supported margin, where the evidence asks for no other.
LEAST_PROBABILITY = Decimal("0.95")
#: What a limit leaves to chance has to hold so many standard errors.
_ERRORS = 5
_FEWEST = 475


def least_draws(limit: Decimal = LEAST_PROBABILITY) -> int:
    """The least number of draws for a limit below 1; never below that of 0.95."""
    with localcontext(EXACT):
        needed = _ERRORS**2 * limit / (1 - limit)
    return max(int(needed.to_integral_value(ROUND_CEILING)), _FEWEST)


def too_few(draws: int, limit: Decimal = LEAST_PROBABILITY) -> str:
    """Why a number of draws is too few for a limit; "" where it is enough."""
    needed = least_draws(limit)
    if draws >= needed:
        return ""
    return (
        f"too few draws ({draws}): the standard error of a share p of n draws is the root of "
        f"p (1 - p) / n, and {needed} are needed for it to be at most a fifth of what a limit of "
        f"{limit} leaves to chance"
    )


def _enough(draws: int) -> int:
    if says := too_few(draws):
        raise ValueError(says)
    return draws


#: A number of draws behind a probability, as people write it.
Draws = Annotated[int, Field(strict=True, ge=1), AfterValidator(_enough)]
