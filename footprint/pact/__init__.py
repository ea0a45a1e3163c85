"""PACT v3 (WBCSD Partnership for Carbon Transparency): our own model of its data exchange format.

Property names and value ranges are facts of the interface; models and wording are ours. See NOTICE
for the licence of the specification.
"""
