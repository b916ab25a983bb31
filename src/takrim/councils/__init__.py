"""Committees and councils: bodies, meetings, agenda, minutes."""
