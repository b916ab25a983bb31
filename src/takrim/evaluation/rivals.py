"""Who stands next to a unit, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from takrim.evaluation.scoring.engine import Scored, Standing, checked_unit


@dataclass(frozen=True)
class Rival:
    """A unit near another. `ahead`: by how many points it is ahead of it; below nothing when it is behind."""

    standing: Standing
    ahead: Fraction


def rivals(scored: Scored, unit: str, around: int = 2) -> list[Rival]:
    """The nearest before and behind among its peers, the unit itself between them; nobody where it has no rank."""
    own = checked_unit(scored, unit)
    if own.rank is None or own.total is None:
        return []
    ranked = [one for one in scored.in_order if one.rank is not None and one.group == own.group]
    at = ranked.index(own)
    near = ranked[max(at - around, 0) : at + around + 1]
    return [Rival(one, (one.total or Fraction(0)) - own.total) for one in near]
