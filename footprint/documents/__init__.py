"""Results as published JSON."""
