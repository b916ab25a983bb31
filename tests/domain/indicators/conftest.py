"""The committee of Alborz and what it has decided, for the indicators of bodies: see tests/deciding.py."""

from tests.deciding import committee, decide, leila, nasrin, seat

__all__ = ["committee", "decide", "leila", "nasrin", "seat"]
