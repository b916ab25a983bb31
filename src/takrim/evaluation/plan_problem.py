"""One thing that is wrong with a plan, or that its writer may not have meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from takrim.evaluation.scoring.errors import Because


@dataclass(frozen=True)
class Problem:
    """In which table of the plan, in the row with which code, at which key, and in which words.

    What is `grave` keeps the plan from being used; the rest is said to whoever writes it.
    """

    table: str
    code: str
    reason: str | Promise
    facts: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    grave: bool = True

    def __str__(self) -> str:
        return Because(self.reason, **self.facts).because()
