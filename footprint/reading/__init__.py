"""Bytes of any list of parts -> what it says: table, columns, lines, and what is not known."""
