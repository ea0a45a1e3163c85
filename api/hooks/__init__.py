"""Telling a tenant's own systems what happened: signing, sending, and reminders."""
