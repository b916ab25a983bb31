"""Figures about offices."""
