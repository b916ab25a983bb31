"""Kinds of duty that rounds of evaluation bring; one file each."""
