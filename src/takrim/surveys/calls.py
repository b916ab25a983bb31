"""The call-back sample as its file says it: how many are drawn, how often they are called, what the caller says."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from takrim.base.bilingual import Text

DATA = Path(__file__).parent / "calls.toml"


@dataclass(frozen=True)
class Calls:
    """`parts`: when the parts of a day begin."""

    per_cent: int
    least: int
    most: int
    tries: int
    parts: tuple[time, ...]
    open_for: timedelta
    greeting: Text
    declined: Text
    wrong: Text
    closing: Text

    def size(self, candidates: int) -> int:
        """How many of so many are called."""
        wanted = -(-candidates * self.per_cent // 100)
        return min(candidates, self.most, max(self.least, wanted))


@cache
def calls() -> Calls:
    """The file."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return Calls(
        per_cent=raw["per_cent"],
        least=raw["least"],
        most=raw["most"],
        tries=raw["tries"],
        parts=tuple(time.fromisoformat(part) for part in raw["parts"]),
        open_for=timedelta(days=raw["open_days"]),
        greeting=Text.read(raw["greeting"]),
        declined=Text.read(raw["declined"]),
        wrong=Text.read(raw["wrong"]),
        closing=Text.read(raw["closing"]),
    )


def drawn(names: Sequence[str], seed: str, size: int) -> list[str]:
    """So many of the names, as the seed has it: the same names and the same seed give the same, in the same order."""
    return sorted(names, key=lambda name: (sha256(f"{seed}:{name}".encode()).digest(), name))[:size]
