"""Jobs done, each in a process of its own."""
