"""How a body votes: who counts, when a motion is carried, and what a tie means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from takrim.councils.models import Tie


class Choice(StrEnum):
    """What one member said."""

    FOR = auto()
    AGAINST = auto()
    ABSTAINED = auto()


class Result(StrEnum):
    """What a vote comes to."""

    CARRIED = auto()
    CARRIED_BY_CHAIR = auto()
    LOST = auto()
    NONE = auto()


@dataclass(frozen=True)
class Tally:
    """The numbers, and what they come to."""

    for_it: int
    against: int
    abstained: int
    result: Result

    @property
    def is_carried(self) -> bool:
        return self.result in {Result.CARRIED, Result.CARRIED_BY_CHAIR}


def count(votes: Iterable[tuple[bool, str]], rule: str) -> Tally:
    """Count the votes, each with whether it is the chair's. More for than against carries; the rule decides a tie."""
    heard = [(chair, Choice(choice)) for chair, choice in votes]
    numbers = {choice: sum(said == choice for _chair, said in heard) for choice in Choice}
    of_chair = next((said for chair, said in heard if chair), Choice.ABSTAINED)
    result = _result(numbers[Choice.FOR], numbers[Choice.AGAINST], of_chair, Tie(rule))
    return Tally(numbers[Choice.FOR], numbers[Choice.AGAINST], numbers[Choice.ABSTAINED], result)


def _result(for_it: int, against: int, of_chair: Choice, rule: Tie) -> Result:
    if for_it != against:
        return Result.CARRIED if for_it > against else Result.LOST
    if for_it == 0:
        return Result.NONE
    if rule is Tie.CHAIR_DECIDES and of_chair is Choice.FOR:
        return Result.CARRIED_BY_CHAIR
    return Result.LOST
