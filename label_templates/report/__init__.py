"""The footprint report: its sections in words and pictures, as HTML, PDF and workbook."""
