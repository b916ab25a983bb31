"""A kind of body: what a new one of it is like until somebody says otherwise. Each is a data file in kinds/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from takrim.base.bilingual import Text
from takrim.base.period import PeriodKind
from takrim.councils.models import QuorumRule, Tie

FOLDER = Path(__file__).parent / "kinds"


class BadKind(ValueError):
    """A file that is not a kind of body: says which, and what is wrong."""


@dataclass(frozen=True, kw_only=True)
class BodyKind:
    """What one file says. `quorum_number` and `by_day` are None where the rule needs none."""

    code: str
    title: Text
    about: Text
    order: int
    icon: str
    quorum: QuorumRule
    quorum_number: int | None
    quorum_chair: bool
    tie: Tie
    votes: bool
    period: PeriodKind | None
    times: int
    by_day: int | None

    def fields(self) -> dict[str, Any]:
        """What a new body takes over, by the names of its columns."""
        return {
            "quorum": self.quorum.value,
            "quorum_number": self.quorum_number,
            "quorum_chair": self.quorum_chair,
            "tie": self.tie.value,
            "votes": self.votes,
            "rhythm_period": self.period.value if self.period else "",
            "rhythm_times": self.times,
            "rhythm_by_day": self.by_day,
        }


def read(path: Path) -> BodyKind:
    """One file. Raises BadKind."""
    try:
        return _kind(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, ValueError, TypeError) as error:
        raise BadKind(f"{path.name}: {error}") from error


def _kind(code: str, said: Mapping[str, Any]) -> BodyKind:
    quorum, rhythm = said["quorum"], said.get("rhythm", {})
    return BodyKind(
        code=code,
        title=Text.read(said["title"]),
        about=Text.read(said["about"]),
        order=said["order"],
        icon=said["icon"],
        quorum=QuorumRule(quorum["rule"]),
        quorum_number=quorum.get("number"),
        quorum_chair=quorum.get("chair", False),
        tie=Tie(said["tie"]),
        votes=said["votes"],
        period=PeriodKind(rhythm["period"]) if rhythm else None,
        times=rhythm.get("times", 1),
        by_day=rhythm.get("by_day"),
    )


@cache
def kinds() -> dict[str, BodyKind]:
    """All kinds in their order."""
    found = sorted((read(path) for path in FOLDER.glob("*.toml")), key=lambda kind: kind.order)
    return {kind.code: kind for kind in found}


def kind_title(code: str, lang: str) -> str:
    """The kind in words; one that is no longer there by its code."""
    kind = kinds().get(code)
    return kind.title.in_(lang) if kind else code
