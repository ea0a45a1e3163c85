"""One kit for pictures: what a drawing is made of, charts of it, and drawings as SVG."""
