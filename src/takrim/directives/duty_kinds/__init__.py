"""Kinds of duty that directives bring; one file each."""
