"""Which part model a line means: kind and size read from its words.

`find` proposes; what is taken, and at which score, is decided by the matcher.
"""

from footprint.parts.find import PartCandidate, find

__all__ = ["PartCandidate", "find"]
