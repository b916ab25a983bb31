"""Filling a database with many invented cases and their history, quickly, to try it at size."""
