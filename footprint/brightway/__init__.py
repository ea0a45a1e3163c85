"""Brightway for one product: own processes, a second opinion, and projects that others open.

Whatever imports bw2calc or bw2data runs as a process of its own with a private directory.
"""
