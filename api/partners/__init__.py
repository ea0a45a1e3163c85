"""Other companies' systems: who they are, what they may fetch, and the events between us."""
