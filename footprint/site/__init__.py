"""What a plant used in a year -> lines of one product."""
