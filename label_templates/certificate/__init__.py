"""The certificate as a PDF and as a public page."""
