"""Laws that ask for more than a label: batteries, border adjustment, textiles, purchase limits.

Each is a small module of plain functions over one data file; none awards a tier, and none of their
numbers is a product carbon footprint.
"""
