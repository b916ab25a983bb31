"""A watch: one way to make figures look better than the work is, the rule it is found by, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import get_language

from takrim.base import words
from takrim.base.registry import Folder
from takrim.cases.kind import KINDS
from takrim.evaluation.facts import Facts

# So many cases stand beside a finding; its numbers count all of them.
MOST_CASES = 200


@dataclass(frozen=True)
class Limit:
    """One number of a rule, published with the reason for it."""

    value: int
    title: str | Promise
    reason: str | Promise


Limits = Mapping[str, int]
Numbers = Mapping[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a watch saw in one office. `key` tells it from others of the same watch, office and period.

    `numbers` fill the watch's sentence: whole numbers; what ends in `_share` is a fraction as text; `kind` is a kind
    of matter. `unusual`: how many times what the rule still lets pass. `cases`: what it rests on.
    """

    key: str
    numbers: Numbers
    unusual: Fraction
    cases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """`find` is pure: the facts of one office and the limits in, what was found out.

    `innocent` says what else may explain it, to whoever judges; `touches` names the indicators that it would flatter.
    """

    title: str | Promise
    rule: str | Promise
    sentence: str | Promise
    innocent: str | Promise
    touches: tuple[str, ...]
    limits: Mapping[str, Limit]
    find: Callable[[Facts, Limits], Iterable[Found]]

    def look(self, facts: Facts) -> list[Found]:
        """What is found in one office by the published limits."""
        return list(self.find(facts, {name: limit.value for name, limit in self.limits.items()}))

    def say(self, numbers: Numbers) -> str:
        """The finding in the words of the current language."""
        return str(self.sentence).format(**_spelled({**self._allowed(), **numbers}))

    def say_rule(self) -> str:
        """The rule with its limits in it."""
        return str(self.rule).format(**_spelled(self._allowed()))

    def _allowed(self) -> dict[str, int | str]:
        return {f"limit_{name}": limit.value for name, limit in self.limits.items()}


WATCHES: Folder[Watch] = Folder("takrim.evaluation.watch", Watch)


def _spelled(numbers: Numbers) -> dict[str, str]:
    lang = get_language() or "fa"
    return {name: _word(name, value, lang) for name, value in numbers.items()}


def _word(name: str, value: int | str, lang: str) -> str:
    if name.endswith("_share"):
        return words.percent(Fraction(value), lang)
    if name == "kind":
        return str(KINDS[str(value)].title) if value in KINDS else str(value)
    return words.number(value, lang) if isinstance(value, int) else value


def share(part: int, whole: int) -> str:
    """A share as the numbers of a finding hold it: exact, and fit for JSON."""
    return str(Fraction(part, whole))


def codes(rows: Iterable[str]) -> tuple[str, ...]:
    """The cases of a finding: each once, in their order, no more than can be looked at."""
    return tuple(list(dict.fromkeys(rows))[:MOST_CASES])
