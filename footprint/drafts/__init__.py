"""A list of parts on its way to a footprint: answers, facts and choices, and what they give."""
