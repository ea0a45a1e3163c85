"""Benchmarks: ratios to the naive way, measured in the same run. They are not tests."""
