"""The label, in three sizes: where everything stands, and the files that are made of it."""
