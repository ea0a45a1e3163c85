"""Starter workbooks: a table to fill in for an industry, with an example that can be calculated."""
