"""Who assesses which office, and which are assessed twice: drawn by the seed of the round, to be drawn again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takrim.evaluation.round_people import barred
from takrim.surveys.calls import drawn


@dataclass(frozen=True)
class Candidate:
    """An assessor by number, and the offices in which they have, or had in the period, a post."""

    number: int
    posts: Sequence[str]


@dataclass(frozen=True)
class Drawn:
    """By path of the office: its first assessor, and its second where it was drawn to have one."""

    first: Mapping[str, int]
    second: Mapping[str, int]


def draw(offices: Sequence[str], candidates: Sequence[Candidate], *, seed: int, percent: int) -> Drawn:
    """Every office gets an assessor who is not barred from it, the work shared evenly; so many percent get a second.

    KeyError for an office from which everybody is barred: a round is not defined so.
    """
    load: Counter[int] = Counter()
    first = {path: _choose(path, candidates, load, seed, besides=0) for path in drawn(offices, f"{seed}:first", 9**9)}
    missing = [path for path, number in first.items() if number is None]
    if missing:
        raise KeyError(missing[0])
    firsts = {path: number for path, number in first.items() if number is not None}
    second: dict[str, int] = {}
    wanted = -(-len(offices) * percent // 100)
    for path in drawn(offices, f"{seed}:second", 9**9):
        if len(second) == wanted:
            break
        number = _choose(path, candidates, load, seed, besides=firsts[path])
        if number is not None:
            second[path] = number
    return Drawn(firsts, second)


def _choose(path: str, candidates: Sequence[Candidate], load: Counter[int], seed: int, *, besides: int) -> int | None:
    """The one with the least work among those who may; equals by the seed."""
    able = [one.number for one in candidates if one.number != besides and not barred(path, one.posts)]
    if not able:
        return None
    by_seed = drawn([str(number) for number in able], f"{seed}:{path}", len(able))
    chosen = min((int(number) for number in by_seed), key=lambda number: load[number])
    load[chosen] += 1
    return chosen
