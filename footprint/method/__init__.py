"""What PACT v3 and ISO 14067 ask of a result, and what is found in it."""
