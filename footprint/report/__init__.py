"""The footprint report: what a study report says, as one frozen value for every form of it."""
