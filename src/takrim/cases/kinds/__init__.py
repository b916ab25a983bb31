"""Kinds of message that people bring; one file each."""
