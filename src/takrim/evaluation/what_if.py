"""What would become of a unit if some of its values were better: the whole table scored again by the same engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from takrim.evaluation.scoring.columns import Column, Number
from takrim.evaluation.scoring.engine import Scored, Standing, checked_unit, score
from takrim.evaluation.scoring.plan import Indicator
from takrim.evaluation.scoring.table import Table


@dataclass(frozen=True)
class Lever:
    """What can be moved for the better, one step at a time: a case of `whole`, or one of the value's own unit.

    `most`: so many steps lead to the best there is. `whole` is None where the value has no whole, and a mere number of
    steps where they are no `cases`.
    """

    indicator: Indicator
    value: Number
    most: int
    whole: int | None
    cases: bool = True

    @property
    def code(self) -> str:
        return self.indicator.code

    def moved(self, steps: int) -> Fraction:
        """The value after so many steps."""
        by = Fraction(steps, self.whole or 1)
        return Fraction(self.value) + (-by if self.indicator.less else by)


@dataclass(frozen=True)
class Outcome:
    """Where a unit stands, and where it would stand."""

    before: Standing
    after: Standing

    @property
    def gain(self) -> Fraction:
        return (self.after.total or Fraction(0)) - (self.before.total or Fraction(0))


def levers(scored: Scored, unit: str, shares: Mapping[str, int]) -> list[Lever]:
    """What of a unit was measured and can be better.

    `shares`: indicators between 0 and 1, a part of their sample; and in how many steps they go where they have none.
    """
    place = checked_unit(scored, unit).place
    found = [_lever(scored, one, place, shares.get(one.code, 0)) for one in scored.plan.indicators]
    return [one for one in found if one is not None and one.most > 0]


def _lever(scored: Scored, one: Indicator, place: int, steps: int) -> Lever | None:
    value = scored.worked[one.code].denominated.at(place)
    if value is None:
        return None
    column = one.denominator or (one.sample if steps else "")
    whole = scored.table.numbers[column].at(place) if column else None
    if not column and steps:
        left = value if one.less else 1 - value
        return Lever(one, value, floor(Fraction(left) * steps), steps, cases=False)
    if whole is None:
        # Times and counts: fewer are better down to nothing; of more there is no end to lead to.
        return Lever(one, value, floor(value), None) if one.less and value > 0 else None
    left = value if one.less else 1 - value
    return Lever(one, value, floor(Fraction(left) * Fraction(whole)), int(whole)) if whole else None


def what_if(scored: Scored, unit: str, steps: Mapping[str, int], shares: Mapping[str, int]) -> Outcome:
    """The unit after so many steps by indicator; more than there is to gain counts as all of it."""
    before = checked_unit(scored, unit)
    table = scored.table
    for lever in levers(scored, unit, shares):
        wanted = min(max(steps.get(lever.code, 0), 0), lever.most)
        if wanted:
            table = _moved(table, lever, wanted, before.place, exact=scored.plan.exact)
    after = score(scored.plan, table) if table is not scored.table else scored
    return Outcome(before, checked_unit(after, unit))


def _moved(table: Table, lever: Lever, steps: int, place: int, *, exact: bool) -> Table:
    one = lever.indicator
    column = table.numbers[one.column]
    whole = Fraction(lever.whole or 1) if one.denominator else Fraction(1)
    values = column.values.copy()
    moved = lever.moved(steps) * whole
    values[place] = moved if exact else float(moved)
    return replace(table, numbers={**table.numbers, one.column: Column(values, column.there)})
