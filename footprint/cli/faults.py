"""What the command line refuses."""

from __future__ import annotations

from footprint.faults import Fault

UNUSABLE_PATH = Fault("CLI-001", "A file or folder that was named cannot be read or written.")
BAD_PICK = Fault("CLI-003", "A choice names no line, several kinds of line, or no dataset.")
FILES_UNWRITTEN = Fault("CLI-002", "A certificate was issued, but its files cannot be written")
NO_KEYS = Fault("VER-101", "No trusted keys were given.")
