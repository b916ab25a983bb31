"""When a motion is carried, and what a tie means."""

from __future__ import annotations

import pytest

from takrim.councils.models import Tie
from takrim.councils.votes import Result, count

YES, NO, NONE = "for", "against", "abstained"


@pytest.mark.parametrize(
    ("chair", "others", "rule", "result"),
    [
        (YES, [YES, NO], Tie.FALLS, Result.CARRIED),
        (YES, [NO, NO], Tie.CHAIR_DECIDES, Result.LOST),
        (YES, [NO], Tie.CHAIR_DECIDES, Result.CARRIED_BY_CHAIR),
        (YES, [NO], Tie.FALLS, Result.LOST),
        (NO, [YES], Tie.CHAIR_DECIDES, Result.LOST),
        (NONE, [YES, NO], Tie.CHAIR_DECIDES, Result.LOST),
        (NONE, [NONE], Tie.CHAIR_DECIDES, Result.NONE),
        (NONE, [YES], Tie.FALLS, Result.CARRIED),
    ],
)
def test_votes_are_counted(chair: str, others: list[str], rule: Tie, result: Result) -> None:
    found = count([(True, chair), *((False, other) for other in others)], rule)
    assert found.result is result
    assert found.for_it + found.against + found.abstained == 1 + len(others)
    assert found.is_carried is (result in {Result.CARRIED, Result.CARRIED_BY_CHAIR})
