"""Quantiles of many products at once are those of each product by itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random_array

from footprint.uncertainty import catalogue
from footprint.uncertainty.catalogue import catalogue_quantiles


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(5)
    products = csr_matrix(random_array((57, 40), density=0.2, rng=generator))
    intensities = generator.lognormal(size=(40, 300))
    levels = (0.025, 0.5, 0.975)
    expected = np.array(
        [np.quantile(row @ intensities, levels, method="hazen") for row in products.toarray()]
    )
    whole = catalogue_quantiles(products, intensities, levels)
    monkeypatch.setattr(catalogue, "_HELD", 10 * 300)
    blocks = catalogue_quantiles(products, intensities, levels)
    assert whole == pytest.approx(expected, rel=1e-12)
    assert blocks.tobytes() == whole.tobytes()


def test_a_product_of_nothing_has_zero_everywhere() -> None:
    products = csr_matrix((1, 3))
    assert not catalogue_quantiles(products, np.ones((3, 200))).any()
