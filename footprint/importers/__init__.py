"""Import what users own: inventories in the layouts of other tools, to one compiled form.

A reader per layout gives neutral processes (`neutral.py`); allocation, linking, units, elementary
flows and locations are treated once for all of them; `run.import_inventory` is the way in.
"""
