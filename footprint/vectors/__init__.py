"""Test vectors: small products with closed forms, for this engine and for any other.

`cases/*.yaml` are dedicated to the public domain (CC0-1.0); README.md explains the form.
"""
