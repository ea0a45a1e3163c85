"""The pages of a supplier behind the first number: products, evidence, orders, comparison."""

from __future__ import annotations

from api.console import (
    compare,
    evidence,
    improve,
    order,
    own_certificates,
    products,
    supplier_numbers,
)

#: Their rooms; `/products/new` is one of the drafts, which come first.
SUPPLIER_ROOMS = (
    supplier_numbers,
    products,
    evidence,
    order,
    own_certificates,
    improve,
    compare,
)
