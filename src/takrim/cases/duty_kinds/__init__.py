"""Kinds of duty that cases bring; one file each."""
