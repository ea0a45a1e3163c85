"""Product carbon footprints, label decisions and certificates from a bill of materials.

The package is pure: no web framework, no clock, no network, no environment variables. Time and
random seeds are arguments. The command line (`footprint.cli`) is the front door and the one
room that may reach into the service (`api`).
"""

from footprint.version import __version__

__all__ = ["__version__"]
