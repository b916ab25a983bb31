"""Channels: the ways in."""
