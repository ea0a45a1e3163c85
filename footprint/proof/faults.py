"""Stable codes of what can be wrong with a bundle, a proof or a recomputation."""

from __future__ import annotations

from footprint.faults import Fault

BOM = Fault("VER-021", "The bill of materials is not the one that was committed to")
EVIDENCE = Fault("VER-022", "The evidence is not the one that was decided on")
FACTOR = Fault("VER-023", "An inventory or an emission factor is not the one that was used")
RULES = Fault("VER-024", "The rules are not the ones that were applied")
ENGINE = Fault("VER-025", "The program is not the one that calculated")
RESULT = Fault("VER-026", "The footprint comes out differently when it is calculated again")
DECISION = Fault("VER-027", "The decision comes out differently when it is made again")
BUNDLE = Fault("VER-028", "The bundle cannot be read, or belongs to another certificate")
PROOF = Fault("VER-029", "A proof does not lead to the certificate's commitment")
STATEMENT = Fault("VER-034", "A verifier's statement does not stand behind the certificate")
UNKNOWN_LINE = Fault("VER-030", "The bill of materials has no such line")
