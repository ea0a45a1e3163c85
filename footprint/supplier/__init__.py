"""Bytes of a supplier's document -> his footprint of what he delivers."""
