"""Whether a body may decide: how many of those who vote must be there, and whether its chair must."""

from __future__ import annotations

from dataclasses import dataclass

from takrim.councils.models import Body, QuorumRule


@dataclass(frozen=True)
class Count:
    """What was counted: how many vote in the body, how many must be there, how many are, and whether the chair is."""

    voters: int
    needed: int
    present: int
    chair_needed: bool = False
    chair_here: bool = False

    @property
    def reached(self) -> bool:
        return self.missing == 0 and not self.chair_missing

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(self.needed - self.present, 0)

    @property
    def chair_missing(self) -> bool:
        return self.chair_needed and not self.chair_here


def needed(body: Body, voters: int) -> int:
    """How many of `voters` must be there by the body's rule. Nobody decides alone in an empty room: at least one."""
    rule = QuorumRule(body.quorum)
    if rule is QuorumRule.NUMBER:
        return body.quorum_number or 1
    if rule is QuorumRule.TWO_THIRDS:
        return max(-(-2 * voters // 3), 1)
    return voters // 2 + 1 if rule is QuorumRule.MORE_THAN_HALF else 1


def count(body: Body, *, voters: int, present: int, chair_here: bool) -> Count:
    return Count(voters, needed(body, voters), present, chair_needed=body.quorum_chair, chair_here=chair_here)
