"""How chance might have fallen otherwise: one file a kind of chance."""
