"""Migrations of directives."""
