"""Proof of action: what was done, where, for whom, and what it proves."""
