"""Pages for the offices."""
