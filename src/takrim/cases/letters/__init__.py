"""Kinds of letters about cases, one file each."""
