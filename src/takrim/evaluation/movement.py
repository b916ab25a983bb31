"""How ranks moved from one ranking to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from takrim.evaluation.scoring.engine import Standing

Ranks = list[int | float | None]


@dataclass(frozen=True)
class Moved:
    """One unit's ranks in several rankings, the oldest first; None where it had none."""

    unit: str
    ranks: Ranks

    @property
    def last(self) -> int | float | None:
        return self.ranks[-1] if self.ranks else None

    @property
    def rise(self) -> int | float | None:
        """By how many ranks it stands higher than the time before; None where one of the two is missing."""
        before, now = self.ranks[-2:] if len(self.ranks) > 1 else (None, None)
        return None if before is None or now is None else before - now


def movement(rankings: Sequence[Sequence[Standing]]) -> list[Moved]:
    """The units of the last ranking in its order, with their ranks in all; who is in none of them is left out."""
    ranks = [{one.unit: one.rank for one in standings} for standings in rankings]
    units = [one.unit for one in rankings[-1]] if rankings else []
    found = [Moved(unit, [of.get(unit) for of in ranks]) for unit in units]
    return [one for one in found if any(rank is not None for rank in one.ranks)]
