"""A regime: one rule by which time is owed. Each is a data file in regimes/, its name is its code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from takrim.base.counting import Counting
from takrim.base.length import BadLength, Length, LengthUnit
from takrim.base.pausing import may_stand
from takrim.orgs.powers import Power

FOLDER = Path(__file__).parent / "regimes"
# For what a clock may stand still.
WAITS = ("person", "agency")
CHARGED = ("holder", "owner")
# Whom a step of the ladder tells: the office that holds the matter, its head, the deputy, the director-general, the
# legal unit; and those who keep what the duty is about, such as chair and secretary of a body. Which posts and people
# these are is for those who tell them.
TOLD = ("holder", "head", "deputy", "director", "legal", "keepers")
EVERY = "*"

_ANY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SHARE: Final = re.compile(r"(\d{1,3})%")
_AFTER: Final = re.compile(r"\+(\d{1,3}) days?")
_DAY_OF: Final = re.compile(r"day (\d{1,3})")
_OF_TIME, _AFTER_END, _FROM_START = range(3)


class BadRegime(ValueError):
    """A file that is not a regime: says which, and what is wrong."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder. `at` is its name: "80%" of the time, "+3 days" after its end, "day 75" from the start."""

    at: str
    to: tuple[str, ...]

    @cached_property
    def place(self) -> tuple[int, int]:
        """How it is said, and how far: a share of the time, days after its end, or the day from its start."""
        for kind, said in enumerate((_SHARE, _AFTER, _DAY_OF)):
            if found := said.fullmatch(self.at):
                return kind, int(found[1])
        raise BadRegime(f"a step of the ladder at {self.at!r}")

    def moment(self, start: datetime, due: datetime) -> datetime:
        """When it is reached on a clock that runs from `start` to `due`."""
        kind, far = self.place
        if kind == _OF_TIME:
            return (start + (due - start) * far / 100).replace(microsecond=0)
        return (due if kind == _AFTER_END else start) + timedelta(days=far)


def is_urgent(step: str) -> bool:
    """Whether a step is told at once ("statute day 75") or with the digest of the day ("promise 80%").

    What is over, or near the end that the law sets, cannot wait; nor can a clock that is counted in hours.
    """
    code, _, at = step.partition(" ")
    regime, share = REGIMES.get(code), _SHARE.fullmatch(at)
    if regime is not None and (regime.internal or regime.by_the_hour):
        return regime.by_the_hour
    return share is None or int(share[1]) >= 100


@dataclass(frozen=True)
class Extension:
    """Who may give more time, how often, and at most how much each time. A reason is always needed."""

    power: Power
    times: int
    most: Length


@dataclass(frozen=True, kw_only=True)
class Regime:
    """What one file says. Empty `messages`, `channels` and `cards` mean: whatever they are."""

    code: str
    title: Mapping[str, str]
    law: Mapping[str, str]
    source: str
    order: int
    length: Length | None
    """None: the time that was given for this duty."""
    share: int
    """Per cent of the given time; 0 when it is not a share."""
    counting: Counting
    duties: tuple[str, ...]
    except_duties: tuple[str, ...]
    messages: tuple[str, ...]
    channels: tuple[str, ...]
    except_channels: tuple[str, ...]
    cards: tuple[str, ...]
    starts: tuple[str, ...]
    """Events that start it; empty: it starts when the duty is opened."""
    stops: tuple[str, ...]
    """Events that stop it before the duty itself is done."""
    pauses: tuple[str, ...]
    extension: Extension | None
    charged: str
    internal: bool
    """A step inside the office: nobody outside was promised anything, so it does not make an answer late."""
    rungs: tuple[Rung, ...]

    def name(self) -> str:
        return self.title["en" if get_language() == "en" else "fa"]

    def ground(self) -> str:
        return self.law["en" if get_language() == "en" else "fa"]

    @cached_property
    def ladder(self) -> tuple[tuple[Rung, ...], tuple[Rung, ...]]:
        """Its steps in the order in which they come on any clock, and those of which that cannot be said."""
        ordered = [rung for rung in self.rungs if rung.place[0] == _AFTER_END or rung.place <= (_OF_TIME, 100)]
        return tuple(sorted(ordered, key=lambda rung: rung.place)), tuple(
            rung for rung in self.rungs if rung not in ordered
        )

    @property
    def by_the_hour(self) -> bool:
        """So short that a reminder cannot wait for the morning."""
        return self.length is not None and self.length.unit in {LengthUnit.HOURS, LengthUnit.WORKING_HOURS}

    def takes(self, kind: str, matter: Matter) -> bool:
        """Whether it counts for a duty of this kind about such a matter."""
        return (
            (kind in self.duties or EVERY in self.duties)
            and kind not in self.except_duties
            and (not self.messages or matter.message in self.messages)
            and (not self.channels or matter.channel in self.channels)
            and matter.channel not in self.except_channels
            and (not self.cards or matter.card in self.cards)
        )

    def given(self, length: Length | None) -> Length | None:
        """How long it is when `length` was given for the duty; None when it cannot be said."""
        if self.length is not None:
            return self.length
        return scaled(length, self.share) if length and self.share else length


