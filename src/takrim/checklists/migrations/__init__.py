"""Migrations of checklists."""
