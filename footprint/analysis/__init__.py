"""Taking a result apart and asking "what if": contributions, exports, scenarios, methods.

Everything here starts from a `Footprint` and the compiled inventory behind it, and adds up to it.
"""
