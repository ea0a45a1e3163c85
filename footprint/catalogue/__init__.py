"""Many products at once: a long table of lines in, a table of results out."""
