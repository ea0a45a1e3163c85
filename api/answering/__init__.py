"""Answering buyers: their requests as cases, evidence, the pack that is sent, and reminders."""
