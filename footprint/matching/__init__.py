"""From the words of a bill of materials to a dataset, with a score, a reason, or a refusal.

Everything here is a pure function of the words and the inventory; nothing is learned, nothing is
random. docs/decisions/0008-matching.md says how a score is made and why.
"""
