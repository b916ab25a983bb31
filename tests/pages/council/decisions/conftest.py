"""The committee of Alborz and what it has decided: see tests/deciding.py."""

from tests.deciding import committee, council, decide, decision, leila, nasrin, seat, share

__all__ = ["committee", "council", "decide", "decision", "leila", "nasrin", "seat", "share"]
