"""The letters: which fonts there are, what they can show, how wide a text is, where it divides."""