def scaled(length: Length, share: int) -> Length:
    """A share of a length in whole units of it, rounded up."""
    return Length(ceil(Fraction(length.amount * share, 100)), length.unit)


@dataclass(frozen=True)
class Matter:
    """What a duty is about, as far as its time depends on it."""

    message: str = ""
    channel: str = ""
    card: str = ""


NO_MATTER = Matter()


def read(path: Path) -> Regime:
    """One file. Raises BadRegime."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        regime = _regime(path.stem, said)
        complaint = _wrong(regime)
    except (KeyError, ValueError, TypeError, BadLength) as error:
        raise BadRegime(f"{path.name}: {error}") from error
    if complaint:
        raise BadRegime(f"{path.name}: {complaint}")
    return regime


def _regime(code: str, said: dict[str, Any]) -> Regime:
    length = said.pop("length")
    share = _SHARE.fullmatch(length)
    extension = said.pop("extension", None)
    names = (
        "duties",
        "except_duties",
        "messages",
        "channels",
        "except_channels",
        "cards",
        "starts",
        "stops",
        "pauses",
    )
    listed: dict[str, Any] = {name: tuple(said.pop(name, ())) for name in names}
    rungs = tuple(Rung(rung["at"], tuple(rung["to"])) for rung in said.pop("rungs", ()))
    return Regime(
        code=code,
        length=None if share or length == "given" else Length.parse(length),
        share=int(share[1]) if share else 0,
        extension=Extension(Power(extension["power"]), extension["times"], Length.parse(extension["most"]))
        if extension
        else None,
        counting=Counting(said.pop("counting")),
        internal=said.pop("internal", False),
        rungs=rungs,
        **listed,
        **said,
    )


def _wrong(regime: Regime) -> str:
    """What makes no sense in a file that can be read; empty when nothing does."""
    checks = {
        "title and law are said in fa and en": set(regime.title) == set(regime.law) == {"fa", "en"},
        "it is charged to holder or owner": regime.charged in CHARGED,
        "it pauses for person or agency": set(regime.pauses) <= set(WAITS),
        "a length that ends on a named day cannot pause": not (
            regime.pauses and regime.length and not may_stand(regime.length)
        ),
        "the ladder tells only " + ", ".join(TOLD): all(set(rung.to) <= set(TOLD) for rung in regime.rungs),
        "counting is plain or legal": regime.counting in {Counting.PLAIN, Counting.LEGAL},
    }
    for rung in regime.rungs:
        rung.moment(_ANY, _ANY)
    return "; ".join(rule for rule, kept in checks.items() if not kept)


class Regimes:
    """All regimes, in their order. The folder is read at first use."""

    @cached_property
    def items(self) -> dict[str, Regime]:
        found = sorted((read(path) for path in FOLDER.glob("*.toml")), key=lambda regime: (regime.order, regime.code))
        return {regime.code: regime for regime in found}

    @cached_property
    def _kept(self) -> dict[tuple[str, Matter], list[Regime]]:
        return {}

    def of(self, kind: str, matter: Matter) -> list[Regime]:
        """Those that count for a duty of a kind about such a matter."""
        found = self._kept.get((kind, matter))
        if found is None:
            found = [regime for regime in self.items.values() if regime.takes(kind, matter)]
            self._kept[kind, matter] = found
        return found

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The events that start or stop a clock."""
        return frozenset(verb for regime in self.items.values() for verb in (*regime.starts, *regime.stops))

    def get(self, code: str) -> Regime | None:
        return self.items.get(code)

    def __getitem__(self, code: str) -> Regime:
        return self.items[code]


REGIMES = Regimes()
