"""What a certificate says, in words and in reading order, for the label, the page and the PDF."""
