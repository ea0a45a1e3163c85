"""The values that all rooms share: frozen, and dependent on nothing but the base."""
