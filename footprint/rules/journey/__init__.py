"""The five-step chain of a subject: what may follow what, targets, measures, progress."""
