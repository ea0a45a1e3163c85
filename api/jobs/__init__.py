"""Work that takes longer than a request: kept in the database, done by a process of its own."""
