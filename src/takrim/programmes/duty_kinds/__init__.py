"""Kinds of duty that programmes bring; one file each."""
