"""Additional uncertainty from five data quality ratings: the pedigree approach of ecoinvent 3.

Method: B. P. Weidema et al. (2013), Overview and methodology: data quality guideline for the
ecoinvent database version 3, section on additional uncertainty. The factors were read as openLCA
carries them (GreenDelta, olca-modules, class org.openlca.util.DQSystems, ecoinvent data quality
system). They are contributions to the squared geometric standard deviation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

#: Per indicator, the factor of each rating from 1 (best) to 5.
FACTORS = (
    (1.0, 1.05, 1.10, 1.20, 1.50),  # reliability
    (1.0, 1.02, 1.05, 1.10, 1.20),  # completeness
    (1.0, 1.03, 1.10, 1.20, 1.50),  # temporal correlation
    (1.0, 1.01, 1.02, 1.05, 1.10),  # geographical correlation
    (1.0, 1.05, 1.20, 1.50, 2.00),  # further technological correlation
)


def additional_variance(ratings: Sequence[int]) -> float:
    """Variance of the logarithm that five ratings (1-5) add: the sum of (ln factor / 2)^2.

    Raises `ValueError` if there are not five, or one is outside of 1 to 5.
    """
    if len(ratings) != len(FACTORS) or not all(1 <= rating <= 5 for rating in ratings):
        raise ValueError(f"a pedigree has five ratings from 1 to 5, not {tuple(ratings)}")
    factors = (row[rating - 1] for row, rating in zip(FACTORS, ratings, strict=True))
    return math.fsum((math.log(factor) / 2.0) ** 2 for factor in factors)
