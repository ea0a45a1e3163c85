"""What a store as a whole is refused for."""

from __future__ import annotations

from footprint.faults import Fault

STORE_FOREIGN = Fault("STO-001", "The database is another program's, or a newer version's")
STORE_OLD = Fault("STO-002", "The store has to be updated before it can be read")
STORE_UNUSABLE = Fault("STO-003", "The store cannot be read or written")
TOKEN_EMPTY = Fault("STO-004", "The file with the first access token holds no token")
NO_DUMP = Fault("STO-005", "A PostgreSQL database cannot be copied or put back by its own tools")
BACKUP_BROKEN = Fault("STO-006", "The file is no whole backup")
STORE_TAKEN = Fault("STO-007", "There is a store already where a backup is to be put")
