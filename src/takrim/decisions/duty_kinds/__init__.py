"""Kinds of duty that decisions bring; one file each."""
