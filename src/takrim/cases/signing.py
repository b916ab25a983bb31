"""Who must sign an answer, in which order: levels by the kind of message and the result, from approvals.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from takrim.orgs.actor import Actor
from takrim.orgs.powers import ROLE_TITLES

FILE = Path(__file__).with_name("approvals.toml")
# Roles that sign, lowest first: whoever stands higher may sign for whoever stands lower.
RANKS = ("head", "deputy", "director_general")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule fits where it names the kind and the outcome, or names none."""

    levels: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()

    def fits(self, kind: str, outcome: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.outcomes or outcome in self.outcomes)


class BadApprovals(ValueError):
    """The file of approvals is not as it must be."""


def read(text: str) -> tuple[Rule, ...]:
    """The rules of a file; BadApprovals says what is wrong with it."""
    rules = tuple(
        Rule(
            levels=tuple(row["levels"]),
            kinds=frozenset(row.get("kinds", ())),
            outcomes=frozenset(row.get("outcomes", ())),
        )
        for row in tomllib.loads(text).get("rule", ())
    )
    if not rules or rules[-1].kinds or rules[-1].outcomes:
        raise BadApprovals("The last rule must fit everything.")
    for rule in rules:
        places = [RANKS.index(level) if level in RANKS else -1 for level in rule.levels]
        if not places or -1 in places or places != sorted(set(places)):
            raise BadApprovals(f"Levels must be some of {', '.join(RANKS)}, in this order: {rule.levels}")
    return rules


@cache
def _rules() -> tuple[Rule, ...]:
    return read(FILE.read_text("utf-8"))


def levels(kind: str, outcome: str) -> tuple[str, ...]:
    """The roles that sign an answer with this outcome to a message of this kind, in their order."""
    return next(rule.levels for rule in _rules() if rule.fits(kind, outcome))


def reached(needed: tuple[str, ...], signed: int, actor: Actor) -> int:
    """How many levels are signed once the actor has signed too; the same number when it is not their turn.

    The system only carries what was signed elsewhere.
    """
    if not actor.is_staff:
        return len(needed)
    rank = RANKS.index(actor.role) if actor.role in RANKS else -1
    while signed < len(needed) and RANKS.index(needed[signed]) <= rank:
        signed += 1
    return signed


def title_of(level: str) -> str:
    """The role as people call it."""
    return str(ROLE_TITLES[level])
