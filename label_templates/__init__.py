"""Templates of the label, the certificate and the public page, and the functions that render them.

Pure: the same view gives the same bytes. Use `label_templates.render`.
"""
