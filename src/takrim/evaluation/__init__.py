"""Comparing offices fairly."""
