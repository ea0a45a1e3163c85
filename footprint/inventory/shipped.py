"""Where the shipped figures are. Apart from `read`, whose row models take 0.1 s to import."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def shipped() -> Traversable:
    """The folder of figures that is installed with the package."""
    return files("lci_data")
