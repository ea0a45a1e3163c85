"""Forms in which buyers ask for footprints beside PACT: documents <-> PACT documents.

Readers rest on the base install alone, since what they read becomes part of a footprint; writers
may use the library that keeps a form (extras `aas` and `epd`).
"""
