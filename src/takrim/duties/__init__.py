"""Duties: what an office owes, about what, by when."""
