"""Migrations of evaluation."""
