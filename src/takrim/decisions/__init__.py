"""Decisions of bodies: who does what by when, and who confirms it."""
