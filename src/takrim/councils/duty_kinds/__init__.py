"""Kinds of duty that bodies bring; one file each."""
