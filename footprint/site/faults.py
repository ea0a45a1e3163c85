"""What can be wrong with site data. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

BAD_SITE = Fault("BOM-028", "The site data are malformed or contradict themselves.")
