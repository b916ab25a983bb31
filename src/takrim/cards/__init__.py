"""Service cards: what is done for people, and in what time."""
