"""Who may verify, and what verifiers sign: entries of the register, statements, and their check.

Nothing here looks a verifier up: whoever keeps the register vouches for its entries.
"""
