"""Migrations of councils."""
