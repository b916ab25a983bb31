"""Chapters of reports; one file each."""
