"""The one place where the version is written.

It grows with every change that can move a number: `tests/proof/engine_versions.yaml` holds which
files the engine of each version has.
"""

__version__ = "0.2.0"
