"""Kinds of duty that proofs bring; one file each."""
