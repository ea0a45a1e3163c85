"""Recompute a certificate from what it was made of: commitments, proofs, bundles, recalls.

Nothing here reads a clock, a network or a database: inventory, rules and times are arguments.
"""
